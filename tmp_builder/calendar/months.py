"""Steps of months and years: month ends, the two day rules, sticky month ends; forwards and backwards."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from msgspec import Struct

CORRESPONDING = "corresponding-day"
DAY_BEFORE = "day-before"
ONE_DAY = timedelta(days=1)


class OffTheCalendar(ValueError):
    """A step that leaves the years 1 to 9999."""


class Landing(Struct, frozen=True):
    """Where a step ends. `wanted` is the day asked for where the month has no such day ("2027-02-31"), otherwise empty.

    `provisional`: the day depends on public holidays that are not published yet.
    """

    date: date
    wanted: str = ""
    provisional: bool = False

    @property
    def clipped(self) -> bool:
        """Whether the month was too short and its last day was taken."""
        return bool(self.wanted)


def add_months(anchor: date, months: int, *, day_rule: str = CORRESPONDING, sticky: bool = False) -> Landing:
    """The day `months` after `anchor`, or before it where `months` is negative; always reckoned from the anchor itself.

    - `corresponding-day`: the day of the same number in the month reached, else that month's last day. PRC Civil Code Art. 202.
    - `day-before`: the day before it. The number wanted is the anchor's less one, and only then the month's end is taken; an
      anchor on a 1st gives the last day of the month before. So a term from 2026-06-01 of 42 months ends on 2029-11-30.
      Parties may agree on such a way of counting: Civil Code Art. 204.
    - Backwards under `day-before` the anchor is the last day of the period and counts with it, so the same rule is
      applied to the day
      after the anchor: whole months lie between the day found and the anchor's end.
    - `sticky`: an anchor on a month's last day stays on month ends. It never shortens a period.

    No step, no rule: zero months give the anchor. Raises OffTheCalendar.
    """
    if months == 0:
        return Landing(anchor)
    try:
        landing = _plain(anchor, months, day_rule)
        if sticky and _is_month_end(anchor):
            return max(landing, _sticky(anchor, months, day_rule), key=lambda each: each.date)
    except (ValueError, OverflowError):
        raise OffTheCalendar(f"{anchor} and {months} months") from None
    return landing


def add_years(anchor: date, years: int, *, day_rule: str = CORRESPONDING, sticky: bool = False) -> Landing:
    """The day `years` after `anchor` (before it where negative): twelve months each. PRC Civil Code Arts 200, 202."""
    return add_months(anchor, 12 * years, day_rule=day_rule, sticky=sticky)


def _plain(anchor: date, months: int, day_rule: str) -> Landing:
    if day_rule == CORRESPONDING:
        return _in_month(*_month(anchor, months), anchor.day)
    start = anchor if months > 0 else anchor + ONE_DAY
    year, month = _month(start, months)
    return _in_month(year, month, start.day - 1) if start.day > 1 else Landing(date(year, month, 1) - ONE_DAY)


def _sticky(anchor: date, months: int, day_rule: str) -> Landing:
    """The month's end, or the day before it; backwards the day rule reaches the month's end by itself."""
    year, month = _month(anchor, months)
    last = _in_month(year, month, max(anchor.day, _length(year, month)))
    return Landing(last.date - ONE_DAY) if day_rule == DAY_BEFORE and months > 0 else last


def _month(anchor: date, months: int) -> tuple[int, int]:
    year, index = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return year, index + 1


def _in_month(year: int, month: int, day: int) -> Landing:
    length = _length(year, month)
    if day <= length:
        return Landing(date(year, month, day))
    return Landing(date(year, month, length), f"{year:04}-{month:02}-{day:02}")


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _is_month_end(day: date) -> bool:
    return day.day == _length(day.year, day.month)
