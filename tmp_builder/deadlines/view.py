"""A plan as the catalogue of dates reads it: values, events, projects, and the start and end of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from tmp_builder.calendar import DEFAULT, Counting
from tmp_builder.deadlines.schema import Deadline
from tmp_builder.deadlines.who import LEADS, PARTICIPANTS, SECRETARIAT, leads_of
from tmp_builder.deadlines.windows import Anchor, Event
from tmp_builder.library.schema import Library
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Plan, Project, RegisterRow

CLOSE = Event("the close of {}", "{}结束", ("the Project", "项目"))
EXIT = Event("the exit of {}", "{}退出", ("the Leaver", "退出成员"))


class View(Struct, eq=False, dict=True):
    """One plan under reckoning. `made` keeps what has been reckoned, by code: dates of a chain are needed more than once."""

    plan: Plan
    library: Library
    as_of: date | None = None
    made: dict[str, tuple[Deadline, ...]] = field(default_factory=dict)

    @cached_property
    def counting(self) -> Counting:
        """How the plan counts; without calendars of its own a working day is one in China and the United States."""
        dates = self.plan.dates
        return Counting(dates.day_rule, dates.eom_sticky, dates.calendars or DEFAULT)

    # ── choices and values ──────────────────────────────────────────────────────────────────────────────────────────

    def has(self, option: str, project: Project | None = None) -> bool:
        """Whether an option is chosen; a project that decides its section for itself is asked first."""
        own = project.choices.get(option.partition(".")[0]) if project else None
        return option in own.options if own else option in self._chosen

    def first(self, *options: str) -> str:
        """The first of the options that is chosen, or nothing."""
        return next((option for option in options if option in self._chosen), "")

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(self.plan.chosen())

    def value(self, address: str, project: Project | None = None) -> Any:
        """The value of `section.option.parameter`: the project's, else the plan's, else None.

        Defaults of cards are never used.
        """
        own = project.values.get(address) if project else None
        return self.plan.values.get(address) if own is None else own

    def holds(self, name: str) -> bool:
        """Whether a named fact is known to be true."""
        return fact(self.plan, self.library, name) is True

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of a register."""
        return self.plan.rows(register)

    def events(self, kind: str) -> list[RegisterRow]:
        """The events of a kind, earliest first."""
        found = [row for row in self.rows("events") if row.cells.get("kind") == kind]
        return sorted(found, key=lambda row: row.cells.get("date") or date.max)

    def project(self, ident: object) -> Project | None:
        """The project with this id, or None."""
        return self._projects.get(str(ident))

    @cached_property
    def _projects(self) -> dict[str, Project]:
        return {project.id: project for project in self.plan.projects}

    def close(self, project: Project) -> Anchor:
        """The close of a project: the day it closed, else the day it is planned to end."""
        closed = project.cells.get("closed_on")
        return CLOSE.on(closed or project.end, f"Project {project.id}", f"项目{project.id}", assumed=not closed)

    def leavers(self) -> Iterator[tuple[str, Anchor, RegisterRow | None]]:
        """Members that leave or have left, each with its exit and, if there is one, its leaving form."""
        seen = set()
        for row in self.rows("accession"):
            if "leaver" in row.cells or "exit_date" in row.cells or "notice_date" in row.cells:
                ident = str(row.cells.get("leaver") or row.id)
                seen.add(ident)
                yield ident, EXIT.on(row.cells.get("exit_date"), ident), row
        for member in self.plan.members:
            if member.id not in seen and member.cells.get("left_on"):
                yield member.id, EXIT.on(member.cells["left_on"], member.id), None

    # ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """The leads by their ids, else the role."""
        return leads_of(self.plan) or (LEADS,)

    @cached_property
    def secretariat(self) -> tuple[str, ...]:
        """The member that runs the secretariat, else the role."""
        return listed(self.value("governance.secretariat.secretariat")) or (SECRETARIAT,)

    def participants(self, project: Project | None) -> tuple[str, ...]:
        """The members of a project, else the role."""
        return (project.members if project else ()) or (PARTICIPANTS,)

    @cached_property
    def federal(self) -> frozenset[str]:
        """The members that receive US federal money, by their own word or by an award."""
        paid = {str(row.cells.get("recipient")) for row in self.rows("awards") if row.cells.get("funder") == "us_federal"}
        return frozenset(paid | {member.id for member in self.plan.members if "us-federal" in member.public_money})

    @cached_property
    def countries(self) -> dict[str, str]:
        """Where each member is organised: its country, else the first of its side's territory."""
        territory = {side.id: side.territory for side in self.plan.sides}
        return {member.id: member.country or next(iter(territory.get(member.side, ())), "") for member in self.plan.members}


def listed(value: object) -> tuple[str, ...]:
    """A cell of one or several ids as a tuple of ids."""
    if not value:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, (tuple, list)) else (str(value),)


def codes_in(value: object) -> frozenset[str]:
    """The countries and regions in a cell of one territory or of several."""
    if isinstance(value, (tuple, list)):
        return frozenset(code for each in value for code in codes_in(each))
    return frozenset((str(value),)) if value else frozenset()
