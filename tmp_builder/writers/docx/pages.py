"""Portions of a document that share a kind of page, and the section properties that end each."""

from __future__ import annotations

from dataclasses import dataclass

from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import GUTTER, MARGIN, PAPERS, Setting

Furniture = dict[tuple[str, str], str]
"""The relationship of each header and footer, by what and where: ("header", "first"), ("footer", "wide") …"""


@dataclass(frozen=True, slots=True)
class Portion:
    """A run of pages: upright or `wide`. One in several columns goes on below the portion before it, on the same page."""

    content: str
    wide: bool = False
    columns: int = 1


def bound(portions: list[Portion], setting: Setting, furniture: Furniture) -> str:
    """The portions one after another, each ended by its properties."""
    out: list[str] = []
    for index, portion in enumerate(portions):
        properties = _properties(portion, setting, furniture, first=index == 0)
        last = index == len(portions) - 1
        out.extend((portion.content, properties if last else paragraph("Spacer", "", more=properties)))
    return "".join(out)


def _properties(portion: Portion, setting: Setting, furniture: Furniture, *, first: bool) -> str:
    """Headers and footers, paper, margins and columns; only the first portion has a first page of its own, the cover."""
    places = [("default", "wide" if portion.wide else "default")] + ([("first", "first")] if first else [])
    parts = "".join(
        f'<w:{what}Reference w:type="{kind}" r:id="{furniture[what, place]}"/>'
        for what in ("header", "footer")
        for kind, place in places
    )
    start = "continuous" if portion.columns > 1 else "nextPage"
    margins = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    columns = f'<w:cols w:num="{portion.columns}" w:space="{GUTTER}"/>' if portion.columns > 1 else ""
    return (
        f'<w:sectPr>{parts}<w:type w:val="{start}"/>{_paper(portion, setting)}'
        f'<w:pgMar {margins} w:header="680" w:footer="567" w:gutter="0"/>{columns}{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )


def _paper(portion: Portion, setting: Setting) -> str:
    short, long = PAPERS[setting.paper]
    return (
        f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>' if portion.wide else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
    )
