"""How a typed value stands in the text of each language: "sixty (60) days", "六十（60）日"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from tmp_builder.language import LANGUAGES, chinese_number, counted, english_number, join, number_words, say_date
from tmp_builder.values.kinds import Spec
from tmp_builder.values.parse import Money


class Names(Protocol):
    """Who knows what members, countries and regions are called."""

    def party(self, ident: str, language: str) -> str | None:
        """The name of a member, or None if there is no such member."""

    def territory(self, code: str, language: str) -> str | None:
        """The name of a country or region, or None if the code is unknown."""


UNITS = {
    "days": ("day", "日"),
    "working-days": ("Working Day", "个工作日"),
    "months": ("month", "个月"),
    "years": ("year", "年"),
}
CURRENCIES = {
    "CNY": "元人民币",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
    "KRW": "韩元",
    "SGD": "新加坡元",
    "CHF": "瑞士法郎",
    "CAD": "加拿大元",
    "AUD": "澳大利亚元",
}
_PARTS = {
    2: ("half", "halves"),
    3: ("third", "thirds"),
    4: ("quarter", "quarters"),
    5: ("fifth", "fifths"),
    6: ("sixth", "sixths"),
    7: ("seventh", "sevenths"),
    8: ("eighth", "eighths"),
    9: ("ninth", "ninths"),
    10: ("tenth", "tenths"),
    12: ("twelfth", "twelfths"),
    20: ("twentieth", "twentieths"),
    100: ("hundredth", "hundredths"),
}
"""What the parts of a whole are called in English, one and several."""


def say(spec: Spec, value: Any, language: str, names: Names) -> str:
    """The words for `value` in `language`. A list of records has no words: it prints as a table."""
    return _SAYERS[spec.kind](spec, value, language, names)


def brief(spec: Spec, value: Any, language: str, names: Names) -> str:
    """The same as a table says it: numbers in figures only, "12 months", "14.47%"."""
    if spec.kind in UNITS:
        english, chinese = UNITS[spec.kind]
        return f"{value:,}{chinese}" if language == "zh" else f"{value:,} {english}{'' if value == 1 else 's'}"
    if spec.kind == "integer":
        return f"{value:,}"
    if spec.kind == "percent":
        return f"{plain_number(value)}%"
    if spec.kind == "fraction":
        return f"{value.numerator}/{value.denominator}"
    if spec.kind == "list" and spec.of and spec.of.kind != "choice":
        return join([brief(spec.of, part, language, names) for part in value], language)
    return say(spec, value, language, names)


def _period(spec: Spec, value: int, language: str, _names: Names) -> str:
    english, chinese = UNITS[spec.kind]
    if language == "zh":
        return counted(value, "zh") + chinese
    return f"{counted(value, 'en')} {english}{'' if value == 1 else 's'}"


def _integer(_spec: Spec, value: int, language: str, _names: Names) -> str:
    return counted(value, language)


def plain_number(value: Decimal) -> str:
    """A decimal without superfluous noughts, thousands grouped: 1,000,000; 1.5."""
    if value == value.to_integral():
        return f"{int(value):,}"
    return f"{value.normalize():,f}"


def _percent(_spec: Spec, value: Decimal, language: str, _names: Names) -> str:
    figure = plain_number(value)
    minus = ("minus ", "负")[language == "zh"] if value < 0 else ""
    whole = number_words(abs(int(value)), language)
    digits = [number_words(int(digit), language) for digit in figure.partition(".")[2]]
    if language == "en":
        point = f" point {' '.join(digits)}" if digits else ""
        return f"{minus}{whole}{point} percent ({figure}%)"
    return f"{minus}百分之{whole}{'点' if digits else ''}{''.join(digits)}（{figure}%）"


def _decimal(_spec: Spec, value: Decimal, _language: str, _names: Names) -> str:
    return plain_number(value)


def _fraction(_spec: Spec, value: Fraction, language: str, _names: Names) -> str:
    top, bottom = value.numerator, value.denominator
    if value == 1:
        return "all" if language == "en" else "全部"
    if bottom == 1:
        return counted(top, language)
    if language == "zh":
        parts = {100: "百", 1000: "千", 10000: "万"}.get(bottom) or chinese_number(bottom)
        return f"{parts}分之{chinese_number(top)}（{top}/{bottom}）"
    many = english_number(top)
    if bottom in _PARTS:
        return f"{many}{' ' if '-' in many else '-'}{_PARTS[bottom][top != 1]} ({top}/{bottom})"
    return f"{many} parts in {english_number(bottom)} ({top}/{bottom})"


def _money(_spec: Spec, value: Money, language: str, _names: Names) -> str:
    amount = plain_number(value.amount)
    if len(amount.partition(".")[2]) == 1:
        amount += "0"
    if language == "zh" and value.currency in CURRENCIES:
        return amount + CURRENCIES[value.currency]
    return f"{value.currency} {amount}"


def _date(_spec: Spec, value: Any, language: str, _names: Names) -> str:
    return say_date(value, language)


def _text(_spec: Spec, value: str | dict[str, str], language: str, _names: Names) -> str:
    if isinstance(value, str):
        return value
    return value.get(language) or next((value[other] for other in LANGUAGES if value.get(other)), "")


def _party(_spec: Spec, value: str, language: str, names: Names) -> str:
    return names.party(value, language) or value


def _territory(_spec: Spec, value: tuple[str, ...], language: str, names: Names) -> str:
    return join([names.territory(code, language) or code for code in value], language)


def _choice(spec: Spec, value: str, language: str, _names: Names) -> str:
    return spec.choices[value].say.get(language, "")


def _list(spec: Spec, value: tuple[Any, ...], language: str, names: Names) -> str:
    item = spec.of or Spec("text")
    words = [say(item, part, language, names) for part in value]
    if item.kind == "choice":
        words = [item.choices[part].say.get(language) or item.choices[part].label[language] for part in value]
    return join(words, language)


_SAYERS: dict[str, Callable[[Spec, Any, str, Names], str]] = {
    **dict.fromkeys(UNITS, _period),
    "integer": _integer,
    "percent": _percent,
    "decimal": _decimal,
    "fraction": _fraction,
    "money": _money,
    "date": _date,
    "text": _text,
    "party": _party,
    "territory": _territory,
    "choice": _choice,
    "list": _list,
}
