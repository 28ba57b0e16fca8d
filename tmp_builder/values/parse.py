"""From what a person wrote (in YAML, a table's cell or at a prompt) to a typed value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from tmp_builder.errors import nearest
from tmp_builder.findings import Words, both, listed, quoted
from tmp_builder.language import LANGUAGES
from tmp_builder.values.kinds import PERIODS, Spec

MAX_NUMBER = 10**12
"""No period, count or amount in an agreement is larger; bounds the length of numbers in words."""

PERIODS_ZH = {"days": "日", "months": "月", "years": "年", "working-days": "工作日"}
"""The units of periods, as they stand in messages."""


class Misfit(ValueError):
    """A value that is not of its kind; `words` say in both languages what was expected."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words


class Money(Struct, frozen=True):
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
    text = str(raw).strip().replace(",", "")
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,13}", text):
        raise Misfit(
            both("expected {unit}, such as 12, not {raw}", "应为{unit}，例如12，现为{raw}", unit=_unit(spec), raw=quoted(raw))
        )
    number = int(text)
    if number < 0 and spec.kind != "integer":
        raise Misfit(
            both(
                "expected {unit} of at least 0, not {number}",
                "应为不小于0的{unit}，现为{number}",
                unit=_unit(spec),
                number=number,
            )
        )
    if abs(number) > MAX_NUMBER:
        raise Misfit(
            both("{number} is larger than any number in an agreement", "{number}过大，协议中不会有这样的数值", number=number)
        )
    return number


def _unit(spec: Spec) -> Words:
    """What kind of whole number is wanted: "a whole number of days", "整数（日）"."""
    if spec.kind not in PERIODS:
        return both("a whole number", "整数")
    return both("a whole number of {unit}", "整数（{unit}）", unit=Words(spec.kind.replace("-", " "), PERIODS_ZH[spec.kind]))


def _decimal(spec: Spec, raw: Any) -> Decimal:
    text = str(raw).strip().replace(",", "")
    if spec.kind == "percent":
        text = text.removesuffix("%").strip()
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,13}(\.\d{1,6})?", text) or abs(Decimal(text)) > MAX_NUMBER:
        such = both("10 or 10%", "10或10%") if spec.kind == "percent" else "1.5"
        raise Misfit(
            both("expected a number, such as {such}, not {raw}", "应为数字，例如{such}，现为{raw}", such=such, raw=quoted(raw))
        )
    return Decimal(text)


def _fraction(_spec: Spec, raw: Any) -> Fraction:
    text = str(raw).strip().replace(" ", "")
    if not re.fullmatch(r"\d{1,6}(/\d{1,6}|\.\d{1,6})?", text) or text.endswith("/0"):
        raise Misfit(both("expected a fraction, such as 2/3, not {raw}", "应为分数，例如2/3，现为{raw}", raw=quoted(raw)))
    return Fraction(text)


def _money(_spec: Spec, raw: Any) -> Money:
    if isinstance(raw, Mapping) and set(raw) == {"amount", "currency"}:
        raw = f"{raw['currency']} {raw['amount']}"
    found = re.fullmatch(r"([A-Z]{3})\s*([\d,]{1,20}(?:\.\d{1,4})?)", str(raw).strip())
    if not found:
        en, zh = (
            "expected an amount with its currency, such as USD 1,000,000, not {raw}",
            "应为带币种的金额，例如USD 1,000,000，现为{raw}",
        )
        raise Misfit(both(en, zh, raw=quoted(raw)))
    return Money(_decimal(Spec("decimal"), found[2]), found[1])


def _date(_spec: Spec, raw: Any) -> date:
    if isinstance(raw, datetime):
        raise Misfit(
            both(
                "expected a date without a time, such as 2026-09-30, not {raw}",
                "应为不含时刻的日期，例如2026-09-30，现为{raw}",
                raw=raw,
            )
        )
    if isinstance(raw, date):
        return raw
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(raw).strip()):
            raise ValueError
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        raise Misfit(
            both("expected a date such as 2026-09-30, not {raw}", "应为日期，例如2026-09-30，现为{raw}", raw=quoted(raw))
        ) from None


def _text(_spec: Spec, raw: Any) -> str | dict[str, str]:
    if isinstance(raw, Mapping):
        extra = set(raw) - set(LANGUAGES)
        if extra or not raw:
            en, zh = (
                "expected a text or {{en: …, zh: …}}, not the keys {keys}",
                "应为一段文字或{{en: …, zh: …}}，现有的键为{keys}",
            )
            raise Misfit(both(en, zh, keys=listed(sorted(map(str, raw)))))
        return {language: str(raw[language]).strip() for language in LANGUAGES if language in raw}
    if isinstance(raw, (list, tuple)):
        raise Misfit(both("expected one text, not a list", "应为一段文字，现为列表"))
    return str(raw).strip()


def _party(_spec: Spec, raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Misfit(both("expected the id of a member, not {raw}", "应为成员单位的编号，现为{raw}", raw=quoted(raw)))
    return raw.strip()


def _territory(_spec: Spec, raw: Any) -> tuple[str, ...]:
    codes = re.split(r"[,\s]+", raw.strip()) if isinstance(raw, str) else raw
    if not isinstance(codes, Sequence) or not codes or not all(re.fullmatch(r"[A-Z]{2,4}", str(code)) for code in codes):
        en, zh = (
            "expected codes of countries or regions, such as [CN, US], not {raw}",
            "应为国家或地区代码，例如[CN, US]，现为{raw}",
        )
        raise Misfit(both(en, zh, raw=quoted(raw)))
    return tuple(str(code) for code in codes)


def _choice(spec: Spec, raw: Any) -> str:
    key = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else str(raw).strip()
    if key not in spec.choices:
        known, near = listed(spec.choices), nearest(str(key), spec.choices)
        raise Misfit(
            both(
                "{key} is not one of {known}{near}",
                "{key}不在可选值之列（{known}）{near}",
                key=quoted(key),
                known=known,
                near=near,
            )
        )
    return str(key)


def _list(spec: Spec, raw: Any) -> tuple[Any, ...]:
    if isinstance(raw, str) and not spec.columns:
        raw = [part.strip() for part in raw.split(",") if part.strip()]
    if not isinstance(raw, (list, tuple)):
        raise Misfit(both("expected a list, not {raw}", "应为列表，现为{raw}", raw=quoted(raw)))
    if not spec.columns:
        return tuple(parse(spec.of or Spec("text"), item) for item in raw)
    return tuple(_record(spec, item, position) for position, item in enumerate(raw, 1))


def _record(spec: Spec, raw: Any, position: int) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        en, zh = "row {row}: expected {columns}, not {raw}", "第{row}行：应列明{columns}，现为{raw}"
        raise Misfit(both(en, zh, row=position, columns=listed(spec.columns), raw=quoted(raw)))
    record: dict[str, Any] = {}
    for key, item in raw.items():
        if key not in spec.columns:
            near = nearest(str(key), spec.columns)
            raise Misfit(
                both(
                    "row {row}: unknown column {key}{near}",
                    "第{row}行：没有列{key}{near}",
                    row=position,
                    key=quoted(key),
                    near=near,
                )
            )
        if item is not None and item != "":
            try:
                record[str(key)] = parse(spec.columns[key].spec, item)
            except Misfit as misfit:
                raise Misfit(
                    both("row {row}, {key}: {why}", "第{row}行，{key}：{why}", row=position, key=key, why=misfit.words)
                ) from None
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
