"""FUN-05, FUN-06: shares of money: parity of the Sides, match of private to public contributions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.money import contribution, said, total
from tmp_builder.rules.facts.public_money import money_of
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import project_name, side_name
from tmp_builder.values import Money
from tmp_builder.values.say import plain_number

PARITY = "reciprocity.funding-parity"
MATCH = "membership.matching"
LOW, HIGH = 40, 60


@rule("FUN-05", Severity.ERROR, Force.FUNDER, "CERC-CVC equal public funds; SEED0 CERC funding")
def public_money_is_even_and_stays_at_home(case: Case) -> Iterator[Hit]:
    """Under funding parity each Side brings 40 to 60 percent of the public money, and none of it is to cross the border.

    Why: parity is what both treasuries were promised; money that crosses the border brings the other side's auditors.
    Bad: US members with public money of USD 6,100,000, Chinese ones of USD 3,900,000; a project with `cross-border-payment:
    yes`. Good: 60 to 40, each paying its own.
    Decision: the share agreed is tested, and the shares that follow from Schedule 3: the contributions, in cash and in
    kind, of the members with public money, as the clause says. They are compared once every such member has an amount, all
    in one currency, and every member says whether it has public money. One finding for each project with a payment across
    the border.
    """
    if not case.plan.has(PARITY):
        return
    agreed = case.value(f"{PARITY}.parity")
    if agreed is not None and not LOW <= agreed <= HIGH:
        yield Hit(
            f"the first Side is to bring {agreed} percent of the public money; parity means {LOW} to {HIGH}",
            f"约定第一国别方承担公共资金的{agreed}%，而对等区间为{LOW}%至{HIGH}%",
            f"parameters.{PARITY}.parity",
            PARITY,
            fix=fix(f"Set parity between {LOW} and {HIGH}.", f"设parity在{LOW}与{HIGH}之间。"),
            cause=f"value:parameters.{PARITY}.parity",
        )
    yield from _uneven(case.plan)
    for project in case.plan.projects:
        if project.cells.get("cross_border_payment"):
            name = project_name(project)
            yield Hit(
                f"{name['en']} plans a payment across the border, while each Side is to fund its own members",
                f"{name['zh']}计划跨境付款，而约定各国别方仅资助本方成员单位",
                f"projects.{project.id}.cross-border-payment",
                PARITY,
                fix=fix("Let each Side pay its own, or drop funding-parity.", "由各方自行出资，或者不选funding-parity。"),
            )


def _uneven(plan: Plan) -> Iterator[Hit]:
    given = [_public_money(plan, side.id) for side in plan.sides]
    if len(given) != 2 or None in given:
        return
    everything = total(amount for amounts in given for amount in amounts or ())
    if not everything or not everything.amount:
        return
    sums = [
        Money(sum((amount.amount for amount in amounts or () if amount), Decimal(0)), everything.currency) for amounts in given
    ]
    share = sums[0].amount * 100 / everything.amount
    if not LOW <= share <= HIGH:
        one, other = (side_name(side) for side in plan.sides)
        mine, yours, figure = said(sums[0]), said(sums[1]), plain_number(round(share, 4))
        yield Hit(
            f"{one['en']} brings {mine['en']} of public money, {other['en']} {yours['en']}: "
            f"{figure} percent, outside {LOW} to {HIGH}",
            f"{one['zh']}的公共资金为{mine['zh']}，{other['zh']}为{yours['zh']}：占{figure}%，超出{LOW}%至{HIGH}%",
            "members",
            PARITY,
            fix=fix("Adjust the contributions, or correct their values.", "调整投入，或者更正其价值。"),
        )


def _public_money(plan: Plan, side: str) -> tuple[Money | None, ...] | None:
    """The contributions of a Side's members with public money; None while it is not known who has any."""
    members = [member for member in bound(plan) if member.side == side]
    if not members or any(_has_public_money(plan, member) is None for member in members):
        return None
    return tuple(contribution(member) for member in members if _has_public_money(plan, member))


def _has_public_money(plan: Plan, member: Member) -> bool | None:
    return True if money_of(plan, member) else False if "none" in member.public_money else None


@rule("FUN-06", Severity.ERROR, Force.FUNDER, "SEED3 matching of public and private money")
def private_money_matches_public_money(case: Case) -> Iterator[Hit]:
    """Under matching, private members together contribute at least the ratio times the public contribution.

    Why: the funder pays on this condition; a shortfall stops the money.
    Bad: ratio 1, public contributions of USD 10,000,000, private ones of USD 9,999,999. Good: USD 10,000,000 or more.
    Decision: the values of Schedule 3 count, in cash and in kind: those of members with public money as public, those of
    the others as private. They are compared once all are known and stand in one currency.
    """
    ratio = case.value(f"{MATCH}.ratio") if case.plan.has(MATCH) else None
    members = bound(case.plan)
    kinds = {member.id: _has_public_money(case.plan, member) for member in members}
    if ratio is None or not members or None in kinds.values():
        return
    public = total(contribution(member) for member in members if kinds[member.id])
    private = total(contribution(member) for member in members if not kinds[member.id])
    if public and all(kinds.values()):
        private = Money(Decimal(0), public.currency)
    if public and private and public.currency == private.currency and private.amount < ratio * public.amount:
        have, basis, need = said(private), said(public), said(Money(ratio * public.amount, public.currency))
        yield Hit(
            f"private contributions are {have['en']}; {ratio} times the public {basis['en']} is {need['en']}",
            f"非财政投入为{have['zh']}；公共投入{basis['zh']}的{ratio}倍为{need['zh']}",
            "members",
            MATCH,
            fix=fix(
                "Raise private contributions, or agree a lower ratio with the funder.",
                "增加非财政投入，或者与资助方约定较低比例。",
            ),
        )
