"""SEC-07, SEC-08: ratings of benefit and risk, and how often technologies are reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.intervals import months_later
from tmp_builder.rules.facts.tiers import described, running
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day

QUADRANT, REVIEW = "export-control.quadrant", "export-control.annual-review"
INTERVAL = f"{REVIEW}.interval_months"
SMART_OPENNESS = "smart-openness"
LONGEST_MONTHS = 12


@rule("SEC-07", Severity.WARNING, Force.HOUSE, "SEED1 quadrants of benefit and risk")
def high_risk_is_worth_it_and_approved(case: Case) -> Iterator[Hit]:
    """A subject of low benefit and high risk is done at home; one of high benefit and high risk has an extra approval.

    Why: reviewers and funders ask why a risky subject is done together; the answer has to exist before they ask.
    Bad: `quadrant_benefit: low` with `quadrant_risk: high` in a joint project. Good: a domestic project, or a lower risk.
    Decision: a technology is judged by its own two ratings, where both are entered; without any of its own it carries the
    rating of the programme, if that clause is chosen. The approval is on record in `risk_approval_ref`. Closed projects
    do not count, and a technology of low benefit that only one national project uses is at home already.
    """
    own: list[RegisterRow] = []
    borrowed: list[RegisterRow] = []
    closed = {project.id for project in case.plan.projects if not running(case.plan, project)}
    for row in case.plan.rows("technologies"):
        if row.cells.get("project_id") not in closed:
            rated = row.cells.get("quadrant_benefit") or row.cells.get("quadrant_risk")
            (own if rated else borrowed).append(row)
    for row in own:
        rating = (row.cells.get("quadrant_benefit"), row.cells.get("quadrant_risk"))
        yield from _rated(case, rating, described(row), f"{row.address}.quadrant_risk", [row])
    if case.plan.has(QUADRANT) and (borrowed or not own):
        programme = (case.value(f"{QUADRANT}.quadrant_benefit"), case.value(f"{QUADRANT}.quadrant_risk"))
        said = {"en": "the programme", "zh": "本计划整体"}
        yield from _rated(case, programme, said, f"parameters.{QUADRANT}.quadrant_risk", borrowed)


def _rated(case: Case, rating: tuple[object, object], what: Labels, address: str, rows: list[RegisterRow]) -> Iterator[Hit]:
    """What a rating leads to; `rows` are the technologies that carry it."""
    if rating == ("low", "high") and not (rows and all(_at_home(case, row) for row in rows)):
        yield Hit(
            f"{what['en']}: benefit low, risk high; it should be done by each Side at home only",
            f"{what['zh']}：收益低、风险高，建议仅由各国别方在本国开展",
            address,
            QUADRANT,
            fix=fix("Make it a national project, or rate it again with reasons.", "改为本国项目，或者附理由重新评级。"),
        )
    if rating == ("high", "high") and not (rows and all(row.cells.get("risk_approval_ref") for row in rows)):
        yield Hit(
            f"{what['en']}: benefit high, risk high; an extra approval is needed and none is on record",
            f"{what['zh']}：收益高、风险高，须经额外批准，但没有批准记录",
            address,
            QUADRANT,
            fix=fix("Obtain the approval and enter risk_approval_ref.", "取得批准并填写risk_approval_ref。"),
        )


def _at_home(case: Case, row: RegisterRow) -> bool:
    found = (project for project in case.plan.projects if project.id == row.cells.get("project_id"))
    return any(project.kind == "national" for project in found)


@rule("SEC-08", Severity.ERROR, Force.CONTRACT, "SEED2 yearly security review")
def technologies_are_reviewed_every_year(case: Case) -> Iterator[Hit]:
    """Under smart openness reviews are no more than 12 months apart; every technology under review has its next date.

    Why: the tiers of smart openness are provisional by design; a review without a date does not take place.
    Bad: `interval_months: 13`; a technology without `next_review`. Good: 12 months and a date in each row.
    Decision: the interval is that of `export-control.annual-review`, and in each row the time from `classified_on` to
    `next_review`; the corresponding day twelve months later is in time. The next date is due in that profile, and wherever
    the clause is chosen. Technologies of closed projects do not count.
    """
    smart = case.plan.profile == SMART_OPENNESS
    months = case.value(INTERVAL) if case.plan.has(REVIEW) else None
    if smart and isinstance(months, int) and months > LONGEST_MONTHS:
        yield Hit(
            f"security reviews are {months} months apart; smart openness allows {LONGEST_MONTHS}",
            f"安全审查间隔为{months}个月，而分级对等合作最长为{LONGEST_MONTHS}个月",
            f"parameters.{INTERVAL}",
            REVIEW,
            fix=fix(f"Set interval_months: {LONGEST_MONTHS} or less.", f"设interval_months: {LONGEST_MONTHS}或者更短。"),
            cause=f"value:parameters.{INTERVAL}",
        )
    if smart or case.plan.has(REVIEW):
        closed = {project.id for project in case.plan.projects if not running(case.plan, project)}
        for row in case.plan.rows("technologies"):
            if row.cells.get("project_id") not in closed:
                yield from _next_review(row, smart)


def _next_review(row: RegisterRow, smart: bool) -> Iterator[Hit]:
    what, following, classified = described(row), row.cells.get("next_review"), row.cells.get("classified_on")
    if not isinstance(following, date):
        yield Hit(
            f"{what['en']} has no date of its next review",
            f"{what['zh']}没有下次审查日期",
            f"{row.address}.next_review",
            REVIEW,
            fix=fix("Enter next_review.", "填写next_review。"),
        )
    elif smart and isinstance(classified, date):
        last = months_later(classified, LONGEST_MONTHS)
        if last and following > last:
            said, limit, since = day(following), day(last), day(classified)
            yield Hit(
                f"{what['en']} was classified on {since['en']}; its next review on {said['en']} comes after {limit['en']}, "
                f"{LONGEST_MONTHS} months later",
                f"{what['zh']}于{since['zh']}定级，下次审查日（{said['zh']}）晚于{LONGEST_MONTHS}个月后的{limit['zh']}",
                f"{row.address}.next_review",
                REVIEW,
                fix=fix(f"Review it by {limit['en']}.", f"在{limit['zh']}之前复审。"),
            )
