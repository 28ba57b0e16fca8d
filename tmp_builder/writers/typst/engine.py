"""From a document to the bytes of a PDF by Typst: source, glyph check, layout, second look at what the engine says."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.document.nodes import Document
from tmp_builder.errors import EngineError
from tmp_builder.findings import both
from tmp_builder.writers.pdf.fonts import check_glyphs
from tmp_builder.writers.typst.fonts import fonts_at_hand, typst
from tmp_builder.writers.typst.markup import spoken
from tmp_builder.writers.typst.page import source

STANDARDS = ["a-3a", "ua-1"]

_HINT = both("Build it with the default engine: leave out --pdf-engine.", "请去掉--pdf-engine，改用默认引擎生成。")


def write(
    document: Document,
    *,
    layout: str = "columns",
    paper: str = "A4",
    attachment: bytes | None = None,
    font_dirs: tuple[Path, ...] = (),
) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1; the same bytes for the same document on every run with the same fonts.

    `attachment` is the recipe, embedded as the file's source; the fonts in `font_dirs` serve beside the system's.
    Raises EngineError if Typst or a glyph is missing, ValueError for a layout or paper that does not exist.
    """
    return _made(document, layout, paper, attachment, font_dirs, front=True)


def write_page(document: Document, *, layout: str = "columns", paper: str = "A4", font_dirs: tuple[Path, ...] = ()) -> bytes:
    """As `write`, without cover, table of contents and recipe: for a document that is one page of another."""
    return _made(document, layout, paper, None, font_dirs, front=False)


def _made(
    document: Document, layout: str, paper: str, attachment: bytes | None, font_dirs: tuple[Path, ...], *, front: bool
) -> bytes:
    fonts = fonts_at_hand(font_dirs)
    text = source(document, layout=layout, paper=paper, fonts=fonts.families, front=front)
    check_glyphs(spoken(text), dict(fonts.files), fonts.families["en"])
    engine = typst()
    inputs = {} if attachment is None else {"recipe": attachment.decode()}
    compiler = engine.Compiler(text.encode(), font_paths=fonts.engine, ignore_system_fonts=True, sys_inputs=inputs)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    except engine.TypstError as error:
        raise EngineError(
            both("the PDF engine typst could not set the document: {error}", "PDF引擎typst未能排版：{error}", error=error), _HINT
        ) from error
    complaints = [str(warning) for warning in warnings]
    if complaints:
        raise EngineError(
            both("the PDF engine typst complains: {complaint}", "PDF引擎typst报告：{complaint}", complaint=complaints[0]), _HINT
        )
    return bytes(pdf)
