"""What a column of the members' workbook is: its heading, its title, what may stand in its cells, and when they apply."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tmp_builder.library.schema import Labels
from tmp_builder.values import Spec

ANY = ""
"""Stands among the values of a condition for an empty cell."""


class Applies(Struct, frozen=True):
    """When a cell applies: the cell of its row under `heading` holds one of `values` (`ANY`: or nothing), `many` several of them."""

    heading: str
    values: tuple[str, ...]
    many: bool = False


class SheetColumn(Struct, frozen=True):
    """A column: its heading (an address), what people read above it, what may stand in a cell.

    `values` are the words allowed, each with its label; with `many` several of them in one cell; `listed` says whether others are
    refused. `needed`: an empty cell is a missing one.
    """

    heading: str
    title: Labels
    spec: Spec
    values: Mapping[str, Labels] = field(default_factory=dict)
    many: bool = False
    listed: bool = True
    needed: bool = False
    applies: Applies | None = None
    note: Labels = field(default_factory=dict)
    of_plan: bool = False
