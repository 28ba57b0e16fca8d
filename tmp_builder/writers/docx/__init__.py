"""The writer of Word files: native numbering, live references, content controls by clause, two languages side by side."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.document.nodes import Document


def write(
    document: Document,
    *,
    layout: str = "columns",
    paper: str = "A4",
    recipe: bytes | None = None,
    reference: Path | None = None,
) -> bytes:
    """The document as the bytes of a Word file; the same document gives the same bytes.

    `layout` sets two languages in `columns` or `stacked`; `paper` is A4 or Letter; `recipe` is the JSON carried inside, with the
    custom properties that go with it; `reference` is a Word file to take styles and lists from instead of ours.
    """
    from tmp_builder.writers.docx.package import pack  # noqa: PLC0415 - python-docx is loaded when a Word file is written

    return pack(document, layout, paper, recipe, reference)
