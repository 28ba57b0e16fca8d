"""A timeline in a Word file: a row of years as the line, and below each the marks that fall into it."""

from __future__ import annotations

from tmp_builder.document.nodes import Timeline
from tmp_builder.document.walk import plain
from tmp_builder.writers.docx.markup import KEPT_SPACER, paragraph, quoted
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.tables import cell, frame, row_xml, shares
from tmp_builder.writers.docx.text import run
from tmp_builder.writers.scale import points, scale_of

_EDGE = (
    '<w:tcBorders><w:left w:val="single" w:sz="4" w:space="0" w:color="1F3A5F"/>'
    '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="1F3A5F"/></w:tcBorders>'
)
_KEEP = "<w:keepNext/>"


def timeline(node: Timeline, setting: Setting) -> str:
    """The drawing as a small table that stays whole; what it says stands as its description. Nothing for one without marks."""
    if not node.marks:
        return ""
    scale = scale_of(node)
    starts = scale.years[:-1]
    widths = shares((1,) * len(starts), setting.width)
    below: dict[int, list[str]] = {start: [] for start in starts}
    for point in points(node, scale):
        below[max(start for start in starts if start <= point.day.year)].extend(point.labels)
    heads = [
        cell(width, paragraph("TimelineYear", run(str(start), "en"), more=_KEEP), properties=_EDGE)
        for width, start in zip(widths, starts, strict=True)
    ]
    marks = [cell(width, _labels(below[start])) for width, start in zip(widths, starts, strict=True)]
    rows = row_xml(heads, "<w:cantSplit/>") + row_xml(marks, "<w:cantSplit/>")
    return frame("Plain", widths, rows, _said(node, setting), look="0000") + KEPT_SPACER


def _labels(labels: list[str]) -> str:
    """Every mark of a year once, on a line of its own."""
    return "".join(paragraph("TimelineMark", run(label, "en"), more=_KEEP) for label in dict.fromkeys(labels)) or paragraph(
        "TimelineMark", "", more=_KEEP
    )


def _said(node: Timeline, setting: Setting) -> str:
    words = " / ".join(plain(node.alternative[language]) for language in spoken(node.alternative, setting.languages))
    return f'<w:tblDescription w:val="{quoted(words)}"/>'
