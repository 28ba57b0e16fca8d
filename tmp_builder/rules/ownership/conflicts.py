"""OWN-10, OWN-12 to OWN-14: ownership that quarrels with default laws, other fields, windows or another side's money."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, exclusion, rule
from tmp_builder.rules.facts.grants import recorded
from tmp_builder.rules.facts.homes import home, participants
from tmp_builder.rules.facts.likeness import alike, overlapping
from tmp_builder.rules.facts.public_money import money_of
from tmp_builder.rules.facts.special_terms import has_in, options_in, parameter_address, scopes, value_in, values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, member_name, members_named, project_name, text_of
from tmp_builder.rules.ownership.owners import REGIMES

PUBLIC_DOMAIN = "ownership.public-domain"
FIELDS = "ownership.field-germane.fields"
ACCOUNTING = "joint-ownership.consent-all.accounting"
SILENT = "silent-on-accounting"

WINDOWS = (
    "third-party-licences.exclusive-field",
    "third-party-licences.member-priority",
    "third-party-licences.right-of-first-negotiation",
    "equipment.ip-retention",
    "equipment.sale-ban",
)
"""Options that keep results for some people for some time."""


@rule("OWN-10", Severity.WARNING, Force.LAW, "USPAT 35 USC 262; CNPL Art. 14; SPCT Art. 20; JOWN")
def accounting_is_settled(case: Case) -> Iterator[Hit]:
    """Between US and Chinese co-owners the regime of co-ownership says who keeps the income of a licence.

    Why: where the text is silent, a US co-owner keeps the income by US law and owes a share of it by Chinese patent
    law.
    Bad: `consent-all` with an empty `accounting`. Good: `accounting: share_net_income`, or `none` if everyone keeps
    what it earns.
    Decision: the cards of the other regimes settle the income themselves. Bespoke wording that leaves it open says so
    with the feature `silent-on-accounting`. A section without any regime stands under OWN-02.
    """
    if not case.holds("us-and-cn"):
        return
    for project, address in scopes(case, "joint-ownership"):
        for option in options_in(case, project, "joint-ownership"):
            wording = case.plan.wording.get(option)
            bespoke = option in REGIMES and wording is not None and SILENT in wording.features
            if bespoke or (option == "joint-ownership.consent-all" and value_in(case.plan, project, ACCOUNTING) is None):
                label = case.library.options[option].label
                where = f"wording.{option}" if bespoke else f"parameters.{ACCOUNTING}" if project is None else address
                yield Hit(
                    f"“{label['en']}” is silent on accounting between US and Chinese co-owners, whose default laws differ",
                    f"“{label['zh']}”未规定中美共有人之间的收入分配，而两国法律的默认规则不同",
                    where,
                    option,
                    fix=fix("Say who keeps the income of a licence.", "约定许可收入归谁所有。"),
                )


@rule("OWN-12", Severity.WARNING, Force.CONTRACT, "LAMB consortium agreement C; K: drafting practice")
def core_fields_are_distinct(case: Case) -> Iterator[Hit]:
    """Core fields neither overlap between members nor leave a project's field uncovered; no two members have the
    identical field.

    Why: a result that is germane to two fields has to be assigned to two members, and one germane to none stays where
    nobody expects it.
    Bad: A1 “batteries” and B1 “batteries”; a project in the field “motors” that nobody lists. Good: “cathodes”,
    “electrolytes”, “motors”.
    Decision: fields are compared as written, without regard to capitals. The identical field is an error; one that
    contains the other (all its words, in Chinese its characters) overlaps. A project's field is covered if it is,
    contains or lies in a listed one. Fields that mean the same in other words are for the reader.
    """
    for _, rows, where in values_in(case, FIELDS):
        for one, other in combinations([row for row in rows if row.get("field")], 2):
            if one.get("member") != other.get("member") and overlapping(one["field"], other["field"]):
                yield _overlap(case, one, other, where)
        for project in case.plan.projects:
            field = project.cells.get("field")
            same = has_in(case, project, "ownership.field-germane") and parameter_address(project, FIELDS) == where
            if same and rows and any(text_of(field).values()) and not any(overlapping(field, row.get("field")) for row in rows):
                yield _uncovered(project, field)


def _overlap(case: Case, one: dict[str, Any], other: dict[str, Any], where: str) -> Hit:
    identical = alike(one["field"], other["field"])
    pair = [
        (member_name(member) if (member := case.plan.member(str(row.get("member")))) else text_of("?")) for row in (one, other)
    ]
    a, b, (first, second) = text_of(one["field"]), text_of(other["field"]), pair
    how = (
        {"en": "have the identical core field", "zh": "的核心领域完全相同"}
        if identical
        else {"en": "have overlapping core fields", "zh": "的核心领域重叠"}
    )
    return Hit(
        f"{first['en']} and {second['en']} {how['en']}: “{a['en']}” / “{b['en']}”",
        f"{first['zh']}与{second['zh']}{how['zh']}：“{a['zh']}”/“{b['zh']}”",
        where,
        "ownership.field-germane",
        fix=fix("Draw a line between the two fields.", "划清两个领域的界限。"),
        severity=Severity.ERROR if identical else Severity.WARNING,
    )


def _uncovered(project: Project, field: Any) -> Hit:
    name, said = project_name(project), text_of(field)
    return Hit(
        f"the field of {name['en']}, “{said['en']}”, is in no member's core field",
        f"{name['zh']}的领域“{said['zh']}”不属于任何成员单位的核心领域",
        f"projects.{project.id}.field",
        "ownership.field-germane",
        fix=fix("List the field for a member, or agree who owns the rest.", "将该领域列给某一成员单位，或者约定其余部分的归属。"),
    )


@rule("OWN-13", Severity.ERROR, Force.CONTRACT, "K: drafting practice")
def public_results_are_free_of_windows(case: Case) -> Iterator[Hit]:
    """Results that are dedicated to the public are not kept for anybody by an exclusive grant, a priority or a
    retention window.

    Why: what everyone may use can be reserved for no one; whoever paid for the window would be deceived.
    Bad: `ownership: public-domain` beside `third-party-licences: member-priority`. Good: the window, or the
    dedication, or the dedication in a project whose results no grant names.
    Decision: windows of the plan reach the results of every project, so a project's dedication collides with them
    too. Retention of know-how and the ban on sales both count as retention windows. A recorded grant collides when it
    names a result of a project that is dedicated.
    """
    for project, address in scopes(case, "ownership"):
        if PUBLIC_DOMAIN in options_in(case, project, "ownership"):
            for window in WINDOWS:
                if has_in(case, project, window):
                    yield _reserved(case, project, address, window, exclusion(PUBLIC_DOMAIN, window))
            if case.plan.has("licences.field-of-use") and case.value("licences.field-of-use.exclusive_in_field") == "yes":
                value = "licences.field-of-use.exclusive_in_field = yes"
                yield _reserved(case, project, address, "licences.field-of-use", exclusion(PUBLIC_DOMAIN, value))
    yield from _granted(case)


def _reserved(case: Case, project: Project | None, address: str, window: str, cause: str) -> Hit:
    label = case.library.options[window].label
    whose = project_name(project) if project else {"en": "the plan", "zh": "本计划"}
    return Hit(
        f"results of {whose['en']} are dedicated to the public, but “{label['en']}” ({window}) reserves them",
        f"{whose['zh']}的成果贡献给公众，但“{label['zh']}”（{window}）将其保留给特定主体",
        address,
        PUBLIC_DOMAIN,
        fix=fix(f"Drop {PUBLIC_DOMAIN} or {window}.", f"删去{PUBLIC_DOMAIN}或者{window}。"),
        cause="" if project else cause,
    )


def _granted(case: Case) -> Iterator[Hit]:
    projects = {project.id: project for project in case.plan.projects}
    for grant in recorded(case.plan):
        rows = [row for row in case.plan.rows("results") if row.id in grant.ip]
        public = [row.id for row in rows if has_in(case, projects.get(str(row.cells.get("project_id"))), PUBLIC_DOMAIN)]
        if public and grant.row:
            names = {"en": ", ".join(public), "zh": "、".join(public)}
            yield Hit(
                f"{grant.row.id} grants an exclusive right in {names['en']}, which is dedicated to the public",
                f"{grant.row.id}就{names['zh']}授予独占性权利，而该成果已贡献给公众",
                f"{grant.address}.ip",
                PUBLIC_DOMAIN,
                fix=fix("Take the result out of the grant.", "将该成果从授权中删去。"),
            )


@rule("OWN-14", Severity.WARNING, Force.FUNDER, "LAMB models 4 and 5; IMEC; CNSTP Art. 32; BD 35 USC 200–212")
def private_owners_meet_no_foreign_money(case: Case) -> Iterator[Hit]:
    """A sponsor, or the partner of layer R2, does not own the results of a project that another side pays for with
    public money.

    Why: the other side's funder has paid for something that a private party of this side will hold; expect its
    objection or its approval step.
    Bad: `ownership: sponsor` with a US company and a Chinese university on fiscal money. Good: `employer`, with a
    licence to the sponsor.
    Decision: the sponsor may be any company of the project, the partner of R2 any member but the hub. Another side is
    another side of the plan; in a plan without sides, another country or region. One finding a project; a plan
    without projects is looked at as a whole.
    """
    for project in case.plan.projects or (None,):
        for option in options_in(case, project, "ownership"):
            owners = _private_owners(case, project, option)
            pairs = [
                (owner, funded)
                for owner in owners
                for funded in participants(case.plan, project)
                if money_of(case.plan, funded) and _apart(case, owner, funded)
            ]
            if pairs:
                yield _foreign_money(case, project, option, pairs)


def _with_money(case: Case, member: Member) -> Labels:
    name, money = member_name(member), sorted(money_of(case.plan, member))
    return {"en": f"{name['en']} ({', '.join(money)})", "zh": f"{name['zh']}（{'、'.join(money)}）"}


def _private_owners(case: Case, project: Project | None, option: str) -> list[Member]:
    there = participants(case.plan, project)
    if option == "ownership.sponsor":
        return [member for member in there if member.type == "company"]
    if option == "ownership.imec-layers":
        hub = value_in(case.plan, project, "ownership.imec-layers.hub")
        return [member for member in there if hub and member.id != hub]
    return []


def _apart(case: Case, one: Member, other: Member) -> bool:
    """Whether two members are known to be on different sides, or in different countries where the plan has no sides."""
    if case.plan.sides:
        return bool(one.side and other.side) and one.side != other.side
    a, b = home(case.plan, one), home(case.plan, other)
    return bool(a and b) and not a & b


def _foreign_money(case: Case, project: Project | None, option: str, pairs: list[tuple[Member, Member]]) -> Hit:
    label: Labels = case.library.options[option].label
    owners = members_named({owner.id: owner for owner, _ in pairs}.values())
    payers = {funded.id: funded for _, funded in pairs}.values()
    funded = listed(_with_money(case, member) for member in payers)
    whose = project_name(project) if project else {"en": "the plan", "zh": "本计划"}
    return Hit(
        f"“{label['en']}” lets {owners['en']} own results of {whose['en']}, "
        f"in which public money of another side works: {funded['en']}",
        f"“{label['zh']}”使{owners['zh']}取得{whose['zh']}的成果，而其中有其他国别方的公共资金：{funded['zh']}",
        f"projects.{project.id}.members" if project else "choices.ownership",
        option,
        fix=fix("Ask that side's funder, or let the employer own.", "征询该方资助机构，或者约定归雇主单位所有。"),
    )
