"""Finding options by words, in English or Chinese: over labels, legal texts and guidance, the best first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from tmp_builder.library.schema import Library, Option

WEIGHTS = {"label": 8.0, "about": 4.0, "parameters": 2.0, "text": 1.0, "guidance": 1.0}
"""How much a word counts by where it stands."""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[a-z0-9][a-z0-9’']*")
_MARK = re.compile(r"\{\{.*?\}\}")
_ITEM = re.compile(r"^\s*\d+\.\s+(?:\{#[^}]*\}\s*)?", re.M)


class Found(Struct, frozen=True):
    """An option that fits, how well (larger is better), and a line of it in which a word stands."""

    option: str
    score: float
    line: str


def search(library: Library, words: str, limit: int = 20) -> list[Found]:
    """The options in which the words stand, best first; those with more of the words come before those with fewer.

    English words are found in any form of plural or past; Chinese is found by its pairs of characters.
    """
    wanted = tokens(words)
    if not wanted:
        return []
    indexed = {ident: _index(option) for ident, option in library.options.items()}
    spread = Counter(token for fields in indexed.values() for token in set().union(*fields.values()))
    scored = []
    for ident, fields in indexed.items():
        hits = {token for token in wanted if any(token in field for field in fields.values())}
        if hits:
            rare = {token: math.log(1 + len(indexed) / spread[token]) for token in hits}
            score = sum(WEIGHTS[name] * rare[token] * min(fields[name][token], 3) for name in fields for token in hits)
            scored.append((len(hits), score + _exact(library.options[ident], words), ident))
    scored.sort(key=lambda entry: (-entry[0], -entry[1], entry[2]))
    most = scored[0][0] if scored else 0
    return [
        Found(ident, round(score, 3), _line(library.options[ident], wanted))
        for many, score, ident in scored[:limit]
        if many * 2 >= most
    ]


def tokens(text: str) -> list[str]:
    """The words of a text as they are compared: English stems, pairs of Chinese characters (a single one stays single)."""
    lower = text.lower()
    english = [_stem(word) for word in _ENGLISH.findall(lower)]
    return [*english, *(pair for run in _CHINESE.findall(lower) for pair in _pairs(run))]


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[index : index + 2] for index in range(len(run) - 1)]


def _stem(word: str) -> str:
    for ending, least in (("ies", 5), ("ing", 6), ("es", 5), ("ed", 5), ("s", 4), ("e", 5)):
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _index(option: Option) -> Mapping[str, Counter[str]]:
    return {name: Counter(_with_single(" ".join(texts))) for name, texts in _fields(option).items()}


def _with_single(text: str) -> Iterator[str]:
    """Tokens, and each Chinese character by itself so that a query of one character finds it."""
    yield from tokens(text)
    yield from (character for run in _CHINESE.findall(text) if len(run) > 1 for character in run)


def _fields(option: Option) -> Mapping[str, list[str]]:
    return {
        "label": [*option.label.values(), option.id.replace(".", " ").replace("-", " ")],
        "about": [*option.effect.values(), *option.use_when.values()],
        "parameters": [label for parameter in option.parameters.values() for label in parameter.label.values()],
        "text": [_ITEM.sub("", _MARK.sub(" ", text)) for text, _ in option.texts.values()],
        "guidance": list(option.guidance.values()),
    }


def _exact(option: Option, words: str) -> float:
    """A bonus where the very words stand, in any case."""
    phrase = re.sub(r"\s+", " ", words.strip().lower())
    return sum(
        WEIGHTS[name] * 2
        for name, texts in _fields(option).items()
        for text in texts
        if phrase and phrase in re.sub(r"\s+", " ", text.lower())
    )


def _line(option: Option, wanted: list[str]) -> str:
    """The sentence of text or guidance that holds most of the words; what the option changes, where only its labels hold them."""
    language = "zh" if any(_CHINESE.match(token) for token in wanted) else "en"
    texts = [text for text, _ in option.texts.values()]
    sentences = [sentence for text in (*texts, *option.guidance.values()) for sentence in _sentences(text)]
    hits = {sentence: len(set(wanted) & set(_with_single(sentence))) for sentence in sentences}
    best = max(sentences, key=lambda sentence: (hits[sentence], -len(sentence)), default="")
    return best if hits.get(best) else option.effect[language]


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text without list numbers, names of items and line breaks."""
    for paragraph in re.split(r"\n\s*\n", _ITEM.sub("", _MARK.sub("…", text))):
        joined = re.sub(r"\s*\n\s*", " ", paragraph.strip())
        yield from (sentence.strip() for sentence in re.split(r"(?<=[.;])\s+|(?<=[。；])", joined) if sentence.strip())
