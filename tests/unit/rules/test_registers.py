"""How rules read rows: filings in pairs, countries within countries, sums of money, one finding for one cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.rules.test_cases import findings_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, RegisterRow
from tmp_builder.rules.facts.filings import by_statute, dated, filings, places_of_work
from tmp_builder.rules.facts.money import contribution, said, total
from tmp_builder.rules.facts.regions import shared
from tmp_builder.values import Money


def test_planned_filings_pair_countries_with_days_by_position() -> None:
    cells = {
        "planned_filings_country": (("US",), ("DE", "FR"), ("JP",)),
        "planned_filings_date": (date(2028, 3, 1), date(2028, 1, 1)),
    }
    found = [(filing.country, filing.day) for filing in filings(RegisterRow("R-1", cells))]
    assert found == [("US", date(2028, 3, 1)), ("DE", date(2028, 1, 1)), ("FR", date(2028, 1, 1)), ("JP", None)]


def test_dated_filings_come_in_the_order_of_time_the_first_filing_before_others_of_its_day() -> None:
    cells = {
        "first_filing_country": ("CN",),
        "first_filing_date": date(2028, 1, 1),
        "planned_filings_country": (("US",), ("DE",)),
        "planned_filings_date": (date(2028, 1, 1), date(2027, 12, 31)),
    }
    assert [filing.country for _, filing in dated(RegisterRow("R-1", cells))] == ["DE", "CN", "US"]


def test_a_row_that_says_nothing_has_neither_places_nor_filings() -> None:
    assert places_of_work(RegisterRow("R-1", {})) == frozenset()
    assert filings(RegisterRow("R-1", {})) == []


def test_statutory_months_end_on_the_last_day_of_a_short_month() -> None:
    assert by_statute(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert by_statute(date(9999, 12, 1), 6) == date.max


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (("CN", "US"), ("US",), ["US"]),
        (("EU",), ("DE", "CH"), ["DE"]),
        (("EU", "US"), ("US", "EU"), ["EU", "US"]),
        (("CN",), ("HK",), []),
        ((), ("US",), []),
    ],
)
def test_countries_meet_also_within_the_european_union(one: tuple[str, ...], other: tuple[str, ...], common: list[str]) -> None:
    assert shared(one, other) == common


def test_a_contribution_is_cash_and_kind_in_one_currency() -> None:
    usd, cny = Money(Decimal(5), "USD"), Money(Decimal(7), "CNY")
    assert contribution(Member("A1", {}, cells={"cash": usd, "inkind": usd})) == Money(Decimal(10), "USD")
    assert contribution(Member("A1", {}, cells={"inkind": usd})) == usd
    assert contribution(Member("A1", {}, cells={"cash": usd, "inkind": cny})) is None
    assert contribution(Member("A1", {})) is None


def test_a_sum_with_an_unknown_amount_is_unknown() -> None:
    usd = Money(Decimal("1.5"), "USD")
    assert total([usd, usd]) == Money(Decimal("3.0"), "USD")
    assert total([usd, None]) is None
    assert total([]) is None


def test_money_is_said_in_both_languages() -> None:
    assert said(Money(Decimal("4499999.99"), "USD")) == {"en": "USD 4,499,999.99", "zh": "4,499,999.99美元"}


EXCLUSIVE = {
    "choices.third-party-licences": ["exclusive-field"],
    "parameters.third-party-licences.exclusive-field.kind": "exclusive",
    "parameters.third-party-licences.exclusive-field.exclusive_months": 36,
    "parameters.third-party-licences.exclusive-field.max_after_end_months": 60,
    "parameters.third-party-licences.exclusive-field.carve_out_participants": "no",
    "registers.results.R-1": {"result_id": "R-1", "project_id": "P1", "title": "Cell", "public_money": ["us_federal"]},
    "registers.grants": [
        {
            "grant_id": "G-1",
            "licensor": "A1",
            "licensee": "A2",
            "ip": ["R-1"],
            "kind": "exclusive",
            "field": "x",
            "territory": ["US"],
            "end": "2030-01-01",
        }
    ],
}


@pytest.mark.parametrize(
    ("changes", "special"),
    [
        ({"parameters.protection.disclose.agency_months": 3}, "PRO-05"),
        ({"parameters.reciprocity.funding-parity.parity": 61}, "FUN-05"),
        ({"parameters.membership.approval.majority": "3/2"}, "MEM-04"),
        (EXCLUSIVE, "LIC-04"),
        (EXCLUSIVE, "LIC-12"),
    ],
)
def test_a_special_rule_takes_the_place_of_the_general_one(
    changes: dict[str, object], special: str, library: Library, tmp_path: Path
) -> None:
    codes = [finding.code for finding in findings_of(changes, library, tmp_path)]
    assert codes.count(special) == 1
    assert not [code for code in codes if code.startswith("STR-0")]
