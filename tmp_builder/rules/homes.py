"""Where members are at home: the country or region in which each is organised, and who is foreign to whom."""

from __future__ import annotations

from collections.abc import Iterable

from tmp_builder.plan.schema import Member, Plan


def home(plan: Plan, member: Member) -> frozenset[str]:
    """The country or region of a member, else the territory of its side; empty while not known."""
    if member.country:
        return frozenset({member.country})
    side = plan.side(member.side)
    return frozenset(side.territory if side else ())


def at_home_in(plan: Plan, member: Member, code: str) -> bool:
    """Whether a member is known to be organised in a country or region."""
    return code in home(plan, member)


def foreign_to(plan: Plan, member: Member, code: str) -> bool:
    """Whether a member is known to be organised elsewhere. Hong Kong, Macau and Taiwan lie outside CN, as in export and patent law."""
    places = home(plan, member)
    return bool(places) and code not in places


def bound(plan: Plan) -> list[Member]:
    """The members that have not left."""
    return [member for member in plan.members if member.status != "left"]


def members_of(plan: Plan, idents: Iterable[str]) -> list[Member]:
    """The members with these ids that have not left; every such member where no id is given."""
    wanted = set(idents)
    return [member for member in bound(plan) if not wanted or member.id in wanted]
