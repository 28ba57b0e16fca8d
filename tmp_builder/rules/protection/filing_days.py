"""PRO-02, PRO-04, PRO-06: the days of filings: US licence, Chinese examination, priority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Plan, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import Filing, by_statute, dated, filings, places_of_work, project_of
from tmp_builder.rules.facts.public_money import money_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day

PRIORITY = "protection.priority-map.priority_months"


@rule("PRO-02", Severity.ERROR, Force.LAW, "USPAT 35 USC 184–185; 37 CFR 5.11")
def american_inventions_wait_or_are_licensed(case: Case) -> Iterator[Hit]:
    """A result made in the United States is filed elsewhere no earlier than six months after the US filing, unless a licence
    is recorded.

    Why: a filing abroad without the licence costs the US patent, and is an offence.
    Bad: US filing on 10 January 2028, Chinese filing planned for 9 July 2028, no `clearance_us_licence`. Good: 10 July
    2028, or the licence.
    Decision: the statute's six months count, also where the plan agrees more. A licence helps filings on and after its day.
    A first filing elsewhere precedes every US filing. Where neither the row nor the project foresees a US filing, time does
    not run, and a dated filing elsewhere needs the licence; where one is foreseen without a day, nothing is reported yet.
    One finding a result, on the earliest filing.
    """
    for row in case.plan.rows("results"):
        if "US" in places_of_work(row):
            early = next((filing for when, filing in dated(row) if _too_early(case.plan, row, filing, when)), None)
            if early and early.day:
                yield _unlicensed(row, early, early.day)


def _us_filing(row: RegisterRow) -> date | None:
    return next((when for when, filing in dated(row) if filing.country == "US"), None)


def _too_early(plan: Plan, row: RegisterRow, filing: Filing, when: date) -> bool:
    licence, in_us = row.cells.get("clearance_us_licence"), _us_filing(row)
    if filing.country == "US" or (licence and licence <= when):
        return False
    if in_us:
        return when < by_statute(in_us, 6)
    project = project_of(plan, row)
    foreseen = any(each.country == "US" for each in filings(row)) or (project is not None and "US" in project.filing_wishes)
    return filing.made or not foreseen


def _unlicensed(row: RegisterRow, filing: Filing, when: date) -> Hit:
    said, in_us = day(when), _us_filing(row)
    if in_us:
        first, free = day(in_us), day(by_statute(in_us, 6))
        en = f"after the US filing on {first['en']} it is free only from {free['en']}"
        zh = f"在美国的申请日为{first['zh']}，自{free['zh']}起方可向外申请"
    else:
        en, zh = "no US filing comes before it", "此前没有美国申请"
    return Hit(
        f"{row.id} was made in the United States and is to be filed in {filing.country} on {said['en']} "
        f"without a US licence; {en}",
        f"{row.id}在美国完成，拟于{said['zh']}在{filing.country}申请，而无美国对外申请许可；{zh}",
        f"{row.address}.{filing.column}",
        "protection.us-first",
        fix=fix(
            "Obtain the licence and enter clearance_us_licence, or file later.",
            "取得许可并填写clearance_us_licence，或者推迟申请。",
        ),
    )


@rule("PRO-04", Severity.ERROR, Force.LAW, "CNPL Art. 19; CNPLR Arts 8–9")
def the_examination_runs_before_the_filing(case: Case) -> Iterator[Hit]:
    """No filing outside China comes before the request for the confidentiality examination; it leaves the office two months,
    and not more than six pass without a decision.

    Why: the office answers within two months and decides within four, each extendable by two; a filing in between risks the
    Chinese patent.
    Bad: request on 1 March 2028, US filing planned for 29 February 2028 (error) or 30 April 2028 (warning). Good: 1 May
    2028.
    Decision: a first filing outside China counts like a planned one. The warning on two months falls away once the decision
    is dated on or before the filing; the warning on six months speaks of filings on a later day while no decision is
    entered, since silence clears only after a check by counsel. A result has one finding of each kind, on its earliest
    filing.
    """
    for row in case.plan.rows("results"):
        requested, decided = (row.cells.get(f"clearance_cn_exam_{what}") for what in ("requested", "decision"))
        if isinstance(requested, date):
            abroad = [(when, filing) for when, filing in dated(row) if filing.country != "CN"]
            low, high = by_statute(requested, 2), by_statute(requested, 6)
            yield from _first([pair for pair in abroad if pair[0] < requested], row, requested, "E")
            soon = [pair for pair in abroad if requested <= pair[0] < low and not (decided and decided <= pair[0])]
            yield from _first(soon, row, requested, "W2")
            yield from _first([pair for pair in abroad if pair[0] > high and not decided], row, requested, "W6")


_EXAMINATION: dict[str, tuple[str, str]] = {
    "E": ("before the confidentiality examination is requested on {}", "早于保密审查请求日（{}）"),
    "W2": ("less than 2 months after the confidentiality examination is requested on {}", "距保密审查请求日（{}）不足2个月"),
    "W6": (
        "more than 6 months after the examination was requested on {}, without a decision",
        "距保密审查请求日（{}）超过6个月，而尚无决定",
    ),
}


def _first(pairs: list[tuple[date, Filing]], row: RegisterRow, requested: date, kind: str) -> Iterator[Hit]:
    for when, filing in pairs[:1]:
        said, asked, (en, zh) = day(when), day(requested), _EXAMINATION[kind]
        late = kind == "W6"
        yield Hit(
            f"{row.id} is to be filed in {filing.country} on {said['en']}, {en.format(asked['en'])}",
            f"{row.id}拟于{said['zh']}在{filing.country}申请，{zh.format(asked['zh'])}",
            f"{row.address}.{filing.column}",
            "protection.china-first",
            fix=fix(
                "Ask counsel whether silence clears it, and enter the decision.", "请代理机构确认是否可视为通过，并填写决定日期。"
            )
            if late
            else fix("File later, or request the examination earlier.", "推迟申请，或者提前请求审查。"),
            severity=Severity.ERROR if kind == "E" else Severity.WARNING,
        )


@rule("PRO-06", Severity.ERROR, Force.LAW, "CNPL Art. 29; BD 37 CFR 401.14(c)(3)")
def priority_is_not_missed(case: Case) -> Iterator[Hit]:
    """Filings elsewhere follow within twelve months after the first filing, six for designs; ten for a US federal Subject
    Invention.

    Why: after the priority period every publication in between counts against the later filing; the ten months keep the
    agency's rights.
    Bad: first filing on 6 May 2026, German filing planned for 7 May 2027. Good: 6 May 2027 or before; with federal money 6
    March 2027.
    Decision: the period agreed in `priority-map` is tested against twelve months, and against ten where US federal money is
    used; so is each planned filing against the first filing of its result. The ten months concern filings outside the
    United States. One finding a result and severity, on the latest filing.
    """
    yield from _priority_agreed(case)
    for row in case.plan.rows("results"):
        firsts = [filing for filing in filings(row) if filing.made and filing.day]
        later = [
            (when, filing)
            for when, filing in dated(row)
            if not filing.made and filing.country not in {each.country for each in firsts}
        ]
        if firsts and firsts[0].day and later:
            yield from _missed(row, firsts[0].day, later)


def _priority_agreed(case: Case) -> Iterator[Hit]:
    months = case.value(PRIORITY) if case.plan.has("protection.priority-map") else None
    federal = case.holds("us-federal-money")
    if isinstance(months, int) and (months > 12 or (federal and months > 10)):
        limit = 12 if months > 12 else 10
        whose = (
            {"en": " for inventions made with US federal money", "zh": "（美国联邦资金产生的发明）"}
            if limit == 10
            else {"en": "", "zh": ""}
        )
        yield Hit(
            f"filings elsewhere are agreed within {months} months after the first filing; the limit is {limit}{whose['en']}",
            f"约定首次申请后{months}个月内向他处申请，而期限为{limit}个月{whose['zh']}",
            f"parameters.{PRIORITY}",
            "protection.priority-map",
            fix=fix(f"Set priority_months: {limit} or less.", f"设priority_months: {limit}或者更短。"),
            severity=Severity.ERROR if limit == 12 else Severity.WARNING,
            cause=f"value:parameters.{PRIORITY}" if limit == 12 else "",
        )


def _missed(row: RegisterRow, first: date, later: list[tuple[date, Filing]]) -> Iterator[Hit]:
    months = 6 if row.cells.get("kind") == "design" else 12
    over = [pair for pair in later if pair[0] > by_statute(first, months)]
    if over:
        yield _late(row, first, over[-1], months, Severity.ERROR)
        return
    federal = "us_federal" in (money_in(row) or ())
    slow = [pair for pair in later if federal and pair[1].country != "US" and pair[0] > by_statute(first, 10)]
    if slow:
        yield _late(row, first, slow[-1], 10, Severity.WARNING)


def _late(row: RegisterRow, first: date, pair: tuple[date, Filing], months: int, severity: Severity) -> Hit:
    when, filing = pair
    said, begin, last = day(when), day(first), day(by_statute(first, months))
    return Hit(
        f"{row.id} is to be filed in {filing.country} on {said['en']}; "
        f"{months} months after the first filing on {begin['en']} end on {last['en']}",
        f"{row.id}拟于{said['zh']}在{filing.country}申请；首次申请日（{begin['zh']}）后{months}个月的期限至{last['zh']}届满",
        f"{row.address}.{filing.column}",
        "protection.priority-map",
        fix=fix(f"File no later than {last['en']}.", f"不迟于{last['zh']}提出申请。"),
        severity=severity,
    )
