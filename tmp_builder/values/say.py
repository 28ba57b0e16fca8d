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
_FRACTIONS = {
    Fraction(1, 2): "one-half",
    Fraction(1, 3): "one-third",
    Fraction(2, 3): "two-thirds",
    Fraction(1, 4): "one-quarter",
    Fraction(3, 4): "three-quarters",
    Fraction(3, 5): "three-fifths",
    Fraction(4, 5): "four-fifths",
    Fraction(1, 1): "all",
}


def say(spec: Spec, value: Any, language: str, names: Names) -> str:  # noqa: ANN401
    """The words for `value` in `language`. A list of records has no words: it prints as a table."""
    return _SAYERS[spec.kind](spec, value, language, names)


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
    if value != value.to_integral():
        whole, _, decimals = figure.partition(".")
        digits = [int(digit) for digit in decimals]
        if language == "en":
            spelt = " ".join(english_number(digit) for digit in digits)
            return f"{english_number(int(whole))} point {spelt} percent ({figure}%)"
        return f"百分之{chinese_number(int(whole))}点{''.join(chinese_number(digit) for digit in digits)}（{figure}%）"
    if language == "en":
        return f"{number_words(int(value), 'en')} percent ({figure}%)"
    return f"百分之{chinese_number(int(value))}（{figure}%）"


def _decimal(_spec: Spec, value: Decimal, _language: str, _names: Names) -> str:
    return plain_number(value)


def _fraction(_spec: Spec, value: Fraction, language: str, _names: Names) -> str:
    if value == 1:
        return "all" if language == "en" else "全部"
    figure = f"{value.numerator}/{value.denominator}"
    if language == "zh":
        return f"{chinese_number(value.denominator)}分之{chinese_number(value.numerator)}（{figure}）"
    return f"{_FRACTIONS.get(value, 'the fraction')} ({figure})"


def _money(_spec: Spec, value: Money, language: str, _names: Names) -> str:
    amount = plain_number(value.amount)
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
