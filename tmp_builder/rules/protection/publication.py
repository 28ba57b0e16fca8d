"""PRO-07, PRO-08: publication and filing: nothing is published before the decision, and the decision comes in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Decision, Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import NOT_FILED, project_of, wished
from tmp_builder.rules.facts.regions import EU_MEMBERS
from tmp_builder.rules.facts.special_terms import has_in, parameter_address, value_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed

FREE, REVIEW, DELAY = "publication.free", "publication.review-delay", "publication.patent-delay"
REPORT, DECIDE = "protection.disclose.inventor_to_employer_days", "protection.filing-lead.decide_days"
DAYS_OF_A_MONTH = 30

STRICT = frozenset(("CN", "EU")) | EU_MEMBERS
"""China, the European Union and its members: a publication before the filing destroys novelty, with hardly any grace."""


@rule("PRO-07", Severity.ERROR, Force.LAW, "CNPL Art. 24; K: Art. 54–55 of the European Patent Convention")
def nothing_is_published_before_the_decision(case: Case) -> Iterator[Hit]:
    """Results that are to be patented in China or the European Union are not open to publication before the filing is decided.

    Why: these laws know almost no period of grace; one talk ends the patent.
    Bad: `publication: free` in a project with `filing-wishes: [US, CN]`; a paper released on 3 May, the first filing on 4
    May. Good: `publication: patent-delay`, released after the filing.
    Decision: publication is allowed too early under `free`, under `review-delay` without the ground `patent` or with
    `max_delay_days: 0`, and where the register shows a release or a disclosure before the first filing. The clause that
    asks for silence until the decision does not help, since `free` lets the author decide. A project's own rule goes before
    the plan's. Results kept secret, published or released by decision have no wish to file.
    """
    yield from _by_rule(case)
    releases = _releases(case.plan)
    for row in case.plan.rows("results"):
        if wished(case.plan, row) & STRICT and row.cells.get("decision") not in NOT_FILED:
            yield from _by_date(row, releases.get(row.id, []))


def _by_rule(case: Case) -> Iterator[Hit]:
    """One finding for each place where an early publication is allowed, with the projects and results concerned."""
    found: dict[str, tuple[str, Labels, list[str]]] = {}
    for project, idents in _subjects(case):
        hole = _hole(case, project)
        if hole:
            address, option, why = hole
            found.setdefault(address, (option, why, []))[2].extend(idents)
    for address, (option, why, idents) in found.items():
        what = ids_listed(dict.fromkeys(idents))
        yield Hit(
            f"{what['en']}: filings in China or the European Union are wished, but {why['en']}",
            f"{what['zh']}：拟在中国或者欧盟申请专利，但{why['zh']}",
            address,
            option,
            fix=fix(
                "Choose publication.patent-delay, or review-delay with the ground patent.",
                "改选publication.patent-delay，或者review-delay并列明patent。",
            ),
        )


def _subjects(case: Case) -> Iterator[tuple[Project | None, list[str]]]:
    """Projects and results with a wish to file where the law is strict and no filing made yet."""
    for project in case.plan.projects:
        if set(project.filing_wishes) & STRICT:
            yield project, [project.id]
    for row in case.plan.rows("results"):
        open_ = row.cells.get("decision") not in NOT_FILED and not row.cells.get("first_filing_date")
        if open_ and wished(case.plan, row) & STRICT:
            yield project_of(case.plan, row), [row.id]


def _hole(case: Case, project: Project | None) -> tuple[str, str, Labels] | None:
    """Where, by which option and why an author may publish before the decision on filing; None if not."""
    if has_in(case, project, FREE):
        own = project is not None and FREE in project.choices.get("publication", Decision()).options
        choices = f"projects.{project.id}.choices.publication" if project and own else "choices.publication"
        return (
            choices,
            FREE,
            {"en": "authors publish freely, before the filing is decided", "zh": "作者可自由发表，无须等待申请决定"},
        )
    if has_in(case, project, REVIEW):
        grounds, delay = (value_in(case.plan, project, f"{REVIEW}.{name}") for name in ("grounds", "max_delay_days"))
        if grounds is not None and "patent" not in grounds:
            why = {
                "en": "loss of patent protection is no ground to delay a publication",
                "zh": "丧失专利保护未列为推迟发表的理由",
            }
            return parameter_address(project, f"{REVIEW}.grounds"), REVIEW, why
        if delay == 0:
            why = {"en": "a publication cannot be delayed (0 days)", "zh": "发表不得推迟（0日）"}
            return parameter_address(project, f"{REVIEW}.max_delay_days"), REVIEW, why
    return None


def _by_date(row: RegisterRow, releases: list[tuple[date, str]]) -> Iterator[Hit]:
    """A release or disclosure on record before the first filing."""
    filed = row.cells.get("first_filing_date")
    disclosed = row.cells.get("public_disclosure_on")
    known = [*releases, *([(disclosed, f"{row.address}.public_disclosure_on")] if isinstance(disclosed, date) else [])]
    public = sorted((when, address) for when, address in known if not filed or when < filed)
    for when, address in public[:1]:
        said = day(when)
        end = (
            {"en": f"before the first filing on {day(filed)['en']}", "zh": f"早于首次申请日（{day(filed)['zh']}）"}
            if filed
            else _UNDECIDED
        )
        yield Hit(
            f"{row.id} became public on {said['en']}, {end['en']}; its patents in China or the European Union are lost",
            f"{row.id}于{said['zh']}公开，{end['zh']}；将丧失在中国或者欧盟的专利",
            address,
            fix=fix("Hold the publication back until the filing, or correct the dates.", "在申请之前暂缓公开，或者更正日期。"),
        )


_UNDECIDED: Labels = {"en": "before a decision on filing was carried out", "zh": "早于申请决定的执行"}


def _releases(plan: Plan) -> dict[str, list[tuple[date, str]]]:
    """By result: the days on which its publications were released, each with its address."""
    found: dict[str, list[tuple[date, str]]] = {}
    for publication in plan.rows("publications"):
        released = publication.cells.get("released_on")
        if isinstance(released, date):
            for ident in publication.cells.get("results") or ():
                found.setdefault(str(ident), []).append((released, f"{publication.address}.released_on"))
    return found


@rule("PRO-08", Severity.WARNING, Force.CONTRACT, "K: drafting practice; USNL Annex I III.B(2)(e)")
def the_decision_on_filing_comes_in_time(case: Case) -> Iterator[Hit]:
    """Reporting an invention and deciding on the filing take no longer than the notice of a publication and its longest delay.

    Why: otherwise the paper may appear on a day on which the owner may still be thinking, and the right is gone.
    Bad: 30 + 106 days to decide, 45 + 90 days until publication. Good: 30 + 90 days against 45 + 90.
    Decision: a month of delay counts as thirty days. Rules without a notice or without a longest delay (`free`,
    `treaty-review`) are not compared. A project's own values go before the plan's.
    """
    plan = case.plan
    chosen = plan.has("protection.disclose") and plan.has("protection.filing-lead")
    report, decide = case.value(REPORT), case.value(DECIDE)
    seen: set[str] = set()
    if not chosen or not isinstance(report, int) or not isinstance(decide, int):
        return
    for project in (None, *plan.projects):
        wait, address = _wait(case, project), _where(project)
        if wait and address not in seen and report + decide > sum(wait):
            yield _too_late(report, decide, wait, address, project)
        seen.add(address)


def _wait(case: Case, project: Project | None) -> tuple[int, int] | None:
    """The days of notice and of the longest delay of a publication; None while not known."""
    for option, name, unit in ((REVIEW, "max_delay_days", 1), (DELAY, "max_delay_months", DAYS_OF_A_MONTH)):
        if has_in(case, project, option):
            notice, delay = (value_in(case.plan, project, f"{option}.{each}") for each in ("notice_days", name))
            return (notice, delay * unit) if isinstance(notice, int) and isinstance(delay, int) else None
    return None


def _where(project: Project | None) -> str:
    """The decision's own period, or the place of a project's own rule on publication."""
    if project and "publication" in project.choices:
        return f"projects.{project.id}.choices.publication"
    own = next((address for address in (project.values if project else ()) if address.startswith("publication.")), "")
    return f"projects.{project.id}.parameters.{own}" if project and own else f"parameters.{DECIDE}"


def _too_late(report: int, decide: int, wait: tuple[int, int], address: str, project: Project | None) -> Hit:
    notice, delay = wait
    en, zh = (f" in Project {project.id}", f"（项目{project.id}）") if project and address.startswith("projects.") else ("", "")
    return Hit(
        f"the decision on filing may take {report} + {decide} = {report + decide} days, but a publication waits only "
        f"{notice} + {delay} = {notice + delay} days{en}",
        f"申请决定最长需{report} + {decide} = {report + decide}日，而发表仅等待{notice} + {delay} = {notice + delay}日{zh}",
        address,
        "protection.filing-lead",
        fix=fix(
            f"Set decide_days: {max(notice + delay - report, 0)} or less, or lengthen the delay.",
            "缩短decide_days，或者延长发表的推迟期。",
        ),
    )
