"""Values of a table of members outside the range that a card gives them, each named at its cell with the bound it misses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tmp_builder.batch.sheet_words import number
from tmp_builder.findings import Fault, Place, Words, both, listed
from tmp_builder.library.schema import Library
from tmp_builder.values import Misfit, Money, Spec, out_of_range, parse
from tmp_builder.values.say import UNITS

_HINT = both(
    "A value that is agreed outside the range belongs into the plan itself, where the check reports it.",
    "确需约定范围以外数值的，请直接写入计划，由检查程序提示。",
)


def beyond(changes: Mapping[str, Any], cells: Mapping[str, Place], row: Place, library: Library) -> Iterator[Fault]:
    """A fault for each value of a row that lies outside its range: "14 months is above 12".

    The workbook names the range and refuses such a value; what comes by another way is refused here. What is no value of its kind
    at all is reported where rows are merged.
    """
    for address, raw in changes.items():
        parameter = library.parameter(address.removeprefix("parameters.")) if address.startswith("parameters.") else None
        if parameter is None:
            continue
        try:
            value = parse(parameter.spec, raw)
        except Misfit:
            continue
        if out_of_range(parameter.spec, value):
            yield Fault(cells.get(address, row), _said(parameter.spec, value), _HINT)


def _said(spec: Spec, value: Any) -> Words:
    exact = Fraction(value.amount if isinstance(value, Money) else value)
    said = _with_unit(spec, value, exact)
    if spec.allowed:
        allowed = listed(number(each) for each in spec.allowed)
        return both("{value} is not one of {allowed}", "{value}不在可选值之列（{allowed}）", value=said, allowed=allowed)
    if spec.low is not None and exact < spec.low:
        return both("{value} is below {bound}", "{value}小于{bound}", value=said, bound=number(spec.low))
    return both("{value} is above {bound}", "{value}大于{bound}", value=said, bound=number(spec.high))


def _with_unit(spec: Spec, value: Any, exact: Fraction) -> Words:
    """A value with its unit, in each language: "14 months", "14个月"."""
    figure = number(exact)
    if spec.kind in UNITS:
        english, chinese = UNITS[spec.kind]
        return both("{n} {unit}", "{n}{zh}", n=figure, unit=english if exact == 1 else f"{english}s", zh=chinese)
    if isinstance(value, Money):
        return both("{currency} {n}", "{currency} {n}", currency=value.currency, n=figure)
    sign = "%" if spec.kind == "percent" and isinstance(value, Decimal) else ""
    return both("{n}{sign}", "{n}{sign}", n=figure, sign=sign)
