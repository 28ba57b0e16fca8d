"""Rows of the Background IP register: which are items, whose they are, for which projects and people they are open."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.plan.schema import Member, Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.facts.homes import participants
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.special_terms import has_in


def items(plan: Plan) -> Iterator[RegisterRow]:
    """The rows that are items: not the statement that there is none."""
    return (row for row in plan.rows("background") if row.cells.get("kind") != "none")


def ident_of(row: RegisterRow) -> str:
    """The id of the member that declared an item; empty while not known."""
    return str(row.cells.get("member") or "")


def same_item(row: RegisterRow, other: RegisterRow) -> bool:
    """Whether a row of Background IP and a row of exclusions of the same member mean one item, by id or by text."""
    if ident_of(row) and ident_of(other) and ident_of(row) != ident_of(other):
        return False
    return row.id.casefold() == other.id.casefold() or alike(row.cells.get("title"), other.cells.get("description"))


def in_both_projects(row: RegisterRow, other: RegisterRow) -> tuple[str, ...] | None:
    """The projects for which both rows hold; empty for all projects, None where they share none."""
    one, two = (tuple(each.cells.get("project_ids") or ()) for each in (row, other))
    if not one or not two:
        return one or two
    return tuple(ident for ident in one if ident in two) or None


def projects_of(plan: Plan, row: RegisterRow) -> list[Project | None]:
    """The projects for which an item is listed: those it names, else all; the plan as a whole (None) where there are none."""
    named = row.cells.get("project_ids") or ()
    found: list[Project | None] = [project for project in plan.projects if not named or project.id in named]
    return found or [None]


def is_open(row: RegisterRow) -> bool:
    """Whether others may use an item by what its row says: access not refused, licensing not excluded, not withdrawn."""
    refused = row.cells.get("access_terms") == "none" or row.cells.get("licensable") == "no"
    return not refused and not row.cells.get("withdrawn_on")


def users(case: Case, row: RegisterRow) -> list[Member]:
    """The members to which an item is open: the others in its projects, where the plan grants access to Background IP at all."""
    found: dict[str, Member] = {}
    for project in projects_of(case.plan, row):
        if not has_in(case, project, "background-access.none"):
            for member in participants(case.plan, project):
                found[member.id] = member
    return [member for ident, member in found.items() if ident != ident_of(row)]


def excluded(plan: Plan, row: RegisterRow) -> bool:
    """Whether the item also stands among the exclusions."""
    return any(same_item(row, other) for other in plan.rows("exclusions"))
