"""The kinds of values and the specification of one parameter or column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

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


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice: what a form calls it, and the words that stand in the text where it is chosen."""

    label: Mapping[str, str]
    say: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list of records."""

    label: Mapping[str, str]
    spec: Spec


@dataclass(frozen=True, slots=True)
class Spec:
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
