"""The order of the questions, where each one stands, and which of them belong to a tour."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.interview import circumstances, opening, parties, registers, sections
from tmp_builder.interview.pace import pace_step
from tmp_builder.interview.state import State, Step

EVERYTHING = "*"


def steps(state: State, folder: Path) -> list[Step]:
    """Every question of a plan in order, answered or not; `folder` is where its tables are looked for."""
    before = [*opening.steps(state), *parties.steps(state, folder), *circumstances.steps(state), pace_step(state)]
    return [*before, *sections.steps(state), *registers.steps(state, folder)]


def heading(state: State, step: Step, every: list[Step]) -> str:
    """Where a question stands: “Ownership of Project IP · 9 of 31 · open: 3” (open questions before this one)."""
    before = every[: next(number for number, each in enumerate(every) if each.id == step.id)]
    open_ = len({each.id for each in before if each.open})
    if step.section:
        ids = list(state.library.sections)
        title = state.label(state.library.sections[step.section].title)
        where = state.word("heading-section", title=title, number=ids.index(step.section) + 1, count=len(ids))
    else:
        where = state.word(f"heading-{step.group}")
    return f"{where}{state.word('heading-open', count=open_)}" if open_ else where


def on_tour(step: Step, tour: str) -> bool:
    """Whether a question belongs to a tour: `section:protection`, `group:parties`, `member:A1`, or `*` for everything."""
    kind, _, name = tour.partition(":")
    if kind == "section":
        return step.section == name and (step.open or not step.id.startswith("parameters."))
    if kind == "group":
        return step.group == name and not step.hidden
    if kind == "member":
        return step.id.startswith(f"members.{name}.")
    return tour == EVERYTHING and not step.hidden
