"""Where a deadline stands in a plan: the row, project or member it is about, else the choice that creates it."""

from __future__ import annotations

from tmp_builder.deadlines import Deadline
from tmp_builder.plan.schema import Plan

FIRST = ("equipment", "results", "grants", "publications", "events", "datasets", "technologies", "awards", "accession")
"""The registers whose rows deadlines are about."""


def address_of(plan: Plan, deadline: Deadline) -> str:
    """The address of what a deadline is about; `choices.<section>` for one of the plan as a whole."""
    ident = deadline.object
    if ident:
        if any(project.id == ident for project in plan.projects):
            return f"projects.{ident}"
        for register in FIRST:
            if row := next((row for row in plan.rows(register) if row.id == ident), None):
                return row.address
        if plan.member(ident):
            return f"members.{ident}"
    section = deadline.source.partition(".")[0]
    return f"choices.{section}" if deadline.source and ":" not in deadline.source else ""


def clause_of(deadline: Deadline) -> str:
    """The option that creates a deadline; nothing where it comes from a schedule or from the law alone."""
    return deadline.source if "." in deadline.source else ""
