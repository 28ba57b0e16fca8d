"""Months by the calendar, where a rule counts by itself and not by the settings of a plan."""

from __future__ import annotations

from datetime import date

from tmp_builder.calendar.months import OffTheCalendar, add_months


def months_later(anchor: date, months: int) -> date | None:
    """The corresponding day some months later, the last day of a shorter month; None beyond the calendar."""
    try:
        return add_months(anchor, months).date
    except OffTheCalendar:
        return None
