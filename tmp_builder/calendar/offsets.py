"""Steps of days, and one step of any unit as a plan counts it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from tmp_builder.calendar.months import CORRESPONDING, Landing, OffTheCalendar, add_months, add_years
from tmp_builder.calendar.roll import PREVIOUS, roll
from tmp_builder.calendar.working import DEFAULT, add_working_days


class Counting(Struct, frozen=True):
    """How periods are counted: the day rule, whether month ends stick, whose calendars make a working day."""

    day_rule: str = CORRESPONDING
    sticky: bool = False
    codes: tuple[str, ...] = DEFAULT


def add_days(anchor: date, days: int) -> Landing:
    """The day `days` after `anchor` (before it where negative); the anchor's own day is not counted. Civil Code Arts 200, 201.

    Raises OffTheCalendar.
    """
    try:
        return Landing(anchor + timedelta(days=days))
    except OverflowError:
        raise OffTheCalendar(f"{anchor} and {days} days") from None


def shift(anchor: date, count: int, unit: str, counting: Counting) -> Landing:
    """The end of a period of `count` days, working-days, months or years; negative counts go back. Raises OffTheCalendar."""
    if unit == "days":
        return add_days(anchor, count)
    if unit == "working-days":
        return add_working_days(anchor, count, counting.codes)
    step = add_months if unit == "months" else add_years
    return step(anchor, count, day_rule=counting.day_rule, sticky=counting.sticky)


def send_by(day: date, travel_days: int, counting: Counting) -> date:
    """The last working day on which a notice can be sent that must have been received on `day`, with `travel_days` on the way.

    Raises OffTheCalendar.
    """
    return roll(add_days(day, -travel_days).date, PREVIOUS, counting.codes).date
