"""PAR-01 to PAR-03: sides, leads, signatures, the consortium's entity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES, word
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Member, Plan, Side
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.milestones import effective_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, member_name, side_name

NEED_AN_ENTITY = ("parties.entity", "ownership.consortium", "equipment.entity-keeps")


@rule("PAR-01", Severity.ERROR, Force.CONTRACT, "CERC-ACTC: signed by both directors; USNL Annex I II.C")
def sides_are_complete(case: Case) -> Iterator[Hit]:
    """In a bilateral plan each side has a lead of its own, and every member belongs to exactly one side or is
    neutral.

    Why: rights per territory, votes and signatures follow the side; a member without one has neither territory nor
    voice.
    Bad: two sides, one `lead:`, a member without `side:`. Good: a lead per side; `side: neutral` for a member of
    neither.
    Decision: a plan is bilateral when its profile has two sides or the plan names two. A member with `role: lead` on
    a side is its lead even if the side does not name it. A plan that names no members yet is merely unfinished (the gap
    stands under STR-05); a side without members beside one that has some is a warning in a draft.
    """
    plan = case.plan
    profile = case.library.profiles.get(plan.profile)
    if len(plan.sides) < 2:
        if profile and profile.sides and plan.members:
            yield _too_few_sides(plan)
        return
    for side in plan.sides if plan.members else ():
        yield from _lead_of(case, side)
    for member in bound(plan):
        if not member.side:
            name = member_name(member)
            yield Hit(
                f"{name['en']} ({member.id}) belongs to no side",
                f"{name['zh']}（{member.id}）不属于任何国别方",
                f"members.{member.id}.side",
                party=member.id,
                fix=fix(f"Set side: to {_either(plan, ', ')} or neutral.", f"设side:为{_either(plan, '、')}或者neutral。"),
            )


def _either(plan: Plan, glue: str) -> str:
    return glue.join(side.id for side in plan.sides)


def _too_few_sides(plan: Plan) -> Hit:
    return Hit(
        f"profile “{plan.profile}” has two sides, the plan names {len(plan.sides)}",
        f"模板“{plan.profile}”有两个国别方，本计划列明{len(plan.sides)}个",
        "sides",
        fix=fix("Name both sides with territory and lead.", "列明两个国别方及其地域和牵头单位。"),
    )


def _lead_of(case: Case, side: Side) -> Iterator[Hit]:
    plan = case.plan
    name, lead = side_name(side), plan.member(side.lead)
    unfinished = not case.final and not any(member.side == side.id for member in bound(plan))
    if lead is None and not any(member.role == "lead" and member.side == side.id for member in bound(plan)):
        yield Hit(
            f"{name['en']} ({side.id}) has no lead",
            f"{name['zh']}（{side.id}）没有牵头单位",
            f"sides.{side.id}.lead",
            fix=fix(f"Set lead: to a member of side {side.id}.", f"设lead:为国别方{side.id}的一个成员单位。"),
            severity=Severity.WARNING if unfinished else Severity.ERROR,
        )
    elif lead and lead.side not in ("", side.id):
        who = member_name(lead)
        yield Hit(
            f"the lead of {name['en']}, {who['en']}, belongs to {lead.side}, not to {side.id}",
            f"{name['zh']}的牵头单位{who['zh']}属于{lead.side}，不属于{side.id}",
            f"sides.{side.id}.lead",
            party=lead.id,
            fix=fix(f"Name a member of side {side.id}.", f"改为国别方{side.id}的成员单位。"),
        )


@rule("PAR-02", Severity.ERROR, Force.CONTRACT, "DESCA signature pages; DOE-IPMP signature by each team member")
def signatures_are_complete(case: Case) -> Iterator[Hit]:
    """Each signature block has a party, a person and a title; where all sign, every member has a block.

    Why: without person and title nobody can check the authority to bind the party.
    Bad: `signatory: {name: Jane Doe}`; `signed-on:` with an empty signatory; an observer among members “each of which
    signs”.
    Good: name and title, or both left empty for the pen until signature.
    Decision: an empty name prints as a line to be filled in by hand and is complete until the plan is signed; a title
    alone names the office. A person without a title is incomplete at once. A missing name of a party is a gap
    (STR-05), a missing lead stands under PAR-01.
    """
    blocks = {block.id.removeprefix("sign:") for block in case.document.signing.blocks}
    for member in bound(case.plan):
        if member.id in blocks:
            yield from _signatory(case.plan, member)
        elif case.plan.has("parties.all-sign"):
            name = member_name(member)
            role = {language: word(f"role-{member.role}", language) for language in LANGUAGES}
            yield Hit(
                f"every member signs (parties.all-sign), but {name['en']} ({member.id}), "
                f"{role['en'].lower()}, has no signature block",
                f"全体成员单位均须签署（parties.all-sign），但{role['zh']}{name['zh']}（{member.id}）没有签署栏",
                f"members.{member.id}.role",
                "parties.all-sign",
                member.id,
                fix=fix("Give it another role, or take it off the members.", "变更其角色，或者将其移出成员单位。"),
            )


def _signatory(plan: Plan, member: Member) -> Iterator[Hit]:
    person, title = member.signatory.name, member.signatory.title
    signed = plan.status == "signed"
    missing = [
        key for key, given in (("name", person), ("title", title)) if not given and (signed or (key == "title" and person))
    ]
    if missing:
        name = member_name(member)
        words = {"name": {"en": "person", "zh": "签署人姓名"}, "title": {"en": "title", "zh": "签署人职务"}}
        lacks = {"en": " and no ".join(words[key]["en"] for key in missing), "zh": "和".join(words[key]["zh"] for key in missing)}
        yield Hit(
            f"the signature block of {name['en']} ({member.id}) has no {lacks['en']}"
            + (" although the plan is signed" if signed else ""),
            f"{name['zh']}（{member.id}）的签署栏缺少{lacks['zh']}" + ("，而本计划已签署" if signed else ""),
            f"members.{member.id}.signatory.{missing[0]}",
            party=member.id,
            fix=fix(f"Fill in signatory.{missing[0]}.", f"填写signatory.{missing[0]}。"),
        )


@rule("PAR-03", Severity.ERROR, Force.CONTRACT, "SEED3; SEMA: consortium as legal person")
def the_entity_exists(case: Case) -> Iterator[Hit]:
    """Whatever a consortium entity is to sign, own or keep needs a member of that type that exists on the Effective
    Date.

    Why: a body without legal personality can neither contract nor own; what it was to own would be held by nobody.
    Bad: `parties: entity` without a member of type `consortium-entity`, or one registered after the Effective Date.
    Good: `legal-personality-since` on or before `effective-date`.
    Decision: the day of registration on the card (`parties.entity.entity_registered_on`) stands in where the member
    does not say. With a conditional Effective Date there is nothing to compare until every condition is met. While a
    draft names one party only, an entity that is missing is a warning.
    """
    chosen = [option for option in NEED_AN_ENTITY if case.plan.has(option)]
    if not chosen or not case.plan.members:
        return
    label = case.library.options[chosen[0]].label
    entities = [member for member in bound(case.plan) if member.type == "consortium-entity"]
    if not entities and fact(case.plan, case.library, "entity-member") is not None:
        yield Hit(
            f"“{label['en']}” ({', '.join(chosen)}) needs a member of type consortium-entity; the plan has none",
            f"“{label['zh']}”（{'、'.join(chosen)}）需要类型为consortium-entity的成员单位，本计划没有",
            "members",
            chosen[0],
            fix=fix("Add the entity as a member, or choose another option.", "将该法人实体列为成员单位，或者改选其他方案。"),
            severity=Severity.WARNING if case.begun else Severity.ERROR,
        )
    effective = effective_day(case.plan)
    since = {member.id: _since(case, member) for member in entities}
    if effective and entities and all(when and when > effective for when in since.values()):
        yield _too_young(entities[0], since[entities[0].id] or effective, effective, chosen[0])


def _since(case: Case, member: Member) -> date | None:
    registered = case.value("parties.entity.entity_registered_on") if case.plan.has("parties.entity") else None
    found = member.cells.get("legal_personality_since") or registered
    return found if isinstance(found, date) else None


def _too_young(member: Member, since: date, effective: date, option: str) -> Hit:
    name, begin, start = member_name(member), day(since), day(effective)
    return Hit(
        f"{name['en']} has legal personality only since {begin['en']}, after the Effective Date of {start['en']}",
        f"{name['zh']}自{begin['zh']}起才具有法人资格，晚于生效日（{start['zh']}）",
        f"members.{member.id}.legal-personality-since",
        option,
        member.id,
        fix=fix("Let the plan take effect on or after that day.", "将生效日定在该日或者其后。"),
    )
