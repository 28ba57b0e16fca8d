"""Working days: those on which every named calendar works, with China's made-up days and what is not published yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder import kept
from tmp_builder.calendar.months import ONE_DAY, Landing, OffTheCalendar

if TYPE_CHECKING:
    from holidays import HolidayBase

DEFAULT = ("CN", "US")
"""The calendars of a plan that names none: a working day is one in both countries."""

_OPEN, _SHUT = "o", "x"

NEVER = 0
"""The last year of published holidays where the data know no calendar at all."""


def is_working_day(day: date, codes: Sequence[str] = DEFAULT) -> bool:
    """Whether every named calendar works on `day`.

    A weekend day that an authority has ordered to be worked counts only where all calendars show it so. A place without a
    calendar in the data rests on Saturday and Sunday.
    """
    return not any(_closed(code, day) for code in codes)


def closed_in(day: date, codes: Sequence[str] = DEFAULT) -> tuple[str, ...]:
    """The calendars that do not work on `day`."""
    return tuple(code for code in codes if _closed(code, day))


def is_provisional(day: date, codes: Sequence[str] = DEFAULT) -> bool:
    """Whether a calendar's holidays for the year of `day` are still to be published.

    China's State Council orders holidays and made-up working days by a notice late in the year before; Taiwan does
    likewise. Other calendars follow from statute (US federal holidays: 5 USC 6103).
    """
    return any((last := _last_published(code)) is not None and day.year > last for code in codes)


def add_working_days(anchor: date, count: int, codes: Sequence[str] = DEFAULT) -> Landing:
    """The `count`-th working day after `anchor` (before it where negative). The anchor's own day is not counted: Civil
    Code Art. 201.

    Provisional as soon as a day on the way has no published holidays. Raises OffTheCalendar.
    """
    step = ONE_DAY if count > 0 else -ONE_DAY
    day, left, provisional = anchor, abs(count), False
    try:
        while left:
            day += step
            left -= is_working_day(day, codes)
    except OverflowError:
        raise OffTheCalendar(f"{anchor} and {count} working days") from None
    if count:
        provisional = is_provisional(max(anchor, day), codes)
    return Landing(day, provisional=provisional)


def calendar_version(codes: Sequence[str] = DEFAULT) -> str:
    """Which data decide on working days, with the last year published: "holidays 0.109, CN 2026". For a document's recipe."""
    published = [f"{code} {last}" for code in codes if (last := _last_published(code))]
    return ", ".join([f"holidays {_version()}", *published])


@lru_cache(maxsize=1)
def _version() -> str:
    if not kept.in_use():
        from holidays.version import __version__ as version

        return version
    key = _key("version")
    found: str | None = kept.find(key)
    if found is not None:
        return found
    from holidays.version import __version__ as published

    kept.keep(key, published)
    return published


@lru_cache(maxsize=65536)
def _closed(code: str, day: date) -> bool:
    if kept.in_use():
        years = _years(code, day.year // 10 * 10)
        return years[day.year % 10][day.timetuple().tm_yday - 1] == _SHUT
    calendar = _calendar(code, day.year)
    return day.weekday() >= 5 if calendar is None else not calendar.is_working_day(day)


@lru_cache(maxsize=256)
def _years(code: str, first: int) -> tuple[str, ...]:
    """Ten years from `first` on, a letter for each day; kept, since loading the data of all countries takes longer than a check."""
    key = _key("years", code, str(first))
    found: tuple[str, ...] | None = kept.find(key)
    if found is None:
        found = tuple(_year(code, year) for year in range(first, first + 10))
        kept.keep(key, found)
    return found


def _year(code: str, year: int) -> str:
    calendar = _calendar(code, year) if MINYEAR <= year <= MAXYEAR else None
    days = (date.fromordinal(number) for number in _ordinals(year))
    if calendar is None:
        return "".join(_SHUT if day.weekday() >= 5 else _OPEN for day in days)
    return "".join(_OPEN if calendar.is_working_day(day) else _SHUT for day in days)


def _ordinals(year: int) -> range:
    if not MINYEAR <= year <= MAXYEAR:
        return range(0)
    return range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)


@lru_cache(maxsize=1)
def _data() -> str:
    """The state of the data on holidays, told from their version without loading them."""
    spec = find_spec("holidays")
    return kept.program_state(("calendar",), ("holidays",)) + (_version_of(Path(spec.origin)) if spec and spec.origin else "")


def _version_of(package: Path) -> str:
    return (package.parent / "version.py").read_text(encoding="utf-8")


def _key(*parts: str) -> str:
    return kept.key_of("calendar", _data(), *parts)


@lru_cache(maxsize=1024)
def _calendar(code: str, year: int) -> HolidayBase | None:
    import holidays

    try:
        return holidays.country_holidays(code, years=year, expand=False)
    except NotImplementedError:
        return None


@lru_cache(maxsize=256)
def _last_published(code: str) -> int | None:
    """The last year for which holidays are known where an authority publishes them year by year.

    None where statute fixes them.
    """
    if not kept.in_use():
        return _last_in_data(code)
    key = _key("last", code)
    found: tuple[int | None] | None = kept.find(key)
    if found is None:
        found = (_last_in_data(code),)
        kept.keep(key, found)
    return found[0]


def _last_in_data(code: str) -> int | None:
    calendar = _calendar(code, 2024)
    if calendar is None:
        return NEVER
    if not calendar.has_substituted_holidays:
        return None
    orders: dict[int, object] = getattr(calendar, "special_public_holidays", {})
    return max(orders, default=NEVER)
