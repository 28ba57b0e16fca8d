"""The blocks of a section or schedule in the order of print: runs of text lines, and between them what takes the full width.

A line is one paragraph with its number; the lines of a clause and its sub-clauses make a piece, which stays together in a row of
two columns; pieces that follow each other make a run. Tables, timelines, subheadings and alternatives stand between the runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from tmp_builder.document.nodes import (
    Alternatives,
    Block,
    Branch,
    Change,
    Clause,
    Inlines,
    Paragraph,
    Row,
    Table,
    Text,
    Texts,
    Timeline,
)
from tmp_builder.language import LANGUAGES, word

Kind: TypeAlias = Literal["clause", "text", "intro", "note", "opening", "closing", "definition"]


class Line(Struct, frozen=True):
    """A paragraph in every language. `level` is the depth at which it stands: 0 at the margin, 2 to 4 with or below a clause.

    `clause` is the id of the whole clause that it belongs to, also where that goes on behind a table; empty outside clauses. `was`
    and `mark` are those of its node in a redline.
    """

    kind: Kind
    texts: Texts
    level: int = 0
    number: str = ""
    id: str = ""
    clause: str = ""
    was: str = ""
    mark: str = ""


Piece: TypeAlias = tuple[Line, ...]
Run: TypeAlias = tuple[Piece, ...]


class Heading(Struct, frozen=True):
    """A subheading: full width, in every language."""

    id: str
    texts: Texts
    mark: str = ""


class Alternative(Struct, frozen=True):
    """One of the alternatives of an open choice: its opening line, its blocks, its closing line."""

    id: str
    opening: Line
    children: tuple[Block, ...]
    closing: Line


Break: TypeAlias = Table | Timeline | Heading | Alternative


def flow(children: Iterable[Block], definitions: bool = False) -> Iterator[Run | Break]:
    """The runs of lines and what stands between them; with `definitions`, tables of definitions are lines too."""
    parts = (part for block in children for part in _pieces(block, definitions))
    for broken, group in groupby(parts, lambda part: not isinstance(part, tuple)):
        if broken:
            yield from (part for part in group if not isinstance(part, tuple))
        else:
            yield tuple(part for part in group if isinstance(part, tuple))


def reserved(mark: str = "") -> Texts:
    """What a number says whose text has fallen out."""
    return {language: _within(mark, (Text(word("reserved", language)),)) for language in LANGUAGES}


def _within(mark: str, inlines: Inlines) -> Inlines:
    """Words of the writer's own, marked like the node they belong to."""
    return (Change(mark, inlines),) if mark else inlines


def _pieces(block: Block, definitions: bool) -> Iterator[Piece | Break]:
    """A block as pieces: one, unless something of full width stands inside it."""
    if definitions and isinstance(block, Table) and block.kind == "definitions":
        yield from ((_definition(row),) for row in block.rows)
        return
    owner = block.id if isinstance(block, Clause) else ""
    if isinstance(block, Clause) and not block.children:
        yield (_clause(block, owner),)
        return
    for broken, group in groupby(_lines(block, 0, owner), lambda item: not isinstance(item, Line)):
        if broken:
            yield from (item for item in group if not isinstance(item, Line))
        else:
            yield tuple(item for item in group if isinstance(item, Line))


def _lines(block: Block, level: int, owner: str) -> Iterator[Line | Break]:
    match block:
        case Clause():
            line = _clause(block, owner)
            yield line
            for child in block.children:
                yield from _lines(child, line.level, owner)
        case Paragraph(style="subheading"):
            yield Heading(block.id, block.texts, block.mark)
        case Paragraph():
            yield _paragraph(block, level, owner)
        case Table() | Timeline():
            yield block
        case Alternatives():
            yield from (_alternative(branch, index, block.mark) for index, branch in enumerate(block.branches))
        case _:
            assert_never(block)


def _clause(block: Clause, owner: str) -> Line:
    texts = reserved(block.mark) if block.reserved else block.texts
    return Line("clause", texts, min(max(block.level, 2), 4), block.number, block.id, owner, block.was, block.mark)


def _paragraph(block: Paragraph, level: int, owner: str) -> Line:
    kinds: dict[str, Kind] = {"intro": "intro", "note": "note"}
    return Line(kinds.get(block.style, "text"), block.texts, level, id=block.id, clause=owner, mark=block.mark)


def _alternative(branch: Branch, index: int, mark: str) -> Alternative:
    letter = chr(ord("A") + index) if index < 26 else str(index + 1)
    opening: dict[str, Inlines] = {
        language: (*_within(mark, (Text(word("alternative-open", language)),)), *branch.label.get(language, ()))
        for language in LANGUAGES
    }
    closing: Texts = {
        language: _within(mark, (Text(word("alternative-close", language, letter=letter)),)) for language in LANGUAGES
    }
    return Alternative(branch.id, Line("opening", opening, mark=mark), branch.children, Line("closing", closing, mark=mark))


def _definition(row: Row) -> Line:
    """Term: meaning, as one line."""
    term, meaning = (*row.cells, {}, {})[:2]
    texts: Texts = {
        language: (*term.get(language, ()), *_within(row.mark, (Text(word("colon", language)),)), *meaning.get(language, ()))
        for language in LANGUAGES
        if term.get(language) or meaning.get(language)
    }
    return Line("definition", texts, id=row.id, mark=row.mark)
