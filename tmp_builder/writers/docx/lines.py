"""Blocks taken apart: a line is one paragraph per language, a piece the lines that stand together in one control or row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from tmp_builder.document.nodes import NO_TEXTS, Alternatives, Block, Clause, Paragraph, Row, Table, Text, Texts
from tmp_builder.language import LANGUAGES, word
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.numbering import list_of
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.text import runs_of

PAPER_OF_ALTERNATIVES = "F4F1E8"
"""The light ground on which alternatives stand."""

_SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER_OF_ALTERNATIVES}"/>'
_STYLES = {"body": "BodyText", "intro": "BodyText", "note": "Note", "subheading": "Subheading"}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph per language; `level` is 0 for one without number; `shaded` inside alternatives, `kept` before a table."""

    style: str
    texts: Texts
    id: str = ""
    level: int = 0
    shaded: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines (and tables between them) that belong to one clause, or to none."""

    items: tuple[Line | Table, ...]
    clause: str = ""
    shaded: bool = False

    def groups(self) -> Iterator[tuple[Line, ...] | Table]:
        """The lines up to a table, the table, the lines after it, and so on; the line before a table stays with it."""
        rest = len(self.items)
        for is_table, items in groupby(self.items, lambda item: isinstance(item, Table)):
            group = tuple(items)
            rest -= len(group)
            if is_table:
                yield from (item for item in group if isinstance(item, Table))
            else:
                lines = tuple(item for item in group if isinstance(item, Line))
                yield (*lines[:-1], replace(lines[-1], kept=True)) if rest else lines

    @property
    def is_heading(self) -> bool:
        """Whether this is a subheading, which takes the full width."""
        return any(isinstance(item, Line) and item.style == "Subheading" for item in self.items[:1])


def pieces(children: Iterable[Block], columns: bool, shaded: bool = False) -> Iterator[Piece]:
    """The pieces of a section or schedule; beside each other in `columns`, definitions become lines too."""
    for block in children:
        match block:
            case Alternatives():
                yield from _alternatives(block, columns)
            case Table(kind="definitions", rows=rows) if columns:
                yield from (Piece((_definition(row),), shaded=shaded) for row in rows)
            case _:
                yield Piece(tuple(_lines(block, 1, shaded)), block.id if isinstance(block, Clause) else "", shaded)


def print_line(line: Line, language: str, setting: Setting) -> str:
    """A line in one language as a paragraph, with the bookmark of its node."""
    if line.style == "Subheading":
        setting.heading = line.texts
    style = f"{line.style}Zh" if line.level and language == "zh" else line.style
    more = "<w:keepNext/>" if line.kept else ""
    more += _numbered_elsewhere(line.level, language, setting)
    more += _SHADE if line.shaded and not setting.columns else ""
    content = runs_of(line.texts, language, setting)
    return paragraph(style, setting.bookmarked(line.id, language, content) if line.level else content, more=more)


def _numbered_elsewhere(level: int, language: str, setting: Setting) -> str:
    """The list of the schedules, for a clause that stands in one; elsewhere the list comes with the style."""
    if not level or setting.part == "body":
        return ""
    number = list_of(setting.part, language).number
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'


def _lines(block: Block, level: int, shaded: bool) -> Iterator[Line | Table]:
    match block:
        case Clause():
            own = min(max(block.level, 2), 4)
            yield Line(f"Clause{own}", reserved() if block.reserved else block.texts, block.id, own, shaded)
            for child in block.children:
                yield from _lines(child, own, shaded)
        case Paragraph(style=style):
            inside = f"ClauseText{level}" if level > 1 and style in ("body", "intro") else _STYLES.get(style, "BodyText")
            yield Line(inside, block.texts, shaded=shaded)
        case Table():
            yield block
        case Alternatives():
            for piece in _alternatives(block, columns=False):
                yield from piece.items


def _alternatives(block: Alternatives, columns: bool) -> Iterator[Piece]:
    for index, branch in enumerate(block.branches):
        letter = chr(ord("A") + index) if index < 26 else str(index + 1)
        yield Piece((Line("AlternativeOpen", _opening(branch.label), shaded=True),), shaded=True)
        yield from pieces(branch.children, columns, shaded=True)
        yield Piece((Line("AlternativeClose", _closing(letter), shaded=True),), shaded=True)


def _opening(label: Texts) -> Texts:
    """The label says itself which alternative this is, and who wants it."""
    return {language: (Text(word("alternative-open", language)), *label.get(language, ())) for language in LANGUAGES}


def _closing(letter: str) -> Texts:
    return {language: (Text(word("alternative-close", language, letter=letter)),) for language in LANGUAGES}


def _definition(row: Row) -> Line:
    """Term: meaning, as one line per language."""
    term, meaning = (*row.cells, NO_TEXTS, NO_TEXTS)[:2]
    texts = {
        language: (*term.get(language, ()), Text(word("colon", language)), *meaning.get(language, ()))
        for language in LANGUAGES
        if term.get(language) or meaning.get(language)
    }
    return Line("Definition", texts)


def reserved() -> Texts:
    """What a number says whose text has fallen out."""
    return {language: (Text(word("reserved", language)),) for language in LANGUAGES}
