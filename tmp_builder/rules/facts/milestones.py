"""The days on which a plan turns: signature, effect, end of a fixed term, end of its last project."""

from __future__ import annotations

from datetime import date

from tmp_builder.calendar.months import OffTheCalendar, add_months
from tmp_builder.plan.schema import Plan, Project


def signature_day(plan: Plan) -> date | None:
    """The day as of which rules look: the last signature, else the date of the document; None while neither is known."""
    return plan.signed_on or plan.dated


def review_day(plan: Plan) -> date | None:
    """The day as of which what has happened since is looked at: the later of the document's date and the last signature."""
    return max((when for when in (plan.signed_on, plan.dated) if when), default=None)


def effective_day(plan: Plan) -> date | None:
    """The Effective Date (D01): the fixed day, or the day of the last condition once every condition is met; else None.

    An event names its condition in `object`, or counts for any; `signed-on` meets the condition of the last signature.
    """
    if not plan.conditional:
        return plan.effective_date
    wanted = plan.values.get("term.conditional.conditions") or ()
    events = [row for row in plan.rows("events") if row.cells.get("kind") == "condition_met"]
    met = {str(row.cells.get("object") or row.id): row.cells.get("date") for row in events}
    if "last_signature" in wanted:
        met.setdefault("last_signature", plan.signed_on)
    days = [when for when in met.values() if isinstance(when, date)]
    return max(days) if days and len(days) >= len(wanted) else None


def months_after(plan: Plan, anchor: date, months: int) -> date | None:
    """The end of a period of months under the plan's own day rule; None beyond the calendar."""
    try:
        return add_months(anchor, months, day_rule=plan.dates.day_rule, sticky=plan.dates.eom_sticky).date
    except OffTheCalendar:
        return None


def fixed_term_end(plan: Plan) -> date | None:
    """The end of a fixed term as agreed: the Effective Date and the months of `term.fixed`; None where either is not known.

    The end of the plan (D02) is another day where a term follows its legal basis, or ends with it.
    """
    months = plan.values.get("term.fixed.term_months") if plan.has("term.fixed") else None
    begin = effective_day(plan)
    return months_after(plan, begin, months) if begin and months is not None else None


def last_project(plan: Plan) -> Project | None:
    """The project that ends last, among those whose end is known."""
    known = [project for project in plan.projects if project.end]
    return max(known, key=lambda project: (project.end or date.min, project.id)) if known else None
