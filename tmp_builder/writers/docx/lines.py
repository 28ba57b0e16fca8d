"""A line of text as a paragraph: its style by kind and depth, its number by the list of its part, its bookmark and its notes."""

from __future__ import annotations

from tmp_builder.document.nodes import GONE, MOVED_FROM, MOVED_TO, Texts
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.names import move_name
from tmp_builder.writers.docx.numbering import list_of
from tmp_builder.writers.docx.revisions import mark, moving
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
    words = (
        changed_line(line.id, line.mark, line.texts, language, setting) if line.mark else runs_of(line.texts, language, setting)
    )
    last = line_mark(line.id, line.mark, setting) if line.mark else ""
    if line.kind != "clause":
        return paragraph(_style(line), words, more=more + shade + last)
    style = f"Clause{line.level}Zh" if language == "zh" else f"Clause{line.level}"
    marked = words if line.mark in GONE else setting.commented(line.id, language, setting.bookmarked(line.id, language, words))
    return paragraph(style, marked, more=more + _numbered_elsewhere(line.level, language, setting) + shade + last)


def changed_line(node_id: str, kind: str, texts: Texts, language: str, setting: Setting) -> str:
    """The words of a line that came, went or moved as a whole."""
    setting.moves = kind in (MOVED_FROM, MOVED_TO) and bool(node_id)
    words = runs_of(texts, language, setting)
    if setting.moves and words:
        words = moving(kind, move_name(node_id, language), words, setting)
    setting.moves = False
    return words


def line_mark(node_id: str, kind: str, setting: Setting) -> str:
    """The mark of a paragraph that came, went or moved as a whole."""
    setting.moves = bool(node_id)
    made = mark(kind, setting)
    setting.moves = False
    return made


def print_heading(heading: Heading, setting: Setting) -> str:
    """A subheading in every language, one below the other."""
    setting.heading = heading.texts
    return lines(heading.texts, setting, "Subheading", kind=heading.mark)


def _style(line: Line) -> str:
    inside = line.level > 1 and line.kind in ("text", "intro")
    return f"ClauseText{line.level}" if inside else _STYLES[line.kind]


def _numbered_elsewhere(level: int, language: str, setting: Setting) -> str:
    """The list of the schedules, for a clause that stands in one; elsewhere the list comes with the style."""
    if setting.part == "body":
        return ""
    number = list_of(setting.part, language).number
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
