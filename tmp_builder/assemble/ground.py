"""What the papers of single members rest on, worked out once for all of them: the plan's document, its numbers, its dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from tmp_builder.assemble import assemble
from tmp_builder.assemble.assembly import Assembly, begin
from tmp_builder.deadlines import Deadline, current, deadlines
from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import clauses
from tmp_builder.errors import UsageError, nearest
from tmp_builder.findings import both, listed
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, Plan

_SOME = 12
"""So many ids are named where none fits."""


class Ground(Struct, frozen=True, dict=True):
    """A plan with its library, and what follows from them, each at most once and only when it is asked for.

    `given` is the plan's document, where it is assembled already.
    """

    plan: Plan
    library: Library
    given: Document | None = None
    _dates: dict[date | None, tuple[Deadline, ...]] = field(default_factory=dict)

    @cached_property
    def document(self) -> Document:
        """The document of the plan."""
        return self.given or assemble(self.plan, self.library)

    @cached_property
    def assembly(self) -> Assembly:
        """The empty document of the plan: where every paper begins."""
        return begin(self.plan, self.library, final=False)

    @cached_property
    def clauses(self) -> str:
        """The fingerprint of the clauses alone: equal as long as no clause changes, whoever stands in the schedules."""
        return clauses_fingerprint(self.document)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each clause by its id."""
        return {clause.id: clause.number for clause in clauses(self.document)}

    @cached_property
    def beginnings(self) -> Mapping[str, str]:
        """The number of the first clause of each option."""
        found: dict[str, str] = {}
        for clause in clauses(self.document):
            if clause.level == 2 and clause.origin:
                found.setdefault(clause.origin, clause.number)
        return found

    def dates(self, day: date | None) -> tuple[Deadline, ...]:
        """The dates of the plan for daily use; those before `day` have passed."""
        if day not in self._dates:
            self._dates[day] = current(deadlines(self.plan, self.library, day))
        return self._dates[day]


def clauses_fingerprint(document: Document) -> str:
    """The fingerprint of the clauses of a document without its schedules."""
    return fingerprint(document.sections)


def member_of(plan: Plan, ident: str) -> Member:
    """The member with this id. Raises UsageError for an unknown one, with the nearest id and the first that there are."""
    member = plan.member(ident)
    if member is None:
        known = [each.id for each in plan.members]
        words = ("no member has the id “{ident}”{near}", "没有编号为“{ident}”的成员{near}")
        raise UsageError(
            both(*words, ident=ident, near=nearest(ident, known)),
            both("Known: {known}.", "可用：{known}。", known=listed(known[:_SOME])),
        )
    return member
