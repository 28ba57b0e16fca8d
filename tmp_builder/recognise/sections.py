"""Which sections a text seems to have: heading and wording held together, with how sure that is and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from tmp_builder.library.schema import Library
from tmp_builder.readers.story import ReadParagraph
from tmp_builder.recognise.outline import Part, parts
from tmp_builder.recognise.wording import PARTLY, WHOLE, WITHIN, Wordings, normal, ranked, wordings_of

ENOUGH = 40
"""A part with fewer letters of text than this has a heading and next to nothing below it; a Chinese character weighs three."""


class Sure(StrEnum):
    """How sure a recognition is. Certain: heading and wording both say so; likely: one says so plainly; possible: look at it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for certain, 1 for likely, 2 for possible."""
        return list(Sure).index(self)


class Recognised(Struct, frozen=True):
    """A section that a text seems to have: where (heading as it stands, number of the paragraph) and by which phrases.

    `empty`: there is a heading, with next to no text below it.
    """

    section: str
    sure: Sure
    heading: str
    paragraph: int
    phrases: tuple[str, ...] = ()
    score: float = 0.0
    empty: bool = False


def recognise(paragraphs: Sequence[ReadParagraph], library: Library) -> dict[str, Recognised]:
    """The best place for every section that the text seems to have, in the order of the library."""
    words = _Words(wordings_of(library))
    best: dict[str, Recognised] = {}
    for part in parts(paragraphs, words.known.is_name):
        for found in _sections_of(part, words):
            old = best.get(found.section)
            if old is None or (found.sure.rank, -found.score) < (old.sure.rank, -old.score):
                best[found.section] = found
    return {section: best[section] for section in library.sections if section in best}


class _Words(Struct):
    """The wordings, and what was found of them in every line: a line belongs to several parts and is looked at once."""

    known: Wordings
    normals: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def normal(self, line: str) -> str:
        if line not in self.normals:
            self.normals[line] = normal(line)
        return self.normals[line]

    def phrases_in(self, line: str) -> dict[str, list[str]]:
        if line not in self.phrases:
            self.phrases[line] = self.known.phrases_in(self.normal(line))
        return self.phrases[line]

    def evidence(self, part: Part) -> dict[str, _Evidence]:
        """What the text of a part says for each section."""
        phrases: dict[str, dict[str, None]] = {}
        for line in part.lines:
            for section, found in self.phrases_in(line.text).items():
                phrases.setdefault(section, {}).update(dict.fromkeys(found))
        likeness = self.known.likeness("".join(self.normal(line.text) for line in part.lines))
        places = {section: place for place, section in enumerate(ranked(likeness), 1)}
        return {
            section: _Evidence(tuple(phrases.get(section, ())), places.get(section, 99), likeness.get(section, 0.0))
            for section in {**likeness, **phrases}
        }


class _Evidence(Struct, frozen=True):
    """What the words of a part say about one section: phrases found, place by likeness (1 is first), likeness."""

    phrases: tuple[str, ...]
    place: int
    likeness: float

    @property
    def strong(self) -> bool:
        """Whether the wording alone would make one think of the section."""
        many = len(self.phrases)
        return many >= 2 or (many == 1 and self.place <= 4) or (self.place <= 2 and self.likeness >= 0.12)

    @property
    def weak(self) -> bool:
        """Whether the wording at least fits."""
        return bool(self.phrases) or (self.place <= 3 and self.likeness >= 0.04)


def _sections_of(part: Part, words: _Words) -> Iterator[Recognised]:
    named = words.known.named(part.title) if part.title else {}
    if named:
        yield from _by_name(part, named, words.evidence(part))
    if not part.annex:
        yield from _by_wording(part, words, frozenset(named), taken=WHOLE in named.values())


def _by_name(part: Part, named: Mapping[str, float], evidence: Mapping[str, _Evidence]) -> Iterator[Recognised]:
    """The sections that the heading names, as sure as the text below it makes them."""
    length = sum(_weight(line.text) for line in part.lines)
    for section, strength in named.items():
        found = evidence.get(section, _Evidence((), len(evidence) + 1, 0.0))
        sure = _by_heading(part, strength, found, length)
        if sure:
            score = round(strength + min(len(found.phrases), 5) / 5 + found.likeness, 3)
            yield Recognised(section, sure, part.heading, part.paragraph, found.phrases[:3], score, length < ENOUGH)


def _weight(text: str) -> int:
    """The length of a text in letters, so that English and Chinese are measured alike."""
    return len(text) + 2 * sum(1 for char in text if "\u3400" <= char <= "\u9fff")


def _by_heading(part: Part, strength: float, found: _Evidence, length: int) -> Sure | None:
    """How sure a heading makes it. In an annex, or without text, nothing is more than possible."""
    if length < ENOUGH:
        return Sure.POSSIBLE if part.marked and strength >= PARTLY and not part.annex else None
    if part.annex:
        return Sure.POSSIBLE if strength >= PARTLY and found.strong else None
    if strength >= PARTLY and found.strong:
        return Sure.CERTAIN if strength == WHOLE or len(found.phrases) >= 2 else Sure.LIKELY
    if (strength == WHOLE and found.weak) or (strength == WITHIN and found.strong and len(found.phrases) >= 2):
        return Sure.LIKELY
    return Sure.POSSIBLE if found.weak or (part.marked and strength >= PARTLY) else None


def _by_wording(part: Part, words: _Words, named: frozenset[str], *, taken: bool) -> Iterator[Recognised]:
    """Sections that no heading names, by the phrases of one paragraph; under the heading of another section nothing is likely."""
    for line in part.lines:
        if _weight(line.text) < ENOUGH:
            continue
        many = {
            section: found for section, found in words.phrases_in(line.text).items() if len(found) >= 2 and section not in named
        }
        likeness = words.known.likeness(words.normal(line.text)) if many else {}
        for section in ranked(likeness)[:2]:
            found = many.get(section, [])
            if found:
                sure = Sure.LIKELY if len(found) >= 3 and not taken else Sure.POSSIBLE
                score = round(min(len(found), 5) / 5 + likeness[section], 3)
                yield Recognised(section, sure, part.heading, line.paragraph, tuple(found[:3]), score)
