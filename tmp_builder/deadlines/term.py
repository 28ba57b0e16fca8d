"""D01 to D04 and D10: effect, end, renewal, legal basis and the rhythm of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from tmp_builder.calendar.roll import NONE
from tmp_builder.deadlines.anchors import BASIS_END, EFFECTIVE_DATE, basis_end, end, start
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.reckon import reach
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View
from tmp_builder.deadlines.who import ALL, AUTHORITY, COMMITTEE
from tmp_builder.deadlines.windows import Anchor, Event, Mode, Window, says
from tmp_builder.library.schema import Labels

MOST_REVIEWS = 120
"""No series is longer: ten years of monthly reviews."""


@deadline(
    "D01",
    "Effective Date",
    "生效日",
    "本计划载明的日期；附条件生效的，为最后一项条件成就之日，并列明附条件生效的最迟日期。",
)
def effective_date(view: View) -> Iterator[Window]:
    """The day the plan states, or, where it is conditional, the day of the last condition.

    With the long stop of a conditional plan.
    """
    source = view.first("term.conditional", "term.fixed", "term.follow-basis")
    if not source:
        return
    if not view.plan.conditional:
        yield Window(
            Anchor(EFFECTIVE_DATE, view.plan.effective_date), 0, "days", Kind.RIGHT, source, (ALL,), Mode.FROM, roll=NONE
        )
        return
    last, note = _last_condition(view)
    words = says("the day on which the last condition is met", "最后一项条件成就之日")
    yield Window(Anchor(words, last), 0, "days", Kind.RIGHT, source, (ALL,), Mode.FROM, roll=NONE, note=note)
    if last is None and view.has("term.conditional"):
        signed = [row.cells.get("date") for row in view.events("signature")]
        latest = max((day for day in (*signed, view.plan.signed_on) if isinstance(day, date)), default=None)
        label = says("Long stop: withdrawal possible", "最长等待期届满（可以退出）")
        days = view.value("term.conditional.long_stop_days")
        event = Event("the most recent signature", "最近一次签署")
        yield Window(event.on(latest), days, "days", Kind.RIGHT, "term.conditional", (ALL,), Mode.FROM, label, part="long-stop")


def _last_condition(view: View) -> tuple[date | None, Labels]:
    """The day of the last condition once all are met, and how many are.

    An event names its condition in `object`; one that names none counts for any. The last signature is also known from
    `signed-on`.
    """
    met: dict[str, date] = {}
    for position, row in enumerate(view.events("condition_met")):
        day = row.cells.get("date")
        if isinstance(day, date):
            met[str(row.cells.get("object") or f"#{position}")] = day
    wanted = view.value("term.conditional.conditions") if view.has("term.conditional") else tuple(met)
    if "last_signature" in (wanted or ()) and view.plan.signed_on:
        met.setdefault("last_signature", view.plan.signed_on)
    if not wanted or not met:
        return None, {}
    named = [each for each in wanted if each in met]
    free = [each for each in met if each not in wanted]
    count = min(len(named) + len(free), len(wanted))
    if count < len(wanted):
        return None, says(f"{count} of {len(wanted)} conditions are met.", f"{len(wanted)}项条件中已成就{count}项。")
    return max(met.values()), {}


@deadline(
    "D02",
    "End of this Plan",
    "本计划终止日",
    "生效日加约定期限；本计划未约定在法律基础到期后继续有效的，不晚于法律基础到期日。依约定也可以为法律基础到期日加其后的延续期。日期规则见domain §8.1(5)。",
)
def plan_end(view: View) -> Iterator[Window]:
    """The Effective Date and the term, not after the legal basis unless the plan outlives it.

    Or the basis and its tail. Day rule: domain §8.1(5).
    """
    if view.has("term.fixed"):
        caps: tuple[Anchor, ...] = ()
        basis = basis_end(view)
        if view.value("term.fixed.continues_after_basis") == "no" and view.has("basis.protocol") and basis.date:
            caps = (basis,)
        months = view.value("term.fixed.term_months")
        yield Window(start(view), months, "months", Kind.RIGHT, "term.fixed", (ALL,), caps=caps)
    elif view.has("term.follow-basis"):
        months = view.value("term.follow-basis.tail_months")
        yield Window(basis_end(view), months, "months", Kind.RIGHT, "term.follow-basis", (ALL,))


@deadline(
    "D03",
    "Position on renewal",
    "续期意见",
    "本计划终止日向前推算通知期；向前推算时同样以当月最后一日为限（domain §8.2）。",
)
def renewal_notice(view: View) -> Iterator[Window]:
    """The end of the plan less the notice period, clipped backwards too: domain §8.2."""
    if view.has("term.renewal"):
        months = view.value("term.renewal.notice_months")
        yield Window(end(view), None if months is None else -months, "months", Kind.DUTY, "term.renewal", (ALL,))


@deadline(
    "D04",
    "Expiry of the legal basis",
    "法律基础到期日",
    "各依据文件载明的日期；期限随资助协议的，为资助协议载明的日期。2024年议定书自2024年8月27日起有效五年。",
)
def basis_expiry(view: View) -> Iterator[Window]:
    """The day each instrument states; with a term that follows Funding Awards, theirs.

    The 2024 protocol runs five years from 2024-08-27.
    """
    rows = view.value("basis.protocol.instruments") if view.has("basis.protocol") else None
    last = end(view)
    for position, row in enumerate(rows or (), 1):
        title = _title(row)
        label = says(f"Expiry: {title['en']}", f"到期：{title['zh']}")
        yield _expiry(row.get("expires"), last, "basis.protocol", label, part=str(position))
    if not rows and view.has("term.follow-basis"):
        for award in view.rows("awards"):
            label = says(f"End of award {award.id}", f"资助协议{award.id}终止")
            yield _expiry(award.cells.get("end"), last, "term.follow-basis", label, object=award.id)


def _title(row: dict[str, Any]) -> Labels:
    title = row.get("title") or ""
    if isinstance(title, str):
        return says(title, title)
    some = next(iter(title.values()), "")
    return says(title.get("en", some), title.get("zh", some))


def _expiry(day: object, last: Anchor, source: str, label: Labels, **more: Any) -> Window:
    known = day if isinstance(day, date) else None
    late = known and last.date and last.date > known
    note = says(f"This Plan ends later, on {last.date}.", f"本计划于{last.date}终止，晚于该日。") if late else {}
    anchor = Anchor(BASIS_END, known)
    return Window(anchor, 0, "days", Kind.STATUTORY, source, (AUTHORITY,), Mode.UNTIL, label, note=note, **more)


_SERIES = (
    ("exit.review-annual", "interval_months", "", says("Annual Review {}", "第{}次年度审查"), ALL),
    ("export-control.annual-review", "interval_months", "security", says("Security review {}", "第{}次安全审查"), COMMITTEE),
    ("reciprocity.metrics-soft", "report_months", "metrics", says("Reciprocity report {}", "第{}次对等报告"), ""),
)
"""What recurs from the Effective Date: option, parameter, part, label, role (the leads where empty)."""


@deadline(
    "D10",
    "Annual Review",
    "年度审查",
    "第n次审查为生效日加n个间隔，不从上一次审查另加一个间隔推算（domain §8.1(3)）；列至本计划终止。",
)
def reviews(view: View) -> Iterator[Window]:
    """Each review n is the Effective Date and n intervals, never the review before and an interval: domain §8.1(3).

    Up to the end of the plan.
    """
    for option, parameter, part, label, role in _SERIES:
        months = view.value(f"{option}.{parameter}")
        if view.has(option) and (months is None or months > 0):
            yield from _series(
                view,
                Window(start(view), months, "months", Kind.DUTY, option, (role,) if role else view.leads, roll=NONE),
                part,
                label,
            )


def _series(view: View, each: Window, part: str, label: Labels) -> Iterator[Window]:
    last = end(view).date
    for number in range(1, MOST_REVIEWS + 1):
        window = replace(
            each,
            count=None if each.count is None else each.count * number,
            part="-".join(filter(None, (part, str(number)))),
            label=says(label["en"].format(number), label["zh"].format(number)),
        )
        day = reach(view, window).date
        if day and last and day > last:
            return
        yield window
        if day is None or last is None:
            return
