"""OWN-06 to OWN-09: rights that leave their maker: federal and Chinese funds, Chinese patents, genetic resources."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES
from tmp_builder.plan.schema import Member, Plan, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.grants import ExclusiveGrant, promised, recorded
from tmp_builder.rules.facts.homes import at_home_in, foreign_to
from tmp_builder.rules.facts.milestones import signature_day
from tmp_builder.rules.facts.public_money import money_in, money_of
from tmp_builder.rules.facts.special_terms import options_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import members_named, only
from tmp_builder.rules.ownership.titles import Move, by_choice, moves

APPROVAL_US = "public-funding.us-reservation.title_approval_ref"
FISCAL = "public-funding.china-fiscal"
APPROVAL_CN = f"{FISCAL}.approval_ref"
RECORDAL = "language.execution.cn_assignment_recordal"


@rule("OWN-06", Severity.ERROR, Force.LAW, "BD 35 USC 202(c)(7)(A); 37 CFR 401.14(k)")
def federal_inventions_stay_with_the_nonprofit(case: Case) -> Iterator[Hit]:
    """Title to a federal Subject Invention does not leave a US nonprofit without the agency's approval.

    Why: the statute forbids a nonprofit to assign such an invention without approval; the assignment can be undone
    and the award ended.
    Bad: `ownership: lead-assigns` with a federally funded university and no `title_approval_ref`. Good: `employer`,
    or the reference of the approval.
    Decision: a university is a nonprofit by law (35 USC 201(i)), others when `nonprofit: yes`. Sharing title is
    assigning a part of it. A taker whose primary function is the management of inventions (`patent-management: yes`)
    needs no approval. An option to an exclusive licence moves no title. One finding a choice names the members.
    """
    if case.plan.has("public-funding.us-reservation") and case.value(APPROVAL_US):
        return
    federal = [move.to(_not_a_patent_manager) for move in moves(case) if _federal_nonprofit(case.plan, move.giver)]
    for address, option, givers, takers in by_choice(move for move in federal if move.takers):
        who, whom, label = members_named(givers), members_named(takers), case.library.options[option].label
        yield Hit(
            f"“{label['en']}” moves title to federal inventions of {who['en']} to {whom['en']} without an approval of the agency",
            f"“{label['zh']}”将{who['zh']}受联邦资助发明的权利移转给{whom['zh']}，而无资助机构批准",
            address,
            option,
            only(givers),
            fix=fix(
                f"Enter parameters.{APPROVAL_US}, or let the employer own.",
                f"填写parameters.{APPROVAL_US}，或者约定归雇主单位所有。",
            ),
        )


def _not_a_patent_manager(member: Member) -> bool:
    return member.cells.get("patent_management") != "yes"


def _federal_nonprofit(plan: Plan, member: Member) -> bool:
    nonprofit = member.type == "university" or member.cells.get("nonprofit") == "yes"
    return nonprofit and at_home_in(plan, member, "US") and "us_federal" in money_of(plan, member)


@rule("OWN-07", Severity.ERROR, Force.LAW, "CNSTP Arts 32 and 34")
def fiscal_results_leave_china_only_with_approval(case: Case) -> Iterator[Hit]:
    """Neither title to results of Chinese fiscal money nor an exclusive licence in them goes to a foreign person
    without the approval step.

    Why: such results are to be used in China first; assignment and exclusive licence abroad need the approval of the
    body that funds the project, and without it the grant fails.
    Bad: `ownership: joint-equal` with a US member and no `public-funding.china-fiscal`. Good: that clause; for a
    licence already granted also its `approval_ref`.
    Decision: the clause itself is the step for grants to come. An exclusive grant recorded in Schedule 14 with a day
    on or before signature (else the plan's date) needs the reference of the approval as well. A grant concerns fiscal
    results if the results it names say so, and as long as they do not say, if its licensor has fiscal money. Foreign
    is who is organised outside mainland China. A clause that is missing altogether is FUN-02, which alone reports it.
    """
    step = FISCAL in case.plan.entered("public-funding")
    fiscal = [move for move in _abroad(case) if "cn_fiscal" in money_of(case.plan, move.giver)]
    for address, option, givers, takers in by_choice(fiscal if not step else ()):
        yield _without_step(case, address, option, givers, takers)
    for grant in (*recorded(case.plan), *promised(case)):
        licensee = case.plan.member(grant.licensee)
        if licensee and foreign_to(case.plan, licensee, "CN") and _is_fiscal(case.plan, grant):
            if not step:
                yield _granted_abroad(
                    grant,
                    licensee,
                    "public-funding.china-fiscal is not chosen",
                    "但未选public-funding.china-fiscal",
                    follows=(f"need:{FISCAL}",),
                )
            elif _granted_already(case.plan, grant) and not case.value(APPROVAL_CN):
                yield _granted_abroad(grant, licensee, "approval_ref is empty", "但未载明批准文号（approval_ref）")


def _abroad(case: Case) -> list[Move]:
    """Moves of title to members organised outside mainland China."""
    found = (move.to(lambda taker: foreign_to(case.plan, taker, "CN")) for move in moves(case))
    return [move for move in found if move.takers]


def _without_step(case: Case, address: str, option: str, givers: list[Member], takers: list[Member]) -> Hit:
    who, whom, label = members_named(givers), members_named(takers), case.library.options[option].label
    return Hit(
        f"“{label['en']}” moves results of {who['en']}, paid with Chinese fiscal money, to {whom['en']} without an approval step",
        f"“{label['zh']}”将{who['zh']}以中国财政性资金取得的成果移转给{whom['zh']}，而无批准程序",
        address,
        option,
        only(givers),
        fix=fix(f"Add {FISCAL}, or let the employer own.", f"增加{FISCAL}，或者约定归雇主单位所有。"),
        follows=(f"need:{FISCAL}",),
    )


def _is_fiscal(plan: Plan, grant: ExclusiveGrant) -> bool:
    """Whether an exclusive grant concerns results of Chinese fiscal money."""
    stated = [money_in(row) for row in plan.rows("results") if row.id in grant.ip]
    if stated and all(money is not None for money in stated):
        return any("cn_fiscal" in (money or ()) for money in stated)
    return any(member.id in grant.licensors and "cn_fiscal" in money_of(plan, member) for member in plan.members)


def _granted_already(plan: Plan, grant: ExclusiveGrant) -> bool:
    granted, today = grant.row.cells.get("granted_on") if grant.row else None, signature_day(plan)
    return bool(granted and today and granted <= today)


def _granted_abroad(grant: ExclusiveGrant, licensee: Member, en: str, zh: str, follows: tuple[str, ...] = ()) -> Hit:
    name, what = members_named([licensee]), grant.row.id if grant.row else grant.clause
    return Hit(
        f"{what} gives {name['en']}, a foreign person, an exclusive right in results of Chinese fiscal money, but {en}",
        f"{what}就中国财政性资金成果授予境外主体{name['zh']}独占性权利，{zh}",
        grant.address,
        grant.clause or FISCAL,
        licensee.id,
        fix=fix(f"Add {FISCAL} and the approval_ref of the approval.", f"增加{FISCAL}并填写批准文号approval_ref。"),
        follows=follows,
    )


@rule("OWN-08", Severity.ERROR, Force.LAW, "CNPL Art. 10; TIER Arts 32–40; CNPLR Art. 15")
def chinese_rights_pass_abroad_in_form(case: Case) -> Iterator[Hit]:
    """Where a Chinese patent or application passes to a foreign person, the plan has the export procedure and the
    recordal.

    Why: the transfer is a technology export; without its procedure it is void, and without recordal it takes no
    effect.
    Bad: `ownership: territory-split` without `export-control.china-export`, or with `cn_assignment_recordal: no`.
    Good: both.
    Decision: rights pass where the ownership rule gives a foreign member title, or a share of it, in what a member in
    mainland China makes, and where a result names a foreign owner that did not employ an inventor beside a Chinese
    employer. One finding a requirement.
    """
    passing = [*_by_rule(case), *_by_row(case.plan)]
    if not passing:
        return
    what = {language: passing[0][index] for index, language in enumerate(LANGUAGES)}
    if "export-control.china-export" not in case.plan.entered("export-control"):
        yield Hit(
            f"{what['en']}, but the plan has no clause on Chinese export control (export-control.china-export)",
            f"{what['zh']}，但本计划没有中国出口管制条款（export-control.china-export）",
            "choices.export-control",
            "export-control.china-export",
            fix=fix("Add export-control.china-export.", "增加export-control.china-export。"),
        )
    if case.plan.has("language.execution") and case.value(RECORDAL) == "no":
        yield Hit(
            f"{what['en']}, but recordal of assignments of Chinese patents is not agreed (cn_assignment_recordal: no)",
            f"{what['zh']}，但未约定中国专利转让登记（cn_assignment_recordal: no）",
            f"parameters.{RECORDAL}",
            "language.execution",
            fix=fix("Set cn_assignment_recordal: yes.", "设cn_assignment_recordal: yes。"),
        )


def _by_rule(case: Case) -> Iterator[tuple[str, str]]:
    chinese = [move for move in _abroad(case) if at_home_in(case.plan, move.giver, "CN")]
    for _, option, givers, takers in by_choice(chinese):
        who, whom, label = members_named(givers), members_named(takers), case.library.options[option].label
        yield (
            f"“{label['en']}” passes Chinese rights of {who['en']} to {whom['en']}",
            f"“{label['zh']}”将{who['zh']}的中国权利移转给{whom['zh']}",
        )


def _by_row(plan: Plan) -> Iterator[tuple[str, str]]:
    for row in plan.rows("results"):
        employers = _members(plan, row, "employers")
        foreign = [owner for owner in _members(plan, row, "owners") if owner not in employers and foreign_to(plan, owner, "CN")]
        chinese = [employer for employer in employers if at_home_in(plan, employer, "CN")]
        if foreign and chinese:
            who, whom = members_named(chinese), members_named(foreign)
            yield f"{row.id}, made at {who['en']}, is owned by {whom['en']}", f"{row.id}由{who['zh']}完成，归{whom['zh']}所有"


def _members(plan: Plan, row: RegisterRow, column: str) -> list[Member]:
    return [member for member in map(plan.member, row.cells.get(column) or ()) if member]


@rule("OWN-09", Severity.ERROR, Force.LAW, "CNHGR Arts 21–28")
def genetic_resources_are_patented_jointly(case: Case) -> Iterator[Hit]:
    """A patent on a result of Chinese human genetic resources is applied for and owned jointly by the Chinese and the
    foreign partner.

    Why: the regulations make joint application and joint ownership a condition of the cooperation.
    Bad: `hgr: yes`, `applicants: B1`, `owners: B1` in a project with a US member. Good: `applicants: A1; B1`,
    `owners: A1; B1`.
    Decision: judged where the project has partners on both sides of the Chinese border and the result is an
    invention, utility model or design not decided to be published, kept secret or released. Where owners are not
    entered, the ownership rule speaks: under `employer` the employers own. What is not known yet is not reported.
    """
    for row in case.plan.rows("results"):
        if row.cells.get("hgr") == "yes" and _for_patent(row) and _mixed(case.plan, _partners(case.plan, row)):
            for column, en, zh in (("applicants", "applied for", "申请"), ("owners", "owned", "所有")):
                holders = _members(case.plan, row, column) or (_owners_by_rule(case, row) if column == "owners" else [])
                if holders and not _mixed(case.plan, holders):
                    names = members_named(holders)
                    yield Hit(
                        f"{row.id} uses Chinese human genetic resources but is {en} by {names['en']} alone, "
                        "not jointly with the other side",
                        f"{row.id}使用中国人类遗传资源，但仅由{names['zh']}{zh}，未由中外双方共同{zh}",
                        f"{row.address}.{column}",
                        fix=fix("Enter a Chinese and a foreign partner.", "列入中方单位和外方单位。"),
                    )


def _for_patent(row: RegisterRow) -> bool:
    patentable = row.cells.get("kind") in ("invention", "utility-model", "design") or bool(row.cells.get("applicants"))
    return patentable and row.cells.get("decision") in (None, "file")


def _partners(plan: Plan, row: RegisterRow) -> list[Member]:
    project = next((project for project in plan.projects if project.id == row.cells.get("project_id")), None)
    return [member for member in map(plan.member, project.members if project else ()) if member]


def _mixed(plan: Plan, members: list[Member]) -> bool:
    """Whether a member in mainland China and one elsewhere are among them; unknown homes get the benefit of the doubt."""
    return any(not foreign_to(plan, member, "CN") for member in members) and any(
        not at_home_in(plan, member, "CN") for member in members
    )


def _owners_by_rule(case: Case, row: RegisterRow) -> list[Member]:
    project = next((project for project in case.plan.projects if project.id == row.cells.get("project_id")), None)
    return _members(case.plan, row, "employers") if "ownership.employer" in options_in(case, project, "ownership") else []
