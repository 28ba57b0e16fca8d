"""Where members are at home: the country or region in which each is organised, and who is foreign to whom."""

from __future__ import annotations

from tmp_builder.plan.schema import Member, Plan, Project


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
    """Whether a member is known to be organised elsewhere.

    Hong Kong, Macau and Taiwan lie outside CN, as they do in export control and in patent law.
    """
    places = home(plan, member)
    return bool(places) and code not in places


def bound(plan: Plan) -> list[Member]:
    """The members that have not left."""
    return [member for member in plan.members if member.status != "left"]


def participants(plan: Plan, project: Project | None) -> list[Member]:
    """The members of a project that have not left (None: of the plan); empty while a project names none."""
    if project is None:
        return bound(plan)
    named = frozenset(project.members)
    return [member for member in plan.members if member.id in named and member.status != "left"]
