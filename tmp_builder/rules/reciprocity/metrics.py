"""REC-01 to REC-03: metrics of reciprocity, shortfalls, unequal targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.milestones import review_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed, listed, quoted

HARD = "reciprocity.metrics-hard"
MEASURED = (HARD, "reciprocity.metrics-soft", "data.reciprocal")
"""The options that say nothing without a metric."""

NEEDED = ("unit", "side_a_target", "side_b_target", "period", "evidence")
"""What makes a metric measurable."""

SIDES = ("a", "b")
UNEQUAL = Decimal(25)
"""Percent by which targets may differ without a reason."""


@rule("REC-01", Severity.ERROR, Force.CONTRACT, "SEED2: reciprocity pillar")
def metrics_are_measurable(case: Case) -> Iterator[Hit]:
    """Every metric has a unit, a target for each Side, a period and the evidence; whoever promises metrics has at least
    one.

    Why: “no reciprocity, no cooperation” can only be applied to a number that both Sides read in the same way.
    Bad: `metrics-hard` with an empty register; a target for one Side only. Good: “person-days, 240 and 240, calendar
    year, signed station logs”.
    Decision: a target of zero is a target. An incomplete row is reported whichever option is chosen; an empty register
    only where an option rests on it; one of which the plan says nothing yet is a gap (STR-05).
    """
    resting = [option for option in MEASURED if case.plan.has(option)]
    if resting and not case.plan.rows("metrics") and not case.plan.unlisted("metrics"):
        labels = quoted(case.library.options[option].label for option in resting)
        yield Hit(
            f"{labels['en']} ({', '.join(resting)}) rests on metrics, and the plan has none",
            f"{labels['zh']}（{'、'.join(resting)}）以指标为基础，而本计划没有任何指标",
            "registers.metrics",
            resting[0],
            fix=fix("Add registers.metrics: with at least one metric.", "增加registers.metrics:，至少列一项指标。"),
            cause="need:metrics",
        )
    for row in case.plan.rows("metrics"):
        missing = [name for name in NEEDED if row.cells.get(name) in (None, "", {})]
        if missing:
            yield incomplete(case, row, "metrics", missing, resting[0] if resting else "")


def incomplete(case: Case, row: RegisterRow, register: str, missing: list[str], option: str) -> Hit:
    """The hit of a row that lacks some of its columns."""
    labels = listed(_label(case, register, name) for name in missing)
    return Hit(
        f"{row.id} lacks: {labels['en']}",
        f"{row.id}缺少：{labels['zh']}",
        f"{row.address}.{missing[0]}",
        option,
        fix=fix(f"Fill in {', '.join(missing)}.", f"填写{'、'.join(missing)}。"),
    )


def _label(case: Case, register: str, name: str) -> Labels:
    column = case.library.schedules[register].column(name)
    return column.label if column else {"en": name, "zh": name}


@rule("REC-02", Severity.ERROR, Force.CONTRACT, "SEED2: no reciprocity, no cooperation")
def shortfalls_are_cured(case: Case) -> Iterator[Hit]:
    """Under the hard form a measured value stays within the tolerance of its target, or is cured in time.

    Why: the sanction agreed (no new Projects, suspension, termination) follows by itself when the time to cure has
    passed; whoever goes on acts against the plan.
    Bad: 200 of 240 person-days with 10 percent tolerance, cure until 1 June, today 2 June. Good: 216 of 240; or the
    shortfall marked `status: cured`.
    Decision: a shortfall is a value below the target less the tolerance of the row, else of the clause; exactly on it
    is none. The time to cure ends on `cure_until`, else the agreed days after `notice_on` (or after receipt of the
    notice entered in the events for this metric). Up to and on that day, and while no notice has been given or the day
    of review is not known, the finding is a warning. The day of review is the later of `dated` and `signed-on`.
    """
    if not case.plan.has(HARD):
        return
    for row in case.plan.rows("metrics"):
        short = [side for side in SIDES if _short(case, row, side)]
        if short and row.cells.get("status") not in ("met", "cured"):
            yield _shortfall(case, row, short)


def _tolerance(case: Case, row: RegisterRow) -> Decimal | None:
    own = row.cells.get("tolerance_pct")
    value = case.value(f"{HARD}.tolerance") if own is None else own
    return None if value is None else Decimal(value)


def _short(case: Case, row: RegisterRow, side: str) -> bool:
    target, measured, tolerance = row.cells.get(f"side_{side}_target"), row.cells.get(f"measured_{side}"), _tolerance(case, row)
    return (
        target is not None
        and measured is not None
        and tolerance is not None
        and Decimal(measured) * 100 < Decimal(target) * (100 - tolerance)
    )


def _shortfall(case: Case, row: RegisterRow, short: list[str]) -> Hit:
    until, today = _cure_end(case, row), review_day(case.plan)
    late = bool(until and today and today > until)
    tolerance = _number(_tolerance(case, row) or Decimal(0))
    parts = [
        (_side(case.plan, side), _number(row.cells[f"measured_{side}"]), _number(row.cells[f"side_{side}_target"]))
        for side in short
    ]
    said = {
        "en": "; ".join(f"{who['en']}: {have} of {wanted}" for who, have, wanted in parts),
        "zh": "；".join(f"{who['zh']}：{wanted}中的{have}" for who, have, wanted in parts),
    }
    then = _consequence(case, until) if late and until else _time_left(until)
    return Hit(
        f"{row.id} falls short by more than {tolerance} percent ({said['en']}); {then['en']}",
        f"{row.id}的差额超出{tolerance}%的容差（{said['zh']}）；{then['zh']}",
        f"{row.address}.measured_{short[0]}",
        HARD,
        fix=fix(
            "Cure the shortfall and record it (status: cured), or apply the consequence agreed.",
            "补足差额并予以记载（status: cured），或者适用约定的后果。",
        ),
        severity=None if late else Severity.WARNING,
    )


def _time_left(until: date | None) -> Labels:
    if until is None:
        return {"en": "no notice of it is recorded, so the time to cure has not begun", "zh": "未记载有关通知，补救期尚未起算"}
    last = day(until)
    return {"en": f"it can be cured until {last['en']}", "zh": f"可在{last['zh']}前（含当日）补救"}


def _cure_end(case: Case, row: RegisterRow) -> date | None:
    """The last day to cure a shortfall, or None before any notice."""
    entered, days = row.cells.get("cure_until"), case.value(f"{HARD}.cure_days")
    if isinstance(entered, date):
        return entered
    notices = [row.cells.get("notice_on")] + [
        event.cells.get("received_on") or event.cells.get("date")
        for event in case.plan.rows("events")
        if event.cells.get("kind") == "notice_reciprocity" and event.cells.get("object") == row.id
    ]
    given = next((when for when in notices if isinstance(when, date)), None)
    return given + timedelta(days=days) if given and isinstance(days, int) else None


def _consequence(case: Case, until: date) -> Labels:
    """What the plan says happens after the time to cure, and which projects it meets."""
    last, effect = day(until), case.value(f"{HARD}.effect")
    after = {"en": f"the time to cure ended on {last['en']}", "zh": f"补救期已于{last['zh']}届满"}
    if effect == "terminate":
        return {"en": f"{after['en']}: the other Side may terminate", "zh": f"{after['zh']}，另一国别方有权终止"}
    if effect == "suspend_project":
        met = ids_listed(project.id for project in case.plan.projects if _runs(project))
        return {
            "en": f"{after['en']}: the Projects concerned are suspended" + (f" ({met['en']})" if met["en"] else ""),
            "zh": f"{after['zh']}，有关项目暂停" + (f"（{met['zh']}）" if met["zh"] else ""),
        }
    fresh = ids_listed(each.id for each in case.plan.projects if each.start and each.start > until)
    return {
        "en": f"{after['en']}: no new Project may start" + (f", so not {fresh['en']}" if fresh["en"] else ""),
        "zh": f"{after['zh']}，不得启动新项目" + (f"（包括{fresh['zh']}）" if fresh["zh"] else ""),
    }


def _runs(project: Project) -> bool:
    return not project.cells.get("closed_on")


def _side(plan: Plan, side: str) -> Labels:
    """The name of the first or second side, as the register calls them."""
    position = SIDES.index(side)
    if position < len(plan.sides):
        named = plan.sides[position]
        return {language: named.name.get(language) or named.id for language in ("en", "zh")}
    return ({"en": "the first Side", "zh": "第一国别方"}, {"en": "the second Side", "zh": "第二国别方"})[position]


def _number(value: Decimal) -> str:
    """A number without idle zeros."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("REC-03", Severity.WARNING, Force.HOUSE, "SEED2: reciprocity pillar")
