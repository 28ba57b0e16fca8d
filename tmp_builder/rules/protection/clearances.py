"""PRO-01, PRO-03, PRO-05, PRO-10: clearances before a filing, the report to the agency, the joint research statement."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import NO_PATENT, filings, places_of_work
from tmp_builder.rules.facts.milestones import signature_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed, listed, project_name

CHINA_FIRST, DUAL = "protection.china-first", "protection.dual-clearance"
AGENCY = "protection.disclose.agency_months"


@rule("PRO-01", Severity.ERROR, Force.LAW, "CNPL Art. 19; CNPLR Arts 8–9")
def chinese_work_is_cleared_first(case: Case) -> Iterator[Hit]:
    """Where work is done in China and a patent is to be filed elsewhere, the plan has the Chinese confidentiality examination
    first.

    Why: an invention completed in China and filed abroad without the examination gets no patent in China.
    Bad: a project with `work-places: [US, CN]`, `filing-wishes: [US, CN]` and no `protection.china-first`. Good:
    `china-first`, or `dual-clearance`, which builds on it.
    Decision: work and wishes are compared project by project and result by result; Hong Kong, Macau and Taiwan lie outside
    CN. Where no project and no result names a country of filing yet, the answer to the fact `foreign-filing` counts. One
    finding for the plan, since one clause is missing.
    """
    if {CHINA_FIRST, DUAL} & set(case.plan.entered("protection")):
        return
    found = [*_filed_outside_china(case)]
    if not found and not _names_filings(case) and case.holds("cn-work") and case.holds("foreign-filing"):
        found = [{"en": "the plan as a whole", "zh": "本计划整体"}]
    if found:
        what = listed(found)
        yield Hit(
            f"work is done in China and patents are to be filed elsewhere ({what['en']}), but {CHINA_FIRST} is not chosen",
            f"工作在中国进行，并拟在中国以外申请专利（{what['zh']}），但未选{CHINA_FIRST}",
            "choices.protection",
            CHINA_FIRST,
            fix=fix(
                f"Add {CHINA_FIRST}; with work in the United States too, also {DUAL}.",
                f"增加{CHINA_FIRST}；在美国也有工作的，另选{DUAL}。",
            ),
        )


def _filed_outside_china(case: Case) -> Iterator[Labels]:
    """The projects and results with work in China and filings elsewhere, each with the places of filing."""
    for project in case.plan.projects:
        if "CN" in project.work_places:
            yield from _elsewhere(project.id, project.filing_wishes)
    for row in case.plan.rows("results"):
        if "CN" in places_of_work(row):
            yield from _elsewhere(row.id, tuple(filing.country for filing in filings(row)))


def _elsewhere(ident: str, countries: tuple[str, ...]) -> Iterator[Labels]:
    outside = list(dict.fromkeys(code for code in countries if code != "CN"))
    if outside:
        yield {"en": f"{ident}: {', '.join(outside)}", "zh": f"{ident}：{'、'.join(outside)}"}


def _names_filings(case: Case) -> bool:
    return any(project.filing_wishes for project in case.plan.projects) or any(filings(row) for row in case.plan.rows("results"))


@rule("PRO-03", Severity.ERROR, Force.LAW, "USPAT 35 USC 184; CNPL Art. 19")
def work_in_both_countries_is_cleared_in_both(case: Case) -> Iterator[Hit]:
    """Where one result was made in China and in the United States, the plan clears both regimes before the first filing
    anywhere.

    Why: each country asks to be the first; a filing in one without the clearance of the other costs the patent there.
    Bad: result R-2 with `place_of_work: [US, CN]` and only `china-first` and `us-first`. Good: `dual-clearance` as well,
    which fixes the order.
    Decision: the places of work of the result count, not those of its project. Data, software, layout designs and know-how
    need no clearance by a patent office, unless a filing is planned for them. One finding for the plan names the results.
    """
    if DUAL in case.plan.entered("protection"):
        return
    both = [row.id for row in case.plan.rows("results") if {"US", "CN"} <= places_of_work(row)]
    exempt = [row.id for row in case.plan.rows("results") if row.cells.get("kind") in NO_PATENT and not filings(row)]
    names = [ident for ident in both if ident not in exempt]
    if names:
        what = ids_listed(names)
        yield Hit(
            f"{what['en']}: the work was done in China and in the United States, but {DUAL} is not chosen",
            f"{what['zh']}：工作在中国和美国进行，但未选{DUAL}",
            "choices.protection",
            DUAL,
            fix=fix(
                f"Add {DUAL} with {CHINA_FIRST} and protection.us-first.", f"增加{DUAL}，并选{CHINA_FIRST}和protection.us-first。"
            ),
        )


@rule("PRO-05", Severity.ERROR, Force.LAW, "BD 37 CFR 401.14(c)(1)")
def the_agency_hears_within_two_months(case: Case) -> Iterator[Hit]:
    """With US federal money the plan gives at most two months to report an invention to the agency.

    Why: the patent clause of every federal award sets two months from the inventor's report; later the agency may take title.
    Bad: `agency_months: 3` beside a federal award. Good: `agency_months: 2`, or 1.
    Decision: the period agreed is tested; whether a single report was late follows from the dates of the plan (D15).
    """
    months = case.value(AGENCY) if case.plan.has("protection.disclose") else None
    if isinstance(months, int) and months > 2 and case.holds("us-federal-money"):
        yield Hit(
            f"inventions made with US federal money are reported to the agency within {months} months; the award allows 2",
            f"美国联邦资金产生的发明约定在{months}个月内向资助机构报告，而资助条款只允许2个月",
            f"parameters.{AGENCY}",
            "protection.disclose",
            fix=fix("Set agency_months: 2.", "设agency_months: 2。"),
            cause=f"value:parameters.{AGENCY}",
        )


@rule("PRO-10", Severity.WARNING, Force.LAW, "USPAT 35 USC 102(c)")
def the_research_statement_comes_before_the_work(case: Case) -> Iterator[Hit]:
    """A plan that states a joint research agreement under US patent law is signed before the work of its projects begins.

    Why: the agreement has to be in effect on or before the effective filing date; for inventions made earlier it does not
    help.
    Bad: Project P1 begins on 1 November 2026, its Ten-Point Plan is signed on 2 November. Good: signed on 1 November or
    before.
    Decision: the plan and the Ten-Point Plan form the agreement together, so the later of both signatures counts: that of
    the project, and the plan's last signature, or else its date. A signature that is not known yet is not held against the
    plan.
    """
    if not case.plan.has("protection.joint-research-statement"):
        return
    for project in case.plan.projects:
        known = [when for when in (project.cells.get("signed_on"), signature_day(case.plan)) if when]
        if project.start and known and project.start < max(known):
            name, begin, signed = project_name(project), day(project.start), day(max(known))
            yield Hit(
                f"the work of {name['en']} begins on {begin['en']}, before signature on {signed['en']}; "
                "the joint research statement does not cover what is made before",
                f"{name['zh']}的工作始于{begin['zh']}，早于签署日（{signed['zh']}）；联合研究协议声明不及于此前的发明",
                f"projects.{project.id}.start",
                "protection.joint-research-statement",
                fix=fix("Sign before the work begins, or record what was made before.", "在工作开始前签署，或者记录此前的发明。"),
            )
