"""CON-04 to CON-06, CON-08: publication: fundamental research, delays, theses, time to object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Decision, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, exclusion, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.intervals import months_later
from tmp_builder.rules.facts.special_terms import has_in, parameter_address, value_in
from tmp_builder.rules.facts.tiers import tiered
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed, listed, members_named, only
from tmp_builder.values import out_of_range

EAR = "export-control.us-ear"
RELY = f"{EAR}.rely_on_fre"
TREATY, REVIEW, DELAY, THESIS = (f"publication.{name}" for name in ("treaty-review", "review-delay", "patent-delay", "thesis"))
CONSENT, PACK = "third-party-licences.consent-both-sides", "export-control.yellow-pack"
HARMLESS = ("patent", "own_confidential")
"""Grounds of objection that leave research fundamental: 15 CFR 734.8(b)."""

LONGEST_MONTHS, SHORTEST_HALF_YEAR = 6, 181
"""Six months by the calendar have at least 181 days (February to July)."""
FUNDAMENTAL_DAYS, FUNDAMENTAL_MONTHS = 90, 3

Where = tuple[str, str]
"""An address and the option it belongs to."""


@rule("CON-04", Severity.ERROR, Force.LAW, "EAR 15 CFR 734.8(b)")
def fundamental_research_is_free_to_publish(case: Case) -> Iterator[Hit]:
    """Who relies on fundamental research accepts no review of publications beyond patents and others' own confidential
    information.

    Why: a right of approval or a wider review turns open research into controlled technology; each release to a foreign
    person is then an export.
    Bad: `rely_on_fre: yes` with `publication: [treaty-review]`. Good: `publication: [free]`, or `review-delay` with the
    grounds `patent` and `own_confidential`.
    Decision: four things are a wider review: `treaty-review`, another ground in `review-delay`,
    `third-party-licences.consent-both-sides`, and `export-control.yellow-pack` where the project that relies on
    fundamental research is yellow. A project's own value and choices go before the plan's. One finding for each of them
    names the projects.
    """
    found: dict[Where, tuple[Labels, list[str]]] = {}
    yellow = {each.project.id for each in tiered(case.plan, "yellow")}
    for project in case.plan.projects or (None,):
        if _relies(case, project):
            for where, why in _reviews(case, project, yellow):
                found.setdefault(where, (why, []))[1].extend([project.id] if project else [])
    for (address, option), (why, idents) in found.items():
        yield _reviewed(address, option, why, idents)


def _relies(case: Case, project: Project | None) -> bool:
    return has_in(case, project, EAR) and value_in(case.plan, project, RELY) == "yes"


def _reviews(case: Case, project: Project | None, yellow: set[str]) -> Iterator[tuple[Where, Labels]]:
    """What gives others a review of publications beyond what the law allows, where, and how it is said."""
    if has_in(case, project, TREATY):
        yield (_chosen_at(project, TREATY), TREATY), {"en": "an objection blocks publication", "zh": "异议可阻止发表"}
    grounds = value_in(case.plan, project, f"{REVIEW}.grounds") if has_in(case, project, REVIEW) else ()
    others = [ground for ground in grounds or () if ground not in HARMLESS]
    if others:
        spec = case.library.options[REVIEW].parameters["grounds"].spec.of
        said = listed(spec.choices[ground].label if spec else {"en": ground, "zh": ground} for ground in others)
        why = {
            "en": f"publication may be delayed for another ground ({said['en']})",
            "zh": f"可基于其他理由（{said['zh']}）推迟发表",
        }
        yield (parameter_address(project, f"{REVIEW}.grounds"), REVIEW), why
    if has_in(case, project, CONSENT):
        why = {"en": "outsiders receive information only with the other Side's consent", "zh": "对外提供信息须经另一国别方同意"}
        yield (_chosen_at(project, CONSENT), CONSENT), why
    if project and project.id in yellow and has_in(case, project, PACK):
        why = {"en": "publications of a yellow project pass a technical review", "zh": "黄类项目的发表须经技术审查"}
        yield (_chosen_at(project, PACK), PACK), why


def _chosen_at(project: Project | None, option: str) -> str:
    """Where an option is chosen that holds in a project."""
    section = option.partition(".")[0]
    own = project is not None and option in project.choices.get(section, Decision()).options
    return f"projects.{project.id}.choices.{section}" if project and own else f"choices.{section}"


def _reviewed(address: str, option: str, why: Labels, idents: list[str]) -> Hit:
    names = ids_listed(idents)
    shown = {"en": f" ({names['en']})", "zh": f"（{names['zh']}）"} if idents else {"en": "", "zh": ""}
    treaty = option == TREATY and address.startswith("choices.")
    return Hit(
        f"the plan relies on fundamental research (rely_on_fre: yes){shown['en']}, but under {option} {why['en']}",
        f"本计划依据基础研究例外（rely_on_fre: yes）{shown['zh']}，但依{option}，{why['zh']}",
        address,
        option,
        fix=fix(f"Set rely_on_fre: no, or do without {option} here.", f"设rely_on_fre: no，或者在此不采用{option}。"),
        cause=exclusion(TREATY, f"{RELY} = yes") if treaty else "",
        also=(f"need:publication.free|{DELAY}|{REVIEW}",) if treaty else (),
    )


@rule("CON-05", Severity.WARNING, Force.CONTRACT, "USNL Annex I III.B(2)(e); DESCA Section 8.4; EAR 15 CFR 734.8")
def publications_do_not_wait_too_long(case: Case) -> Iterator[Hit]:
    """No publication is held back for more than six months by the calendar, and for no more than 90 days where the plan
    relies on fundamental research.

    Why: a longer delay fails students and funders; under fundamental research it looks like a right of approval.
    Bad: `max_delay_days: 182`; a paper objected to on 1 March and released on 2 September. Good: 180 days; released on 1
    September.
    Decision: six months have 181 days at least, so 182 days may be longer. A delay in months is compared in months; three
    months pass for 90 days. In the register the delay runs from the objection, else from the receipt of the notice, to the
    release. A value that also lies outside the range of its card stays the error that it is there (STR-02), reported once,
    here.
    """
    seen: set[str] = set()
    for project in (None, *case.plan.projects):
        for option, name in ((REVIEW, "max_delay_days"), (DELAY, "max_delay_months")):
            if has_in(case, project, option):
                yield from _long_delay(case, project, f"{option}.{name}", seen)
    for row in case.plan.rows("publications"):
        yield from _released_late(row)


def _long_delay(case: Case, project: Project | None, name: str, seen: set[str]) -> Iterator[Hit]:
    delay, address = value_in(case.plan, project, name), parameter_address(project, name)
    option, days = name.rpartition(".")[0], name.endswith("_days")
    if not isinstance(delay, int) or address in seen:
        return
    said = {"en": f"{delay} {'days' if days else 'months'}", "zh": f"{delay}{'日' if days else '个月'}"}
    if delay > (SHORTEST_HALF_YEAR if days else LONGEST_MONTHS):
        seen.add(address)
        refused = out_of_range(case.library.options[option].parameters[name.rpartition(".")[2]].spec, delay)
        yield Hit(
            f"a publication may be held back for {said['en']}, longer than {LONGEST_MONTHS} months",
            f"发表最长可推迟{said['zh']}，超过{LONGEST_MONTHS}个月",
            address,
            option,
            fix=fix(f"Set {name.rpartition('.')[2]} to six months or less.", f"将{name.rpartition('.')[2]}缩短至六个月以内。"),
            severity=Severity.ERROR if refused else None,
            cause=f"value:{address}",
        )
    elif delay > (FUNDAMENTAL_DAYS if days else FUNDAMENTAL_MONTHS) and _relies(case, project):
        seen.add(address)
        yield Hit(
            f"a publication may be held back for {said['en']}, more than {FUNDAMENTAL_DAYS} days, although the plan relies on "
            "fundamental research",
            f"发表最长可推迟{said['zh']}，超过{FUNDAMENTAL_DAYS}日，而本计划依据基础研究例外",
            address,
            option,
            fix=fix(f"Set it to {FUNDAMENTAL_DAYS} days or less.", f"缩短至{FUNDAMENTAL_DAYS}日以内。"),
        )


def _released_late(row: RegisterRow) -> Iterator[Hit]:
    begun = row.cells.get("objection_on") or row.cells.get("notice_received_on")
    released = row.cells.get("released_on")
    last = months_later(begun, LONGEST_MONTHS) if isinstance(begun, date) else None
    if isinstance(begun, date) and last and isinstance(released, date) and released > last:
        since, until, limit = day(begun), day(released), day(last)
        yield Hit(
            f"{row.id} was held back from {since['en']} to {until['en']}, beyond the {LONGEST_MONTHS} months that ended on "
            f"{limit['en']}",
            f"{row.id}自{since['zh']}至{until['zh']}被推迟发表，超过至{limit['zh']}届满的{LONGEST_MONTHS}个月",
            f"{row.address}.released_on",
            fix=fix("Correct the dates, or keep a note of the reason.", "更正日期，或者留存理由记录。"),
        )


@rule("CON-06", Severity.WARNING, Force.HOUSE, "DESCA Section 8.5.2")
def theses_are_protected(case: Case) -> Iterator[Hit]:
    """Where a university takes part, the plan protects theses.

    Why: a student who may not hand in on time because of a review has no remedy; the university is bound by its rules.
    Bad: a university and no `publication.thesis`. Good: the clause.
    Decision: the clause may stand in the plan or in every project of the university. A choice still open is not missing.
    """
    if THESIS in case.plan.entered("publication"):
        return
    bare = [member for member in bound(case.plan) if member.type == "university" and not _covered(case, member.id)]
    if bare:
        names = members_named(bare)
        yield Hit(
            f"universities take part ({names['en']}), but {THESIS} is not chosen",
            f"有高校参加（{names['zh']}），但未选用{THESIS}",
            "choices.publication",
            THESIS,
            only(bare),
            fix=fix(f"Choose {THESIS}.", f"选用{THESIS}。"),
        )


def _covered(case: Case, ident: str) -> bool:
    projects = [project for project in case.plan.projects if ident in project.members]
    return bool(projects) and all(has_in(case, project, THESIS) for project in projects)


@rule("CON-08", Severity.WARNING, Force.CONTRACT, "DESCA Section 8.4")
def there_is_time_to_object(case: Case) -> Iterator[Hit]:
    """The notice of a publication is no shorter than the time to object.

    Why: otherwise the paper is submitted on a day on which the others may still object.
    Bad: `notice_days: 29`, `objection_days: 30`. Good: 30 and 30.
    Decision: only `review-delay` has both periods. A project's own values go before the plan's.
    """
    seen: set[str] = set()
    for project in (None, *case.plan.projects):
        if has_in(case, project, REVIEW):
            address = _shorter_at(project)
            notice, objection = (value_in(case.plan, project, f"{REVIEW}.{name}") for name in ("notice_days", "objection_days"))
            if isinstance(notice, int) and isinstance(objection, int) and notice < objection and address not in seen:
                seen.add(address)
                yield _too_short(notice, objection, address)


def _shorter_at(project: Project | None) -> str:
    """Where the pair of periods is set: at the project where one of them is its own."""
    addresses = [parameter_address(project, f"{REVIEW}.{name}") for name in ("notice_days", "objection_days")]
    return next((address for address in addresses if address.startswith("projects.")), addresses[0])


def _too_short(notice: int, objection: int, address: str) -> Hit:
    return Hit(
        f"a publication is notified {notice} days before, but the others may object for {objection} days",
        f"发表仅提前{notice}日通知，而其他成员单位可在{objection}日内提出异议",
        address,
        REVIEW,
        fix=fix(f"Set notice_days: {objection} or more.", f"设notice_days: {objection}或者更长。"),
    )
