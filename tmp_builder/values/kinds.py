"""The kinds of values and the specification of one parameter or column."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, get_args

from msgspec import Struct, field

Kind = Literal[
    "days",
    "working-days",
    "months",
    "years",
    "percent",
    "decimal",
    "integer",
    "fraction",
    "money",
    "date",
    "text",
    "party",
    "territory",
    "choice",
    "list",
]
KINDS: tuple[str, ...] = get_args(Kind)
PERIODS = ("days", "working-days", "months", "years")
"""Kinds that hold a whole number of calendar units."""


class Choice(Struct, frozen=True):
    """One value of a choice: what a form calls it, and the words that stand in the text where it is chosen."""

    label: Mapping[str, str]
    say: Mapping[str, str]


class Column(Struct, frozen=True):
    """One column of a list of records."""

    label: Mapping[str, str]
    spec: Spec


class Spec(Struct, frozen=True):
    """What a value may be. `low` and `high` are inclusive bounds, None where open; `allowed` an exhaustive list of numbers."""

    kind: str
    low: Fraction | None = None
    high: Fraction | None = None
    allowed: tuple[Fraction, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)
    of: Spec | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    optional: bool = False

    @property
    def is_records(self) -> bool:
        """A list of records, which prints as a table."""
        return self.kind == "list" and bool(self.columns)
