"""Two versions of a plan compared: every difference with its weight, the findings that appear or vanish, the dates that move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tmp_builder.compare.approved import decided
from tmp_builder.compare.changes import Change, PlanChanges, Version
from tmp_builder.compare.choices import compare_choices
from tmp_builder.compare.effects import date_moves, finding_changes
from tmp_builder.compare.rows import Table, compare_rows
from tmp_builder.compare.settings import compare_additional, compare_facts, compare_settings, compare_waivers, compare_wording
from tmp_builder.compare.values import compare_values
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.schema import Decision, Project

_KINDS = (
    "choice",
    "wording",
    "section",
    "side",
    "member",
    "project",
    "fact",
    "value",
    "register",
    "work-plan",
    "waiver",
    "setting",
    "order",
)
"""The order of kinds among changes of one weight: what is agreed before who agrees before what it is agreed about."""


def compare_plans(old: Version, new: Version) -> PlanChanges:
    """What differs between two versions. Pure: the findings come with the versions, the dates are computed from them."""
    changes = differences(old, new)
    moves = tuple(date_moves(old, new, changes))
    return PlanChanges(
        old=old,
        new=new,
        changes=tuple(changes),
        findings=tuple(finding_changes(old, new, changes, moves)),
        dates=moves,
        decided=decided(new, changes),
    )


def differences(old: Version, new: Version) -> list[Change]:
    """The changes alone, the weightiest first, without what follows from them."""
    return sorted(_changes(old, new), key=_order)


def _order(change: Change) -> tuple[int, int, bool]:
    """Weight, kind, and first those that favour somebody else than before."""
    return change.weight.rank, _KINDS.index(change.kind), not (change.more or change.less)


def _changes(old: Version, new: Version) -> Iterator[Change]:
    yield from compare_choices(old, new, (old.plan.choices, new.plan.choices))
    entered = (set(old.plan.entered()), set(new.plan.entered()))
    yield from compare_values(old, new, (old.plan.values, new.plan.values), entered)
    yield from compare_wording(old, new)
    yield from compare_additional(old, new)
    before, after = plan_data(old.plan, old.library), plan_data(new.plan, new.library)
    for table, one, two in _tables(new, before, after):
        yield from compare_rows(table, one, two, new.library)
    yield from _special_terms(old, new)
    yield from compare_facts(before, after)
    yield from compare_settings(before, after)
    yield from compare_waivers(old, new)


def _tables(new: Version, before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[Table, Sequence[Any], Sequence[Any]]]:
    schedules = new.library.schedules
    for kind, name in (("side", "sides"), ("member", "members"), ("project", "projects")):
        tiers = schedules.get("technologies") if kind == "project" else None  # where the tiers of Projects have their names
        yield Table(kind, name, schedules.get(name), tiers), before.get(name) or [], after.get(name) or []
    yield Table("work-plan", "work-plan", schedules.get("projects")), before.get("work-plan") or [], after.get("work-plan") or []
    one, two = before.get("registers") or {}, after.get("registers") or {}
    for name in dict.fromkeys((*two, *one)):
        yield Table("register", f"registers.{name}", schedules.get(name)), one.get(name) or [], two.get(name) or []


def _special_terms(old: Version, new: Version) -> Iterator[Change]:
    """The choices and values of projects that stand in both versions."""
    earlier = {project.id: project for project in old.plan.projects}
    for project in new.plan.projects:
        before = earlier.get(project.id)
        if before is not None:
            prefix = f"projects.{project.id}."
            yield from compare_choices(old, new, (before.choices, project.choices), prefix)
            entered = (_entered(old, before), _entered(new, project))
            yield from compare_values(old, new, (before.values, project.values), entered, prefix)


def _entered(version: Version, project: Project) -> set[str]:
    """The options that hold for a project: its own, and the plan's in the sections that it leaves alone."""
    decisions: dict[str, Decision] = {**version.plan.choices, **project.choices}
    return {option for decision in decisions.values() for option in decision.every}
