"""Portions of a document that share a kind of page, and the section properties that end each."""

from __future__ import annotations

from msgspec import Struct

from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import PAPERS, Setting

Furniture = dict[tuple[str, str], str]
"""The relationship of each header and footer, by what and where: ("header", "first"), ("footer", "wide") …"""


class Portion(Struct, frozen=True):
    """A run of pages: upright or `wide`."""

    content: str
    wide: bool = False


def bound(portions: list[Portion], setting: Setting, furniture: Furniture) -> str:
    """The portions one after another, each ended by its properties."""
    out: list[str] = []
    for index, portion in enumerate(portions):
        properties = _properties(portion, setting, furniture, first=index == 0)
        last = index == len(portions) - 1
        out.extend((portion.content, properties if last else paragraph("Spacer", "", more=properties)))
    return "".join(out)


def _properties(portion: Portion, setting: Setting, furniture: Furniture, *, first: bool) -> str:
    """Headers and footers, paper and margins; only the first portion has a first page of its own, the cover; a sheet has none."""
    covered = first and not setting.document.sheet
    places = [("default", "wide" if portion.wide else "default")] + ([("first", "first")] if covered else [])
    parts = "".join(
        f'<w:{what}Reference w:type="{kind}" r:id="{furniture[what, place]}"/>'
        for what in ("header", "footer")
        for kind, place in places
    )
    header, footer = (397, 340) if setting.document.sheet else (680, 567)
    margins = " ".join(f'w:{side}="{setting.margin}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr>{parts}<w:type w:val="nextPage"/>{_paper(portion, setting)}'
        f'<w:pgMar {margins} w:header="{header}" w:footer="{footer}" w:gutter="0"/>{"<w:titlePg/>" if covered else ""}</w:sectPr>'
    )


def _paper(portion: Portion, setting: Setting) -> str:
    short, long = PAPERS[setting.paper]
    return (
        f'<w:pgSz w:w="{long}" w:h="{short}" w:orient="landscape"/>' if portion.wide else f'<w:pgSz w:w="{short}" w:h="{long}"/>'
    )
