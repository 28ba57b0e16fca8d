"""The lint of wording as data: what `wording.yaml` forbids in each language, and the proper names it allows."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tmp_builder.errors import LibraryError
from tmp_builder.findings import Fault, Severity
from tmp_builder.library.border import validate
from tmp_builder.library.marked import read_marked_file

if TYPE_CHECKING:
    from tmp_builder.library.care.wording_file import WordingFile

DATA = Path(__file__).with_name("wording.yaml")
LEGAL_KINDS = ("text", "say", "meaning", "intro")


class WordRule(Struct, frozen=True):
    """Something that a text should not hold: a pattern, where it is looked for, and what to write instead."""

    id: str
    language: str
    pattern: re.Pattern[str]
    kinds: tuple[str, ...]
    severity: Severity
    says: dict[str, str]
    fix: dict[str, str]


@lru_cache(maxsize=1)
def _file() -> WordingFile:
    from tmp_builder.library.care.wording_file import WordingFile  # pydantic is only needed when a library is checked

    faults: list[Fault] = []
    marked = read_marked_file(DATA, DATA.name)
    found = validate(WordingFile, marked.data, marked.place, faults)
    if found is None or marked.faults:
        raise LibraryError([*marked.faults, *faults])
    return found


@lru_cache(maxsize=1)
def word_rules() -> tuple[WordRule, ...]:
    """Every rule of `wording.yaml`."""
    return tuple(
        WordRule(
            rule.id,
            rule.language,
            re.compile(rule.pattern or _any_word(rule.words, rule.language), 0 if rule.case else re.IGNORECASE),
            rule.where or LEGAL_KINDS,
            Severity(rule.severity),
            rule.says.model_dump(),
            rule.fix.model_dump(),
        )
        for rule in _file().rules
    )


def _any_word(words: tuple[str, ...], language: str) -> str:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return rf"(?<![\w-])(?:{listed})(?![\w-])" if language == "en" else f"(?:{listed})"


@lru_cache(maxsize=1)
def proper_names() -> re.Pattern[str]:
    """Names that are capitalised in English without being defined terms."""
    return re.compile(_any_word(_file().names, "en"))
