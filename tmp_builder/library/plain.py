"""A library as plain data and back: every part by the number of its kind and its fields, the legal text of each card apart."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tmp_builder.document import nodes
from tmp_builder.findings import Place, Words
from tmp_builder.library import schema
from tmp_builder.library.prose import Prose
from tmp_builder.values import Choice, Column, Money, Spec

KINDS: tuple[type[Any], ...] = (
    schema.Source, schema.Citation, schema.Parameter, schema.Relation, schema.Option, schema.Slot, schema.SectionSpec,
    schema.Wording, schema.TermEntry, schema.RegisterColumn, schema.ScheduleSpec, schema.Profile, schema.Library,
    Place, Spec, Choice, Column, Money, Prose,
    nodes.Text, nodes.Term, nodes.Blank, nodes.FactBlank, nodes.Reference,
    nodes.Clause, nodes.Paragraph, nodes.Column, nodes.Row, nodes.Table,
)  # fmt: skip
"""What a library consists of. The order is part of what is kept, whose key holds the state of this module."""

_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_NAMES = [tuple(field.name for field in fields(kind) if field.name != "parsed") for kind in KINDS]
_TUPLE, _FRACTION, _WORDS, _DATE, _DECIMAL = -1, -2, -3, -4, -5


class NotPlain(Exception):
    """Something of a library that this module cannot put down as plain data: such a library is not kept."""


def as_plain(value: Any) -> Any:  # noqa: PLR0911 - one return for each kind of value
    """`value` as texts, numbers, tuples, lists and mappings. Raises NotPlain."""
    if value is None or type(value) in (str, int, bool, bytes, float):
        return value
    number = _NUMBERS.get(type(value))
    if number is not None:
        parts = tuple(as_plain(getattr(value, name)) for name in _NAMES[number])
        return (number, *parts, marshal.dumps(as_plain(value.prose))) if type(value) is schema.Option else (number, *parts)
    if isinstance(value, tuple):
        return (_TUPLE, *map(as_plain, value))
    if isinstance(value, list):
        return [as_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: as_plain(each) for key, each in value.items()}
    if isinstance(value, Fraction):
        return (_FRACTION, value.numerator, value.denominator)
    if type(value) is Words:
        return (_WORDS, str(value), value.zh)
    if type(value) is date:
        return (_DATE, value.isoformat())
    if isinstance(value, Decimal):
        return (_DECIMAL, str(value))
    raise NotPlain(type(value).__name__)


def from_plain(value: Any) -> Any:
    """What `as_plain` put down."""
    kind = type(value)
    if kind is tuple:
        number, *parts = value
        if number >= 0:
            return KINDS[number](*map(from_plain, parts))
        return _OTHERS[number](parts)
    if kind is dict:
        return {key: from_plain(each) for key, each in value.items()}
    return [from_plain(each) for each in value] if kind is list else value


_OTHERS: Mapping[int, Callable[[list[Any]], Any]] = {
    _TUPLE: lambda parts: tuple(map(from_plain, parts)),
    _FRACTION: lambda parts: Fraction(*parts),
    _WORDS: lambda parts: Words(*parts),
    _DATE: lambda parts: date.fromisoformat(parts[0]),
    _DECIMAL: lambda parts: Decimal(parts[0]),
}


def parsed_text(kept: bytes) -> Prose:
    """The legal text of a card from its plain form."""
    prose = from_plain(marshal.loads(kept))
    assert isinstance(prose, Prose)
    return prose
