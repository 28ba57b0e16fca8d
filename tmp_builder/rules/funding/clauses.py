"""FUN-01 to FUN-04, FUN-07: the clauses that public money asks for, and rewards of inventors in China."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import at_home_in, bound
from tmp_builder.rules.facts.public_money import money_in, money_of
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, member_name, members_named, only

REWARD = "benefits.china-reward"
SHARE = f"{REWARD}.licence_share"

CLAUSES = {
    "us_federal": "public-funding.us-reservation",
    "cn_fiscal": "public-funding.china-fiscal",
    "eu": "public-funding.eu-grant",
}
"""The clause that reserves the rights behind each kind of public money."""

KINDS: dict[str, Labels] = {
    "us_federal": {"en": "US federal money", "zh": "美国联邦资金"},
    "cn_fiscal": {"en": "Chinese fiscal money", "zh": "中国财政资金"},
    "eu": {"en": "an EU grant", "zh": "欧盟资助"},
    "other": {"en": "other public money", "zh": "其他公共资金"},
}


@rule("FUN-01", Severity.ERROR, Force.FUNDER, "BD 35 USC 200–212, 37 CFR 401.14; MGA rules on results; CRADA manual")
def funders_rights_are_reserved(case: Case) -> Iterator[Hit]:
    """US federal money, an EU grant and a national laboratory under a CRADA each have their clause in the plan.

    Why: these rights bind the recipient whatever the members agree; a plan that is silent promises what the recipient
    cannot give.
    Bad: a member with `public-money: us-federal` and no `public-funding.us-reservation`. Good: `us-reservation`; `eu-grant`
    for the European Union; `national-laboratory` where the fact `crada` holds.
    Decision: one finding for each clause that is missing. A clause that is still among open alternatives is not missing
    yet.
    """
    for fact, kind in (("us-federal-money", "us_federal"), ("eu-money", "eu")):
        if case.holds(fact):
            yield from _missing(case, CLAUSES[kind], KINDS[kind], _paid(case, kind))
    if case.holds("crada"):
        labs = [member for member in bound(case.plan) if member.type == "national-lab"]
        yield from _missing(case, "public-funding.national-laboratory", {"en": "a CRADA", "zh": "合作研发协议（CRADA）"}, labs)


@rule("FUN-02", Severity.ERROR, Force.LAW, "CNSTP Arts 32 and 34")
def the_rights_of_the_chinese_state_are_reserved(case: Case) -> Iterator[Hit]:
    """With Chinese fiscal money the plan has the clause on it.

    Why: the State may use such results, they are used in China first, and they leave the country exclusively only with approval.
    Bad: a member with `public-money: cn-fiscal` and no `public-funding.china-fiscal`. Good: the clause.
    """
    if case.holds("cn-fiscal-money"):
        yield from _missing(case, CLAUSES["cn_fiscal"], KINDS["cn_fiscal"], _paid(case, "cn_fiscal"))


@rule("FUN-03", Severity.ERROR, Force.LAW, "USNL Annex I III.A; STA-2018 amendment of the IP annex")
def governments_may_use_publications(case: Case) -> Iterator[Hit]:
    """A plan under an intergovernmental protocol gives both governments their licence in publications.

    Why: the treaties promise each government a free licence to translate, reproduce and distribute articles and reports.
    Bad: `basis: protocol` without `public-funding.government-publication-licence`. Good: the clause.
    """
    if case.holds("sta-basis"):
        what = {"en": "an intergovernmental protocol", "zh": "政府间议定书"}
        yield from _missing(case, "public-funding.government-publication-licence", what, [])


def _paid(case: Case, kind: str) -> list[Member]:
    return [member for member in bound(case.plan) if kind in money_of(case.plan, member)]


def _missing(case: Case, option: str, cause: Labels, members: list[Member]) -> Iterator[Hit]:
    if option in case.plan.entered("public-funding"):
        return
    names = members_named(members)
    who = {"en": f" ({names['en']})", "zh": f"（{names['zh']}）"} if members else {"en": "", "zh": ""}
    label = case.library.options[option].label
    yield Hit(
        f"the plan involves {cause['en']}{who['en']}, but “{label['en']}” ({option}) is not chosen",
        f"本计划涉及{cause['zh']}{who['zh']}，但未选“{label['zh']}”（{option}）",
        "choices.public-funding",
        option,
        only(members),
        fix=fix(f"Add {option}.", f"增加{option}。"),
        cause=f"need:{option}",
    )


@rule("FUN-04", Severity.WARNING, Force.FUNDER, "BD 35 USC 202–204; CNSTP Arts 32 and 34; MGA rules on results")
def reservations_stand_side_by_side(case: Case) -> Iterator[Hit]:
    """A result with public money of both sides is looked at: both reservations are named, and it is checked that they can
    stand together.

    Why: each State may license the result in its own interest, and each wants it made at home first; what one promises the
    other may forbid.
    Bad: result R-2 with `public_money: us_federal; cn_fiscal` that nobody has looked at. Good: public money of one side
    only, or a waiver that says who checked and what was found.
    Decision: two public funders of different kinds count as both sides. The result's own row decides, since members with
    public money also work without it. One finding a result.
    """
    for row in case.plan.rows("results"):
        kinds = [kind for kind in KINDS if kind in (money_in(row) or ())]
        if len(kinds) > 1:
            what = listed(KINDS[kind] for kind in kinds)
            clauses = [CLAUSES[kind] for kind in kinds if kind in CLAUSES]
            yield Hit(
                f"{row.id} was made with {what['en']}: "
                f"name both reservations ({', '.join(clauses)}) and check that they can stand together",
                f"{row.id}由{what['zh']}共同资助：应列明双方保留的权利（{'、'.join(clauses)}），并核对能否并存",
                f"{row.address}.public_money",
                fix=fix(
                    "Have both funders' terms checked for this result and record it in a waiver.",
                    "请就该成果核对双方资助条件，并以豁免记录在案。",
                ),
            )


@rule("FUN-07", Severity.WARNING, Force.LAW, "CNPLR Arts 92–94; CNTCT Arts 44–45")
def inventors_in_china_are_rewarded(case: Case) -> Iterator[Hit]:
    """With an employer in China the plan has the clause on rewards, and a state university or institute shares at least half
    of the income.

    Why: the statutory reward is owed whatever the plan says; for state institutions an agreement below the floor does not
    hold.
    Bad: a Chinese member and no `benefits.china-reward` (warning); `licence_share: 49` with a state-owned university
    (error). Good: the clause with 50 or more.
    Decision: companies and private institutions may agree less. Whether a member is state-owned is read from `state-owned`;
    where it is not stated, nothing is reported. One finding for the plan names the members.
    """
    employers = [member for member in bound(case.plan) if at_home_in(case.plan, member, "CN")]
    share = case.value(SHARE)
    if case.holds("cn-employer") and employers and REWARD not in case.plan.entered("benefits"):
        names = members_named(employers)
        yield Hit(
            f"inventors are employed in China ({names['en']}), but {REWARD} is not chosen",
            f"发明人在中国受雇（{names['zh']}），但未选{REWARD}",
            "choices.benefits",
            REWARD,
            only(employers),
            fix=fix(f"Add {REWARD}.", f"增加{REWARD}。"),
        )
    elif case.plan.has(REWARD) and share is not None and share < 50:
        yield from _below_the_floor(employers, share)


def _below_the_floor(employers: list[Member], share: object) -> Iterator[Hit]:
    state = [m for m in employers if m.type in ("university", "institute") and m.cells.get("state_owned") == "yes"]
    if state:
        names = listed(member_name(member) for member in state)
        yield Hit(
            f"inventors receive {share} percent of licence income; for state-owned {names['en']} the floor is 50 percent",
            f"约定发明人分得许可收益的{share}%；对于国有的{names['zh']}，法定下限为50%",
            f"parameters.{SHARE}",
            REWARD,
            only(state),
            fix=fix("Set licence_share: 50 or more.", "设licence_share: 50或者更高。"),
            severity=Severity.ERROR,
        )
