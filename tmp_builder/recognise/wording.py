"""The words of every section as the library gives them: headings, characteristic phrases, and words of its cards weighed by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tmp_builder.library.schema import Library, SectionSpec
from tmp_builder.library.search import tokens

WHOLE, PARTLY, WITHIN = 1.0, 0.8, 0.6
"""How fully a heading names a section: it is its name, one of its two names is, or the name stands within it."""

_MARK = re.compile(r"\{\{.*?\}\}|\{#[^}]*\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_AND = re.compile(r"\s+and\s+|\s+or\s+|\s*[&/,;，；、]\s*|以及|[和与及]", re.I)
_ARTICLE = re.compile(r"^(?:the|each|of)\s+|\s+(?:clause|provisions?|obligations?)$|(?:条款|规定|约定)$", re.I)


class Phrase(Struct, frozen=True):
    """A phrase of `wordings.yaml` as it stands there, and as texts are compared."""

    shown: str
    normal: str
    section: str


class Wordings(Struct, frozen=True):
    """What sections are recognised by. `weights`: for each word how strongly it speaks for each section, in its own script."""

    names: Mapping[str, frozenset[str]]
    phrases: tuple[Phrase, ...]
    weights: Mapping[str, tuple[tuple[str, float], ...]]

    def is_name(self, title: str) -> bool:
        """Whether a heading without its number names sections in full."""
        return any(strength == WHOLE for strength in self._in_full(title).values())

    def named(self, title: str) -> dict[str, float]:
        """The sections that a heading names, and how fully."""
        full = self._in_full(title)
        if full and WHOLE in full.values():
            return full
        return {**dict.fromkeys(self._within(normal(title)), WITHIN), **full}

    def _in_full(self, title: str) -> dict[str, float]:
        """The sections whose name a heading is, or one of the names that it joins by “and”."""
        exact = self.names.get(normal(_ARTICLE.sub("", title.strip())))
        if exact:
            return dict.fromkeys(exact, WHOLE)
        pieces = [_ARTICLE.sub("", piece.strip()) for piece in _AND.split(title) if piece.strip()]
        hits = [self.names.get(normal(piece), frozenset()) for piece in pieces]
        return {section: WHOLE if all(hits) else PARTLY for each in hits for section in each}

    def _within(self, title: str) -> set[str]:
        """The sections whose name stands in a heading; a name inside a longer one that also stands there does not count."""
        inside = [name for name in self.names if name in title]
        longest = [name for name in inside if not any(name != other and name in other for other in inside)]
        return {section for name in longest for section in self.names[name]}

    def phrases_in(self, text: str) -> dict[str, list[str]]:
        """The phrases that stand in a text (as `normal` gives it), by section."""
        found: dict[str, list[str]] = {}
        for phrase in self.phrases:
            if phrase.normal in text:
                found.setdefault(phrase.section, []).append(phrase.shown)
        return found

    def likeness(self, text: str) -> dict[str, float]:
        """How alike a text (as `normal` gives it) is to the words of each section, 0 to 1; the better of its two scripts."""
        best: dict[str, float] = {}
        words = Counter(text.split())
        for han in (False, True):
            counted = {word: 1 + math.log(many) for word, many in words.items() if bool(_HAN.match(word)) is han}
            length = math.sqrt(sum(many * many for many in counted.values())) or 1.0
            scores: dict[str, float] = defaultdict(float)
            for word, many in counted.items():
                for section, weight in self.weights.get(word, ()):
                    scores[section] += many * weight / length
            for section, score in scores.items():
                best[section] = max(score, best.get(section, 0.0))
        return best


def normal(text: str) -> str:
    """A text as texts are compared: stems of English words and pairs of Chinese characters, each between spaces."""
    return f" {' '.join(tokens(text))} "


def wordings_of(library: Library) -> Wordings:
    """What the sections of a library are recognised by; the same for the same library. It is built once for each."""
    if library.fingerprint not in _BUILT:
        _BUILT.clear()
        _BUILT[library.fingerprint] = Wordings(_names(library), _phrases(library), _weights(library))
    return _BUILT[library.fingerprint]


_BUILT: dict[str, Wordings] = {}
"""The wordings built last, by the fingerprint of their library."""


def _names(library: Library) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in library.sections.values():
        for name in (*section.title.values(), *_headings(library, section.id)):
            found.setdefault(normal(name), set()).add(section.id)
    return {name: frozenset(sections) for name, sections in found.items() if name.strip()}


def _headings(library: Library, section: str) -> Iterable[str]:
    wording = library.wordings.get(section)
    return (name for names in wording.headings.values() for name in names) if wording else ()


def _phrases(library: Library) -> tuple[Phrase, ...]:
    every = [
        Phrase(shown, normal(shown), section)
        for section, wording in library.wordings.items()
        for shown in (phrase for phrases in wording.phrases.values() for phrase in phrases)
    ]
    return tuple(phrase for phrase in every if phrase.normal.strip())


def _weights(library: Library) -> dict[str, tuple[tuple[str, float], ...]]:
    """The weight of a word: how often the cards of a section have it, times how few sections have it at all."""
    counted = {section.id: _counted(_texts(library, section)) for section in library.sections.values()}
    spread = Counter(word for words in counted.values() for word in words)
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for section, words in counted.items():
        for han in (False, True):
            mine = {
                word: (1 + math.log(many)) * math.log(len(counted) / spread[word])
                for word, many in words.items()
                if bool(_HAN.match(word)) is han
            }
            length = math.sqrt(sum(weight * weight for weight in mine.values())) or 1.0
            for word, weight in mine.items():
                if weight > 0:
                    found[word].append((section, weight / length))
    return {word: tuple(entries) for word, entries in found.items()}


def _texts(library: Library, section: SectionSpec) -> Iterable[str]:
    yield from section.title.values()
    yield from _headings(library, section.id)
    if section.id in library.wordings:
        yield from (phrase for phrases in library.wordings[section.id].phrases.values() for phrase in phrases)
    for option in section.options:
        yield from (_MARK.sub(" ", text) for text, _ in library.options[option].texts.values())


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in tokens(text))


def ranked(likeness: Mapping[str, float]) -> Sequence[str]:
    """Sections by how alike a text is to them, the most alike first."""
    return sorted(likeness, key=lambda section: (-likeness[section], section))