def unequal_targets_have_a_reason(case: Case) -> Iterator[Hit]:
    """Where the targets of the Sides differ by more than 25 percent, the register says why.

    Why: unequal targets may be fair, but whoever reviews the programme will ask, and the answer has to be in the file.
    Bad: 100 and 126 without `reason`. Good: 100 and 125; or 100 and 200 with “the second Side has twice the stations”.
    Decision: the difference is measured against the lower target, which is the stricter reading; against zero any
    difference is more than 25 percent.
    """
    for row in case.plan.rows("metrics"):
        one, two = row.cells.get("side_a_target"), row.cells.get("side_b_target")
        if one is None or two is None or row.cells.get("reason"):
            continue
        low, high = sorted((Decimal(one), Decimal(two)))
        if (high - low) * 100 > low * UNEQUAL:
            apart = f"{_number(((high - low) * 100 / low).quantize(Decimal('0.1')))}" if low else ""
            more = {"en": f", {apart} percent apart" if apart else "", "zh": f"，相差{apart}%" if apart else ""}
            yield Hit(
                f"{row.id} has the targets {_number(one)} and {_number(two)}{more['en']}; more than 25 percent without a reason",
                f"{row.id}的目标值为{_number(one)}和{_number(two)}{more['zh']}，差异超过25%且未说明理由",
                f"{row.address}.reason",
                next((option for option in MEASURED if case.plan.has(option)), ""),
                fix=fix("Say in reason: why the Sides differ, or align the targets.", "在reason:中说明理由，或者统一目标值。"),
            )
