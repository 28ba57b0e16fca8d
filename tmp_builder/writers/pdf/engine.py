"""From a document to the bytes of a PDF: page, glyph check, layout, second look at the engine's log."""

from __future__ import annotations

import html
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.collector import few_collections
from tmp_builder.document.nodes import Document
from tmp_builder.errors import EngineError
from tmp_builder.findings import both
from tmp_builder.language import word
from tmp_builder.writers.html.page import page, stylesheet
from tmp_builder.writers.pdf.finish import declare_accessible, recipe_attachment
from tmp_builder.writers.pdf.fonts import add_fonts, check_glyphs, families_of, font_files, installed_fonts

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

_TAG = re.compile(r"<[^>]*>")


def write(
    document: Document,
    *,
    layout: str = "columns",
    paper: str = "A4",
    style: str | None = None,
    attachment: bytes | None = None,
    font_dirs: tuple[Path, ...] = (),
) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1; the same bytes for the same document on every run with the same fonts.

    `attachment` is the recipe, embedded as the file's source; the fonts in `font_dirs` serve beside the system's.
    Raises EngineError if WeasyPrint, Pango or a glyph is missing, ValueError for a layout or paper that does not exist.
    """
    return _made(
        document, layout=layout, paper=paper, style=style, attachment=attachment, font_dirs=font_dirs, front=not document.sheet
    )


def write_page(
    document: Document, *, layout: str = "columns", paper: str = "A4", style: str | None = None, font_dirs: tuple[Path, ...] = ()
) -> bytes:
    """As `write`, without cover, table of contents and recipe: for a document that is one page of another."""
    return _made(document, layout=layout, paper=paper, style=style, attachment=None, font_dirs=font_dirs, front=False)


def layout_version() -> str:
    """The version of the text engine and the name of what cuts fonts down: both decide the bytes of a PDF."""
    from weasyprint.text import ffi

    number = ffi.pango.pango_version()
    cutter = "harfbuzz-subset" if ffi.harfbuzz_subset else "fonttools"
    return f"{number // 10000}.{number // 100 % 100}.{number % 100} ({cutter})"


def fonts_within_reach(paper: str, style: str | None, font_dirs: tuple[Path, ...]) -> set[Path]:
    """The files of every font that a PDF can use, in every weight: those that the style sheets name, and those in `font_dirs`.

    Raises EngineError if WeasyPrint or Pango is missing, or a folder has no font.
    """
    fonts = _configuration()
    house = add_fonts(fonts, font_dirs)
    files = font_files(fonts)
    wanted = {family.casefold() for family in (*families_of(stylesheet(paper, style, "document.pdf.css")), *house)}
    return {path for family in wanted for path in files.get(family, ())}


def _made(
    document: Document,
    *,
    layout: str,
    paper: str,
    style: str | None,
    attachment: bytes | None,
    font_dirs: tuple[Path, ...],
    front: bool,
) -> bytes:
    fonts = _configuration()
    house = add_fonts(fonts, font_dirs)
    numbers = _page_numbers(document, cover=front)
    css = stylesheet(paper, style, "document.pdf.css") + numbers + _blocked(document) + _house(house)
    source = page(document, layout=layout, css=css, running=True, front=front)
    check_glyphs(html.unescape(_TAG.sub(" ", source)), installed_fonts(fonts), families_of(css))
    return _set(source, fonts, _attachments(document, attachment))


def _configuration() -> FontConfiguration:
    try:
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as error:
        raise EngineError(
            both("the PDF engine does not start: {error}", "PDF引擎无法启动：{error}", error=error),
            "Install WeasyPrint and Pango (pip install weasyprint; Debian and Ubuntu: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango), or build another format, such as docx.",
        ) from error
    return FontConfiguration()  # type: ignore[no-untyped-call]


def _set(source: str, fonts: FontConfiguration, attachments: list[object]) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    offline = URLFetcher(allowed_protocols=("data", "file"))  # type: ignore[no-untyped-call]
    with _listening() as complaints, few_collections(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves its colour profile open
        pdf = HTML(string=source, url_fetcher=offline).write_pdf(  # type: ignore[no-untyped-call]
            font_config=fonts, pdf_variant="pdf/a-3a", finisher=declare_accessible, attachments=attachments
        )
    if complaints:
        raise EngineError(
            both(
                "the PDF engine could not print every character: {complaint}",
                "PDF引擎无法印出全部字符：{complaint}",
                complaint=complaints[0],
            ),
            both("Install a font that has it.", "请安装含有该字符的字体。"),
        )
    return bytes(pdf)


def _attachments(document: Document, recipe: bytes | None) -> list[object]:
    return [] if recipe is None else [recipe_attachment(recipe, document.imprint.dated)]


def _page_numbers(document: Document, *, cover: bool) -> str:
    """ "Page x of y" in every language of the document, one below the other, as CSS; none on the cover, if there is one."""
    lines = []
    for language in document.languages:
        said = word("page", language, page='" counter(page) "', pages='" counter(pages) "')
        lines.append(f'"{said}"')
    content = ' "\\A" '.join(lines)
    every = f"\n@page {{ @bottom-right {{ content: {content} }} }}"
    first = "none" if cover else content
    return f"{every}\n@page :first {{ @bottom-right {{ content: {first} }} {'' if cover else '@bottom-left { width: 84% }'} }}"


def _blocked(document: Document) -> str:
    """In the head of a document that must not be signed the mark that says so, over the whole width."""
    none = "content: none; border: 0; width: 0"
    mark = "content: element(blocked); width: 100%; vertical-align: middle"
    css = f"@top-left {{ {none} }} @top-center {{ {mark} }} @top-right {{ {none} }}"
    return f"\n@page {{ {css} }}\n@page :first {{ {css} }}" if document.imprint.blocked else ""


def _house(families: list[str]) -> str:
    """The families of the house's fonts as the last choice of every font list that does not name them itself."""
    quoted = ", ".join('"' + family.replace('"', "") + '"' for family in families)
    return f"\n:root {{ --house: {quoted}, serif }}" if families else ""


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the engine says about characters without glyph."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: ".notdef" in record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield heard
    finally:
        logger.removeHandler(handler)
