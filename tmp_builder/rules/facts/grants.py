"""Exclusive grants: the rows of the register of licences, and what chosen clauses grant exclusively by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from tmp_builder.plan.schema import Member, Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.facts.homes import participants
from tmp_builder.rules.facts.special_terms import has_in, value_in

EXCLUSIVE = ("exclusive", "sole")


class ExclusiveGrant(Struct, frozen=True):
    """An exclusive or sole right of `licensee` (a member's id; empty where not known).

    `row` is its row in the register, if it has one, `clause` the option that grants it otherwise; `licensors` are the members
    whose rights it binds.
    """

    address: str
    licensee: str = ""
    licensors: tuple[str, ...] = ()
    clause: str = ""
    ip: tuple[str, ...] = ()
    field: Any = None
    territory: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    row: RegisterRow | None = None

    @property
    def ident(self) -> str:
        """The number of its row; empty where it has none."""
        return self.row.id if self.row else ""


def recorded(plan: Plan) -> Iterator[ExclusiveGrant]:
    """The rows of kind exclusive or sole."""
    for row in plan.rows("grants"):
        cells = row.cells
        if cells.get("kind") in EXCLUSIVE:
            yield ExclusiveGrant(
                address=row.address,
                licensee=str(cells.get("licensee") or ""),
                licensors=(str(cells["licensor"]),) if cells.get("licensor") else (),
                ip=tuple(cells.get("ip") or ()),
                field=cells.get("field"),
                territory=tuple(cells.get("territory") or ()),
                start=cells.get("effective_on") or cells.get("granted_on"),
                end=cells.get("end"),
                row=row,
            )


def promised(case: Case) -> Iterator[ExclusiveGrant]:
    """What clauses grant exclusively without a row: fields of use, a university's option, a lead's licence back, layer R2."""
    plan = case.plan
    if plan.has("licences.field-of-use") and case.value("licences.field-of-use.exclusive_in_field") == "yes":
        for record in case.value("licences.field-of-use.fields") or ():
            licensee = str(record.get("member") or "")
            others = tuple(member.id for member in plan.members if member.id != licensee)
            yield ExclusiveGrant(
                "parameters.licences.field-of-use.fields",
                licensee,
                others,
                "licences.field-of-use",
                field=record.get("field"),
                territory=tuple(record.get("territory") or ()),
            )
    every = (grant for project in plan.projects or (None,) for grant in _by_ownership(case, project))
    yield from dict.fromkeys(every)


def _by_ownership(case: Case, project: Project | None) -> Iterator[ExclusiveGrant]:
    """What the ownership of a project (None: of the plan) grants exclusively, a licensee each."""
    own = project is not None and "ownership" in project.choices
    address = f"projects.{project.id}.choices.ownership" if project and own else "choices.ownership"
    there = participants(case.plan, project)
    for clause, grants in _GRANTING.items():
        if has_in(case, project, clause):
            for licensee, licensors in grants(case.plan, project, there):
                yield ExclusiveGrant(address, licensee, licensors, clause)


Pairs = Iterator[tuple[str, tuple[str, ...]]]


def _university_option(plan: Plan, project: Project | None, there: list[Member]) -> Pairs:
    owners = tuple(member.id for member in there if member.type in ("university", "institute"))
    if owners and value_in(plan, project, "ownership.university-option.kind") == "exclusive_licence":
        yield from ((member.id, owners) for member in there if member.type == "company")


def _licence_back(plan: Plan, project: Project | None, there: list[Member]) -> Pairs:
    lead = value_in(plan, project, "ownership.lead-assigns.lead")
    if lead and value_in(plan, project, "ownership.lead-assigns.license_back") == "rf_exclusive_field":
        yield from ((member.id, (lead,)) for member in there if member.id != lead)


def _layer_r2(plan: Plan, project: Project | None, there: list[Member]) -> Pairs:
    hub = value_in(plan, project, "ownership.imec-layers.hub")
    if hub:
        yield from ((member.id, (hub,)) for member in there if member.id != hub)


_GRANTING = {
    "ownership.university-option": _university_option,
    "ownership.lead-assigns": _licence_back,
    "ownership.imec-layers": _layer_r2,
}
