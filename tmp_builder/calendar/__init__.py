"""Calendar arithmetic: month ends, working days, days that move, offsets. It knows dates and nothing else."""

from tmp_builder.calendar.months import CORRESPONDING, DAY_BEFORE, Landing, OffTheCalendar, add_months, add_years
from tmp_builder.calendar.offsets import Counting, add_days, send_by, shift
from tmp_builder.calendar.roll import roll
from tmp_builder.calendar.working import DEFAULT, add_working_days, calendar_version, closed_in, is_provisional, is_working_day

__all__ = [
    "CORRESPONDING",
    "DAY_BEFORE",
    "DEFAULT",
    "Counting",
    "Landing",
    "OffTheCalendar",
    "add_days",
    "add_months",
    "add_working_days",
    "add_years",
    "calendar_version",
    "closed_in",
    "is_provisional",
    "is_working_day",
    "roll",
    "send_by",
    "shift",
]
