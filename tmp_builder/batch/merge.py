"""Rows and the base plan put together: the members of rows take the place of those with their ids or are appended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.batch.members import MemberRow
from tmp_builder.errors import PlanError, UsageError
from tmp_builder.findings import Fault, Place, Words, spoken
from tmp_builder.language import LANGUAGES
from tmp_builder.library.marked import KeyPath, Marked
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import assign
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.plan.source import source_from

_LISTS = ("languages", "territory", "calendars", "work-places", "members", "filing-wishes")
"""Last steps of addresses whose cell holds several values."""


class Checked(Struct, frozen=True):
    """What is right in some rows: the member of each by number; and what is wrong in the others."""

    members: Mapping[int, Member]
    faults: Mapping[int, tuple[Fault, ...]]


def merged(plan: Plan, members: Iterable[Member], places: Mapping[str, Place] | None = None) -> Plan:
    """The plan with each member in the place of the one with its id, or behind the others."""
    new = {member.id: member for member in members}
    kept = tuple(new.pop(member.id, member) for member in plan.members)
    return replace(plan, members=(*kept, *new.values()), places={**plan.places, **(places or {})})


def changed(plan: Plan, library: Library, changes: Mapping[str, Any], places: Mapping[str, Place]) -> Plan:
    """The plan with the values of `changes` at their addresses. Raises PlanError with every fault, at the cell where it was written."""
    if not changes:
        return plan
    from tmp_builder.plan.files import PlanFile

    data = _as_text(plan_data(plan, library))
    faults, marks = [], {}
    for address, value in changes.items():
        marks[tuple(address.split("."))] = places.get(address, Place())
        try:
            assign(data, address, _listed(address, value, library))
        except UsageError as fault:
            faults.append(Fault(places.get(address, Place()), fault.message, fault.hint))
    if faults:
        raise PlanError(faults)
    first = next(iter(places.values()), Place())
    marked = Marked(data, _from_the_top({(): first, **_marks(marks)}))
    shown = plan.file or plan.id
    found = resolve(source_from(marked, Path(shown), shown, PlanFile), library)
    return replace(found, file=plan.file, places={**plan.places, **{address: places.get(address, first) for address in changes}})


def _marks(marks: Mapping[tuple[str, ...], Place]) -> dict[KeyPath, Place]:
    """Where the parts of changed values stand: as written, and the keys of parameters as the plan file has them."""
    found: dict[KeyPath, Place] = {}
    for path, place in marks.items():
        found[path] = place
        if path[0] == "parameters":
            found["parameters", ".".join(path[1:])] = place
    return found


def _from_the_top(places: Mapping[KeyPath, Place]) -> dict[KeyPath, Place]:
    """The places with one for each part above, which comes first, as a file that was read has them."""
    found: dict[KeyPath, Place] = {(): places[()]}
    for path, place in sorted(places.items(), key=lambda pair: len(pair[0])):
        for end in range(1, len(path)):
            found.setdefault(path[:end], found[path[: end - 1]])
        found[path] = place
    return found


def _as_text(value: Any) -> Any:
    """Plain data as a plan file holds it: every single value is a text."""
    if isinstance(value, Mapping):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(each) for each in value]
    return str(value) if isinstance(value, (int, float)) else value


def _listed(address: str, value: Any, library: Library) -> Any:
    if isinstance(value, str) and _takes_several(address, library):
        return [part.strip() for part in value.replace("；", ";").replace(",", ";").split(";") if part.strip()]
    return value


def _takes_several(address: str, library: Library) -> bool:
    """Whether a cell holds several values: options of a section, a list of a parameter, or one of the keys that do."""
    head, _, rest = address.partition(".")
    parameter = library.parameter(rest) if head == "parameters" else None
    if parameter is not None:
        return parameter.spec.kind == "list"
    return head == "choices" or address.rpartition(".")[2] in _LISTS


# ── rows held against the base ──────────────────────────────────────────────────────────────────────────────────────


def check_rows(rows: Sequence[MemberRow], plan: Plan, library: Library) -> Checked:
    """The member of each row without faults, typed and held against the plan's sides and members; the faults of the others.

    All rows are read as the members of one small plan, so that each fault is the one a plan file would show, at its cell.
    """
    faults: dict[int, tuple[Fault, ...]] = {row.number: row.faults for row in rows if row.faults}
    left = [row for row in rows if row.id and not row.twice]
    while True:
        try:
            members = _members(left, plan, library)
        except PlanError as error:
            found = dict(_attributed(error.faults, left))
            if not found:
                raise
            for number, each in found.items():
                faults[number] = (*faults.get(number, ()), *each)
            left = [rest for row in left if (rest := _without(row, found.get(row.number, ()))) is not None]
        else:
            return Checked({number: member for number, member in members.items() if number not in faults}, faults)


def _members(rows: Sequence[MemberRow], plan: Plan, library: Library) -> dict[int, Member]:
    from tmp_builder.plan.files import PlanFile

    ids = {row.id for row in rows}
    stubs = [{"id": member.id, "name": "–"} for member in plan.members if member.id not in ids]
    data = {
        "id": plan.id,
        "title": "–",
        "sides": [{"id": side.id, "name": "–"} for side in plan.sides],
        "members": [*(dict(row.member) for row in rows), *stubs],
    }
    places: dict[KeyPath, Place] = {(): Place(plan.file)}
    for index, row in enumerate(rows):
        places["members", index] = row.place
        places |= {("members", index, *heading.split(".")): place for heading, place in row.cells.items()}
    source = source_from(Marked(data, _from_the_top(places)), Path(plan.file or plan.id), plan.file or plan.id, PlanFile)
    small = resolve(source, library)
    return {row.number: member for row, member in zip(rows, small.members, strict=False)}


def _attributed(faults: Iterable[Fault], rows: Sequence[MemberRow]) -> Iterator[tuple[int, tuple[Fault, ...]]]:
    """The faults by the number of the row in which they stand."""
    found = list(faults)
    for index, row in enumerate(rows):
        mine = {row.place, *row.cells.values()}
        hit = tuple(_of_cell(fault, index) for fault in found if fault.place in mine)
        if hit:
            yield row.number, hit


def _of_cell(fault: Fault, index: int) -> Fault:
    """A fault without the address in the small plan, which no table has: its place names the cell."""
    said = {language: spoken(fault.message, language).replace(f"members.{index}.", "", 1) for language in LANGUAGES}
    return replace(fault, message=Words(said["en"], said["zh"]))


def _without(row: MemberRow, faults: Sequence[Fault]) -> MemberRow | None:
    """The row without its cells that are wrong, so that the rest of it is looked at as well; None where it is no row without them."""
    places = {fault.place for fault in faults}
    bad = [heading for heading, place in row.cells.items() if place in places]
    if not faults:
        return row
    if not bad or any(heading.partition(".")[0] in ("id", "name") for heading in bad):
        return None
    member = dict(row.member)
    for heading in bad:
        head, _, rest = heading.partition(".")
        inner = member.pop(head, None)
        if rest and isinstance(inner, Mapping):
            member[head] = {key: value for key, value in inner.items() if key != rest.partition(".")[0]}
    return replace(row, member=member, cells={heading: place for heading, place in row.cells.items() if heading not in bad})


def places_of(row: MemberRow) -> dict[str, Place]:
    """Where the parts of a row stand, by their addresses in the merged plan."""
    own = f"members.{row.id}"
    inside = {f"{own}.{heading}": place for heading, place in row.cells.items() if heading.partition(".")[0] in row.member}
    return {own: row.place, **inside, **{address: row.cells.get(address, row.place) for address in row.changes}}
