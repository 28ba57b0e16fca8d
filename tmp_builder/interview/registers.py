"""The registers and projects that chosen options refer to: named as empty where that is true of a new plan, else asked at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tmp_builder.interview.asks import LATER, NONE, Answered, Ask, Choice, Taken
from tmp_builder.interview.state import State, Step
from tmp_builder.plan.blank import schedules_of
from tmp_builder.plan.rows import OWN_KEYS
from tmp_builder.plan.schema import Project

_DECLARED = ("background", "exclusions", "metrics", "equipment", "datasets", "awards")
"""Schedules whose emptiness is a statement of the Members (“have declared no dataset”): only the Members can make it.

The others fill in the course of things and say so (“no Result has been registered yet”); that is true of every new plan.
"""

_TELLING = {"datasets": "data-crosses-borders", "equipment": "equipment-listed", "awards": "public-money"}
"""Schedules about which a question of fact says that they are empty."""

_FORMS = ("accession",)
"""Schedules that are forms to fill in later and have no rows in the plan."""

MENU = "projects"


def registers_for(state: State, options: Iterable[str]) -> tuple[dict[str, list[object]], tuple[str, ...]]:
    """The registers to write as `[]` for newly chosen options, by address, and the words that say so."""
    missing = _missing(state, options)
    empty = [name for name in missing if name not in _DECLARED or (name in _TELLING and state.fact(_TELLING[name]) is False)]
    notices = [
        state.word(
            "register-added" if name in empty else "register-later", title=_title(state, name), address=f"registers.{name}"
        )
        for name in missing
    ]
    return {f"registers.{name}": [] for name in empty}, tuple(notices)


def _missing(state: State, options: Iterable[str]) -> list[str]:
    """Registers that the options refer to and the plan does not name, in the order of the schedules."""
    wanted = {name for option in options for name in schedules_of(state.library, option)}
    return [
        name
        for name, spec in state.library.schedules.items()
        if name in wanted and name not in (*OWN_KEYS, *_FORMS) and name not in state.plan.registers and not spec.internal
    ]


def _title(state: State, name: str) -> str:
    return state.label(state.library.schedules[name].title)


def steps(state: State, folder: Path) -> Iterator[Step]:
    """Projects and registers, which can all be left for later; `folder` is where tables are looked for."""
    if not isinstance(state.raw.get("projects"), str):
        yield _new_project(state)
        for project in state.plan.projects:
            yield from (_project_title(state, project, language) for language in state.plan.languages)
        yield _projects(state)
    for name in _missing(state, state.plan.entered()):
        yield _register(state, name)
        yield _table(state, name, folder)


# ── registers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _register(state: State, name: str) -> Step:
    address = f"registers.{name}"

    def ask() -> Ask:
        later = Choice(LATER, state.word("register-rows-later"), state.word("register-rows-later-note", address=address))
        table = Choice("table", state.word("register-table"), state.word("register-table-note"))
        nothing = Choice(NONE, state.word("register-none"), state.label(state.library.schedules[name].none))
        title = state.word("register-title", title=_title(state, name))
        return Ask(address, "one", title, why=state.word("register-why"), choices=(later, table, nothing), default=LATER)

    def take(answer: Answered) -> Taken:
        return Taken(goto=f"{address}.table") if answer == "table" else Taken({address: []})

    return Step(address, True, ask, take, group="registers")


def _table(state: State, name: str, folder: Path) -> Step:
    address = f"registers.{name}"

    def ask() -> Ask:
        columns = state.join(column.name for column in state.library.schedules[name].columns if not column.computed)
        return Ask(f"{address}.table", "text", state.word("table-title"), why=state.word("register-columns", columns=columns))

    def take(answer: Answered) -> Taken:
        file = str(answer).strip().strip("'\"")
        if not file:
            return Taken(goto=address)
        if not (folder / file).is_file():
            return Taken(refused=state.word("no-file", file=file, folder=folder))
        return Taken({address: file})

    return Step(f"{address}.table", False, ask, take, group="registers", hidden=True)


# ── projects ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _projects(state: State) -> Step:
    projects = state.plan.projects
    needed = any(need.schedule == MENU for option in state.plan.chosen() for need in state.library.options[option].needs)

    def ask() -> Ask:
        add, done = (
            Choice("add", state.word("project-add")),
            Choice("done", state.word("projects-done" if projects else "projects-later")),
        )
        title = state.word("projects-title", count=len(projects)) if projects else state.word("projects-title-none")
        listed = [Choice(f"-{each.id}", f"{each.id}  {state.label(each.title)}") for each in projects[:40]]
        choices = (done, add, *listed)
        return Ask(MENU, "one", title, why=state.word("projects-why"), choices=choices, default="done")

    def take(answer: Answered) -> Taken:
        if answer == "done":
            return Taken(pending={MENU: False}, leave=not projects)
        if answer == "add":
            return Taken(goto="projects.+")
        return Taken(goto=f"projects.{str(answer)[1:]}.title.{state.plan.languages[0]}", pending={MENU: True})

    return Step(MENU, (needed and not projects) or MENU in state.notes.pending, ask, take, group="registers")


def _new_project(state: State) -> Step:
    language = state.plan.languages[0]

    def ask() -> Ask:
        return Ask("projects.+", "text", state.word("project-name"), why=state.word("project-name-why"))

    def take(answer: Answered) -> Taken:
        title = str(answer).strip()
        if not title:
            return Taken(goto=MENU)
        taken = {project.id for project in state.plan.projects}
        ident = next(f"P{number}" for number in range(1, 10_000) if f"P{number}" not in taken)
        return Taken(
            {f"projects.{ident}": {"id": ident, "title": {language: title}}}, pending={MENU: True, f"projects.{ident}": True}
        )

    return Step("projects.+", False, ask, take, group="registers", hidden=True)


def _project_title(state: State, project: Project, language: str) -> Step:
    address, note = f"projects.{project.id}.title.{language}", f"projects.{project.id}"
    held = project.title.get(language, "")

    def ask() -> Ask:
        name = state.label(project.title) or project.id
        return Ask(address, "text", state.word(f"project-title-{language}", name=name), default=held)

    def take(answer: Answered) -> Taken:
        return Taken({address: str(answer)}, pending={note: False})

    return Step(
        address, note in state.notes.pending and not held, ask, take, group="registers", hidden=note not in state.notes.pending
    )
