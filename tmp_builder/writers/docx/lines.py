"""A line of text as a paragraph: its style by kind and depth, its number by the list of its part, its bookmark and its notes."""

from __future__ import annotations

from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.numbering import list_of
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.tables import lines
from tmp_builder.writers.docx.text import runs_of
from tmp_builder.writers.flow import Heading, Line

PAPER_OF_ALTERNATIVES = "F4F1E8"
"""The light ground on which alternatives stand."""

_SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER_OF_ALTERNATIVES}"/>'
_STYLES = {
    "text": "BodyText",
    "intro": "BodyText",
    "note": "Note",
    "opening": "AlternativeOpen",
    "closing": "AlternativeClose",
    "definition": "Definition",
}


def print_line(line: Line, language: str, setting: Setting, *, shaded: bool, kept: bool) -> str:
    """A line in one language as a paragraph; `shaded` on the ground of alternatives, `kept` with what follows."""
    more = "<w:keepNext/>" if kept else ""
    shade = _SHADE if shaded and not setting.columns else ""
    words = runs_of(line.texts, language, setting)
    if line.kind != "clause":
        return paragraph(_style(line), words, more=more + shade)
    style = f"Clause{line.level}Zh" if language == "zh" else f"Clause{line.level}"
    marked = setting.commented(line.id, language, setting.bookmarked(line.id, language, words))
    return paragraph(style, marked, more=more + _numbered_elsewhere(line.level, language, setting) + shade)


def print_heading(heading: Heading, setting: Setting) -> str:
    """A subheading in every language, one below the other."""
    setting.heading = heading.texts
    return lines(heading.texts, setting, "Subheading")


def _style(line: Line) -> str:
    inside = line.level > 1 and line.kind in ("text", "intro")
    return f"ClauseText{line.level}" if inside else _STYLES[line.kind]


def _numbered_elsewhere(level: int, language: str, setting: Setting) -> str:
    """The list of the schedules, for a clause that stands in one; elsewhere the list comes with the style."""
    if setting.part == "body":
        return ""
    number = list_of(setting.part, language).number
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
