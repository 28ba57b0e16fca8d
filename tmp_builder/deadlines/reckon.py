"""From a window to a deadline: the period counted, month ends and days of rest looked at, the working written down."""

from __future__ import annotations

from datetime import date

from tmp_builder.calendar import DAY_BEFORE, Counting, Landing, OffTheCalendar, closed_in, roll, send_by, shift
from tmp_builder.calendar.roll import NEXT, NONE, PREVIOUS
from tmp_builder.deadlines import words
from tmp_builder.deadlines.schema import Deadline, Kind
from tmp_builder.deadlines.view import View
from tmp_builder.deadlines.windows import Anchor, Mode, Window, joined, says
from tmp_builder.library.schema import Labels

BEYOND = says("The day lies beyond the calendar.", "该日超出历法范围。")


def reckon(view: View, code: str, label: Labels, window: Window) -> Deadline:
    """The deadline of a window; without a date where the anchor or the length is not known yet."""
    found = _land(view, window)
    if found is None:
        return _deadline(view, code, label, window, None)
    return _deadline(view, code, label, window, found)


def reach(view: View, window: Window) -> Anchor:
    """The date of a window as the anchor of the next one in a chain, in the words of the first.

    The printed date counts: domain §8.1(11).
    """
    found = _land(view, window)
    if found is None:
        return Anchor(words.pending(window), assumed=True)
    return Anchor(words.pending(window), found.day, assumed=True, provisional=found.provisional)


class _Found:
    """A window counted: where it landed, where it was moved, which cap cut it off."""

    __slots__ = ("cap", "codes", "day", "landing", "moved_from", "provisional")

    def __init__(self, landing: Landing, day: Landing, cap: Anchor | None, codes: tuple[str, ...], provisional: bool) -> None:
        self.landing = landing
        self.cap = cap
        self.codes = codes
        self.day = cap.date if cap and cap.date else day.date
        self.moved_from = landing.date if not cap and day.date != landing.date else None
        self.provisional = landing.provisional or day.provisional or provisional


def _land(view: View, window: Window) -> _Found | None:
    if window.anchor.date is None or window.count is None:
        return None
    counting = counting_of(view, window)
    try:
        landing = shift(window.anchor.date, window.count, window.unit, counting)
        moved = roll(landing.date, roll_of(view, window), counting.codes)
    except OffTheCalendar:
        return None
    caps = [cap for cap in window.caps if cap.date and cap.date < moved.date]
    cap = min(caps, key=lambda each: each.date or date.max) if caps else None
    return _Found(landing, moved, cap, counting.codes, window.anchor.provisional or any(each.provisional for each in caps))


def counting_of(view: View, window: Window) -> Counting:
    """How a window is counted: as the plan says, or as the statute does (corresponding day; PRC Civil Code Art. 202)."""
    if window.kind is Kind.STATUTORY:
        return Counting(codes=window.calendars or view.counting.codes)
    return view.counting if not window.calendars else Counting(view.counting.day_rule, view.counting.sticky, window.calendars)


def roll_of(view: View, window: Window) -> str:
    """Where a day of rest moves the end: domain §8.1(7).

    Windows of rights follow the plan's setting. Duties move to the next working day, or to the one before where they have
    to be done before an event. Statutory periods move only where their own law says so (`roll` on the window). A fixed
    day never moves.
    """
    if window.roll or window.count == 0 or window.unit == "working-days":
        return window.roll or NONE
    if window.kind is Kind.DUTY:
        return NEXT if window.count is not None and window.count > 0 else PREVIOUS
    return view.plan.dates.roll if window.kind is Kind.RIGHT else NONE


def _deadline(view: View, code: str, label: Labels, window: Window, found: _Found | None) -> Deadline:
    """The deadline written down; what depends on a date is left out where there is none."""
    day = found.day if found else None
    beyond = found is None and window.anchor.date is not None and window.count is not None
    return Deadline(
        code=code,
        label=window.label or label,
        kind=window.kind,
        rule=words.rule(window),
        formula=words.formula(window),
        working=_working(view, window, found) if found else {},
        date=day,
        source=window.source,
        object=window.object,
        part=window.part,
        general=window.general,
        open=window.count is None,
        who=window.who,
        basis=window.basis,
        pending={} if found else words.pending(window),
        provisional=bool(found and found.provisional),
        assumed=bool(found and (window.anchor.assumed or (found.cap and found.cap.assumed))),
        clipped=found.landing.wanted if found and not found.cap else "",
        moved_from=found.moved_from if found else None,
        non_working=_rest(view, found) if found else {},
        latest_send=_send(view, window, day) if day else None,
        safe=_safe(window, day) if day else None,
        met_on=window.met_on if isinstance(window.met_on, date) else None,
        note=joined(window.note, BEYOND if beyond else {}),
        passed=bool(day and view.as_of and day < view.as_of),
    )


def _working(view: View, window: Window, found: _Found) -> Labels:
    before = counting_of(view, window).day_rule == DAY_BEFORE
    return words.working(window, found.landing.date, found.landing.wanted, _moved(found), found.cap, day_before=before)


def _moved(found: _Found) -> date | None:
    return found.day if found.moved_from else None


def _rest(view: View, found: _Found) -> Labels:
    """Whose day of rest it is: the day that was moved, or the last day itself."""
    shown = found.moved_from or found.day
    return words.non_working(shown, closed_in(shown, found.codes), view.library)


def _send(view: View, window: Window, day: date) -> date | None:
    """The latest day to send a notice that has to be received some time before an event: domain §8.1(8).

    The time on the way is what the plan says of couriered notices (`language.notices.deemed_days`).
    """
    if window.count is None or window.count >= 0 or window.direction is not Mode.BY:
        return None
    try:
        return send_by(day, view.value("language.notices.deemed_days") or 0, view.counting)
    except OffTheCalendar:
        return None


def _safe(window: Window, day: date) -> date | None:
    if not window.safe_days:
        return None
    try:
        return shift(day, -window.safe_days, "days", Counting()).date
    except OffTheCalendar:
        return None
