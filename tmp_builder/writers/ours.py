"""Whether a file is one that this program built and nobody edited since: such a file may be overwritten without asking."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

SEAL = re.compile(rb"\n<!-- tmp-builder sha256:([0-9a-f]{64}) -->\n?\Z")
MAX_PART = 100_000_000
"""No part of a file of ours unpacks to more."""


def seal(text: str) -> bytes:
    """A text file with a last line, a comment, that tells whether it was edited since."""
    content = text.rstrip("\n").encode()
    return content + f"\n<!-- tmp-builder sha256:{hashlib.sha256(content).hexdigest()} -->\n".encode()


def is_ours(path: Path) -> bool:
    """Whether the file at `path` is as this program built it. What cannot be read is not ours."""
    try:
        looks = {".docx": _docx, ".pdf": _pdf, ".html": _sealed, ".md": _sealed, ".json": _json}
        look = looks.get(path.suffix.lower())
        return bool(look and look(path))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False


def _sealed(path: Path) -> bool:
    content = path.read_bytes()
    found = SEAL.search(content)
    return bool(found and hashlib.sha256(content[: found.start()]).hexdigest().encode() == found[1])


def _docx(path: Path) -> bool:
    """A package of ours is stamped 1980 throughout, which no word processor writes, and names the program as its application."""
    with zipfile.ZipFile(path) as package:
        untouched = all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in package.infolist())
        about = package.getinfo("docProps/app.xml")
        return untouched and about.file_size < MAX_PART and b"tmp-builder" in package.read(about)


def _pdf(path: Path) -> bool:
    """Editors of PDF append to a file or rewrite it under their own name."""
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and content.count(b"%%EOF") == 1 and b"tmp-builder" in content


def _json(path: Path) -> bool:
    import json

    from tmp_builder.document.canonical import fingerprint

    document = json.loads(path.read_text(encoding="utf-8"))["document"]
    parts = (document["cover"].get("title", {}), document.get("sections", []), document.get("schedules", []), document["signing"])
    return bool(document["imprint"]["fingerprint"] == fingerprint(parts))
