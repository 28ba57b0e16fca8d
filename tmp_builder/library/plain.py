"""A library as plain data and back: every part by the number of its kind and its fields, the legal text of each card apart."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from tmp_builder.document import nodes
from tmp_builder.findings import Place, Words
from tmp_builder.library import schema
from tmp_builder.library.prose import Prose, parse_prose
from tmp_builder.values import Choice, Column, Money, Spec

_TUPLE, _FRACTION, _WORDS, _DATE, _DECIMAL, _MAPPING, _LIST = range(-7, 0)

_SIMPLE = frozenset((str, int, bool, bytes, float, type(None)))


class NotPlain(Exception):
    """Something that cannot be put down as plain data: what holds it is not kept."""


class Form:
    """How frozen data of some kinds stand as plain data. The order of the kinds is part of the form.

    What `marshal` knows stands as it is, with all that is in it, and costs nothing to read. Everything else is a list: the number of its
    kind, then its parts.
    """

    def __init__(self, *kinds: type[Struct]) -> None:
        self.kinds = kinds
        self._numbers = {kind: number for number, kind in enumerate(kinds)}
        self._others: Mapping[int, Callable[[list[Any]], Any]] = {
            _TUPLE: tuple,
            _LIST: list,
            _MAPPING: lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
            _FRACTION: lambda parts: Fraction(*parts),
            _WORDS: lambda parts: Words(*parts),
            _DATE: lambda parts: date.fromisoformat(parts[0]),
            _DECIMAL: lambda parts: Decimal(parts[0]),
        }

    def put(self, value: Any) -> Any:
        """`value` in this form. Raises NotPlain."""
        kind = type(value)
        if kind in _SIMPLE:
            return value
        number = self._numbers.get(kind)
        if number is not None:
            return [number, *(self.put(getattr(value, name)) for name in kind.__struct_fields__)]
        if kind is tuple:
            parts = [self.put(each) for each in value]
            return value if _stands(parts) else [_TUPLE, *parts]
        if kind is dict:
            parts = [part for key, each in value.items() for part in (_key(key), self.put(each))]
            return value if _stands(parts) else [_MAPPING, *parts]
        if kind is list:
            return [_LIST, *(self.put(each) for each in value)]
        return _single(value)

    def read(self, value: Any) -> Any:
        """What `put` put down."""
        if type(value) is not list:
            return value
        number, *parts = value
        for place, part in enumerate(parts):
            if type(part) is list:
                parts[place] = self.read(part)
        return self.kinds[number](*parts) if number >= 0 else self._others[number](parts)


def _stands(parts: list[Any]) -> bool:
    """Whether all of it is put down as it is."""
    return not any(type(part) is list for part in parts)


def _key(key: Any) -> Any:
    if type(key) not in (str, int):
        raise NotPlain(type(key).__name__)
    return key


def _single(value: Any) -> list[Any]:
    if type(value) is Fraction:
        return [_FRACTION, value.numerator, value.denominator]
    if type(value) is Words:
        return [_WORDS, str(value), value.zh]
    if type(value) is date:
        return [_DATE, value.isoformat()]
    if type(value) is Decimal:
        return [_DECIMAL, str(value)]
    raise NotPlain(type(value).__name__)


_LIBRARY = Form(
    schema.Source, schema.Citation, schema.Parameter, schema.Relation, schema.Option, schema.Slot, schema.SectionSpec,
    schema.Wording, schema.TermEntry, schema.RegisterColumn, schema.ScheduleSpec, schema.Profile, schema.Library,
    Place, Spec, Choice, Column, Money,
)  # fmt: skip
_PROSE = Form(
    Prose, nodes.Text, nodes.Term, nodes.Blank, nodes.FactBlank, nodes.Reference,
    nodes.Clause, nodes.Paragraph, nodes.Column, nodes.Row, nodes.Table,
)  # fmt: skip


def as_plain(library: schema.Library) -> Any:
    """A library with all its texts parsed, as plain data. Raises NotPlain, also for a text with faults."""
    texts = {ident: marshal.dumps(_PROSE.put(option.prose)) for ident, option in library.options.items()}
    return (_LIBRARY.put(library), texts)


def from_plain(kept: Any) -> schema.Library:
    """The library that `as_plain` put down."""
    data, texts = kept
    library = _LIBRARY.read(data)
    assert isinstance(library, schema.Library)
    for ident, option in library.options.items():
        vars(option)["parsed"] = texts[ident]
    return library


def text_of(option: schema.Option) -> Prose:
    """The legal text of a card, from its plain form where that is kept, else parsed."""
    if not option.parsed:
        return parse_prose(option.texts, option.place.file, option.id)
    prose = _PROSE.read(marshal.loads(option.parsed))
    assert isinstance(prose, Prose)
    return prose
