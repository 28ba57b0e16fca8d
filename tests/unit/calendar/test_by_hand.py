"""Every date of the table that was worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tmp_builder.calendar import Counting, Landing, add_days, add_months, add_working_days, add_years, roll, shift

TABLE = yaml.safe_load((Path(__file__).parents[2] / "data" / "dates.yaml").read_text(encoding="utf-8"))
ROWS = [(what, row) for what, rows in TABLE.items() if what != "chains" for row in rows]


def land(what: str, row: dict[str, Any]) -> Landing:
    start, codes = row["from"], tuple(row.get("in", ("CN", "US")))
    if what in ("months", "years"):
        step = add_months if what == "months" else add_years
        return step(start, row["count"], day_rule=row.get("rule", "corresponding-day"), sticky=row.get("sticky", False))
    if what == "days":
        return add_days(start, row["count"])
    return add_working_days(start, row["count"], codes) if what == "working-days" else roll(start, what, codes)


def test_the_table_is_long_enough_and_every_row_gives_its_reason() -> None:
    assert len(ROWS) >= 60
    assert all(len(row["because"]) > 5 for _, row in ROWS)


@pytest.mark.parametrize(("what", "row"), ROWS, ids=[f"{what} {row['from']} {row.get('count', '')}" for what, row in ROWS])
def test_the_date_is_the_one_worked_out_by_hand(what: str, row: dict[str, Any]) -> None:
    landing = land(what, row)
    assert landing.date == row["gives"], row["because"]
    assert landing.wanted == row.get("wanted", "")
    assert landing.provisional == row.get("provisional", False)


@pytest.mark.parametrize("row", TABLE["chains"], ids=[row["because"][:40] for row in TABLE["chains"]])
def test_a_chain_counts_from_the_printed_date(row: dict[str, Any]) -> None:
    day: date = row["from"]
    unit = "months" if "months" in row else "days"
    for count in row[unit]:
        day = shift(day, count, unit, Counting(day_rule=row.get("rule", "corresponding-day"))).date
    assert day == row["gives"]
