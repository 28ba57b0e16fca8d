"""What bears on one member only: choices that bind some members, dates of statutes that are of use to some."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tmp_builder.deadlines import Deadline
from tmp_builder.deadlines.who import concerns
from tmp_builder.plan.schema import Member, Plan

Test = Callable[[Plan, Member], bool]


def binds(plan: Plan, member: Member, option: str) -> bool:
    """Whether a chosen option says anything to this member."""
    test = _ONLY.get(option)
    return test is None or test(plan, member)


def is_theirs(each: Deadline, plan: Plan, member: Member) -> bool:
    """Whether a date that is still to come belongs into the extract of this member."""
    test = _ONLY_DATES.get(each.code) if each.general else None
    if each.passed or each.key == "D53:needed" or not concerns(each, plan, member.id):
        return False
    return test is None or test(plan, member)


def _in(code: str) -> Test:
    """Organised there, or working there."""

    def test(plan: Plan, member: Member) -> bool:
        side = plan.side(member.side)
        places = {member.country} if member.country else set(side.territory if side else ())
        return code in places or code in member.work_places

    return test


def _paid(funder: str) -> Test:
    def test(plan: Plan, member: Member) -> bool:
        awards = (row.cells for row in plan.rows("awards") if row.cells.get("recipient") == member.id)
        return funder in member.public_money or any(cells.get("funder") == funder.replace("-", "_") for cells in awards)

    return test


def _of_type(kind: str) -> Test:
    return lambda _plan, member: member.type == kind


_ONLY: Mapping[str, Test] = {
    "benefits.china-reward": _in("CN"),
    "protection.china-first": _in("CN"),
    "export-control.china-export": _in("CN"),
    "protection.us-first": _in("US"),
    "export-control.us-ear": _in("US"),
    "public-funding.us-reservation": _paid("us-federal"),
    "public-funding.us-manufacture": _paid("us-federal"),
    "public-funding.china-fiscal": _paid("cn-fiscal"),
    "public-funding.eu-grant": _paid("eu"),
    "public-funding.national-laboratory": _of_type("national-lab"),
    "publication.thesis": _of_type("university"),
}
"""Choices that bind only some members, and which."""

_ONLY_DATES: Mapping[str, Test] = {
    "D15": _paid("us-federal"),
    "D16": _paid("us-federal"),
    "D20": _in("US"),
    "D24": _in("CN"),
    "D26": _in("CN"),
}
"""Dates of a statute that are of no use to every member, as long as they are windows as such."""
