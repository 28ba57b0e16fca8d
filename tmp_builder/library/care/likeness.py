"""Whether every card says something of its own: shared runs of words, and texts that stand twice in a section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.passages import COVER
from tmp_builder.library.care.shelf import Shelf

LARGEST_SHARE = 0.4
RUN = {"en": 5, "zh": 8}
"""How many English words or Chinese characters make a run; eight characters are about five words."""


def runs(words: list[str], length: int) -> frozenset[int]:
    """The hashes of all runs of `length` words."""
    return frozenset(hash(tuple(words[start : start + length])) for start in range(len(words) - length + 1))


def _words(shelf: Shelf, option: str, language: str) -> list[str]:
    texts = [
        passage.text for passage in shelf.by_owner.get(option, ()) if passage.kind == "text" and passage.language == language
    ]
    joined = re.sub(f"{COVER}+", " ", " ".join(texts))
    return re.findall(r"[a-z’'-]+", joined.lower()) if language == "en" else re.findall(r"[\u3400-\u9fff]", joined)


def shares(shelf: Shelf, language: str) -> Mapping[tuple[str, str], float]:
    """The share of common runs of every two options that have any, measured by the shorter of the two."""
    sets = {option.id: runs(_words(shelf, option.id, language), RUN[language]) for option in shelf.readable}
    holders: dict[int, list[str]] = defaultdict(list)
    for option, found in sets.items():
        for run in found:
            holders[run].append(option)
    common: Counter[tuple[str, str]] = Counter()
    for options in holders.values():
        common.update(combinations(options, 2))
    return {pair: count / min(len(sets[pair[0]]), len(sets[pair[1]])) for pair, count in common.items()}


@check("LIB-23", Severity.ERROR)
def cards_say_something_of_their_own(shelf: Shelf) -> Iterator[Hit]:
    """No two cards share more than 40 % of their five-word runs (eight-character runs in Chinese)."""
    for language in ("en", "zh"):
        for (one, two), share in shares(shelf, language).items():
            if share > LARGEST_SHARE:
                option = shelf.library.options[two]
                yield Hit(
                    f"{one} and {two} share {share:.0%} of their {'English' if language == 'en' else 'Chinese'} runs of words",
                    f"{one}与{two}的{'英文' if language == 'en' else '中文'}文本有{share:.0%}相同",
                    Place(option.place.file, option.lines.get(f"text.{language}", 1)),
                    "Say what is particular to each, and refer to the other for the rest.",
                    "写明各自特有的内容，其余引用另一条款。",
                    two,
                )


@check("LIB-24", Severity.ERROR)
def options_of_a_section_differ(shelf: Shelf) -> Iterator[Hit]:
    """No two options of a section have the same text in either language."""
    seen: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for option in shelf.readable:
        for language in option.texts:
            words = tuple(_words(shelf, option.id, language))
            first = seen.setdefault((option.section, language, words), option.id)
            if first != option.id:
                place = Place(option.place.file, option.lines.get(f"text.{language}", 1))
                yield Hit(f"{option.id} has the same text as {first}", f"{option.id}与{first}文本相同", place, owner=option.id)
