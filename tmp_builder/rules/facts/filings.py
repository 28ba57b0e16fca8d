"""Patent filings of a result: where the work was done, what was filed first, what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct

from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.facts.intervals import months_later

NOT_FILED = ("secret", "publish", "release")
"""Decisions on a result after which nobody applies for a patent."""

NO_PATENT = ("data", "software", "layout", "know-how")
"""Kinds of results for which patent offices ask no clearance, as long as no filing is planned."""


class Filing(Struct, frozen=True):
    """A filing in one country or region; `day` is None while not known, `made` says whether it is the first filing, as
    entered.
    """

    country: str
    day: date | None
    made: bool = False

    @property
    def column(self) -> str:
        """The column of the register that holds its day."""
        return "first_filing_date" if self.made else "planned_filings_date"


def codes(value: Any) -> tuple[str, ...]:
    """Codes of countries and regions as a cell holds them: one list, or a list of lists."""
    if isinstance(value, str):
        return (value,)
    return tuple(chain.from_iterable(codes(item) for item in value or ()))


def places_of_work(row: RegisterRow) -> frozenset[str]:
    """Where a result was made; empty while not known."""
    return frozenset(codes(row.cells.get("place_of_work")))


def filings(row: RegisterRow) -> list[Filing]:
    """The first filing of a result and those planned; days and countries that are planned stand in the same order."""
    first = row.cells.get("first_filing_date")
    found = [Filing(code, first, made=True) for code in codes(row.cells.get("first_filing_country"))]
    days = row.cells.get("planned_filings_date") or ()
    for index, item in enumerate(row.cells.get("planned_filings_country") or ()):
        found += [Filing(code, days[index] if index < len(days) else None) for code in codes(item)]
    return found


def dated(row: RegisterRow) -> Iterator[tuple[date, Filing]]:
    """The filings of a result whose day is known, earliest first."""
    known = [(filing.day, filing) for filing in filings(row) if filing.day]
    return iter(sorted(known, key=lambda pair: (pair[0], not pair[1].made)))


def wished(plan: Plan, row: RegisterRow) -> frozenset[str]:
    """Where a result is filed or is to be filed: by its own row, else by the wishes of its project."""
    own = frozenset(filing.country for filing in filings(row))
    project = project_of(plan, row)
    return own or frozenset(project.filing_wishes if project else ())


def project_of(plan: Plan, row: RegisterRow) -> Project | None:
    """The project in which a result was made."""
    return next((project for project in plan.projects if project.id == row.cells.get("project_id")), None)


def by_statute(anchor: date, months: int) -> date:
    """The day so many months after `anchor`, as statutes count: by the day of the same number, whatever the plan's own day
    rule.
    """
    return months_later(anchor, months) or date.max
