"""Texts with marks: the words that went and came between two versions of a text, whatever inline nodes they stand in."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from msgspec import Struct

from tmp_builder.compare.words import tokens
from tmp_builder.document.nodes import (
    DELETED,
    INSERTED,
    Blank,
    Change,
    FactBlank,
    Gap,
    Inline,
    Inlines,
    Reference,
    Term,
    Text,
    Texts,
    Value,
)

_MOST = 20_000
"""Above so many words two texts are shown as replaced as a whole: their comparison would take minutes."""

_LEAST_ALIKE = 0.3
"""Where a smaller share of the characters stayed than this, scattered words that happen to be the same help nobody."""


class _Atom(Struct, frozen=True):
    """What is never split: a word, a number with its unit, a reference; with the place of the node it comes from."""

    key: Hashable
    inline: Inline
    place: int
    size: int


def marked_texts(old: Texts, new: Texts) -> Texts:
    """The new text in every language with what went and what came against the old one."""
    if old == new:
        return new
    languages = dict.fromkeys((*new, *old))
    return {language: marked_inlines(old.get(language, ()), new.get(language, ())) for language in languages}


def marked_inlines(old: Inlines, new: Inlines) -> Inlines:
    """As `marked_texts`, for one language. Words that stayed are the new version's, with its addresses."""
    if old == new:
        return new
    one, two = list(_atoms(old)), list(_atoms(new))
    before, after = [atom.key for atom in one], [atom.key for atom in two]
    if before == after:
        return new
    return tuple(_marked(one, two, _opcodes(before, after, [atom.size for atom in one])))


def wrapped(texts: Texts, kind: str) -> Texts:
    """The text as changed from its first word to its last."""
    return {language: (Change(kind, inlines),) if inlines else () for language, inlines in texts.items()}


def same_words(old: Texts, new: Texts, *, numbers: bool = True) -> bool:
    """Whether both print the same; without `numbers`, references count as the same where they point at the same node."""
    if old == new:
        return True
    spoken = {language for texts in (old, new) for language, inlines in texts.items() if inlines}
    return all(_said(old.get(lang, ()), numbers) == _said(new.get(lang, ()), numbers) for lang in spoken)


def _said(inlines: Inlines, numbers: bool) -> list[Hashable]:
    keys = (atom.key for atom in _atoms(inlines))
    return [key if numbers or not isinstance(key, tuple) or key[0] != "reference" else key[:2] for key in keys]


def _atoms(inlines: Inlines) -> Iterator[_Atom]:
    for place, inline in enumerate(inlines):
        match inline:
            case Text(text=text):
                yield from (_Atom(word, Text(word), place, len(word.strip())) for word in tokens(text))
            case Value(text=text, address=address):
                yield from (_Atom(word, Value(word, address), place, len(word.strip())) for word in tokens(text))
            case Term(text=text):
                yield _Atom(("term", text), inline, place, len(text))
            case Gap(label=label):
                yield _Atom(("gap", label), inline, place, len(label))
            case Blank(name=name) | FactBlank(name=name):
                yield _Atom(("blank", name), inline, place, len(name))
            case Reference():
                said = (inline.before, inline.number, inline.after)
                yield _Atom(("reference", inline.target, *said), inline, place, len("".join(said)))
            case Change(inlines=inner):
                yield from _atoms(inner)


_Code = tuple[str, int, int, int, int]


def _opcodes(one: Sequence[Hashable], two: Sequence[Hashable], sizes: Sequence[int]) -> list[_Code]:
    """What stayed, went and came, by places; what both begin and end with is never searched."""
    most = min(len(one), len(two))
    head = next((index for index in range(most) if one[index] != two[index]), most)
    tail = next((index for index in range(most - head) if one[-1 - index] != two[-1 - index]), most - head)
    ends = len(one) - tail, len(two) - tail
    middle = _middle(one[head : ends[0]], two[head : ends[1]])
    moved = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle]
    codes = [("equal", 0, head, 0, head), *moved, ("equal", ends[0], len(one), ends[1], len(two))]
    kept = sum(sum(sizes[a:b]) for tag, a, b, _, _ in codes if tag == "equal")
    if kept < _LEAST_ALIKE * sum(sizes):
        return [("replace", 0, len(one), 0, len(two))]
    return [code for code in codes if code[1] < code[2] or code[3] < code[4]]


def _middle(one: Sequence[Hashable], two: Sequence[Hashable]) -> list[_Code]:
    if not one or not two or len(one) + len(two) > _MOST:
        return [("replace", 0, len(one), 0, len(two))]
    return list(SequenceMatcher(None, one, two, autojunk=False).get_opcodes())


def _marked(one: list[_Atom], two: list[_Atom], codes: list[_Code]) -> Iterator[Inline]:
    for tag, a, b, c, d in codes:
        if tag == "equal":
            yield from _joined(two[c:d])
            continue
        if a < b:
            yield Change(DELETED, tuple(_joined(one[a:b])))
        if c < d:
            yield Change(INSERTED, tuple(_joined(two[c:d])))


def _joined(atoms: list[_Atom]) -> Iterator[Inline]:
    """The words of one node as one node again."""
    for _, group in groupby(atoms, lambda atom: atom.place):
        found = [atom.inline for atom in group]
        first = found[0]
        match first:
            case Text():
                yield Text("".join(inline.text for inline in found if isinstance(inline, Text)))
            case Value(address=address):
                yield Value("".join(inline.text for inline in found if isinstance(inline, Value)), address)
            case _:
                yield first
