"""Where a deadline stands in a plan: the row, project or member it is about, else the choice that creates it."""

from __future__ import annotations

from tmp_builder.deadlines import Deadline
from tmp_builder.plan.schema import Plan

FIRST = ("equipment", "results", "grants", "publications", "events", "datasets", "technologies", "awards", "accession")
"""The registers whose rows deadlines are about."""


def address_of(plan: Plan, deadline: Deadline) -> str:
    """The address of what a deadline is about; `choices.<section>` for one of the plan as a whole."""
    if found := _places(plan).get(deadline.object) if deadline.object else "":
        return found
    section = deadline.source.partition(".")[0]
    return f"choices.{section}" if deadline.source and ":" not in deadline.source else ""


_LAST: list[tuple[Plan, dict[str, str]]] = []
"""The plan asked about last, and the addresses of what its deadlines may be about: many dates of one plan come in a row."""


def _places(plan: Plan) -> dict[str, str]:
    if not _LAST or _LAST[0][0] is not plan:
        found = {member.id: f"members.{member.id}" for member in plan.members}
        found |= {row.id: row.address for register in reversed(FIRST) for row in reversed(plan.rows(register))}
        found |= {project.id: f"projects.{project.id}" for project in plan.projects}
        _LAST[:] = [(plan, found)]
    return _LAST[0][1]


def clause_of(deadline: Deadline) -> str:
    """The option that creates a deadline; nothing where it comes from a schedule or from the law alone."""
    return deadline.source if "." in deadline.source else ""
