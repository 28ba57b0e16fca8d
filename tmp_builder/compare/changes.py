"""What a comparison of two plans says: changes with their weight, whom they favour, and the findings and dates that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from tmp_builder.compare.words import Piece
from tmp_builder.findings import Finding
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Approval, Plan


class Weight(StrEnum):
    """What a change does: to rights and duties; to a number, a day or a detail; to the order; to spelling or the plan file only."""

    SUBSTANTIVE = "substantive"
    VALUE = "value"
    MOVED = "moved"
    COSMETIC = "cosmetic"

    @property
    def rank(self) -> int:
        """0 for substantive to 3 for cosmetic: the order in which changes are listed."""
        return list(Weight).index(self)

    @property
    def exit_code(self) -> int:
        """The exit code of a comparison whose gravest change is this one: 13 substantive, 12 value, 11 moved, 10 cosmetic."""
        return 13 - self.rank


class Version(Struct, frozen=True):
    """One version of a plan, with what a check of it found. `counterparty`: known from a file for the other side only."""

    plan: Plan
    library: Library
    findings: tuple[Finding, ...] = ()
    counterparty: bool = False


class Change(Struct, frozen=True):
    """One difference. `old` and `new` say it per language, empty where there was or is nothing.

    `kind`: choice, value, wording, section (an additional one), side, member, project, register, work-plan, fact, waiver,
    setting or order. `more` and `less` hold the codes of `favours.yaml`. `pieces`: words kept, deleted and inserted per language.
    `options`: the options whose text it concerns; `row`: the id of the member, project or item.
    """

    kind: str
    weight: Weight
    address: str
    label: Labels
    old: Labels = field(default_factory=dict)
    new: Labels = field(default_factory=dict)
    section: str = ""
    options: tuple[str, ...] = ()
    row: str = ""
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    details: tuple[Labels, ...] = ()
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    raw: tuple[Any, Any] = (None, None)

    @property
    def key(self) -> str:
        """What tells this change from every other: several options of a section, or several cells of a row, share an address."""
        return ":".join([self.kind, self.address, *(self.options if self.kind == "choice" else ())])


class DateMove(Struct, frozen=True):
    """A date that moves, appears (no `old`) or falls away (no `new`). `cause` is the key of the change it follows from."""

    key: str
    label: Labels
    object: str
    old: date | None
    new: date | None
    cause: str = ""

    @property
    def days(self) -> int | None:
        """By how many days it moves, later counted as more; None where it appears or falls away."""
        return (self.new - self.old).days if self.old and self.new else None


class FindingChange(Struct, frozen=True):
    """A finding that appears or vanishes. `cause` is the key of the change it follows from, empty where several may be."""

    finding: Finding
    appears: bool
    cause: str = ""


class Decided(Struct, frozen=True):
    """What a reviewer decided about a change; `holds` while the words are those that were decided upon."""

    approval: Approval
    holds: bool


class PlanChanges(Struct, frozen=True):
    """Everything that differs between two versions, the weightiest first. `decided` holds decisions by the key of their change."""

    old: Version
    new: Version
    changes: tuple[Change, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    dates: tuple[DateMove, ...] = ()
    decided: Mapping[str, Decided] = field(default_factory=dict)

    @property
    def weight(self) -> Weight | None:
        """The weight of the gravest change; None where nothing differs."""
        return min((change.weight for change in self.changes), key=lambda weight: weight.rank, default=None)

    def of(self, weight: Weight) -> Iterator[Change]:
        """The changes of one weight, in their order."""
        return (change for change in self.changes if change.weight is weight)
