"""Exclusive grants that meet: the quick way finds what comparing every pair finds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.grants import ExclusiveGrant
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.regions import shared
from tmp_builder.rules.licensing.licensed_rights import idents
from tmp_builder.rules.licensing.meeting_grants import overlaps

BEGIN = date(2027, 1, 1)
ROWS = st.fixed_dictionaries(
    {
        "licensee": st.sampled_from(["A1", "A2", "B1", ""]),
        "ip": st.lists(st.sampled_from(["R-1", "R-2"]), max_size=2).map(tuple),
        "field": st.sampled_from(["cells", {"en": "Cells.", "zh": "电芯"}, {"en": "packs", "zh": "电芯"}, None]),
        "territory": st.lists(st.sampled_from(["CN", "US", "EU", "DE"]), max_size=2).map(tuple),
        "start": st.one_of(st.none(), st.integers(0, 9)),
        "days": st.one_of(st.none(), st.integers(0, 5)),
    }
)


def grant(number: int, row: dict[str, Any]) -> ExclusiveGrant:
    start = None if row["start"] is None else BEGIN + timedelta(days=row["start"])
    end = start + timedelta(days=row["days"]) if start and row["days"] is not None else None
    held = RegisterRow(f"G-{number}", {"ip": row["ip"]}, f"registers.grants.G-{number}")
    return ExclusiveGrant(held.address, row["licensee"], ("A9",), "", row["ip"], row["field"], row["territory"], start, end, held)


def meet(one: ExclusiveGrant, other: ExclusiveGrant) -> bool:
    """As the page of LIC-03 says it, for one pair."""
    if not (one.start and other.start and one.licensee and other.licensee) or one.licensee == other.licensee:
        return False
    assert one.row
    assert other.row
    market = set(idents(one.row)) & set(idents(other.row)) and alike(one.field, other.field)
    where = shared(codes(one.territory), codes(other.territory))
    days = one.start <= (other.end or date.max) and other.start <= (one.end or date.max)
    return bool(market and where and days)


@given(st.lists(ROWS, max_size=7))
@settings(max_examples=150)
def test_it_reports_whenever_two_grants_meet_and_only_grants_that_meet(rows: list[dict[str, Any]]) -> None:
    grants = [grant(number, row) for number, row in enumerate(rows)]
    found = list(overlaps(grants))
    assert all(meet(one, other) for one, other in found)
    assert bool(found) == any(meet(one, other) for one, other in combinations(grants, 2))
    told = [other.address for _, other in found]
    assert len(told) == len(set(told))


def test_many_grants_in_one_market_are_compared_in_one_sweep() -> None:
    row = {"licensee": "A1", "ip": ("R-1",), "field": "cells", "territory": ("CN",), "start": 0, "days": 5}
    grants = [grant(number, {**row, "licensee": f"A{number % 3}"}) for number in range(3000)]
    assert len(list(overlaps(grants))) == 2999
