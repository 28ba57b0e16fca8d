"""LIC-06, LIC-10: periods of licences: royalties and the life of patents, priority of members and release to outsiders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import project_of
from tmp_builder.rules.facts.grants import recorded
from tmp_builder.rules.facts.milestones import months_after
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import LicensedRights
from tmp_builder.rules.names import day

PRIORITY, RELEASE = "third-party-licences.member-priority", "third-party-licences.free-after-window"
PATENTS = ("patent", "application", "invention", "utility-model", "design")


@rule("LIC-06", Severity.WARNING, Force.LAW, "CNCC Art. 865; K: US rule against royalties after expiry")
def royalties_end_with_the_patents(case: Case) -> Iterator[Hit]:
    """No royalty on patents is paid beyond the expiry of the last of them.

    Why: in China a patent licence is valid only while the patent lives; US courts do not enforce patent royalties after
    expiry.
    Bad: `royalty_until: 2041-03-03` for a patent that expires on 2 March 2041. Good: until 2 March 2041.
    Decision: judged once the expiry of every patent that the grant names is entered. Know-how in the same grant may be paid
    for longer, but then the part of the royalty that remains has to be named; the warning asks for it.
    """
    rights = LicensedRights(case.plan)
    for row in case.plan.rows("grants"):
        until = row.cells.get("royalty_until")
        expiry = _last_expiry(rights, row)
        if isinstance(until, date) and expiry and until > expiry[0]:
            said, last = day(until), day(expiry[0])
            yield Hit(
                f"{row.id}: royalties run until {said['en']}, but the last patent ({expiry[1]}) expires on {last['en']}",
                f"{row.id}：许可费支付至{said['zh']}，而最后一项专利（{expiry[1]}）于{last['zh']}届满",
                f"{row.address}.royalty_until",
                "licences.fee-ladder",
                str(row.cells.get("licensee") or ""),
                fix=fix(
                    f"End the royalty by {last['en']}, or state the part for know-how.",
                    f"许可费至{last['zh']}止，或者载明技术秘密部分。",
                ),
            )


def _last_expiry(rights: LicensedRights, row: RegisterRow) -> tuple[date, str] | None:
    """The last expiry among the patents that a grant names, with the patent; None while one is not known."""
    patents = [other for other in (*rights.results(row), *rights.background(row)) if other.cells.get("kind") in PATENTS]
    known = [(other.cells["expiry"], other.id) for other in patents if other.cells.get("expiry")]
    return max(known) if known and len(known) == len(patents) and rights.complete(row) else None


@rule("LIC-10", Severity.ERROR, Force.CONTRACT, "SEED3 windows of the chip alliance")
def outsiders_come_after_the_members(case: Case) -> Iterator[Hit]:
    """The day on which outsiders may be licensed does not come before the priority of the members has ended.

    Why: a head start that outsiders overtake is none; both clauses are in the same text and contradict each other.
    Bad: `priority_months: 24` from registration, `window_months: 23`. Good: 24 and 24.
    Decision: with the same anchor the months are compared; where the priority runs from the close of the project or from
    the filing, the days of each result are, as far as they are known. The card on release lets an exclusive right that runs
    longer prevail, so its end is compared only where bespoke wording has replaced that text.
    """
    plan = case.plan
    window = case.value(f"{RELEASE}.window_months") if plan.has(RELEASE) else None
    if not isinstance(window, int):
        return
    priority, anchor = (
        case.value(f"{PRIORITY}.{name}") if plan.has(PRIORITY) else None for name in ("priority_months", "anchor")
    )
    if isinstance(priority, int) and anchor == "result_registered" and window < priority:
        yield _months_contradict(window, priority)
    elif isinstance(priority, int) and anchor in ("project_close", "patent_filed"):
        for row in plan.rows("results"):
            yield from _days_contradict(case, row, window, priority, anchor)
    if RELEASE in plan.wording:
        yield from _exclusivity_contradicts(case, window)


def _months_contradict(window: int, priority: int) -> Hit:
    return Hit(
        f"outsiders may be licensed {window} months after registration, but members have priority for {priority} months",
        f"成果登记后{window}个月即可许可外部主体，而成员单位的优先期为{priority}个月",
        f"parameters.{RELEASE}.window_months",
        RELEASE,
        fix=fix(f"Set window_months: {priority} or more.", f"设window_months: {priority}或者更长。"),
    )


def _days_contradict(case: Case, row: RegisterRow, window: int, priority: int, anchor: str) -> Iterator[Hit]:
    release, start = _release(case, row, window), row.cells.get("first_filing_date")
    if anchor == "project_close":
        project = project_of(case.plan, row)
        start = (project.cells.get("closed_on") or project.end) if project else None
    last = months_after(case.plan, start, priority) if isinstance(start, date) else None
    if release and last and release < last:
        free, until = day(release), day(last)
        yield Hit(
            f"{row.id} is free for outsiders from {free['en']}, before the members' priority ends on {until['en']}",
            f"{row.id}自{free['zh']}起可许可外部主体，早于成员单位优先期届满日（{until['zh']}）",
            row.address,
            RELEASE,
            fix=fix(
                "Lengthen window_months, or let both windows begin on the same day.",
                "延长window_months，或者使两个期间同日起算。",
            ),
        )


def _release(case: Case, row: RegisterRow, window: int) -> date | None:
    registered = row.cells.get("registered_on")
    return months_after(case.plan, registered, window) if isinstance(registered, date) else None


def _exclusivity_contradicts(case: Case, window: int) -> Iterator[Hit]:
    rights = LicensedRights(case.plan)
    for grant in recorded(case.plan):
        for row in rights.results(grant.row) if grant.row else []:
            release = _release(case, row, window)
            if grant.row and release and grant.end and release < grant.end:
                free, until = day(release), day(grant.end)
                yield Hit(
                    f"{row.id} is free for outsiders from {free['en']}, but {grant.row.id} is exclusive until {until['en']}",
                    f"{row.id}自{free['zh']}起可许可外部主体，而{grant.row.id}的独占期至{until['zh']}",
                    f"{grant.address}.end",
                    RELEASE,
                    grant.licensee,
                    fix=fix("Say in the wording that a longer exclusive right prevails.", "在自拟条文中载明较长的独占权优先。"),
                )
