"""PAR-05: the screening of members and their owners against lists of restricted parties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.language import counted
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.intervals import months_later
from tmp_builder.rules.facts.milestones import signature_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, member_name

MONTHS_WITHOUT_CLAUSE = 6
"""The age of a screening that is accepted where the plan has no clause on it."""

OWNED = ("company", "consortium-entity")
"""Types of members that have owners."""

_SOURCE = "EAR; OFAC 50 percent rule (K); BIS Affiliates Rule, suspended to 2026-11-09: check on the day"


@rule("PAR-05", Severity.ERROR, Force.LAW, _SOURCE)
def members_are_screened(case: Case) -> Iterator[Hit]:
    """Every member and its owners of 50 percent or more were screened, with a clear result, not too long before
    signature.

    Why: dealing with a restricted party is an offence of its own, whatever the plan says; ownership of 50 percent
    carries the restriction over.
    Bad: screened on 1 March, signed on 2 September with `screening_months: 6`; a result “possible” that nobody
    followed up.
    Good: `screening-date`, `screening-result: clear` and `owners-50pct-screened: yes` within the six months before
    signature.
    Decision: the age is counted to `signed-on`, else to `dated`, for a later joiner to the signature of its Accession
    Form; screening on the corresponding day six months before is still good, and one repeated after signature is in
    order. The screening itself has to be recorded; so has that of the owners of a company or entity, while a
    university or public body without owners may leave it out. A match is an error, a possible match a warning. While a
    draft names one party only, a screening that is not recorded is a warning: nobody has been dealt with yet.
    """
    for member in bound(case.plan):
        screened = member.cells.get("screening_date")
        result = member.cells.get("screening_result")
        if not isinstance(screened, date) or not result:
            yield _missing(case, member, "screening-date" if not isinstance(screened, date) else "screening-result")
            continue
        if result != "clear":
            yield _matched(member, str(result))
        yield from _too_old(case, member, screened)
        owners = member.cells.get("owners_50pct_screened")
        if owners == "no" or (owners is None and member.type in OWNED):
            yield _owners(case, member)


def _missing(case: Case, member: Member, key: str) -> Hit:
    name = member_name(member)
    what = {
        "screening-date": {"en": "no restricted-party screening is recorded", "zh": "没有受限主体筛查记录"},
        "screening-result": {
            "en": "the result of the restricted-party screening is not recorded",
            "zh": "没有记载受限主体筛查结果",
        },
    }[key]
    return Hit(
        f"{name['en']} ({member.id}): {what['en']}",
        f"{name['zh']}（{member.id}）：{what['zh']}",
        f"members.{member.id}.{key}",
        party=member.id,
        fix=fix("Screen it and record date and result.", "进行筛查并记载日期和结果。"),
        severity=_unrecorded(case),
    )


def _unrecorded(case: Case) -> Severity:
    return Severity.WARNING if case.begun else Severity.ERROR


def _matched(member: Member, result: str) -> Hit:
    name = member_name(member)
    hit = result == "hit"
    words = {"en": "a match" if hit else "a possible match", "zh": "命中" if hit else "疑似命中"}
    return Hit(
        f"{name['en']} ({member.id}): the restricted-party screening gave {words['en']}",
        f"{name['zh']}（{member.id}）：受限主体筛查结果为{words['zh']}",
        f"members.{member.id}.screening-result",
        party=member.id,
        fix=fix(
            "Take counsel before any further exchange; sign only when the result is clear.",
            "在进一步往来之前征询法律意见，结果无疑问后方可签署。",
        ),
        severity=Severity.ERROR if hit else Severity.WARNING,
    )


def _too_old(case: Case, member: Member, screened: date) -> Iterator[Hit]:
    months = _months(case)
    signing = _signing_day(case.plan, member)
    if months is None or signing is None:
        return
    valid = months_later(screened, months)
    if valid and signing > valid:
        name, when, last, sign = member_name(member), day(screened), day(valid), day(signing)
        span = {language: counted(months, language) for language in ("en", "zh")}
        yield Hit(
            f"{name['en']} ({member.id}) was screened on {when['en']}; with {span['en']} months that is good until {last['en']}, "
            f"not on {sign['en']}",
            f"{name['zh']}（{member.id}）于{when['zh']}筛查，按{span['zh']}个月计至{last['zh']}有效，至{sign['zh']}已过期",
            f"members.{member.id}.screening-date",
            "export-control.us-ear" if case.plan.has("export-control.us-ear") else "",
            member.id,
            fix=fix("Repeat the screening before signature.", "在签署之前重新筛查。"),
        )


def _months(case: Case) -> int | None:
    """How old a screening may be; None while the clause on it has no value."""
    if not case.plan.has("export-control.us-ear"):
        return MONTHS_WITHOUT_CLAUSE
    value = case.value("export-control.us-ear.screening_months")
    return value if isinstance(value, int) else None


def _signing_day(plan: Plan, member: Member) -> date | None:
    """The day on which a member signs: with the plan, or its Accession Form if that came later."""
    signed = signature_day(plan)
    form = next((row.cells.get("date_signed") for row in plan.rows("accession") if row.cells.get("member") == member.id), None)
    return form if isinstance(form, date) and signed and form > signed else signed


def _owners(case: Case, member: Member) -> Hit:
    name = member_name(member)
    return Hit(
        f"{name['en']} ({member.id}): no screening of its owners of 50 percent or more is recorded",
        f"{name['zh']}（{member.id}）：没有持股百分之五十以上股东的筛查记录",
        f"members.{member.id}.owners-50pct-screened",
        party=member.id,
        fix=fix("Screen the owners and set owners-50pct-screened: yes.", "筛查有关股东，并设owners-50pct-screened: yes。"),
        severity=_unrecorded(case),
    )
