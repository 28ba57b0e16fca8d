"""The clauses of a comparison for its page: those that differ, with their words in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from tmp_builder.assemble import assemble
from tmp_builder.compare.changes import Version, Weight
from tmp_builder.compare.redline import redline
from tmp_builder.compare.values import weigh_texts
from tmp_builder.compare.words import DELETED, INSERTED, KEPT, Piece
from tmp_builder.document.nodes import (
    COME,
    GONE,
    MOVED_FROM,
    MOVED_TO,
    Change,
    Clause,
    Inlines,
    Paragraph,
    Reference,
    Section,
    Table,
    Texts,
)
from tmp_builder.document.walk import blocks, plain
from tmp_builder.library.schema import Labels


@dataclass(frozen=True, slots=True)
class ReportClause:
    """A clause that differs: its id (`section.option#name`), its number as printed, the heading it stands under, its weight.

    `what` says in a word or two what happened to it (added, reworded …); `runs` are its words per language, kept and deleted ones
    giving the old text, kept and inserted ones the new.
    """

    id: str
    number: str
    title: Labels
    weight: Weight
    runs: Mapping[str, tuple[Piece, ...]]
    what: Labels = field(default_factory=dict)
    was: str = ""

    @property
    def option(self) -> str:
        """The option that the clause comes from."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a page, with the HTML element that marks them; `text` is never markup."""

    tag: str
    text: str


_TAGS = {KEPT: "", DELETED: "del", INSERTED: "ins"}
_FIRST, _LAST = re.compile(r"^[a-zA-Z0-9'’-]{1,30}\s+"), re.compile(r"\s+[a-zA-Z0-9'’-]{1,30}$")
AROUND = 160
"""How many characters of unchanged text stand on each side of a changed word before the rest is left out."""


def runs_of(pieces: tuple[Piece, ...], *, shortened: bool = False) -> Iterator[Run]:
    """The pieces for the page; long unchanged text is left out where `shortened`."""
    for place, piece in enumerate(pieces):
        text = piece.text
        if shortened and piece.kind == KEPT:
            text = _cut(text, first=place == 0, last=place == len(pieces) - 1)
        yield Run(_TAGS[piece.kind], text)


def _cut(text: str, *, first: bool, last: bool) -> str:
    """The beginning of unchanged text (unless it is the first run) and its end (unless it is the last), cut between words."""
    if len(text) <= 2 * AROUND or (first and last):
        return text
    head = "" if first else _whole(text[:AROUND], -1)
    tail = "" if last else _whole(text[-AROUND:], 0)
    return f"{head} … {tail}"


def _whole(text: str, end: int) -> str:
    """The text without the word that a cut left in pieces at its beginning (0) or end (-1); Chinese is cut anywhere."""
    if end == 0:
        return _FIRST.sub("", text)
    return _LAST.sub("", text)


# ── from two versions ───────────────────────────────────────────────────────────────────────────────────────────────

_WHAT: dict[str, Labels] = {
    "added": {"en": "added", "zh": "新增"},
    "removed": {"en": "removed", "zh": "删除"},
    "moved": {"en": "moved", "zh": "移动"},
    "reworded": {"en": "reworded", "zh": "改写"},
    "value": {"en": "value changed", "zh": "数值变更"},
    "cosmetic": {"en": "spelling or a reference only", "zh": "仅标点、形式或者引用"},
    "renumbered": {"en": "renumbered", "zh": "编号变更"},
}


def clauses_between(old: Version, new: Version) -> list[ReportClause]:
    """The clauses that differ between the documents of two versions, in the order of the new one; what went stands where it was."""
    document = redline(assemble(old.plan, old.library), assemble(new.plan, new.library))
    return [found for section in document.sections for found in _in_section(section)]


