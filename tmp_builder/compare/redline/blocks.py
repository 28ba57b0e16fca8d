"""Blocks with marks: clauses, paragraphs, tables and alternatives aligned by their ids."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from tmp_builder.compare.redline.align import align
from tmp_builder.compare.redline.texts import marked_texts, same_words, wrapped
from tmp_builder.document.nodes import (
    DELETED,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    Alternatives,
    Block,
    Branch,
    Clause,
    Paragraph,
    Row,
    Table,
    Texts,
    Timeline,
)
from tmp_builder.document.walk import blocks, plain, texts_of


def compare_blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks below one heading in both versions, as the blocks of a redline."""
    if old == new:
        return new
    return tuple(_merged(old, new))


def marked_block(block: Block, kind: str) -> Block:
    """The block and everything below it, marked from its first word to its last."""
    match block:
        case Clause():
            return replace(block, texts=wrapped(block.texts, kind), children=marked_blocks(block.children, kind), mark=kind)
        case Paragraph():
            return replace(block, texts=wrapped(block.texts, kind), mark=kind)
        case Table():
            columns = tuple(replace(column, header=wrapped(column.header, kind)) for column in block.columns)
            rows = tuple(marked_row(row, kind) for row in block.rows)
            return replace(block, caption=wrapped(block.caption, kind), columns=columns, rows=rows, mark=kind)
        case Alternatives():
            branches = tuple(
                replace(branch, label=wrapped(branch.label, kind), children=marked_blocks(branch.children, kind))
                for branch in block.branches
            )
            return replace(block, branches=branches, mark=kind)
        case Timeline():
            return replace(block, alternative=wrapped(block.alternative, kind), mark=kind)


def marked_blocks(children: Iterable[Block], kind: str) -> tuple[Block, ...]:
    """Each of the blocks as `marked_block` gives it."""
    return tuple(marked_block(child, kind) for child in children)


def marked_row(row: Row, kind: str) -> Row:
    """The row with all its words marked."""
    return replace(row, cells=tuple(wrapped(cell, kind) for cell in row.cells), detail=wrapped(row.detail, kind), mark=kind)


def same_blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> bool:
    """Whether both print the same but for numbers: then a block that stands elsewhere is moved and nothing else."""
    return len(old) == len(new) and all(map(_same, old, new))


def _same(old: Block, new: Block) -> bool:
    if not _fits(old, new):
        return False
    one, two = [*_every_text(old)], [*_every_text(new)]
    return len(one) == len(two) and all(same_words(a, b, numbers=False) for a, b in zip(one, two, strict=True))


def _every_text(block: Block) -> Iterator[Texts]:
    yield from texts_of(block)
    if isinstance(block, (Clause, Alternatives)):
        for inner in blocks(block):
            yield from texts_of(inner)


