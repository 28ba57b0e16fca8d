"""What a recorded licence is about: the results, the Background IP and the projects behind the numbers in its column `ip`."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.facts.filings import project_of
from tmp_builder.rules.facts.grants import ExclusiveGrant
from tmp_builder.rules.facts.public_money import money_in


class LicensedRights:
    """The registers of one plan, by number: a rule that looks at many licences reads them once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def _rows(self) -> dict[str, dict[str, RegisterRow]]:
        return {name: {row.id: row for row in self.plan.rows(name)} for name in ("results", "background")}

    def results(self, row: RegisterRow) -> list[RegisterRow]:
        """The results that a licence names."""
        return self._named("results", row)

    def background(self, row: RegisterRow) -> list[RegisterRow]:
        """The items of Background IP that a licence names."""
        return self._named("background", row)

    def _named(self, register: str, row: RegisterRow) -> list[RegisterRow]:
        known = self._rows[register]
        return [known[ident] for ident in idents(row) if ident in known]

    def complete(self, row: RegisterRow) -> bool:
        """Whether a licence names rights, all of them in the registers."""
        return bool(idents(row)) and len(self.results(row)) + len(self.background(row)) == len(idents(row))

    def only_background(self, row: RegisterRow) -> bool:
        """Whether everything that a licence names is Background IP, so that no Project IP is licensed."""
        return bool(idents(row)) and len(self.background(row)) == len(idents(row))

    def projects(self, row: RegisterRow) -> list[Project]:
        """The projects whose results a licence names; every project as long as one of the numbers leads to none."""
        rows = self.results(row)
        found = {project.id: project for project in (project_of(self.plan, result) for result in rows) if project}
        told = self.complete(row) and all(result.cells.get("project_id") in found for result in rows)
        return list(found.values()) if told else list(self.plan.projects)

    def federal(self, row: RegisterRow) -> bool:
        """Whether a licence is known to reach a Subject Invention: a result made with US federal money."""
        return any("us_federal" in (money_in(result) or ()) for result in self.results(row))


def idents(row: RegisterRow) -> tuple[str, ...]:
    """The numbers that a licence names, each once."""
    return tuple(dict.fromkeys(str(ident) for ident in row.cells.get("ip") or ()))


def in_force_on(grant: ExclusiveGrant, when: date | None) -> bool:
    """Whether an exclusive grant has not ended before a day; a grant without an end, or a day not known, counts as in force."""
    return grant.end is None or when is None or grant.end >= when
