"""MEM-04: votes: as many as declared, majorities that can be reached, no Side outvoted on ownership."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.bespoke import declared
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.membership.classes import CLASSES, class_of
from tmp_builder.rules.names import listed, member_name, side_name, text_of

STEERING, BOARD, COMMITTEE = "governance.steering", "governance.entity-board", "governance.ip-committee"
SHARES: tuple[tuple[str, Labels], ...] = (
    (f"{STEERING}.quorum", {"en": "quorum", "zh": "法定人数"}),
    (f"{STEERING}.majority", {"en": "majority", "zh": "表决多数"}),
    ("membership.approval.majority", {"en": "majority for admission", "zh": "加入表决多数"}),
)
PARITY = ("benefits.equal-sides", "reciprocity.funding-parity")
"""Promises that both Sides stand on an equal footing, beside a committee with equal seats."""


@rule("MEM-04", Severity.ERROR, Force.CONTRACT, "SEED3 member classes; DESCA general assembly; CERC-IP IP experts group")
def votes_add_up(case: Case) -> Iterator[Hit]:
    """Every member has the votes that the plan declares, quorum and majority lie between 1 and 100 percent, and no Side that
    was promised parity can be outvoted on ownership.

    Why: a wrong count makes every decision contestable; a Side outvoted on ownership loses what the protocol gave it.
    Bad: class Core with 2 votes, a Core member with 3; a majority of 3/2; six members against three under a steering
    committee with two thirds and equal shares promised. Good: 2 votes; 2/3; an `ip-committee` with equal seats.
    Decision: declared are the votes of the member's class, or, under a steering committee without classes, one vote each
    (observers and funders may have none). Parity is promised by `equal-sides`, `funding-parity` or a committee with equal
    seats. A Side can be outvoted if all others together reach the majority of a steering committee or entity board; the
    matters reserved there protect a member's own right, not a Side's say in joint ones. Under a committee with equal seats
    the text excludes it, unless bespoke text declares `ownership-by-majority`.
    """
    yield from _impossible_shares(case)
    for member in bound(case.plan):
        yield from _miscounted(case, member)
    yield from _outvoted(case)


def _impossible_shares(case: Case) -> Iterator[Hit]:
    for address, labels in SHARES:
        share = case.value(address) if case.plan.has(address.rpartition(".")[0]) else None
        if isinstance(share, Fraction) and not Fraction(1, 100) <= share <= 1:
            yield Hit(
                f"{labels['en']}: {share} is {float(share * 100):g} percent, outside 1 to 100",
                f"{labels['zh']}：{share}即{float(share * 100):g}%，超出1%至100%",
                f"parameters.{address}",
                address.rpartition(".")[0],
                fix=fix("Agree a share of at most 1, such as 2/3.", "约定不超过1的比例，例如2/3。"),
                cause=f"value:parameters.{address}",
            )


def _miscounted(case: Case, member: Member) -> Iterator[Hit]:
    votes, band = member.cells.get("votes"), class_of(case.plan, member)
    silent = member.role in ("observer", "funder") or member.status != "active"
    if votes is None or (silent and votes == 0):
        return
    source: Labels = {"en": "under the steering committee each member has", "zh": "指导委员会中每家成员单位有"}
    due = 1 if case.plan.has(STEERING) and not case.plan.has(CLASSES) else None
    if band and isinstance(band.get("votes"), int):
        name, due = text_of(band.get("name")), band["votes"]
        source = {"en": f"class “{name['en']}” has", "zh": f"级别“{name['zh']}”有"}
    if due is not None and votes != due:
        name = member_name(member)
        yield Hit(
            f"{name['en']} ({member.id}) has {votes} {'vote' if votes == 1 else 'votes'} entered; {source['en']} {due}",
            f"{name['zh']}（{member.id}）登记的表决权为{votes}票，而{source['zh']}{due}票",
            f"members.{member.id}.votes",
            CLASSES if band else STEERING,
            member.id,
            fix=fix(f"Set votes: {due}.", f"设votes: {due}。"),
        )


def _outvoted(case: Case) -> Iterator[Hit]:
    plan = case.plan
    promised = [option for option in (*PARITY, COMMITTEE) if plan.has(option)]
    if len(plan.sides) != 2 or not promised:
        return
    for text in declared(plan):
        if "ownership-by-majority" in text.features:
            en, zh = "bespoke text lets a majority decide on ownership", "自拟条文允许以多数决定归属"
            yield _without_parity(case, promised, en, zh, text.address)
    losers = [*_losers(case)]
    if losers:
        who = listed(labels for labels in losers)
        body = STEERING if plan.has(STEERING) else BOARD
        en, zh = f"{who['en']} can be outvoted on ownership in {body}", f"{who['zh']}在{body}中可被多数否决归属事项"
        yield _without_parity(case, promised, en, zh, "choices.governance")


def _without_parity(case: Case, promised: list[str], en: str, zh: str, address: str) -> Hit:
    label = listed(case.library.options[option].label for option in promised)
    return Hit(
        f"{en}, although parity is promised: {label['en']}",
        f"{zh}，而本计划约定对等：{label['zh']}",
        address,
        promised[0],
        fix=fix(f"Choose {COMMITTEE}, or require the agreement of both Sides.", f"改选{COMMITTEE}，或者要求两个国别方均同意。"),
    )


def _losers(case: Case) -> Iterator[Labels]:
    """The Sides that all others together can outvote, each with the count."""
    plan = case.plan
    needed = case.value(f"{STEERING}.majority") if plan.has(STEERING) else Fraction(1, 2) if plan.has(BOARD) else None
    counted = [(member, _votes(plan, member)) for member in bound(plan)]
    if not isinstance(needed, Fraction) or any(votes is None for _, votes in counted):
        return
    everything = sum(votes or 0 for _, votes in counted)
    for side in plan.sides:
        others = sum(votes or 0 for member, votes in counted if member.side != side.id)
        enough = others > needed * everything if plan.has(BOARD) and not plan.has(STEERING) else others >= needed * everything
        if everything and enough and any(member.side == side.id for member, _ in counted):
            name = side_name(side)
            yield {
                "en": f"{name['en']} ({everything - others} of {everything} votes)",
                "zh": f"{name['zh']}（{everything}票中的{everything - others}票）",
            }


def _votes(plan: Plan, member: Member) -> int | None:
    """The votes of a member: as entered, else by its class, else one under a steering committee; None while not known."""
    entered, band = member.cells.get("votes"), class_of(plan, member)
    if isinstance(entered, int):
        return entered
    if band and isinstance(band.get("votes"), int):
        return int(band["votes"])
    return 1 if plan.has(STEERING) and not plan.has(CLASSES) else None
