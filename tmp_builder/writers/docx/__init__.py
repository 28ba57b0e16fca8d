"""The writer of Word files: native numbering, live references, content controls by clause, two languages side by side."""

from __future__ import annotations

from tmp_builder.document.nodes import Document


def write(
    document: Document,
    *,
    layout: str = "columns",
    paper: str = "A4",
    recipe: bytes | None = None,
    styles: bytes | None = None,
    protect: bool = False,
    toc_pages: bool = False,
    author: str = "",
) -> bytes:
    """The document as the bytes of a Word file; the same document gives the same bytes.

    `layout` sets two languages in `columns` or `stacked`; `paper` is A4 or Letter; `recipe` is the JSON carried inside, with the
    custom properties that go with it; `styles` is the part with the styles of a house (see `writers.house`) in place of ours;
    `protect` lets nobody edit without leaving a tracked change. `toc_pages` has LibreOffice find the pages for the table of
    contents: its bytes depend on that program and its fonts. The changes of a redline are tracked changes of `author`, on the day
    of the document. Raises UsageError, EngineError.
    """
    from tmp_builder.writers.docx.package import Making, pack
    from tmp_builder.writers.docx.setting import AUTHOR

    making = Making(layout, paper, recipe, styles, protect, author or AUTHOR)
    made = pack(document, making)
    if not toc_pages:
        return made
    from tmp_builder.writers.docx.office import pages_of

    return pack(document, making, pages_of(made))
