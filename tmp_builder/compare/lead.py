"""A comparison in three lines: what is substantive in it, whom it favours, which dates move and how far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tmp_builder.compare.changes import DateMove, PlanChanges, Weight
from tmp_builder.language import aside, word
from tmp_builder.library.schema import Labels

WAYS: dict[str, Labels] = {
    "later": {"en": "{days} days later", "zh": "推迟{days}天"},
    "earlier": {"en": "{days} days earlier", "zh": "提前{days}天"},
    "one-later": {"en": "1 day later", "zh": "推迟1天"},
    "one-earlier": {"en": "1 day earlier", "zh": "提前1天"},
    "date-new": {"en": "new date", "zh": "新增日期"},
    "date-gone": {"en": "no longer a date", "zh": "不再有此日期"},
}
_WORDS: dict[str, Labels] = {
    "what": {"en": "What: {said}", "zh": "内容：{said}"},
    "none": {"en": "nothing substantive", "zh": "无实质性变更"},
    "whom": {"en": "Whom: {said}", "zh": "利益：{said}"},
    "more": {"en": "favours more {who}", "zh": "更有利于{who}"},
    "less": {"en": "less {who}", "zh": "不再特别有利于{who}"},
    "nobody": {"en": "favours nobody more or less than before", "zh": "对各方的有利程度不变"},
    "when": {"en": "When: {said}", "zh": "日期：{said}"},
    "still": {"en": "no date moves", "zh": "没有日期变动"},
    "and": {"en": " and {count} more", "zh": "等，另有{count}项"},
}
_IDS = re.compile(r"\s*[(（][a-z]+(?:-[a-z]+)*[)）]")
MOST_NAMED = 3
"""So many substantive changes and dates are named; the report lists all below."""


def lead(found: PlanChanges, language: str) -> Iterator[str]:
    """The three lines, in one language of the interface."""
    yield _line("what", _what(found, language), language)
    yield _line("whom", _whom(found, language), language)
    yield _line("when", _when(found, language), language)


def favoured(found: PlanChanges) -> tuple[list[str], list[str]]:
    """Whom the substantive changes favour more, and whom less: codes of `favours.yaml`."""
    grave = list(found.of(Weight.SUBSTANTIVE))
    more = dict.fromkeys(code for each in grave for code in each.more)
    less = dict.fromkeys(code for each in grave for code in each.less)
    return list(more), list(less)


def shifts(moves: Sequence[DateMove], language: str) -> str:
    """The greatest shifts: "up to 92 days later, up to 367 days earlier"; nothing where dates only appear or fall away."""
    days = [move.days for move in moves if move.days]
    latest, earliest = max((*days, 0)), min((*days, 0))
    up_to = "最多" if language == "zh" else "up to "
    said = [
        up_to + WAYS["one-" * (most == 1) + way][language].format(days=most)
        for way, most in (("later", latest), ("earlier", -earliest))
        if most
    ]
    return ("，" if language == "zh" else ", ").join(said)


def _line(name: str, said: str, language: str) -> str:
    return _WORDS[name][language].format(said=said)


def _what(found: PlanChanges, language: str) -> str:
    grave = [
        f"{change.label[language]}{'：' if language == 'zh' else ': '}{_said(change.old, language)} → {_said(change.new, language)}"
        for change in found.of(Weight.SUBSTANTIVE)
    ]
    return _listed(grave, language, word("semicolon", language)) or _WORDS["none"][language]


def _said(texts: Labels, language: str) -> str:
    """What was or is chosen, without the ids of options, which stand below."""
    return _IDS.sub("", texts.get(language, "")) or "–"


def _whom(found: PlanChanges, language: str) -> str:
    said = [
        _WORDS[name][language].format(who=word("comma", language).join(_label(found, code, language) for code in codes))
        for name, codes in zip(("more", "less"), favoured(found), strict=True)
        if codes
    ]
    return word("semicolon", language).join(said) or _WORDS["nobody"][language]


def _label(found: PlanChanges, code: str, language: str) -> str:
    return found.new.library.favours[code][language]


def _when(found: PlanChanges, language: str) -> str:
    """The dates in the order of the catalogue, which begins with those of the whole plan, each with its shift."""
    first = sorted(found.dates, key=lambda move: move.key)
    said = [f"{move.label[language]}{aside(shift(move)[language], language)}" for move in first]
    return _listed(said, language, word("comma", language)) or _WORDS["still"][language]


def shift(move: DateMove) -> Labels:
    """How far one date moves: "92 days later"; that it is new or gone where it does not move."""
    if move.days is None:
        return WAYS["date-new" if move.new else "date-gone"]
    way = WAYS[("one-" if abs(move.days) == 1 else "") + ("later" if move.days > 0 else "earlier")]
    return {language: said.format(days=abs(move.days)) for language, said in way.items()}


def _listed(parts: Sequence[str], language: str, glue: str) -> str:
    """The first of several, and how many there are more."""
    rest = len(parts) - MOST_NAMED
    return glue.join(parts[:MOST_NAMED]) + (_WORDS["and"][language].format(count=rest) if rest > 0 else "")
