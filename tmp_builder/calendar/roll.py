"""Where a last day moves that is no working day: not at all, to the next one, or to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tmp_builder.calendar.months import Landing
from tmp_builder.calendar.working import DEFAULT, add_working_days, is_provisional, is_working_day

NONE, NEXT, PREVIOUS = "none", "next", "previous"


def roll(day: date, how: str, codes: Sequence[str] = DEFAULT) -> Landing:
    """`day`, or the working day it moves to.

    `next` is PRC Civil Code Art. 203: where the last day is a statutory holiday, the day after the holiday is the last
    day. `previous` keeps a duty that has to be done before an event on the safe side. `none` leaves windows of rights as
    they are. A working day stays. Provisional where the holidays of its year are not published yet. Raises
    OffTheCalendar.
    """
    if how == NONE:
        return Landing(day)
    provisional = is_provisional(day, codes)
    if is_working_day(day, codes):
        return Landing(day, provisional=provisional)
    moved = add_working_days(day, 1 if how == NEXT else -1, codes)
    return Landing(moved.date, provisional=provisional or moved.provisional)
