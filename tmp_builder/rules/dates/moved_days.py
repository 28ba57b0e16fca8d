"""TIM-03 and TIM-04: days that a calendar cut or moved, and survival that ends before the last window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.deadlines import Deadline, Kind
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.dates.places import address_of, clause_of
from tmp_builder.rules.facts.milestones import months_after
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed

SCREENING = "D08"
OF_ITEMS = ("D39", "D40", "D42")
TAIL = "exit.survival.tail_months"
NOT_PUBLISHED = {
    "en": " (provisional: the holidays of that year are not published yet)",
    "zh": "（暂定：该年度节假日安排尚未公布）",
}
LONGEST_TAIL = 1200
"""Months beyond which no tail is proposed."""


@rule("TIM-03", Severity.WARNING, Force.HOUSE, "PRC Civil Code Art. 202, 203 (K); house rule: show both dates")
def moved_days_are_shown(case: Case) -> Iterator[Hit]:
    """A date that was cut to the end of a month, or that meets a day of rest, is shown with both days.

    Why: people count months on their fingers and find another day; a day of rest in one country is a working day in the
    other.
    Bad: “by 31 February”. Good: “28 February 2031 (not the 31st)”; “30 March 2031 is a Sunday: act by 28 March”.
    Decision: reported are computed dates that a calendar changes: every day cut to a month end, every duty moved off a
    day of rest, every right in one item that ends on one, and working days counted in a year for which no holiday notice
    exists yet. Days of rest on which merely the plan, its secrecy or a yearly report falls move nothing and stand in
    `tmp dates`; so do validities of screenings, which PAR-05 reports. What has been done, or falls on one day for several
    items, is not reported twice.
    """
    together: dict[tuple[str, date | None, str, date | None], list[Deadline]] = {}
    for deadline in case.deadlines:
        if deadline.date and not deadline.met_on and deadline.code != SCREENING and _both_days(deadline):
            key = (deadline.code, deadline.date, deadline.clipped, deadline.moved_from)
            together.setdefault(key, []).append(deadline)
    for same in together.values():
        yield _shown(case, same[0], _both_days(same[0]), same)


def _both_days(deadline: Deadline) -> Labels:
    """What the calendar did to a date, in words; empty where nothing is to be said."""
    assert deadline.date is not None
    shown = day(deadline.date)
    if deadline.clipped:
        return {
            "en": f"{deadline.clipped} does not exist, so it is {shown['en']}",
            "zh": f"{deadline.clipped}不存在，故为{shown['zh']}",
        }
    if deadline.moved_from:
        rest = deadline.non_working
        early = NOT_PUBLISHED if deadline.provisional else {"en": "", "zh": ""}
        return {"en": f"{rest['en']}, so it is {shown['en']}{early['en']}", "zh": f"{rest['zh']}，故为{shown['zh']}{early['zh']}"}
    if deadline.non_working and deadline.object and deadline.kind is Kind.RIGHT and _is_computed(deadline):
        rest = deadline.non_working
        return {"en": f"{rest['en']}, and it is not moved", "zh": f"{rest['zh']}，但不顺延"}
    if deadline.provisional and "working day" in deadline.formula["en"]:
        return {lang: shown[lang] + NOT_PUBLISHED[lang] for lang in ("en", "zh")}
    return {}


def _is_computed(deadline: Deadline) -> bool:
    return any(mark in deadline.formula["en"] for mark in (" + ", " − "))


def _shown(case: Case, deadline: Deadline, said: Labels, same: list[Deadline]) -> Hit:
    stays = bool(deadline.non_working) and not deadline.clipped and not deadline.moved_from
    objects = ids_listed(dict.fromkeys(each.object for each in same if each.object))
    whose = {
        "en": f" of {objects['en']}" if objects["en"] else "",
        "zh": f"（{objects['zh']}）" if objects["zh"] else "",
    }
    return Hit(
        f"{deadline.code} {deadline.label['en']}{whose['en']}: {said['en']}",
        f"{deadline.code} {deadline.label['zh']}{whose['zh']}：{said['zh']}",
        address_of(case.plan, deadline),
        clause_of(deadline),
        fix=fix(
            "Do what the period asks for by the last working day before that day.",
            "期间内应办理的事项，最迟在该日之前的最后一个工作日办理。",
        )
        if stays
        else fix("Act by the earlier of the two days.", "以两个日期中较早者为准行事。"),
    )


@rule("TIM-04", Severity.ERROR, Force.CONTRACT, "USNL Annex I II.E; DESCA 3.3")
def survival_covers_the_windows(case: Case) -> Iterator[Hit]:
    """The clauses that survive last at least as long as the latest contractual window.

    Why: a retention window that outlives the clause behind it is a promise nobody can enforce.
    Bad: `tail_months: 12` while an item is kept from the market for 24 months after the end. Good: a tail that reaches
    the last window (D53).
    Decision: compared are the two days of D53, promised and needed. Statutory dates and secrecy without an end do not
    count. While the end of the plan is not known nothing is compared. Where the latest window is that of an item of
    equipment, EQP-03 alone reports it, with the item: one cause, one finding.
    """
    promised, needed = (
        next((each for each in case.deadlines if each.key == f"D53:{part}"), None) for part in ("promised", "needed")
    )
    if not promised or not needed or not promised.date or not needed.date or promised.date >= needed.date:
        return
    have, want, months = day(promised.date), day(needed.date), _tail_needed(case, needed.date)
    more = {"en": f" ({months} months)" if months else "", "zh": f"（{months}个月）" if months else ""}
    anchor = needed.pending or needed.rule
    yield Hit(
        f"survival ends on {have['en']}, before {_window(anchor)['en']} on {want['en']}",
        f"存续期于{have['zh']}届满，早于{_window(anchor)['zh']}（{want['zh']}）",
        f"parameters.{TAIL}",
        "exit.survival",
        fix=fix(
            f"Set {TAIL} so that it reaches {want['en']}{more['en']}, or shorten the window.",
            f"将{TAIL}延长至{want['zh']}{more['zh']}，或者缩短该期间。",
        ),
        follows=_latest(case, needed.date),
    )


def _latest(case: Case, needed: date) -> tuple[str, ...]:
    """The windows that end on the latest day, as causes: EQP-03 names those of equipment with their item."""
    return tuple(f"window:{each.key}" for each in case.deadlines if each.date == needed and each.code in OF_ITEMS)


def _window(said: Labels) -> Labels:
    return {"en": said["en"].removeprefix("until "), "zh": said["zh"].removeprefix("至")}


def _tail_needed(case: Case, needed: date) -> int | None:
    """The fewest months after the end of the plan that reach a day; None beyond any reasonable tail."""
    end = next((each.date for each in case.deadlines if each.code == "D02" and not each.object), None)
    if end is None:
        return None
    reached = (months_after(case.plan, end, count) or date.min for count in range(LONGEST_TAIL))
    return next((count for count, last in enumerate(reached) if last >= needed), None)
