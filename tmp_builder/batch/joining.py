"""What would change if a row joined or a member left: the plan before and after; nothing is written."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.assemble.assembly import signing_members
from tmp_builder.batch.members import MemberRow, read_members
from tmp_builder.batch.membership import belongs, why_not
from tmp_builder.batch.merge import check_rows, merged, places_of
from tmp_builder.batch.request import Base, Request, papers_of, read_bases
from tmp_builder.errors import PlanError, UsageError, nearest
from tmp_builder.findings import both, listed
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, Plan


class Step(Struct, frozen=True):
    """A consortium before and after somebody joins or leaves. `papers` are those to make for a joiner."""

    old: Plan
    new: Plan
    library: Library
    member: str
    papers: tuple[str, ...] = ()


def join(request: Request, wanted: str) -> tuple[Step, ...]:
    """What joining of the row with the id or number `wanted` changes, for each consortium that it joins.

    Raises UsageError for a row that does not exist or is of no consortium given, PlanError for one with faults.
    """
    found = []
    for base in read_bases(request.bases, request.library):
        rows = [row for row in _rows(request, base) if belongs(row, base.plan)]
        row = next((row for row in rows if wanted in (row.id, str(row.number))), None)
        if row is not None:
            found.append(_joined(request, base, rows, row))
    if not found:
        known = [row.id for row in _rows(request, read_bases(request.bases, request.library)[0])]
        words = ("--join: no row “{wanted}” for these plans{near}", "--join：这些计划没有“{wanted}”这一行{near}")
        raise UsageError(
            both(*words, wanted=wanted, near=nearest(wanted, known)),
            both(
                "Give the id of a row, or its number: the first below the headings is 1.",
                "请填写行的编号，或者其序号：表头下第一行为1。",
            ),
        )
    return tuple(found)


def leave(request: Request, wanted: str) -> tuple[Step, ...]:
    """What it changes that a member leaves: `ID@DATE`. Raises UsageError for another form or an unknown member."""
    ident, at, text = wanted.partition("@")
    try:
        day = date.fromisoformat(text) if at else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(
            both("--leave {wanted}: no member with a date", "--leave {wanted}：应为成员编号和日期", wanted=wanted),
            both("Write it as A7@2027-03-31.", "写法如：A7@2027-03-31。"),
        )
    found = []
    known: list[str] = []
    for base in read_bases(request.bases, request.library):
        rows = [row for row in _rows(request, base) if belongs(row, base.plan)]
        whole = _whole(request, base, rows)
        known += [member.id for member in whole.members]
        member = whole.member(ident)
        if member is not None:
            left = replace(member, status="left", cells={**member.cells, "status": "left", "left_on": day})
            found.append(Step(whole, merged(whole, [left]), base.library, ident))
    if not found:
        words = ("--leave: no member has the id “{ident}”{near}", "--leave：没有编号为“{ident}”的成员{near}")
        raise UsageError(
            both(*words, ident=ident, near=nearest(ident, known)),
            both("Known: {known}.", "可用：{known}。", known=listed(known[:12])),
        )
    return tuple(found)


def _rows(request: Request, base: Base) -> tuple[MemberRow, ...]:
    return read_members(request.members, base.plan, base.library)


def _whole(request: Request, base: Base, rows: list[MemberRow], without: str = "") -> Plan:
    """The consortium with all rows that are right and are members today, except one."""
    checked = check_rows(rows, base.plan, base.library)
    day = base.day(request.as_of)
    members = [member for member in checked.members.values() if member.id != without and why_not(member, day) is None]
    places = {address: place for row in rows for address, place in places_of(row).items() if address.startswith("members.")}
    return merged(base.plan, members, places)


def _joined(request: Request, base: Base, rows: list[MemberRow], row: MemberRow) -> Step:
    checked = check_rows(rows, base.plan, base.library)
    if row.number not in checked.members:
        raise PlanError(checked.faults[row.number])
    member = _from(checked.members[row.number], base.day(request.as_of))
    before = _whole(request, base, rows, row.id)
    old = replace(before, members=tuple(each for each in before.members if each.id != row.id))
    new = merged(old, [member])
    papers = papers_of(row, request.makes, base)
    signers = {each.id for each in signing_members(new)}
    return Step(old, new, base.library, row.id, tuple(each for each in papers if each != "accession" or row.id not in signers))


def _from(member: Member, day: date | None) -> Member:
    """The member as a joiner: with the day on which it joins, where the row does not say it."""
    return member if day is None or "joined_on" in member.cells else replace(member, cells={**member.cells, "joined_on": day})
