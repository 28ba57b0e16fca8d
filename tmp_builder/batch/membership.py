"""Who is a member, of which consortium, on which day; memberships and institutions counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from tmp_builder.batch.members import MemberRow
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, Plan


class LeftOut(Struct, frozen=True):
    """A row for which nothing is made, and why."""

    row: MemberRow
    consortium: str
    reason: Labels


class Counts(Struct, frozen=True):
    """Memberships: one for each row and consortium; institutions: each once, however many consortia it sits in."""

    memberships: int
    institutions: int


def belongs(row: MemberRow, plan: Plan) -> bool:
    """Whether a row is of the consortium of this plan: it names no consortium, or this one by id or title."""
    names = {plan.id.casefold(), *(title.casefold() for title in plan.title.values() if title)}
    return not row.consortia or any(name.strip().casefold() in names for name in row.consortia)


def unknown_consortia(row: MemberRow, plans: Iterable[Plan]) -> tuple[str, ...]:
    """The consortia a row names for which no base plan is given."""
    names = {text.casefold() for plan in plans for text in (plan.id, *plan.title.values())}
    return tuple(name for name in row.consortia if name.strip().casefold() not in names)


def why_not(member: Member, day: date | None) -> Labels | None:
    """Why somebody is no member on `day`; None for a member. Votes and seats end on the day of the exit itself.

    Without a day only the status decides.
    """
    joined, left = _day(member.cells.get("joined_on")), _day(member.cells.get("left_on"))
    if day and joined and joined > day:
        return {"en": f"joins on {joined}, after {day}", "zh": f"于{joined}加入，晚于{day}"}
    if day and left and left <= day:
        return {"en": f"left on {left}", "zh": f"已于{left}退出"}
    if member.status == "left" and not (day and left):
        return {"en": "has left", "zh": "已退出"}
    return None


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def count(members: Iterable[Member]) -> Counts:
    """The memberships, and the institutions behind them: told apart by registration number, else by id."""
    found = list(members)
    return Counts(len(found), len({member.registration_no or member.id for member in found}))
