"""Every sentence of the interview in English and Chinese, by name."""

from __future__ import annotations

from tmp_builder.interview.words_asking import ASKING
from tmp_builder.interview.words_talk import TALK

SENTENCES: dict[str, tuple[str, str]] = {**ASKING, **TALK}
"""(English, Chinese) by name; a `{…}` is filled by `say`."""


def say(name: str, language: str, /, **values: object) -> str:
    """The sentence `name` in the language of the interface, its places filled."""
    return SENTENCES[name][language == "zh"].format(**values)
