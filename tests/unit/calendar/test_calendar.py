"""What the table of dates does not show: edges of the calendar, unknown places, versions, and what holds for every day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmp_builder.calendar import (
    CORRESPONDING,
    DAY_BEFORE,
    Counting,
    OffTheCalendar,
    add_days,
    add_months,
    add_working_days,
    add_years,
    calendar_version,
    closed_in,
    is_provisional,
    is_working_day,
    roll,
    send_by,
    shift,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 240)
RULES = st.sampled_from([CORRESPONDING, DAY_BEFORE])


@pytest.mark.parametrize(
    "leave",
    [
        lambda: add_months(date(9999, 12, 31), 1),
        lambda: add_months(date(1, 1, 1), -1),
        lambda: add_months(date(9999, 12, 31), -1, day_rule=DAY_BEFORE),
        lambda: add_years(date(2026, 1, 1), 9000),
        lambda: add_days(date(9999, 12, 31), 1),
        lambda: add_working_days(date(9999, 12, 30), 3, ("US",)),
        lambda: add_days(date(1, 1, 1), -1),
    ],
)
def test_a_step_that_leaves_the_calendar_says_so(leave) -> None:
    with pytest.raises(OffTheCalendar):
        leave()


def test_a_place_without_a_calendar_rests_on_weekends_and_is_always_provisional() -> None:
    assert not is_working_day(date(2026, 11, 21), ("EU",))
    assert is_working_day(date(2026, 12, 25), ("EU",))
    assert is_provisional(date(2020, 1, 1), ("EU",))


def test_only_years_whose_holidays_are_announced_are_certain() -> None:
    assert not is_provisional(date(2026, 12, 31), ("CN", "US"))
    assert is_provisional(date(2200, 1, 1), ("CN", "US"))
    assert not is_provisional(date(2200, 1, 1), ("US",))


def test_a_day_of_rest_names_whose_it_is() -> None:
    assert closed_in(date(2026, 10, 1), ("CN", "US")) == ("CN",)
    assert closed_in(date(2026, 10, 12), ("CN", "US")) == ("US",)
    assert closed_in(date(2026, 10, 8), ("CN", "US")) == ()


def test_the_version_names_the_data_and_the_last_year_announced() -> None:
    version = calendar_version(("CN", "US"))
    assert version.startswith("holidays ")
    assert "CN 20" in version
    assert "US" not in version


def test_a_notice_leaves_on_a_working_day_early_enough() -> None:
    assert send_by(date(2026, 10, 12), 3, Counting(codes=("CN",))) == date(2026, 10, 9)
    assert send_by(date(2026, 10, 8), 3, Counting(codes=("CN",))) == date(2026, 9, 30)


def test_a_rolled_day_in_a_year_without_announced_holidays_is_provisional() -> None:
    assert roll(date(2031, 12, 30), "next", ("CN",)).provisional
    assert not roll(date(2031, 12, 30), "none", ("CN",)).provisional


@given(DAYS, MONTHS)
def test_corresponding_days_keep_their_number_or_end_the_month(day: date, months: int) -> None:
    landing = add_months(day, months)
    assert (landing.date.year * 12 + landing.date.month) - (day.year * 12 + day.month) == months
    assert landing.date.day == day.day or (landing.clipped and add_days(landing.date, 1).date.day == 1)


@given(DAYS, MONTHS)
def test_day_before_is_never_later_and_at_most_one_day_earlier(day: date, months: int) -> None:
    later, earlier = add_months(day, months).date, add_months(day, months, day_rule=DAY_BEFORE).date
    assert 0 <= (later - earlier).days <= 1


@given(DAYS, MONTHS, RULES)
def test_more_months_never_end_earlier(day: date, months: int, rule: str) -> None:
    assert add_months(day, months, day_rule=rule).date <= add_months(day, months + 1, day_rule=rule).date


@given(DAYS, MONTHS, RULES)
def test_sticking_to_month_ends_never_shortens_a_period(day: date, months: int, rule: str) -> None:
    assert add_months(day, months, day_rule=rule, sticky=True).date >= add_months(day, months, day_rule=rule).date


@given(DAYS, MONTHS, RULES)
def test_between_a_day_found_backwards_and_its_anchor_lies_the_whole_period(day: date, months: int, rule: str) -> None:
    """A notice given on that day leaves at least the months agreed: counted forwards they end no later than the anchor."""
    found = add_months(day, -months, day_rule=rule).date
    assert add_months(found, months, day_rule=rule).date <= day


@given(DAYS, st.integers(-400, 400))
def test_working_days_land_on_working_days_and_skip_none(day: date, count: int) -> None:
    landing = add_working_days(day, count, ("US",)).date
    low, high = sorted((day, landing))
    span = [add_days(low, offset).date for offset in range((high - low).days + 1)]
    assert sum(is_working_day(each, ("US",)) for each in span if each != day) == abs(count)


def test_one_step_of_any_unit_follows_the_plan_s_counting() -> None:
    counting = Counting(day_rule=DAY_BEFORE, codes=("US",))
    assert shift(date(2026, 10, 1), 4, "years", counting).date == date(2030, 9, 30)
    assert shift(date(2026, 10, 1), 48, "months", counting).date == date(2030, 9, 30)
    assert shift(date(2026, 10, 1), 2, "working-days", counting).date == date(2026, 10, 5)
    assert shift(date(2026, 10, 1), 2, "days", counting).date == date(2026, 10, 3)
