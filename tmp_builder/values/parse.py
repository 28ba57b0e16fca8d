"""From what a person wrote (in YAML, a table's cell or at a prompt) to a typed value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tmp_builder.errors import nearest
from tmp_builder.language import LANGUAGES
from tmp_builder.values.kinds import PERIODS, Spec

MAX_NUMBER = 10**12
"""No period, count or amount in an agreement is larger; bounds the length of numbers in words."""


class Misfit(ValueError):
    """A value that is not of its kind; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


def parse(spec: Spec, raw: Any) -> Any:
    """The typed value of `raw`; raises Misfit when it is not of the kind. Bounds are not looked at (see `out_of_range`)."""
    return _PARSERS[spec.kind](spec, raw)


def out_of_range(spec: Spec, value: Any) -> bool:
    """Whether a typed value lies outside the bounds of its specification."""
    number = value.amount if isinstance(value, Money) else value
    if isinstance(number, (date, str, bool)) or not isinstance(number, (int, Decimal, Fraction)):
        return False
    exact = Fraction(number)
    if spec.allowed and exact not in spec.allowed:
        return True
    return (spec.low is not None and exact < spec.low) or (spec.high is not None and exact > spec.high)


def _whole(spec: Spec, raw: Any) -> int:
    unit = spec.kind if spec.kind in PERIODS else "a whole number"
    text = str(raw).strip().replace(",", "")
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,13}", text):
        raise Misfit(f"expected {_article(unit)}, such as 12, not {_shown(raw)}")
    number = int(text)
    if number < 0 and spec.kind != "integer":
        raise Misfit(f"expected a number of {spec.kind} of at least 0, not {number}")
    if abs(number) > MAX_NUMBER:
        raise Misfit(f"{number} is larger than any number in an agreement")
    return number


def _shown(raw: Any) -> str:
    """What a person wrote, cut where it is long."""
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _article(unit: str) -> str:
    return unit if unit.startswith("a ") else f"a whole number of {unit.replace('-', ' ')}"


def _decimal(spec: Spec, raw: Any) -> Decimal:
    text = str(raw).strip().replace(",", "")
    if spec.kind == "percent":
        text = text.removesuffix("%").strip()
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,13}(\.\d{1,6})?", text) or abs(Decimal(text)) > MAX_NUMBER:
        raise Misfit(f"expected a number, such as {'10 or 10%' if spec.kind == 'percent' else '1.5'}, not {_shown(raw)}")
    return Decimal(text)


def _fraction(_spec: Spec, raw: Any) -> Fraction:
    text = str(raw).strip().replace(" ", "")
    if not re.fullmatch(r"\d{1,6}(/\d{1,6}|\.\d{1,6})?", text) or text.endswith("/0"):
        raise Misfit(f"expected a fraction, such as 2/3, not {_shown(raw)}")
    return Fraction(text)


def _money(_spec: Spec, raw: Any) -> Money:
    if isinstance(raw, Mapping) and set(raw) == {"amount", "currency"}:
        raw = f"{raw['currency']} {raw['amount']}"
    found = re.fullmatch(r"([A-Z]{3})\s*([\d,]{1,20}(?:\.\d{1,4})?)", str(raw).strip())
    if not found:
        raise Misfit(f"expected an amount with its currency, such as USD 1,000,000, not {_shown(raw)}")
    return Money(_decimal(Spec("decimal"), found[2]), found[1])


def _date(_spec: Spec, raw: Any) -> date:
    if isinstance(raw, datetime):
        raise Misfit(f"expected a date without a time, such as 2026-09-30, not {raw}")
    if isinstance(raw, date):
        return raw
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(raw).strip()):
            raise ValueError
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        raise Misfit(f"expected a date such as 2026-09-30, not {_shown(raw)}") from None


def _text(_spec: Spec, raw: Any) -> str | dict[str, str]:
    if isinstance(raw, Mapping):
        extra = set(raw) - set(LANGUAGES)
        if extra or not raw:
            raise Misfit(f"expected a text or {{en: …, zh: …}}, not the keys {', '.join(sorted(map(str, raw)))}")
        return {language: str(raw[language]).strip() for language in LANGUAGES if language in raw}
    if isinstance(raw, (list, tuple)):
        raise Misfit("expected one text, not a list")
    return str(raw).strip()


def _party(_spec: Spec, raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit(f"expected the id of a member, not {_shown(raw)}")
    return raw.strip()


def _territory(_spec: Spec, raw: Any) -> tuple[str, ...]:
    codes = re.split(r"[,\s]+", raw.strip()) if isinstance(raw, str) else raw
    if not isinstance(codes, Sequence) or not codes or not all(re.fullmatch(r"[A-Z]{2,4}", str(code)) for code in codes):
        raise Misfit(f"expected codes of countries or regions, such as [CN, US], not {_shown(raw)}")
    return tuple(str(code) for code in codes)


def _choice(spec: Spec, raw: Any) -> str:
    key = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else str(raw).strip()
    if key not in spec.choices:
        raise Misfit(f"{_shown(key)} is not one of {', '.join(spec.choices)}{nearest(str(key), spec.choices)}")
    return str(key)


def _list(spec: Spec, raw: Any) -> tuple[Any, ...]:
    if isinstance(raw, str) and not spec.columns:
        raw = [part.strip() for part in raw.split(",") if part.strip()]
    if not isinstance(raw, (list, tuple)):
        raise Misfit(f"expected a list, not {_shown(raw)}")
    if not spec.columns:
        return tuple(parse(spec.of or Spec("text"), item) for item in raw)
    return tuple(_record(spec, item, position) for position, item in enumerate(raw, 1))


def _record(spec: Spec, raw: Any, position: int) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise Misfit(f"row {position}: expected {', '.join(spec.columns)}, not {_shown(raw)}")
    record: dict[str, Any] = {}
    for key, item in raw.items():
        if key not in spec.columns:
            raise Misfit(f"row {position}: unknown column {_shown(key)}{nearest(str(key), spec.columns)}")
        if item is not None and item != "":
            try:
                record[str(key)] = parse(spec.columns[key].spec, item)
            except Misfit as misfit:
                raise Misfit(f"row {position}, {key}: {misfit}") from None
    return record


_PARSERS: dict[str, Callable[[Spec, Any], Any]] = {
    **dict.fromkeys((*PERIODS, "integer"), _whole),
    "percent": _decimal,
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
