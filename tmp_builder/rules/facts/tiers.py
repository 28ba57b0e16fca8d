"""Which projects and technologies a plan puts in which tier, as far as the projects are still running."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.facts.milestones import signature_day
from tmp_builder.rules.names import text_of

_DOCUMENTS = "projects.gate-hard.required_docs"


class Tiered(Struct, frozen=True):
    """A running project with the technologies of one tier; no technology where only the project itself carries the tier."""

    project: Project
    technologies: tuple[RegisterRow, ...]


def running(plan: Plan, project: Project) -> bool:
    """Whether a project is not known to be closed on the day as of which rules look."""
    closed, today = project.cells.get("closed_on"), signature_day(plan)
    return not (isinstance(closed, date) and (today is None or closed <= today))


def tiers_apply(case: Case) -> bool:
    """Whether every project needs a tier: `export-control.tiers` is chosen, or the hard gate asks for one."""
    required = case.value(_DOCUMENTS) if case.plan.has("projects.gate-hard") else None
    return case.plan.has("export-control.tiers") or "tier" in (required or ())


def technologies_of(plan: Plan, project: Project) -> list[RegisterRow]:
    """The rows of the tier list that name a project."""
    return [row for row in plan.rows("technologies") if row.cells.get("project_id") == project.id]


def tiered(plan: Plan, tier: str) -> Iterator[Tiered]:
    """The running projects that carry a tier, by themselves or by one of their technologies."""
    for project in plan.projects:
        rows = tuple(row for row in technologies_of(plan, project) if row.cells.get("tier") == tier)
        if running(plan, project) and (rows or project.tier == tier):
            yield Tiered(project, rows)


def described(row: RegisterRow) -> Labels:
    """T-1 “Models of ageing in cells”; the number alone where nothing describes it."""
    text = text_of(row.cells.get("description"))
    between = {"en": " ", "zh": ""}
    return {language: f"{row.id}{between[language]}“{words}”" if words else row.id for language, words in text.items()}