def _in_section(section: Section) -> Iterator[ReportClause]:
    title = {language: plain(inlines) for language, inlines in section.title.items()}
    for block in blocks(section):
        if isinstance(block, Clause) and block.level == 2 and block.mark != MOVED_FROM:
            runs = {language: tuple(_joined(_pieces(block, language))) for language in block.texts}
            changed = any(piece.kind != KEPT for pieces in runs.values() for piece in pieces)
            if block.mark or changed or block.was:
                what, weight = _weighed(block)
                yield ReportClause(block.id, block.number, title, weight, runs, _WHAT[what], block.was)


def _lines(clause: Clause) -> Iterator[tuple[str, str, tuple[Texts, ...]]]:
    """The lines of a clause and of what stands below it: the mark, the number and the texts; a row of a table is a line."""
    yield clause.mark, "", (clause.texts,)
    for part in blocks(clause):
        if isinstance(part, (Clause, Paragraph)):
            yield part.mark, part.number if isinstance(part, Clause) else "", (part.texts,)
        elif isinstance(part, Table):
            yield from ((row.mark or part.mark, "", (*row.cells, row.detail)) for row in part.rows)


def _pieces(clause: Clause, language: str) -> Iterator[Piece]:
    """The words of a clause, each of its lines on its own, with its number."""
    for place, (mark, number, cells) in enumerate(_lines(clause)):
        if place:
            yield Piece(_kind(mark), "\n" + (_numbered(number, language) if number else ""))
        for column, texts in enumerate(cells):
            if column and texts.get(language):
                yield Piece(_kind(mark), " | ")
            for inline in texts.get(language, ()):
                inner = inline.inlines if isinstance(inline, Change) else (inline,)
                yield Piece(_kind(inline.kind if isinstance(inline, Change) else mark), plain(inner))


def _numbered(number: str, language: str) -> str:
    return f"{number} " if language == "en" else number.translate({ord("("): "（", ord(")"): "）"})


def _kind(mark: str) -> str:
    """A mark as a kind of words; what only moved is kept."""
    return KEPT if mark in ("", MOVED_FROM, MOVED_TO) else INSERTED if mark in COME else DELETED


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for kind, group in groupby(pieces, lambda piece: piece.kind):
        text = "".join(piece.text for piece in group)
        if text:
            yield Piece(kind, text)


def _weighed(clause: Clause) -> tuple[str, Weight]:
    """What happened to a clause. A number of another clause that it refers to changes no right: such a change is cosmetic."""
    if clause.mark in (*COME, *GONE):
        moved = clause.mark == MOVED_TO
        return ("moved", Weight.MOVED) if moved else ("added" if clause.mark in COME else "removed", Weight.SUBSTANTIVE)
    before, after = _read(clause, GONE), _read(clause, COME)
    if before == after:
        return ("cosmetic", Weight.COSMETIC) if _references(clause) else ("renumbered", Weight.MOVED)
    weight = weigh_texts(before, after)
    return {Weight.SUBSTANTIVE: "reworded", Weight.VALUE: "value"}.get(weight, "cosmetic"), weight


def _read(clause: Clause, kept: tuple[str, ...]) -> dict[str, str]:
    """The text of one of the two versions, per language; a reference is what it refers to, whatever number that has."""
    return {
        language: "\n".join(
            _one(texts.get(language, ()), kept) for mark, _, cells in _lines(clause) if mark in ("", *kept) for texts in cells
        )
        for language in clause.texts
    }


def _one(inlines: Inlines, kept: tuple[str, ...]) -> str:
    return "".join(
        (_one(inline.inlines, kept) if inline.kind in kept else "")
        if isinstance(inline, Change)
        else inline.target
        if isinstance(inline, Reference)
        else plain((inline,))
        for inline in inlines
    )


def _references(clause: Clause) -> bool:
    """Whether words differ although the text says the same: the numbers of what it refers to."""
    every = (inlines for _, _, cells in _lines(clause) for texts in cells for inlines in texts.values())
    return any(isinstance(inline, Change) for inlines in every for inline in inlines)
