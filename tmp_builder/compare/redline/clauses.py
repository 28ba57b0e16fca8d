"""What a redline says clause by clause: added, removed, moved, renumbered, reworded, each with its weight and what it follows from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct, field

from tmp_builder.compare.changes import Change as PlanChange
from tmp_builder.compare.changes import PlanChanges, Weight
from tmp_builder.compare.redline.causes import Causes, is_date
from tmp_builder.compare.redline.texts import same_words
from tmp_builder.compare.words import DELETED, INSERTED, KEPT, Piece, compare_words, only_numbers, only_spelling
from tmp_builder.document.nodes import (
    COME,
    GONE,
    MOVED_FROM,
    MOVED_TO,
    NO_TEXTS,
    Alternatives,
    Block,
    Change,
    Clause,
    Document,
    Inlines,
    Row,
    Schedule,
    Section,
    Table,
    Texts,
    Value,
)
from tmp_builder.document.sides import has_changes, new_words, old_words
from tmp_builder.document.walk import plain, texts_of


class ClauseChange(Struct, frozen=True):
    """One difference of the texts. `kind`: added, removed, moved, reworded, value, references or renumbered.

    `place` is section, clause, schedule, row, cover, signature or annex; `id` that of the node; `part` the heading it stands under;
    `old` and `new` its numbers. `pieces`: words kept, deleted and inserted per language. `causes`: keys of changes of the plan;
    `typed`: the built file whose text says so although its plan does not.
    """

    kind: str
    weight: Weight
    place: str
    id: str
    part: Texts = field(default_factory=dict)
    old: str = ""
    new: str = ""
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    causes: tuple[str, ...] = ()
    typed: str = ""


class _Where(Struct, frozen=True):
    """Where the walk stands: what kind of place, under which heading, in which clause with which numbers."""

    place: str
    id: str
    part: Texts
    old: str = ""
    new: str = ""


def clause_changes(document: Document, plans: PlanChanges | None = None) -> tuple[ClauseChange, ...]:
    """The changes of a redline in the order of the document; `plans` is what the versions decide differently, if that is known."""
    return tuple(_Walk(Causes(plans)).document(document))


class _Walk:
    """Goes through a redline once."""

    def __init__(self, causes: Causes) -> None:
        self.causes = causes

    def document(self, document: Document) -> Iterator[ClauseChange]:
        cover, signing = document.cover, document.signing
        where = _Where("cover", "cover", NO_TEXTS)
        for texts in (cover.title, cover.kind, *cover.lines, cover.notice):
            yield from self.words(texts, where)
        for party in cover.parties:
            yield from self.words(party.name, where)
            yield from self.words(party.role, where)
        for section in document.sections:
            yield from self.part(section, "section")
        for block in signing.blocks:
            where = _Where("signature", block.id, signing.title)
            for texts in (block.party, *(text for line in block.lines for text in (line.label, line.value))):
                yield from self.words(texts, where)
        for texts in (signing.title, signing.intro):
            yield from self.words(texts, _Where("signature", signing.id, signing.title))
        for schedule in document.schedules:
            yield from self.part(schedule, "schedule")

    def part(self, part: Section | Schedule, place: str) -> Iterator[ClauseChange]:
        where = _Where(place, part.id, part.title, part.was or part.number, part.number)
        if part.mark:
            yield from self.whole(part.mark, where, part.title)
            return
        yield from self.renumbered(part.was, where)
        yield from self.words(part.title, where)
        for child in part.children:
            yield from self.block(child, where)

    def block(self, block: Block, where: _Where) -> Iterator[ClauseChange]:
        match block:
            case Clause():
                yield from self.clause(block, where)
            case Table():
                yield from self.table(block, where)
            case Alternatives(mark=""):
                for branch in block.branches:
                    yield from self.words(branch.label, where)
                    for child in branch.children:
                        yield from self.block(child, where)
            case _:
                for texts in texts_of(block):
                    yield from self.words(texts, where)

    def clause(self, clause: Clause, above: _Where) -> Iterator[ClauseChange]:
        old, new = clause.was or clause.number, clause.number
        if clause.level > 2 and above.place == "clause":
            old, new = above.old + old, above.new + new
        where = _Where("clause", clause.id, above.part, old, new)
        if clause.mark:
            yield from self.whole(clause.mark, where, clause.texts)
            return
        if clause.level == 2:
            yield from self.renumbered(clause.was, where)
        yield from self.words(clause.texts, where)
        for child in clause.children:
            yield from self.block(child, where)

    def table(self, table: Table, where: _Where) -> Iterator[ClauseChange]:
        if table.mark:
            yield from self.whole(table.mark, where, table.caption)
            return
        for texts in (table.caption, *(column.header for column in table.columns)):
            yield from self.words(texts, where)
        for row in table.rows:
            place = _Where("row", row.id, where.part, where.old, where.new)
            if row.mark:
                yield from self.whole(row.mark, place, _row_words(row))
            else:
                yield from self.row(row, place)

    def row(self, row: Row, where: _Where) -> Iterator[ClauseChange]:
        for texts in (*row.cells, row.detail):
            yield from self.words(texts, where)

    def whole(self, mark: str, where: _Where, texts: Texts) -> Iterator[ClauseChange]:
        """A node that came, went or moved; the two places of a move make one change, told where it is now."""
        if mark == MOVED_FROM:
            return
        causes = self.causes.of_node(where.place, where.id, texts, mark)
        kind = "moved" if mark == MOVED_TO else "removed" if mark in GONE else "added"
        weight = Weight.MOVED if mark == MOVED_TO else Weight.VALUE if where.place == "row" else Weight.SUBSTANTIVE
        numbers = ("" if mark in COME else where.old, "" if mark in GONE else where.new)
        yield ClauseChange(
            kind, _weight(causes, weight), where.place, where.id, where.part, *numbers, _pieces(texts), _keys(causes)
        )

    def renumbered(self, was: str, where: _Where) -> Iterator[ClauseChange]:
        if was:
            yield ClauseChange("renumbered", Weight.COSMETIC, where.place, where.id, where.part, where.old, where.new)

    def words(self, texts: Texts, where: _Where) -> Iterator[ClauseChange]:
        if not has_changes(texts):
            return
        old = {language: old_words(inlines) for language, inlines in texts.items()}
        new = {language: new_words(inlines) for language, inlines in texts.items()}
        kind, weight = _judged(texts, old, new)
        if is_date(where.id) and weight is Weight.SUBSTANTIVE:
            weight = Weight.VALUE  # a table of dates decides nothing: its words say when
        causes = () if kind == "references" else self.causes.of_words(where.place, where.id, texts)
        yield ClauseChange(
            kind, _weight(causes, weight), where.place, where.id, where.part, where.old, where.new, _pieces(texts), _keys(causes)
        )


def _judged(texts: Texts, old: Texts, new: Texts) -> tuple[str, Weight]:
    """What happened to words by what they say: numbers of references, spelling, values, or more than that."""
    if same_words(old, new, numbers=False):
        return "references", Weight.COSMETIC
    pairs = [(plain(old[language]), plain(new[language])) for language in texts]
    if all(only_spelling(before, after) for before, after in pairs):
        return "reworded", Weight.COSMETIC
    if all(only_numbers(before, after) for before, after in pairs) or all(map(_only_values, texts.values())):
        return "value", Weight.VALUE
    return "reworded", Weight.SUBSTANTIVE


def _only_values(inlines: Inlines) -> bool:
    changed = [inner for inline in inlines if isinstance(inline, Change) for inner in inline.inlines]
    return all(isinstance(inner, Value) for inner in changed)


def _weight(causes: tuple[PlanChange, ...], otherwise: Weight) -> Weight:
    """The weight of what was decided, where that is known: words follow from decisions."""
    return min((cause.weight for cause in causes), key=lambda weight: weight.rank, default=otherwise)


def _keys(causes: tuple[PlanChange, ...]) -> tuple[str, ...]:
    return tuple(cause.key for cause in causes)


def _pieces(texts: Texts) -> dict[str, tuple[Piece, ...]]:
    return {language: tuple(_joined(map(_piece, inlines))) for language, inlines in texts.items() if inlines}


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours to which the same happened as one."""
    for kind, group in groupby(pieces, lambda piece: piece.kind):
        yield Piece(kind, ("" if kind == KEPT else " ").join([piece.text for piece in group]))


def _piece(inline: object) -> Piece:
    if isinstance(inline, Change):
        return Piece(DELETED if inline.kind in GONE else INSERTED, plain(inline.inlines))
    return Piece(KEPT, plain((inline,)))  # type: ignore[arg-type]


def _row_words(row: Row) -> Texts:
    """The words of a row, those of its cells one after another."""
    return {
        language: tuple(inline for cell in row.cells for inline in cell.get(language, ()))
        for language in dict.fromkeys(language for cell in row.cells for language in cell)
    }


def typed_change(clause: str, number: str, words: tuple[str, str], file: str, place: str = "clause") -> ClauseChange:
    """A text that somebody typed into a built file: what its plan gives, and what stands there; known in one language only.

    `place`, `clause` and `number` say where, as in a ClauseChange.
    """
    old, new = words
    weight = Weight.COSMETIC if only_spelling(old, new) else Weight.VALUE if only_numbers(old, new) else Weight.SUBSTANTIVE
    kind = "added" if not old else "removed" if not new else "reworded"
    language = "zh" if any("一" <= character <= "鿿" for character in new or old) else "en"
    pieces = {language: compare_words(old, new)}
    return ClauseChange(kind, weight, place, clause, NO_TEXTS, number, number, pieces, typed=file)
