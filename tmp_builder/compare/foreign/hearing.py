"""From the words of a text back to the typed value they say: "forty-five (45) days" → 45, 四十五（45）日 → 45."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tmp_builder.language import LANGUAGES, say_date
from tmp_builder.values import Spec, parse, say
from tmp_builder.values.parse import Misfit
from tmp_builder.values.say import CURRENCIES, Names, brief

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FRACTION = re.compile(r"\d+/\d+")
_CHINESE_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ENGLISH_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\s+(\d{4})")
LONGEST = 2_000


def hear(spec: Spec, text: str, language: str, names: Names, known: Iterable[str] = ()) -> Any:
    """The value of a kind that `text` says; None where it says none, or words and figures disagree. `known`: ids of members.

    A number may stand in figures alone ("45 days"); any other way of writing than the program's own is not taken for the value.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    for value in _candidates(spec, text, language, known):
        if _agrees(spec, value, text, language, names):
            return value
    return None


def _candidates(spec: Spec, text: str, language: str, known: Iterable[str]) -> Iterable[Any]:
    if spec.kind == "choice":
        return list(spec.choices)
    if spec.kind == "party":
        return list(known)
    if spec.kind == "text":
        return [text]
    if spec.kind == "date":
        return _days(text)
    raw = _RAW.get(spec.kind, _number)(text)
    try:
        return [parse(spec, raw)] if raw else []
    except Misfit:
        return []


def _number(text: str) -> str:
    figures = _FIGURE.findall(text)
    return figures[0] if len(figures) == 1 else ""


def _fraction(text: str) -> str:
    found = _FRACTION.findall(text)
    return found[0] if len(found) == 1 else ""


def _money(text: str) -> str:
    figure = _number(text)
    currency = next((code for code, chinese in CURRENCIES.items() if code in text or text.endswith(figure + chinese)), "")
    return f"{currency} {figure}" if figure and currency else ""


def _none(_text: str) -> str:
    return ""


_RAW: dict[str, Callable[[str], str]] = {"fraction": _fraction, "money": _money, "list": _none, "territory": _none}


def _days(text: str) -> list[date]:
    found = _CHINESE_DATE.fullmatch(text)
    try:
        if found:
            return [date(int(found[1]), int(found[2]), int(found[3]))]
        english = _ENGLISH_DATE.fullmatch(text)
        if english:
            months = [say_date(date(2000, month, 1), "en").split()[1] for month in range(1, 13)]
            return [date(int(english[3]), months.index(english[2].capitalize()) + 1, int(english[1]))]
    except ValueError:
        return []
    return []


def _agrees(spec: Spec, value: Any, text: str, language: str, names: Names) -> bool:
    """Whether the program would say the value so, or in figures only."""
    if spec.kind == "text":
        return True
    said = say(spec, value, language, names)
    if not said:
        return False
    forms = {said, brief(spec, value, language, names)}
    forms.add(re.sub(r"^.*?\(([^()]*)\)", r"\1", said) if language == "en" else re.sub(r"^.*?（([^（）]*)）", r"\1", said))
    return text in forms


def in_all(said: dict[str, Any], kind: str) -> Any:
    """One value from what the languages say: the same in all, a text per language where the kind is text; None where they disagree."""
    values = [value for value in said.values() if value is not None]
    if len(values) != len(said) or not values:
        return None
    if kind == "text":
        return values[0] if len(set(values)) == 1 else {language: said[language] for language in LANGUAGES if language in said}
    return values[0] if all(value == values[0] for value in values) else None
