"""The page as a whole: the parts of the document in order, inside the shell of the template."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tmp_builder.datafiles import data_folder
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import plain
from tmp_builder.language import BCP47, word
from tmp_builder.writers.html.body import annex, schedule, section
from tmp_builder.writers.html.front import alone, contents, cover
from tmp_builder.writers.html.setting import PAPERS, Setting, setting_of
from tmp_builder.writers.html.signing import signing
from tmp_builder.writers.html.words import escape
from tmp_builder.writers.imprint import colophon, imprint_line, standing, title
from tmp_builder.writers.legend import legend

if TYPE_CHECKING:
    from jinja2 import Template


def write(document: Document, *, layout: str = "columns", paper: str = "A4", style: str | None = None) -> str:
    """The document as one self-contained page.

    `layout` puts two languages in `columns` or `stacked`; `paper` (A4, Letter) is for those who print it; `style` is CSS of one's
    own that follows the built-in sheet. Raises ValueError for a layout or paper that does not exist.
    """
    return page(document, layout=layout, css=stylesheet(paper, style))


def page(document: Document, *, layout: str, css: str, running: bool = False, front: bool = True) -> str:
    """The page with the given style sheet; with `running` it carries what stands in the head and foot of every printed page.

    Without `front` the title stands in place of cover and table of contents.
    """
    setting = setting_of(document, layout)
    imprint = document.imprint
    return _template("document.html.j2").render(
        lang=BCP47[document.languages[0]],
        title=title(document),
        imprint=imprint,
        css=css.replace("</", r"<\/"),
        layout=_layout(setting),
        lines=[_said(document, language) for language in document.languages],
        running=running,
        body=_body(setting, front=front),
    )


def stylesheet(paper: str, style: str | None = None, *more: str) -> str:
    """The built-in style sheet, further ones from the templates, the size of the paper, and the sheet of the house last."""
    if paper not in PAPERS:
        raise ValueError(f"paper {paper!r} is none of {', '.join(PAPERS)}")
    sheets = [_read(name) for name in ("document.css", *more)]
    return "\n".join((*sheets, f"@page {{ size: {paper} }}\n@page turned {{ size: {paper} landscape }}", style or ""))


def _body(setting: Setting, *, front: bool) -> str:
    document = setting.document
    opening = f"{_legend(setting)}{cover(setting)}{contents(setting)}" if front and not document.sheet else alone(setting)
    sections = "".join([section(node, setting) for node in document.sections])
    schedules = "".join([schedule(node, setting) for node in document.schedules])
    annexes = "".join([annex(node, setting) for node in document.annexes])
    return f"{opening}<main>{sections}{signing(setting)}{schedules}{annexes}</main>"


def _layout(setting: Setting) -> str:
    """How the languages stand, as a class of the body; that of a sheet is small and has no columns."""
    if setting.document.sheet:
        return "sheet"
    return "columns" if setting.columns else "stacked" if setting.bilingual else "single"


def _legend(setting: Setting) -> str:
    """How to read a redline, above its cover."""
    said = [(language, legend(setting.document, language)) for language in setting.languages]
    inner = "".join(f"<p{setting.lang(language)}>{escape(words)}</p>" for language, words in said if words)
    return f'<aside class="legend">{inner}</aside>' if inner else ""


def _said(document: Document, language: str) -> dict[str, str]:
    """The fixed words around the text, in one language."""
    imprint = document.imprint
    return {
        "lang": BCP47[language],
        "title": plain(document.cover.title.get(language, ())),
        "kind": plain(document.cover.kind.get(language, ())),
        "blocked": word("blocked", language) if imprint.blocked else "",
        "binding": standing(imprint, language),
        "imprint": imprint_line(imprint, language),
        "colophon": colophon(imprint, language),
    }


@lru_cache
def _read(name: str) -> str:
    return (data_folder("templates") / name).read_text(encoding="utf-8")


@lru_cache
def _template(name: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read(name))
