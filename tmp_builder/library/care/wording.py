"""Whether the words are those of the drafting guide: the lint of both languages, and sentences that can be read in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.findings import Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.passages import CITED, COVER, Passage
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.care.words import LEGAL_KINDS, WordRule, proper_names, word_rules

LONGEST_SENTENCE = 40
"""English words."""


@check("LIB-21", Severity.ERROR)
def wording_is_plain(shelf: Shelf) -> Iterator[Hit]:
    """No text holds what `wording.yaml` forbids: archaic words, must and will, half-width punctuation in Chinese, 独家 … ."""
    rules = word_rules()
    for passage in map(_without_names, shelf.passages):
        for rule in rules:
            if rule.language == passage.language and passage.kind in rule.kinds:
                yield from _hits(rule, passage)


def _without_names(passage: Passage) -> Passage:
    """The passage with proper names (their spelling is their own) and citations in square brackets covered."""
    text = passage.text
    if passage.kind == "guidance":
        text = CITED.sub(_covered, text)
    if passage.language == "en":
        text = proper_names().sub(_covered, text)
    return replace(passage, text=text)


def _covered(found: re.Match[str]) -> str:
    return COVER * len(found[0])


def _hits(rule: WordRule, passage: Passage) -> Iterator[Hit]:
    for found in rule.pattern.finditer(passage.text):
        says = {language: text.replace("{found}", found[0]) for language, text in rule.says.items()}
        place = passage.place(found.start())
        yield Hit(says["en"], says["zh"], place, rule.fix["en"], rule.fix["zh"], passage.owner, rule.severity)


@check("LIB-22", Severity.NOTE)
def sentences_are_short(shelf: Shelf) -> Iterator[Hit]:
    """An English sentence has at most forty words; a blank counts as one."""
    for passage in shelf.passages_in(*LEGAL_KINDS, language="en"):
        for sentence in re.finditer(r"[^.;:?]+", passage.text):
            words = len(sentence[0].split())
            if words > LONGEST_SENTENCE:
                begin = " ".join(sentence[0].split()[:5])
                yield Hit(
                    f"a sentence of {words} words: “{begin} …”",
                    f"英文句子长达{words}词：“{begin} …”",
                    passage.place(sentence.start()),
                    f"Divide it: at most {LONGEST_SENTENCE} words, one idea a sentence.",
                    f"请拆分：每句至多{LONGEST_SENTENCE}词，一句一意。",
                    passage.owner,
                )
