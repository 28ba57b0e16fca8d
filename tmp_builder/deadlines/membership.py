"""D45 to D47: leaving, joining, and the time to cure a breach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.calendar.roll import NONE
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import ALL, IN_BREACH, JOINER, LEAVER
from tmp_builder.deadlines.windows import Anchor, Event, Mode, Window, says
from tmp_builder.plan.schema import RegisterRow

LEAVING = Event("the notice of leaving of {}", "{}退出通知", ("a Member", "成员单位"))
ENDING = Event("receipt of the notice of ending by the last Member", "最后一家成员单位收到终止通知")
SIGNED = Event("the last signature on the Accession Form of {}", "{}加入书的最后签署", ("the Joiner", "新加入成员"))
QUARTER = Event(
    "the first day of the quarter after the Accession Form of {}", "{}签署加入书后下一季度首日", ("the Joiner", "新加入成员")
)
FORM = Event("the day stated in the Accession Form of {}", "{}加入书载明之日", ("the Joiner", "新加入成员"))


@deadline(
    "D45",
    "Exit takes effect",
    "退出生效",
    "退出的成员单位发出通知之日加约定月数；并列明经通知终止本计划的日期。",
)
def exit_day(view: View) -> Iterator[Window]:
    """The notice of the leaver and its months; beside it the ending of the plan by notice."""
    if view.has("membership.leave-good"):
        months = view.value("membership.leave-good.notice_months")
        window = Window(
            LEAVING.general, months, "months", Kind.RIGHT, "membership.leave-good", (LEAVER,), Mode.FROM, general=True, roll=NONE
        )
        yield window
        for ident, exit_, row in view.leavers():
            if row is not None and row.cells.get("reason") in (None, "good"):
                note = says(f"The leaving form states {exit_.date}.", f"退出表载明的日期为{exit_.date}。") if exit_.date else {}
                yield window.of(LEAVING.on(row.cells.get("notice_date"), ident), ident, (ident,), note=note)
    if view.has("exit.termination-notice"):
        months = view.value("exit.termination-notice.notice_months")
        label = says("Ending by notice takes effect", "通知终止生效")
        yield Window(
            ENDING.general,
            months,
            "months",
            Kind.RIGHT,
            "exit.termination-notice",
            (ALL,),
            Mode.FROM,
            label,
            part="plan",
            general=True,
            roll=NONE,
        )


@deadline(
    "D46",
    "Rights of a Joiner begin",
    "新加入成员的权利起始",
    "加入书载明的日期；未载明的，依约定为加入书上最后一方签署之日，或者下一季度的第一日。",
)
def joining_day(view: View) -> Iterator[Window]:
    """The day the accession form states; else the last signature on it, or the first day of the next quarter, as agreed."""
    if not view.has("membership.accession"):
        return
    quarterly = view.value("membership.accession.effective") == "next_quarter"
    event = QUARTER if quarterly else SIGNED
    window = Window(event.general, 0, "days", Kind.RIGHT, "membership.accession", (JOINER,), Mode.FROM, general=True, roll=NONE)
    yield window
    leaving = {ident for ident, _, row in view.leavers() if row is not None}
    for row in view.rows("accession"):
        if row.id not in leaving:
            yield window.of(_joined(row, quarterly), row.id, (row.id,))


def _joined(row: RegisterRow, quarterly: bool) -> Anchor:
    stated, signed = row.cells.get("effective_date"), row.cells.get("date_signed")
    if stated:
        return FORM.on(stated, row.id)
    if quarterly:
        return QUARTER.on(next_quarter(signed) if isinstance(signed, date) else None, row.id)
    return SIGNED.on(signed, row.id)


def next_quarter(day: date) -> date | None:
    """The first day of the quarter after that of `day`; None after the last quarter of the year 9999."""
    index = (day.month - 1) // 3 + 1
    year, month = (day.year, index * 3 + 1) if index < 4 else (day.year + 1, 1)
    return date(year, month, 1) if year <= date.max.year else None


_CURES = (
    (
        "exit.termination-breach",
        "breach",
        "notice_breach",
        Event("receipt of the warning {}", "收到警告{}"),
        says("Cure of a breach", "违约补救"),
    ),
    (
        "membership.leave-default",
        "default",
        "notice_breach",
        Event("the notice of default {}", "违约通知{}"),
        says("Cure before default", "认定违约前的补救"),
    ),
    (
        "reciprocity.metrics-hard",
        "reciprocity",
        "notice_reciprocity",
        Event("the notice of shortfall {}", "未达标通知{}"),
        says("Cure of a shortfall in reciprocity", "对等差额的补足"),
    ),
    (
        "export-control.penalties",
        "error",
        "",
        Event("the report of an honest error", "善意差错报告"),
        says("Cure of an honest error", "善意差错的补救"),
    ),
)
"""Option, part, kind of event, event, label."""


@deadline(
    "D47",
    "End of the time to cure",
    "补救期届满",
    "收到通知之日加补救天数；适用于违约、不履行和未达到对等。",
)
def cure_end(view: View) -> Iterator[Window]:
    """Receipt of the notice and the days to cure: of a breach, a default, a shortfall in reciprocity."""
    cured = {
        str(row.cells.get("object")): row.cells.get("date") for row in view.events("breach_cured") if row.cells.get("object")
    }
    for option, part, kind, event, label in _CURES:
        if not view.has(option):
            continue
        days = view.value(f"{option}.cure_days")
        window = Window(event.general, days, "days", Kind.DUTY, option, (IN_BREACH,), label=label, part=part, general=True)
        yield window
        for row in view.events(kind):
            day = row.cells.get("received_on") or row.cells.get("date")
            done = cured.get(row.id) or cured.get(str(row.cells.get("object")))
            yield window.of(event.on(day, row.id), row.id, listed(row.cells.get("members")), met_on=done)
        if part == "reciprocity":
            yield from _metrics(view, window, event)


def _metrics(view: View, window: Window, event: Event) -> Iterator[Window]:
    stated = Event("the day entered for {}", "{}登记的补救截止日")
    for row in view.rows("metrics"):
        day = row.cells.get("notice_on")
        if day:
            until = row.cells.get("cure_until")
            caps = (stated.on(until, row.id),) if until else ()
            yield window.of(event.on(day, row.id), row.id, view.leads, caps=caps)
