"""OWN-01 to OWN-03, OWN-11: one ownership rule, complete: co-ownership, shares, chain of title."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.special_terms import has_in, options_in, parameter_address, scopes, value_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import member_name, quoted

REGIMES = tuple(f"joint-ownership.{name}" for name in ("free-no-accounting", "notice-compensate", "consent-all", "managed"))
ADD_ONS = tuple(f"joint-ownership.{name}" for name in ("assignment-rules", "enforcement", "costs-abandonment"))
WEIGHTS = tuple(f"ownership.joint-contribution.{name}" for name in ("w_inventive", "w_cash", "w_inkind"))
WHOLE, TOLERANCE = Decimal(100), Decimal("0.01")


@rule("OWN-01", Severity.ERROR, Force.CONTRACT, "USNL Annex I III.B(2); EACN Annex I gap rule; CNCC Art. 845")
def one_ownership_rule(case: Case) -> Iterator[Hit]:
    """A plan, and each project that departs from it, has exactly one rule on who owns Project IP.

    Why: two rules give two owners; with none, gap rules differ: joint ownership under one treaty, the employer under
    another.
    Bad: `ownership: [employer, joint-equal]`. Good: `ownership: employer`, and `joint-equal` in the project that
    needs it.
    Decision: the layers R0 to R2 of `imec-layers` are one rule. A choice that is still open between the parties is
    not judged.
    """
    slot = case.library.sections["ownership"].slot_of("ownership.employer")
    for project, address in scopes(case, "ownership"):
        decision = project.choices["ownership"] if project else case.plan.choices.get("ownership")
        held = [option for option in slot.options if decision and option in decision.options]
        if len(held) > 1 or (not held and not (decision and decision.open) and project is None):
            yield _not_one(case, project, address, held)


def _not_one(case: Case, project: Project | None, address: str, held: list[str]) -> Hit:
    labels = quoted(case.library.options[option].label for option in held)
    where = {"en": f"Project {project.id}" if project else "the plan", "zh": f"项目{project.id}" if project else "本计划"}
    return Hit(
        f"{where['en']} has {len(held)} rules on the ownership of Project IP"
        + (f": {labels['en']}" if held else "; it needs one"),
        f"{where['zh']}有{len(held)}项项目知识产权归属规则" + (f"：{labels['zh']}" if held else "，应有一项"),
        address,
        held[1] if held else "",
        fix=fix("Keep exactly one option under ownership.", "在ownership下仅保留一项。"),
        cause="" if project else "slot:ownership.owner",
    )


@rule("OWN-02", Severity.ERROR, Force.CONTRACT, "JOWN; CNPL Art. 14; CNCC Art. 860; USPAT 35 USC 262")
def co_ownership_is_regulated(case: Case) -> Iterator[Hit]:
    """Where co-ownership can arise, the plan has a regime for it and rules on enforcement, costs and assignment.

    Why: default laws differ: in the United States each co-owner licenses alone and keeps the income, in China the
    income is shared, elsewhere every licence needs consent; and a US court wants all co-owners as plaintiffs.
    Bad: `ownership: employer` with an empty section on joint ownership. Good: one regime with `enforcement`,
    `costs-abandonment` and `assignment-rules`.
    Decision: co-ownership can arise where the ownership rule says so, or where a result has inventors of two members.
    What is still open between the parties counts as present. One finding names everything that is missing.
    """
    entered = set(case.plan.entered("joint-ownership"))
    if case.holds("joint-ownership-possible"):
        yield from _unregulated(case, None, "choices.joint-ownership", entered)
    for project, address in scopes(case, "ownership"):
        brings = [option for option in options_in(case, project, "ownership") if _brings(case, option)] if project else []
        if brings and not case.holds("joint-ownership-possible"):
            yield from _unregulated(case, project, address, entered | set(options_in(case, project, "joint-ownership")))


def _brings(case: Case, option: str) -> bool:
    return "joint-ownership-possible" in case.library.options[option].brings


def _unregulated(case: Case, project: Project | None, address: str, entered: set[str]) -> Iterator[Hit]:
    regime = any(option in entered for option in REGIMES)
    missing = [option for option in ADD_ONS if option not in entered]
    if regime and not missing:
        return
    slot: Labels = next(slot.label for slot in case.library.sections["joint-ownership"].slots if set(slot.options) & set(REGIMES))
    labels = quoted([*([] if regime else [slot]), *(case.library.options[option].label for option in missing)])
    where = {"en": f" in Project {project.id}" if project else "", "zh": f"项目{project.id}的" if project else ""}
    causes = [] if regime else ["slot:joint-ownership.regime", "need:" + "|".join(REGIMES)]
    causes += [f"need:{option}" for option in missing]
    yield Hit(
        f"Project IP can come to be jointly owned{where['en']}, but the plan has no rule on: {labels['en']}",
        f"{where['zh']}项目知识产权可能共有，但本计划缺少：{labels['zh']}",
        address,
        fix=fix(
            f"Add {', '.join([*([] if regime else ['one regime']), *missing])}.",
            f"增加{'、'.join([*([] if regime else ['一项共有规则']), *missing])}。",
        ),
        cause=causes[0],
        also=tuple(causes[1:]),
    )


@rule("OWN-03", Severity.ERROR, Force.CONTRACT, "SEED2: record of contributions; USNL Art. 12.5; SPCT Art. 16")
def shares_by_contribution_add_up(case: Case) -> Iterator[Hit]:
    """Ownership by contribution: the weights sum to 100, the members' shares to 100.00 within 0.01, and every
    contribution is dated.

    Why: in China agreed percentages are read as shares of co-ownership; what is missing or too much belongs to nobody
    or to two.
    Bad: weights 60, 25 and 10; shares of 33.33, 33.33 and 33.32. Good: 60, 25, 15; 33.33, 33.33, 33.34; a
    `valuation-date` beside each value.
    Decision: sums are judged when every weight, and the share of every member other than observers and funders, is
    known; shares that exceed 100.01 before that are too much already. Contributions are `cash` and `inkind`. Members
    that have left are not counted.
    """
    used = False
    seen: set[str] = set()
    for project in (None, *case.plan.projects):
        if has_in(case, project, "ownership.joint-contribution"):
            used = True
            where = [parameter_address(project, weight) for weight in WEIGHTS]
            if "|".join(where) not in seen:
                seen.add("|".join(where))
                yield from _weights(project, [value_in(case.plan, project, weight) for weight in WEIGHTS], where)
    if used:
        yield from _shares(case.plan)


def _weights(project: Project | None, weights: list[Any], where: list[str]) -> Iterator[Hit]:
    if any(weight is None for weight in weights):
        return
    total = sum(weights, Decimal(0))
    if total != WHOLE:
        parts = " + ".join(f"{weight}" for weight in weights)
        first = next((address for address in where if project and address.startswith("projects.")), where[0])
        yield Hit(
            f"the weights of the contributions sum to {total} percent, not 100: {parts}",
            f"各项投入权重合计为{total}%，不是100%：{parts}",
            first,
            "ownership.joint-contribution",
            fix=fix("Let the three weights sum to 100.", "使三项权重合计为100。"),
        )


def _shares(plan: Plan) -> Iterator[Hit]:
    members = bound(plan)
    shares = [member.cells["share_pct"] for member in members if "share_pct" in member.cells]
    known = all("share_pct" in member.cells for member in members if member.role in ("lead", "member"))
    total = sum(shares, Decimal(0))
    if shares and (total > WHOLE + TOLERANCE or (known and total < WHOLE - TOLERANCE)):
        yield Hit(
            f"the shares of the members sum to {total} percent, not 100.00",
            f"各成员单位份额合计为{total}%，不是100.00%",
            "members",
            "ownership.joint-contribution",
            fix=fix("Correct share-pct of the members.", "更正各成员单位的share-pct。"),
        )
    for member in members:
        valued = [key for key in ("cash", "inkind") if key in member.cells]
        if valued and "valuation_date" not in member.cells:
            name = member_name(member)
            yield Hit(
                f"the contribution of {name['en']} ({member.id}: {' and '.join(valued)}) has no date of valuation",
                f"{name['zh']}的投入（{member.id}：{'、'.join(valued)}）没有估值日期",
                f"members.{member.id}.valuation-date",
                "ownership.joint-contribution",
                member.id,
                fix=fix("Set valuation-date.", "填写valuation-date。"),
            )


@rule("OWN-11", Severity.ERROR, Force.LAW, "CNPLR Art. 13; SPCT Art. 2; CNPL Arts 6 and 8; BD 37 CFR 401.14(f)")
def title_reaches_the_owner(case: Case) -> Iterator[Hit]:
    """Every ownership rule rests on the chain of title: staff, students and contractors have assigned their rights.

    Why: a member cannot own, share or license what its student still holds.
    Bad: `ownership: employer` without `personnel.chain-of-title`. Good: both.
    """
    owned = tuple(case.plan.entered("ownership"))
    if owned and "personnel.chain-of-title" not in case.plan.entered("personnel"):
        label = case.library.options[owned[0]].label
        yield Hit(
            f"“{label['en']}” is chosen, but no clause makes staff, students and contractors assign their rights",
            f"已选“{label['zh']}”，但没有条款要求员工、学生和受托人员转让其权利",
            "choices.personnel",
            "personnel.chain-of-title",
            fix=fix("Add personnel.chain-of-title.", "增加personnel.chain-of-title。"),
            cause="slot:personnel.title",
            also=("need:personnel.chain-of-title",),
        )
