"""Two assembled documents as one redline: cover, sections, signature pages and schedules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from tmp_builder.compare.redline.align import align
from tmp_builder.compare.redline.blocks import compare_blocks, marked_blocks, same_blocks
from tmp_builder.compare.redline.texts import marked_texts, same_words, wrapped
from tmp_builder.document.nodes import (
    DELETED,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    Cover,
    CoverParty,
    Document,
    Schedule,
    Section,
    SignatureBlock,
    SignatureLine,
    Signing,
    Texts,
)
from tmp_builder.document.walk import plain

Part = TypeVar("Part", Section, Schedule)


def redline(old: Document, new: Document, compared: Texts | None = None) -> Document:
    """The new document with marks: accepted it reads as `new`, rejected as `old`. Annexes and notes are left out.

    `compared` says on every page which versions these are. A redline has no fingerprint: it is neither of the two texts.
    """
    languages = tuple(dict.fromkeys((*new.languages, *old.languages)))
    return replace(
        new,
        languages=languages,
        cover=_cover(old.cover, new.cover),
        sections=tuple(_parts(old.sections, new.sections)),
        schedules=tuple(_parts(old.schedules, new.schedules)),
        signing=_signing(old.signing, new.signing),
        imprint=replace(new.imprint, fingerprint="", recipe="", blocked=False, compared=compared or {}),
        annexes=(),
        notes=(),
    )


# ── sections and schedules ──────────────────────────────────────────────────────────────────────────────────────────


def _parts(old: tuple[Part, ...], new: tuple[Part, ...]) -> Iterator[Part]:
    earlier, later = {part.id: part for part in old}, {part.id: part for part in new}
    for pair in align(old, new, lambda part: part.id):
        before, after = pair.old, pair.new
        ident = (before or after or new[0]).id
        moved = pair.moved and _same(earlier[ident], later[ident])
        if before is not None and after is not None and _fits(before, after):
            yield _compared(before, after)
            continue
        if before is not None:
            yield _marked(before, MOVED_FROM if moved else DELETED)
        if after is not None:
            yield _marked(after, MOVED_TO if moved else INSERTED)


def _same(old: Part, new: Part) -> bool:
    return _fits(old, new) and same_words(old.title, new.title) and same_blocks(old.children, new.children)


def _fits(old: Part, new: Part) -> bool:
    reserved = isinstance(old, Section) and old.reserved, isinstance(new, Section) and new.reserved
    return reserved[0] is reserved[1] and bool(old.number) is bool(new.number)


def _compared(old: Part, new: Part) -> Part:
    was = old.number if old.number != new.number else ""
    return replace(new, title=marked_texts(old.title, new.title), children=compare_blocks(old.children, new.children), was=was)


def _marked(part: Part, kind: str) -> Part:
    return replace(part, title=wrapped(part.title, kind), children=marked_blocks(part.children, kind), mark=kind)


# ── cover ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _cover(old: Cover, new: Cover) -> Cover:
    if old == new:
        return new
    return Cover(
        title=marked_texts(old.title, new.title),
        kind=marked_texts(old.kind, new.kind),
        parties=tuple(_each(old.parties, new.parties, lambda party: _words(party.name), _party, _marked_party)),
        lines=tuple(_each(old.lines, new.lines, _words, marked_texts, wrapped)),
        notice=marked_texts(old.notice, new.notice),
    )


def _party(old: CoverParty, new: CoverParty) -> CoverParty:
    return replace(new, name=marked_texts(old.name, new.name), role=marked_texts(old.role, new.role))


def _marked_party(party: CoverParty, kind: str) -> CoverParty:
    return replace(party, name=wrapped(party.name, kind), role=wrapped(party.role, kind), mark=kind)


Item = TypeVar("Item")


def _each(
    old: tuple[Item, ...],
    new: tuple[Item, ...],
    key: Callable[[Item], str],
    compared: Callable[[Item, Item], Item],
    marked: Callable[[Item, str], Item],
) -> Iterator[Item]:
    """What has no id: found again by its words, else by its place between two that stayed."""
    for pair in align(old, new, key, lambda before, after: True):
        if pair.old is not None and pair.new is not None:
            yield compared(pair.old, pair.new)
        elif pair.old is not None:
            yield marked(pair.old, MOVED_FROM if pair.moved and pair.old in new else DELETED)
        elif pair.new is not None:
            yield marked(pair.new, MOVED_TO if pair.moved and pair.new in old else INSERTED)


def _words(texts: Texts) -> str:
    return "\n".join(f"{language}:{plain(inlines)}" for language, inlines in sorted(texts.items()))


# ── signature pages ─────────────────────────────────────────────────────────────────────────────────────────────────


def _signing(old: Signing, new: Signing) -> Signing:
    if old == new:
        return new
    return replace(
        new,
        title=marked_texts(old.title, new.title),
        intro=marked_texts(old.intro, new.intro),
        blocks=tuple(_blocks(old.blocks, new.blocks)),
    )


def _blocks(old: tuple[SignatureBlock, ...], new: tuple[SignatureBlock, ...]) -> Iterator[SignatureBlock]:
    for pair in align(old, new, lambda block: block.id):
        before, after = pair.old, pair.new
        if before is not None and after is not None:
            lines = _each(before.lines, after.lines, lambda line: _words(line.label), _line, _marked_line)
            yield replace(after, party=marked_texts(before.party, after.party), lines=tuple(lines))
        elif before is not None:
            yield _marked_block(before, MOVED_FROM if pair.moved and before in new else DELETED)
        elif after is not None:
            yield _marked_block(after, MOVED_TO if pair.moved and after in old else INSERTED)


def _line(old: SignatureLine, new: SignatureLine) -> SignatureLine:
    return replace(new, label=marked_texts(old.label, new.label), value=marked_texts(old.value, new.value))


def _marked_line(line: SignatureLine, kind: str) -> SignatureLine:
    return replace(line, label=wrapped(line.label, kind), value=wrapped(line.value, kind), mark=kind)


def _marked_block(block: SignatureBlock, kind: str) -> SignatureBlock:
    lines = tuple(_marked_line(line, kind) for line in block.lines)
    return replace(block, party=wrapped(block.party, kind), lines=lines, mark=kind)