def _merged(old: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[Block]:
    moved: set[Hashable] | None = None
    for pair in align(old, new, _key, _nameless):
        before, after = pair.old, pair.new
        if moved is None and pair.moved:
            moved = _only_moved(old, new)
        if before is None and after is not None:
            yield marked_block(after, MOVED_TO if moved and pair.moved and _key(after) in moved else INSERTED)
        elif before is not None and after is None:
            yield marked_block(before, MOVED_FROM if moved and pair.moved and _key(before) in moved else DELETED)
        elif before is not None and after is not None and _fits(before, after):
            yield _compared(before, after)
        elif before is not None and after is not None:
            yield from (marked_block(before, DELETED), marked_block(after, INSERTED))


def _only_moved(old: tuple[Block, ...], new: tuple[Block, ...]) -> set[Hashable]:
    """The keys of what may have moved without a change to its words: Word can show such a block as moved."""
    earlier = {_key(block): block for block in old}
    return {key for block in new if (key := _key(block)) in earlier and _same(earlier[key], block)}


def _key(block: Block) -> Hashable:
    """The id, or the words of what has none."""
    if block.id:
        return type(block).__name__, block.id
    return (type(block).__name__, *(plain(inlines) for texts in texts_of(block) for inlines in texts.values()))


def _nameless(old: Block, new: Block) -> bool:
    return not old.id and not new.id and _fits(old, new)


def _fits(old: Block, new: Block) -> bool:
    """Whether the new block can be shown as the old one with changes: the same kind of thing, numbered or not alike."""
    match old, new:
        case Clause(), Clause():
            return (old.level, old.reserved, bool(old.number)) == (new.level, new.reserved, bool(new.number))
        case Paragraph(), Paragraph():
            return old.style == new.style
        case Table(), Table():
            return old.kind == new.kind and _shape(old) == _shape(new)
        case Alternatives(), Alternatives():
            return [branch.id for branch in old.branches] == [branch.id for branch in new.branches]
        case Timeline(), Timeline():
            return old.marks == new.marks
        case _:
            return False


def _shape(table: Table) -> list[tuple[str, int]]:
    return [(column.id, column.weight) for column in table.columns]


def _compared(old: Block, new: Block) -> Block:
    """The new block with the changes against an old one that fits."""
    match old, new:
        case Clause(), Clause():
            was = old.number if old.number != new.number else ""
            children = compare_blocks(old.children, new.children)
            return replace(new, texts=marked_texts(old.texts, new.texts), children=children, was=was)
        case Paragraph(), Paragraph():
            return replace(new, texts=marked_texts(old.texts, new.texts))
        case Table(), Table():
            return _table(old, new)
        case Alternatives(), Alternatives():
            return replace(new, branches=tuple(map(_branch, old.branches, new.branches)))
        case Timeline(), Timeline():
            return replace(new, alternative=marked_texts(old.alternative, new.alternative))
        case _:
            raise AssertionError((old, new))


def _branch(old: Branch, new: Branch) -> Branch:
    return replace(new, label=marked_texts(old.label, new.label), children=compare_blocks(old.children, new.children))


def _table(old: Table, new: Table) -> Table:
    """The new table with the changes of its caption, its heads and its rows; a moved row is one that went and came."""
    if old == new:
        return new
    columns = tuple(
        replace(after, header=marked_texts(before.header, after.header))
        for before, after in zip(old.columns, new.columns, strict=True)
    )
    return replace(new, caption=marked_texts(old.caption, new.caption), columns=columns, rows=tuple(_rows(old, new)))


def _rows(old: Table, new: Table) -> Iterator[Row]:
    same: set[Hashable] | None = None
    for pair in align(old.rows, new.rows, _row_key, _nameless_row):
        before, after = pair.old, pair.new
        if same is None and pair.moved:
            same = _same_rows(old, new)
        if before is not None and after is not None and len(before.cells) == len(after.cells):
            cells = tuple(map(marked_texts, before.cells, after.cells))
            yield replace(after, cells=cells, detail=marked_texts(before.detail, after.detail))
            continue
        if before is not None:
            yield marked_row(before, MOVED_FROM if same and pair.moved and _row_key(before) in same else DELETED)
        if after is not None:
            yield marked_row(after, MOVED_TO if same and pair.moved and _row_key(after) in same else INSERTED)


def _same_rows(old: Table, new: Table) -> set[Hashable]:
    """The keys of the rows whose words did not change: these may have moved."""
    earlier = {_row_key(row): row for row in old.rows}
    return {_row_key(row) for row in new.rows if _same_row(earlier.get(_row_key(row)), row)}


def _same_row(old: Row | None, new: Row) -> bool:
    if old is None or len(old.cells) != len(new.cells):
        return False
    return all(map(same_words, (*old.cells, old.detail), (*new.cells, new.detail)))


def _row_key(row: Row) -> Hashable:
    return row.id or tuple(plain(inlines) for cell in row.cells for inlines in cell.values())


def _nameless_row(old: Row, new: Row) -> bool:
    return not old.id and not new.id
