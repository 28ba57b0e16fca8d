"""Every sentence of the interview in English and Chinese, by name."""

from __future__ import annotations

from tmp_builder.interview.words_asking import ASKING
from tmp_builder.interview.words_talk import TALK

SENTENCES: dict[str, tuple[str, str]] = {**ASKING, **TALK}
"""(English, Chinese) by name; a `{…}` is filled by `say`."""


class Count(int):
    """A number in a sentence; `{count:row|rows}` adds the word that goes with it, one or more."""

    def __format__(self, spec: str) -> str:
        one, divided, more = spec.partition("|")
        if not divided:
            return int.__format__(self, spec)
        return f"{int(self)} {one if self == 1 else more}"


def say(name: str, language: str, /, **values: object) -> str:
    """The sentence `name` in the language of the interface, its places filled."""
    filled = {key: Count(value) if type(value) is int else value for key, value in values.items()}
    return SENTENCES[name][language == "zh"].format(**filled)
