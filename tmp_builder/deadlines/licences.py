"""D36 and D37: the end of an exclusive licence, and its milestone."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.deadlines.anchors import PLAN_END, end
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.reckon import reach
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import LICENSEE
from tmp_builder.deadlines.windows import Anchor, Event, Window, says
from tmp_builder.deadlines.words import period

GRANTED = Event("the grant {}", "授权{}", ("of the licence", "许可"))
ENTERED = Event("the last day entered for {}", "{}登记的截止日")
EXCLUSIVE = ("exclusive", "sole")
FIELD = "third-party-licences.exclusive-field"


def _last_allowed(view: View) -> tuple[Anchor, ...]:
    """The end of the plan and the months beyond it which no grant passes."""
    months = view.value(f"{FIELD}.max_after_end_months")
    return () if months is None else (last_allowed(view, months),)


def last_allowed(view: View, months: int) -> Anchor:
    """The last day of exclusivity that is allowed: so many months after the end of the plan (D02), as D36 and LIC-01 count it."""
    last = reach(view, Window(end(view), months, "months", Kind.RIGHT, FIELD))
    length = period(months, "months")
    words = says(f"{length['en']} after {PLAN_END['en']}", f"{PLAN_END['zh']}后{length['zh']}")
    formula = end(view).sign
    return Anchor(words, last.date, f"{formula} + {months} mo" if formula else "", provisional=last.provisional)


@deadline(
    "D36",
    "End of an exclusive licence",
    "独占或者排他实施许可届满",
    "许可之日加独占或者排他的月数，不晚于为该许可登记的最后一日，也不晚于本计划终止后约定的月数届满之日。",
)
def exclusivity_end(view: View) -> Iterator[Window]:
    """The grant and the months of exclusivity, not after the last day entered for it nor after the months beyond the end
    of the plan.
    """
    chosen = view.has(FIELD)
    months = view.value(f"{FIELD}.exclusive_months")
    limits = _last_allowed(view) if chosen else ()
    window = Window(GRANTED.general, months, "months", Kind.RIGHT, FIELD, (LICENSEE,), general=True, caps=limits)
    if chosen:
        yield window
    for row in view.rows("grants"):
        if row.cells.get("kind") in EXCLUSIVE:
            stated = ENTERED.on(row.cells.get("end"), row.id)
            who = listed(row.cells.get("licensee"))
            if chosen:
                caps = (*limits, stated) if stated.date else limits
                yield window.of(GRANTED.on(row.cells.get("granted_on"), row.id), row.id, who, caps=caps)
            elif stated.date:
                yield window.of(stated, row.id, who, count=0, caps=(), source="schedule:grants")


@deadline(
    "D37",
    "Milestone of an exclusive licence",
    "独占许可里程碑",
    "许可之日加被许可人须开始使用的月数。",
)
def milestone(view: View) -> Iterator[Window]:
    """The grant and the months by which its holder must use it."""
    option = "third-party-licences.use-it-or-lose-it"
    if not view.has(option):
        return
    months = view.value(f"{option}.milestone_months")
    window = Window(GRANTED.general, months, "months", Kind.DUTY, option, (LICENSEE,), general=True)
    yield window
    for row in view.rows("grants"):
        if row.cells.get("kind") in EXCLUSIVE:
            yield window.of(GRANTED.on(row.cells.get("granted_on"), row.id), row.id, listed(row.cells.get("licensee")))
