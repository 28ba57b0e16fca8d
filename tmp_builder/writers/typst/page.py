"""The source of a document in Typst's language: what decides the look, the template, the parts in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tmp_builder.datafiles import data_folder
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import plain
from tmp_builder.language import BCP47, word
from tmp_builder.writers.html.setting import PAPERS, Setting, setting_of
from tmp_builder.writers.imprint import colophon, imprint_line, standing, title
from tmp_builder.writers.typst.body import annex, schedule, section
from tmp_builder.writers.typst.front import alone, contents, cover, legend
from tmp_builder.writers.typst.markup import array, block, call, literal
from tmp_builder.writers.typst.signing import signing
from tmp_builder.writers.typst.words import within

_PAPERS = {"A4": ("a4", "26mm"), "Letter": ("us-letter", "8.4mm")}
"""Typst's name of a paper, and the room below the notice at the foot of a cover."""

_UNDATED = date(1980, 1, 1)

_RECIPE = """#import sys: inputs
#if "recipe" in inputs {
  pdf.attach("recipe.json", bytes(inputs.recipe), relationship: "source", mime-type: "application/json",
    description: "The plan this document was assembled from")
}
"""


def source(document: Document, *, layout: str, paper: str, fonts: Mapping[str, tuple[str, ...]], front: bool) -> str:
    """The whole source; `fonts` are the families for each language. Raises ValueError for a layout or paper that does not exist.

    The recipe travels beside it, as the input `recipe`.
    """
    if paper not in PAPERS:
        raise ValueError(f"paper {paper!r} is none of {', '.join(PAPERS)}")
    setting = setting_of(document, layout)
    template = (data_folder("templates") / "document.typ").read_text(encoding="utf-8")
    values = _values(setting, paper, fonts, front=front)
    body = ";\n".join(_body(setting, front=front))
    return f"#let setting = {values}\n{template}\n#show: paper-of\n{_RECIPE}#{{\n{body}\n}}\n"


def _body(setting: Setting, *, front: bool) -> Iterator[str]:
    document = setting.document
    whole = front and not document.sheet
    if whole:
        yield from legend(setting)
        yield cover(setting)
        yield "pagebreak()"
        yield contents(setting)
        yield "pagebreak()"
    else:
        yield alone(setting)
    for node in document.sections:
        yield from section(node, setting)
    yield from signing(setting, broken=whole)
    for part in document.schedules:
        yield from schedule(part, setting)
    for piece in document.annexes:
        yield from annex(piece, setting)
    if document.imprint.fingerprint:
        said = [
            call("par", within(language, literal(colophon(document.imprint, language), 100), setting))
            for language in setting.languages
        ]
        yield call("colophon", block(said))


def _values(setting: Setting, paper: str, fonts: Mapping[str, tuple[str, ...]], *, front: bool) -> str:
    """What the template needs to know, as a dictionary of Typst."""
    document, first, last = setting.document, setting.languages[0], setting.languages[-1]
    imprint, name = document.imprint, document.cover.title
    size, foot = _PAPERS[paper]
    right = plain(name.get(last, ()) if setting.bilingual else document.cover.kind.get(first, ()))
    whole = literal(title(document), unbroken=10_000)
    values = {
        "columns": _flag(setting.columns),
        "sheet": _flag(document.sheet),
        "cover": _flag(front and not document.sheet),
        "paper": literal(size),
        "foot": foot,
        "lang": literal(first),
        "region": literal(BCP47[first].partition("-")[2]),
        "fonts": "(" + ",".join(f"{language}:{array(map(literal, names))}" for language, names in fonts.items()) + ")",
        "title": whole,
        "program": literal(imprint.program),
        "date": _date(imprint.dated),
        "blocked": array(_said(each, word("blocked", each)) for each in setting.languages if imprint.blocked),
        "head-left": _said(first, plain(name.get(first, ()))),
        "head-right": _said(last, right),
        "numbers": array(_said(each, word("page", each, page="{page}", pages="{pages}")) for each in setting.languages),
        "imprint": _imprint(setting),
    }
    return "(" + ",\n".join(f"{name}:{value}" for name, value in values.items()) + ")"


def _imprint(setting: Setting) -> str:
    """The foot of every page: how binding it is, and what it is, in every language."""
    imprint = setting.document.imprint
    said = [("true", language, standing(imprint, language)) for language in setting.languages]
    said += [("false", language, imprint_line(imprint, language)) for language in setting.languages]
    return array(array((binding, literal(language), literal(text))) for binding, language, text in said if text)


def _said(language: str, text: str) -> str:
    """Words of head or foot with their language."""
    return array((literal(language), literal(text)))


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _date(dated: str) -> str:
    """The day of a document; the standards ask for one, and what is undated has one that says nothing."""
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        day = _UNDATED
    return f"datetime(year:{day.year},month:{day.month},day:{day.day},hour:0,minute:0,second:0)"
