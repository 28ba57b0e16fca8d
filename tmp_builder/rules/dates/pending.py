"""TIM-05 and TIM-06: windows whose anchor is not known, and dates that hang on an Effective Date not yet reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tmp_builder.deadlines import Deadline
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.dates.places import address_of, clause_of
from tmp_builder.rules.facts.milestones import effective_day, review_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, listed

RETENTION = ("D39", "D40", "D42")
MEMBERSHIP = ("D45", "D46")
SPECIAL = {"D09": "classified_on", "D50": "cooperation_end"}
"""Windows that run from a day which SEC-03 or DAT-05 asks for, with its column."""

BY_ITEM = ("D39", "D40")
"""Windows whose missing anchor is the business of EQP-01 unless the item says that it is pending."""


@rule("TIM-05", Severity.ERROR, Force.CONTRACT, "domain catalogue §8.1(9)")
def windows_have_an_anchor(case: Case) -> Iterator[Hit]:
    """Every relative window has an event from which it runs; while the event is still to come the window is shown as a
    formula.

    Why: “twelve months after acceptance” has no end if nobody records the acceptance, or if there is nothing to accept.
    Bad: equipment that returns after the close of a project it does not name; a term that follows an instrument without
    an end. Good: an anchor with its date, or `retention_anchor: pending`.
    Decision: an event that can still happen to the item named is a warning with the formulas, one a row. It
    is an error where no event can come: the row names no project of the plan, or the legal basis that the term follows has
    no end. Retention of an item without an anchor date that is not marked pending is EQP-01. A value that is not filled
    in, and a register of awards of which the plan says nothing, are gaps (STR-05); a conditional Effective Date is TIM-06.
    A day that SEC-03 or DAT-05 asks for is asked for there; a project that is not in the plan is STR-06.
    """
    items = {row.id: row for row in case.plan.rows("equipment")}
    waiting: dict[tuple[str, bool, str], list[Deadline]] = {}
    for deadline in case.deadlines:
        item = items.get(deadline.object)
        if _waits(deadline) and not _left_to_equipment(deadline, item):
            waiting.setdefault((deadline.object, _lost(deadline, item), _asked_for(case, deadline)), []).append(deadline)
    for (ident, lost, cell), windows in waiting.items():
        yield _pending(case, ident, windows, lost=lost, cell=cell)
    yield from _endless_term(case)


def _waits(deadline: Deadline) -> bool:
    """Whether a period of one object runs from an event without a date; its length is known, and it is not done with."""
    known = deadline.date is not None or deadline.open or deadline.general or deadline.met_on
    return bool(deadline.object) and not known and any(mark in deadline.formula["en"] for mark in (" + ", " − "))


def _left_to_equipment(deadline: Deadline, item: RegisterRow | None) -> bool:
    return bool(item and deadline.code in BY_ITEM and not deadline.part and item.cells.get("retention_anchor") != "pending")


def _lost(deadline: Deadline, item: RegisterRow | None) -> bool:
    """Whether a window of an item runs from the close of a project that its row does not name."""
    return item is not None and "the close of" in deadline.pending.get("en", "") and not item.cells.get("project_id")


def _asked_for(case: Case, deadline: Deadline) -> str:
    """The cell whose day a special rule asks for, as a cause; empty where none does."""
    column = SPECIAL.get(deadline.code)
    return f"cell:{address_of(case.plan, deadline)}.{column}" if column else ""


def _pending(case: Case, ident: str, windows: list[Deadline], *, lost: bool, cell: str) -> Hit:
    comma = {"en": ", ", "zh": "，"}
    said = listed(
        {lang: f"{each.code} {each.label[lang]}{between}{each.pending[lang]}" for lang, between in comma.items()}
        for each in windows
    )
    why = (
        {"en": "the row names no Project of this plan", "zh": "该行未列明本计划中的项目"}
        if lost
        else {"en": "what they run from is not recorded yet", "zh": "有关起算事件尚未记载"}
    )
    address = address_of(case.plan, windows[0])
    return Hit(
        f"{ident}: no date yet for {said['en']}; {why['en']}",
        f"{ident}：尚无日期：{said['zh']}；{why['zh']}",
        f"{address}.project_id" if lost else address,
        clause_of(windows[0]),
        fix=fix("Enter project_id.", "填写project_id。")
        if lost
        else fix("Enter the event with its date as soon as it is known.", "有关事件一经确定，即登记其日期。"),
        severity=Severity.ERROR if lost else Severity.WARNING,
        follows=(cell,) if cell else (),
    )


def _endless_term(case: Case) -> Iterator[Hit]:
    """A term that follows a legal basis without an end."""
    found = next((each for each in case.deadlines if each.code == "D02" and not each.object), None)
    if case.plan.unlisted("awards") and case.value("basis.protocol.instruments") is None:
        return
    if found and found.date is None and not found.open and found.source == "term.follow-basis":
        yield Hit(
            f"the end of this Plan is {found.pending['en']}, and the legal basis names no end",
            f"本计划的终止日为{found.pending['zh']}，而法律基础未载明终止日",
            "choices.term",
            "term.follow-basis",
            fix=fix(
                "Enter the end of every instrument or award, or choose term.fixed.",
                "填写各依据文件或者资助协议的终止日，或者改选term.fixed。",
            ),
        )


@rule("TIM-06", Severity.WARNING, Force.CONTRACT, "SEED2; domain catalogue §8.2, D01")
def nothing_runs_before_effect(case: Case) -> Iterator[Hit]:
    """Dates of membership and retention do not hang on a conditional Effective Date that has not come.

    Why: a member counted from a day on which the plan did not bind anyone has neither rights nor duties; a retention window
    without a plan in force binds no maker.
    Bad: members that joined on 1 October under a plan that waits for the last signature. Good: enter each condition
    met as an event; the dates stand once all are met.
    Decision: one finding for the plan, since there is one cause, naming the dates. It is silent once every condition is
    met and the day has come on the day of review.
    """
    if not case.plan.conditional:
        return
    effective, today = effective_day(case.plan), review_day(case.plan)
    if effective and (today is None or effective <= today):
        return
    hanging = [*_joined(case), *_running(case)]
    if hanging:
        said = listed(hanging)
        count, hang = ("1 date", "hangs") if len(hanging) == 1 else (f"{len(hanging)} dates", "hang")
        how = day(effective) if effective else {"en": "a day not known yet", "zh": "尚不确定之日"}
        yield Hit(
            f"the plan takes effect on {how['en']}, and {count} of membership or retention {hang} on it: {said['en']}",
            f"本计划于{how['zh']}生效，有{len(hanging)}个成员资格或者保留期日期取决于此：{said['zh']}",
            "effective-date",
            "term.conditional" if case.plan.has("term.conditional") else "",
            fix=fix(
                "Enter each condition that is met as an event (condition_met), or fix the Effective Date.",
                "将已成就的条件逐一登记为事件（condition_met），或者确定生效日。",
            ),
        )


def _joined(case: Case) -> Iterable[Labels]:
    for member in case.plan.members:
        when = member.cells.get("joined_on")
        if isinstance(when, date):
            said = day(when)
            yield {"en": f"{member.id} joined {said['en']}", "zh": f"{member.id}于{said['zh']}加入"}


def _running(case: Case) -> Iterable[Labels]:
    for deadline in case.deadlines:
        if deadline.code in (*RETENTION, *MEMBERSHIP) and deadline.object and deadline.date:
            said = day(deadline.date)
            yield {
                "en": f"{deadline.code} of {deadline.object}, {said['en']}",
                "zh": f"{deadline.object}的{deadline.code}（{said['zh']}）",
            }
