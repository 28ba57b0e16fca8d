"""A plan with rows of every kind, small and large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.plans import changed, small_plan, source_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan

RICH: Mapping[str, Any] = {
    "choices.equipment": ["provider-keeps", "sale-ban"],
    "parameters.equipment.sale-ban.retention_months": 12,
    "parameters.equipment.sale-ban.anchor": "acceptance",
    "projects": [
        {"id": "P1", "title": {"en": "Cells", "zh": "电芯"}, "start": "2027-01-11", "end": "2029-12-31", "members": ["A1", "B1"]}
    ],
    "registers.equipment": [
        {"eq_id": "EQ-1", "name": "Furnace", "provider": "A1", "accepted_on": "2027-02-28"},
        {"eq_id": "=EQ", "name": "Press", "provider": "B1"},
    ],
    "registers.results": [
        {"result_id": "R-1", "project_id": "P1", "title": "Cell", "first_filing_date": "2027-02-28", "employers": ["A1"]}
    ],
    "registers.publications": [
        {"pub_id": "PUB-1", "kind": "paper", "results": ["R-1"], "members": ["B1"], "planned_on": "2027-12-01"}
    ],
}


@pytest.fixture
def rich(library: Library) -> Callable[..., Plan]:
    """The small plan with a project, equipment, a result and a publication; further changes as keywords or a mapping."""

    def make(changes: Mapping[str, Any] | None = None) -> Plan:
        return resolve(source_of(changed(small_plan(library), {**RICH, **(changes or {})})), library)

    return make


@pytest.fixture(scope="session")
def large(library: Library) -> Plan:
    """168 members and hundreds of rows."""
    members = [
        {"id": f"M{number}", "name": f"Member {number}", "side": "US" if number % 2 else "CN", "type": "company"}
        for number in range(166)
    ]
    everyone = [each["id"] for each in members]
    base = small_plan(library)
    changes = {
        **RICH,
        "members": [*base["members"], *[{**each, "screening-date": "2026-09-01"} for each in members]],
        "projects": [
            {"id": f"P{n}", "title": "Project", "start": "2027-01-11", "end": "2029-12-31", "members": everyone[:20]}
            for n in range(40)
        ],
        "registers.equipment": [
            {
                "eq_id": f"EQ-{n}",
                "name": "Tool",
                "provider": "A1",
                "host": "B1",
                "project_id": f"P{n % 40}",
                "accepted_on": "2027-02-28",
            }
            for n in range(100)
        ],
        "registers.results": [
            {
                "result_id": f"R-{n}",
                "project_id": f"P{n % 40}",
                "title": "Cell",
                "made_on": "2027-01-31",
                "first_filing_date": "2027-02-28",
                "registered_on": "2027-03-31",
                "employers": ["A1"],
            }
            for n in range(200)
        ],
    }
    return resolve(source_of(changed(base, changes)), library)
