"""Cells of registers that name a row elsewhere: where each points, and which names lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tmp_builder.library.schema import Labels, RegisterColumn
from tmp_builder.plan.schema import Plan, RegisterRow
from tmp_builder.rules.case import Case

LICENSED = ("results", "background", "datasets", "equipment")
"""The registers whose numbers a licence may name as the rights that it covers."""

EVENT_OBJECTS = {"first_member_order": "equipment", "notice_reciprocity": "metrics"}
"""What the object of an event is, where its kind decides; other events name what they like."""


class Absent(Struct, frozen=True):
    """A cell that names a row which is not there: its address, the row it stands in, what it names, where, the nearest name."""

    address: str
    row: str
    named: str
    where: Labels
    near: str


def absent_rows(case: Case) -> Iterator[Absent]:
    """Every name in a register that leads to no project and no row; members are held when the plan is read."""
    known = _known(case.plan)
    for name, rows in case.plan.registers.items():
        schedule = case.library.schedules[name]
        columns = [column for column in (*schedule.columns, *schedule.leaving_columns) if column.kind in ("project", "row")]
        for row in rows:
            for column in columns:
                target = ("projects",) if column.kind == "project" else (column.of,)
                yield from _lost(case, row, column, target, known)
    for row in case.plan.rows("grants"):
        ip = case.library.schedules["grants"].column("ip")
        if ip:
            yield from _lost(case, row, ip, LICENSED, known)
    for row in case.plan.rows("events"):
        register = EVENT_OBJECTS.get(str(row.cells.get("kind")))
        named = case.library.schedules["events"].column("object")
        if register and named:
            yield from _lost(case, row, named, (register,), known)


def _known(plan: Plan) -> Mapping[str, set[str]]:
    found = {name: {row.id for row in rows} for name, rows in plan.registers.items()}
    return {**found, "projects": {project.id for project in plan.projects}}


def _lost(
    case: Case, row: RegisterRow, column: RegisterColumn, targets: tuple[str, ...], known: Mapping[str, set[str]]
) -> Iterator[Absent]:
    cell = row.cells.get(column.name)
    for named in cell if isinstance(cell, tuple) else (cell,):
        if isinstance(named, str) and named and not any(named in known.get(target, ()) for target in targets):
            every = sorted({ident for target in targets for ident in known.get(target, ())})
            from difflib import get_close_matches

            near = get_close_matches(named, every, n=1, cutoff=0.6)
            yield Absent(f"{row.address}.{column.name}", row.id, named, _titles(case, targets), near[0] if near else "")


def _titles(case: Case, targets: tuple[str, ...]) -> Labels:
    titles = [case.library.schedules[target].title for target in targets]
    return {"en": " / ".join(f"“{title['en']}”" for title in titles), "zh": "、".join(f"“{title['zh']}”" for title in titles)}
