"""Visiting and rebuilding a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from tmp_builder.document.nodes import (
    DELETED,
    GONE,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    Alternatives,
    Annex,
    Block,
    Branch,
    Change,
    Clause,
    Document,
    Gap,
    Inline,
    Inlines,
    Paragraph,
    Reference,
    Schedule,
    Section,
    Table,
    Term,
    Text,
    Texts,
    Timeline,
    Value,
)


def blocks(parent: Section | Schedule | Annex | Clause | Branch | Alternatives) -> Iterator[Block]:
    """Every block below `parent`, in reading order, depth first."""
    if isinstance(parent, Alternatives):
        for branch in parent.branches:
            yield from blocks(branch)
        return
    for child in parent.children:
        yield child
        if isinstance(child, (Clause, Alternatives)):
            yield from blocks(child)


def all_blocks(document: Document) -> Iterator[Block]:
    """Every block of the sections, the schedules and the annexes."""
    for part in parts(document):
        yield from blocks(part)


def parts(document: Document) -> tuple[Section | Schedule | Annex, ...]:
    """The sections, the schedules and the annexes, in the order of the document."""
    return (*document.sections, *document.schedules, *document.annexes)


def clauses(document: Document) -> Iterator[Clause]:
    """Every numbered clause, in reading order."""
    return (block for block in all_blocks(document) if isinstance(block, Clause))


def whole_numbers(document: Document) -> dict[str, str]:
    """The number by which a reader finds each clause, by its id: that of a sub-clause with those above it, "7.2(b)"."""
    above: dict[int, str] = {}
    found = {}
    for clause in clauses(document):
        above[clause.level] = clause.number if clause.level == 2 else above.get(clause.level - 1, "") + clause.number
        found[clause.id] = above[clause.level]
    return found


def texts_of(block: Block) -> Iterator[Texts]:
    """Every text that stands in `block` itself, not in its children."""
    match block:
        case Clause() | Paragraph():
            yield block.texts
        case Table():
            yield block.caption
            yield from (column.header for column in block.columns)
            for row in block.rows:
                yield from row.cells
                yield row.detail
        case Alternatives():
            yield from (branch.label for branch in block.branches)
        case Timeline():
            yield block.alternative


def all_texts(document: Document) -> Iterator[Texts]:
    """Every text of a document, from the cover to the signature page."""
    cover, signing = document.cover, document.signing
    yield from (cover.title, cover.kind, *cover.lines, cover.notice)
    for party in cover.parties:
        yield from (party.name, party.role)
    for part in parts(document):
        yield part.title
        for block in blocks(part):
            yield from texts_of(block)
    yield from (signing.title, signing.intro)
    for signature in signing.blocks:
        yield signature.party
        for line in signature.lines:
            yield from (line.label, line.value)
    for note in document.notes:
        yield from note.paragraphs


def rebuild(children: tuple[Block, ...], change: Callable[[Block], tuple[Block, ...]]) -> tuple[Block, ...]:
    """The same blocks with `change` applied to each, innermost first; it may drop a block or put several in its place."""
    out: list[Block] = []
    for child in children:
        match child:
            case Clause():
                out.extend(change(replace(child, children=rebuild(child.children, change))))
            case Alternatives():
                branches = tuple(replace(branch, children=rebuild(branch.children, change)) for branch in child.branches)
                out.extend(change(replace(child, branches=branches)))
            case _:
                out.extend(change(child))
    return tuple(out)


def map_texts(block: Block, change: Callable[[Texts], Texts]) -> Block:
    """The block with `change` applied to each of its own texts."""
    match block:
        case Clause() | Paragraph():
            return replace(block, texts=change(block.texts))
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                columns=tuple(replace(column, header=change(column.header)) for column in block.columns),
                rows=tuple(replace(row, cells=tuple(map(change, row.cells)), detail=change(row.detail)) for row in block.rows),
            )
        case Alternatives():
            return replace(block, branches=tuple(replace(branch, label=change(branch.label)) for branch in block.branches))
        case Timeline():
            return replace(block, alternative=change(block.alternative))


def plain(inlines: Inlines) -> str:
    """The words of a text as one string, gaps as `[label ●]`; of a redline as the new version has them."""
    return "".join([inline.text if isinstance(inline, _SPOKEN) else _plain(inline) for inline in inlines])


_SPOKEN = Text, Term, Value
"""What says just its words: most of any text, so it is not worth a call."""


BRACKETS = {INSERTED: ("{+", "+}"), DELETED: ("[-", "-]"), MOVED_FROM: ("[>", ">]"), MOVED_TO: ("{<", "<}")}
"""What stands around changed words where nothing else can show them."""


def bracketed(inlines: Inlines) -> str:
    """As `plain`, with changed words between brackets: [-deleted-], {+inserted+}, [>moved away>], {<moved here<}."""
    return "".join(
        BRACKETS[inline.kind][0] + plain(inline.inlines) + BRACKETS[inline.kind][1]
        if isinstance(inline, Change)
        else _plain(inline)
        for inline in inlines
    )


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Term(text=text) | Value(text=text):
            return text
        case Gap(label=label):
            return f"[{label} ●]"
        case Reference(before=before, number=number, after=after):
            return f"{before}{number}{after}"
        case Change(kind=kind, inlines=inlines):
            return "" if kind in GONE else plain(inlines)
        case _:
            return f"{{{{ {inline.name} }}}}"


def says(**texts: str) -> Texts:
    """A text per language from plain strings: `says(en="None.", zh="无。")`."""
    return {language: (Text(text),) for language, text in texts.items()}
