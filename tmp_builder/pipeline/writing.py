"""From a document to the bytes of a file: one door to every writer; an engine is loaded when its format is asked for."""

from __future__ import annotations

from tmp_builder.document.nodes import Document
from tmp_builder.errors import unknown
from tmp_builder.findings import both
from tmp_builder.pipeline.options import Options
from tmp_builder.writers.formats import FORMATS
from tmp_builder.writers.ours import seal


def write(document: Document, form: str, options: Options, recipe: bytes | None = None) -> bytes:
    """The file of a document in one format; Word and PDF carry the recipe."""
    look = {"layout": options.layout, "paper": options.paper}
    if form == "docx":
        from tmp_builder.writers.docx import write as write_docx

        styles, protect, pages = options.house.styles, options.protect, options.toc_pages
        return write_docx(document, **look, recipe=recipe, styles=styles, protect=protect, toc_pages=pages)
    if form == "pdf":
        return _pdf(document, options, recipe)
    if form == "html":
        from tmp_builder.writers.html import write as write_html

        return seal(write_html(document, **look, style=options.house.css))
    if form == "md":
        from tmp_builder.writers.markdown import write as write_markdown

        return seal(write_markdown(document))
    if form == "json":
        from tmp_builder.writers.json import write as write_json

        return write_json(document).encode()
    raise unknown(both("format", "格式"), form, FORMATS)


def _pdf(document: Document, options: Options, recipe: bytes | None) -> bytes:
    look = {"layout": options.layout, "paper": options.paper}
    if options.pdf_engine == "typst":
        from tmp_builder.writers.typst import write as write_typst

        return write_typst(document, **look, attachment=recipe, font_dirs=options.font_dirs)
    from tmp_builder.writers.pdf import write as write_pdf

    return write_pdf(document, **look, style=options.house.css, attachment=recipe, font_dirs=options.font_dirs)


def write_page(document: Document, options: Options) -> bytes:
    """The PDF of a document that is one page of another: without cover, table of contents and recipe."""
    look = {"layout": options.layout, "paper": options.paper}
    if options.pdf_engine == "typst":
        from tmp_builder.writers.typst import write_page as page_by_typst

        return page_by_typst(document, **look, font_dirs=options.font_dirs)
    from tmp_builder.writers.pdf import write_page as page_by_default

    return page_by_default(document, **look, style=options.house.css, font_dirs=options.font_dirs)
