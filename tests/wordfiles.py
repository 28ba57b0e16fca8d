"""Word files for tests, written by hand: a body of WordprocessingML, and whatever other parts it needs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "word/document.xml"
BY = 'w:id="9" w:author="Counsel B" w:date="2026-10-01T09:00:00Z"'
"""Who tracked a change."""


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def par(*content: str, style: str = "", mark: str = "", more: str = "") -> str:
    """A paragraph of runs (plain texts become runs); `mark` is a revision of its own mark."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr><w:{mark} {BY}/></w:rPr>" if mark else ""
    inner = "".join(each if each.startswith("<") else run(each) for each in content)
    return f"<w:p><w:pPr>{named}{more}{marked}</w:pPr>{inner}</w:p>"


def ins(text: str) -> str:
    return f"<w:ins {BY}>{run(text)}</w:ins>"


def gone(text: str) -> str:
    return f"<w:del {BY}>{run(text, 'delText')}</w:del>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain texts."""
    return f"<w:tbl>{''.join(map(row, rows))}</w:tbl>"


def row(cells: tuple[str, ...], mark: str = "") -> str:
    marked = f"<w:trPr><w:{mark} {BY}/></w:trPr>" if mark else ""
    return f"<w:tr>{marked}{''.join(f'<w:tc>{par(cell)}</w:tc>' for cell in cells)}</w:tr>"


def document(body: str) -> str:
    return f"<w:document {W}><w:body>{body}</w:body></w:document>"


def word_file(path: Path, body: str = "", parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A file with a body; `parts` add or replace parts. Every part in `word/` is related from the main one by its name."""
    every: dict[str, str | bytes] = {MAIN: document(body), **(parts or {})}
    related = "".join(
        f'<Relationship Id="r{number}" Type="{KINDS}/{name[5:-4]}" Target="{name[5:]}"/>'
        for number, name in enumerate(every)
        if name.startswith("word/") and name != MAIN and name.count("/") == 1
    )
    every.setdefault("word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return path
