"""Makes the generated pages of docs/: the rules from their docstrings, the clause library from its cards.

Run it after a change to either: python scripts/make_docs.py
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tmp_builder.cli.codes import code_pages
from tmp_builder.library.listing import library_page
from tmp_builder.library.reader import read_library
from tmp_builder.rules.pages import codes_page, rules_page

ROOT = Path(__file__).parents[1]


def pages() -> Mapping[Path, str]:
    """Every generated page with its text."""
    docs = ROOT / "docs"
    return {docs / "rules.md": rules_page() + codes_page(code_pages()), docs / "library.md": library_page(read_library())}


def main() -> None:
    """Write the pages that have changed, and name them."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(ROOT)}  (written)\n")


if __name__ == "__main__":
    main()
