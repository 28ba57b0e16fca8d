"""Members from a CSV, XLSX or YAML table: the good rows are taken, the bad ones reported with sheet, cell and reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tmp_builder.findings import Fault, Place, both, listed
from tmp_builder.interview.asks import Taken
from tmp_builder.interview.state import State
from tmp_builder.library.marked import Marked
from tmp_builder.plan.files import MemberFile, PlanFile
from tmp_builder.plan.ledger import TWO_LETTERS, Ledger
from tmp_builder.plan.members import member_of
from tmp_builder.plan.rows import model_rows
from tmp_builder.plan.source import PlanSource

if TYPE_CHECKING:
    from tmp_builder.plan.schema import Side

SHOWN = 20
"""So many faults are told at once; the others are counted."""


class Rows(Struct, frozen=True):
    """What a table of members holds: rows that can be used, as the plan file writes them, and what is wrong with the others."""

    good: tuple[dict[str, Any], ...]
    faults: tuple[Fault, ...]
    skipped: int = 0


def import_members(state: State, folder: Path, name: str) -> Taken:
    """The members of the table `name` (looked for in `folder` unless it is a full path) in place of those of the plan."""
    path = folder / Path(name).expanduser()
    found = read_members(state, path)
    faults = [state.word("table-fault", fault=fault.text(state.language)) for fault in found.faults[:SHOWN]]
    if len(found.faults) > SHOWN:
        faults.append(state.word("table-more-faults", count=len(found.faults) - SHOWN))
    if not found.good:
        return Taken(refused="\n".join([*faults, state.word("table-nothing")]))
    inside = not found.faults and path.resolve().parent == folder.resolve()
    members: Any = path.name if inside else list(found.good)
    leads = {f"sides.{side.id}.lead": lead for side in state.plan.sides if (lead := _lead_of(side, found.good))}
    told = state.word("table-linked" if inside else "table-copied", count=len(found.good), file=path.name)
    changes = {"members": members, **{f"sides.{side.id}.lead": None for side in state.plan.sides if side.lead}, **leads}
    skipped = [state.word("table-skipped", count=found.skipped)] if found.skipped else []
    return Taken(changes, notices=(*faults, told, *skipped), pending={"members": bool(found.faults)})


def _lead_of(side: Side, rows: tuple[dict[str, Any], ...]) -> str:
    """The member that the table itself calls the lead of a side."""
    return next((row["id"] for row in rows if row.get("side") == side.id and row.get("role") == "lead"), "")


def read_members(state: State, path: Path) -> Rows:
    """Every row of the table, good or bad; a row is good when the plan could hold it."""
    source = PlanSource(path, path.name, PlanFile(id="table", title={}), Marked({}, {(): Place(path.name)}))
    ledger = Ledger(source, state.library)
    rows = model_rows("members", path.name, MemberFile, ledger)
    good, seen = [], set()
    for file, place in rows:
        faults = list(_faults(state, file, place, ledger))
        ledger.faults.extend(faults)
        if not faults and file.id not in seen:
            good.append(_plain(file))
        seen.add(file.id)
    _drop_rivals(good, {row["id"] for row in good}, ledger)
    skipped = len(ledger.lost) + len(rows) - len(good)
    return Rows(tuple(good), tuple(dict.fromkeys(ledger.faults)), skipped)


def _faults(state: State, file: MemberFile, place: Place, ledger: Ledger) -> Iterator[Fault]:
    """What the plan would not accept in a row that is valid in form."""
    faults: list[Fault] = []
    member_of(file, state.library.schedules.get("members"), place, faults)
    sides = [side.id for side in state.plan.sides]

    def cell(name: str) -> Place:
        return ledger.places.get(f"members.{file.id}.{name}", place)

    if file.side and file.side not in (*sides, "neutral"):
        known = ", ".join([*sides, "neutral"])
        faults.append(
            Fault(
                cell("side"),
                both("member {id}: unknown side “{side}”", "成员单位{id}：没有国别方“{side}”", id=file.id, side=file.side),
                both("Known: {known}.", "可用：{known}。", known=known)
                if sides
                else both("The plan has no sides.", "本计划没有国别方。"),
            )
        )
    for name, codes in (("country", (file.country,) if file.country else ()), ("work-places", file.work_places)):
        faults += [
            Fault(
                cell(name),
                both(
                    "member {id}: unknown country or region “{code}”",
                    "成员单位{id}：没有这样的国家或地区：“{code}”",
                    id=file.id,
                    code=code,
                ),
                TWO_LETTERS,
            )
            for code in codes
            if code not in state.library.territories
        ]
    if not (file.name.en or file.name.zh):
        faults.append(
            Fault(
                cell("name.en"),
                both("member {id}: has no name", "成员单位{id}：没有名称", id=file.id),
                both("Fill name.en or name.zh.", "请填写name.en或name.zh。"),
            )
        )
    yield from faults


def _drop_rivals(good: list[dict[str, Any]], ids: set[str], ledger: Ledger) -> None:
    """Competitors that are no member (any more) are taken out of a row and reported."""
    for row in good:
        unknown = [other for other in row.get("competes-with", ()) if other not in ids]
        if unknown:
            place = ledger.places.get(f"members.{row['id']}.competes-with", Place())
            ledger.fault(
                place,
                both(
                    "member {id}: competes-with names no member: “{names}”",
                    "成员单位{id}：competes-with所列并非成员单位：“{names}”",
                    id=row["id"],
                    names=listed(unknown),
                ),
            )
            row["competes-with"] = [other for other in row["competes-with"] if other in ids]


def _plain(file: MemberFile) -> dict[str, Any]:
    """A member as the plan file writes it: only what the table says."""
    data = file.model_dump(by_alias=True, exclude_unset=True, exclude_defaults=True)
    return {key: _written(value) for key, value in data.items()}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items()}
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
