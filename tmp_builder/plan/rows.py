"""Rows of a plan, inline or from the tables it names: members and projects as models, registers as typed cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from tmp_builder.errors import nearest
from tmp_builder.findings import Place, both, listed
from tmp_builder.library.border import known_keys, validate
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import RegisterColumn, ScheduleSpec
from tmp_builder.plan.addresses import key_text
from tmp_builder.plan.ledger import Ledger
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.plan.tables import TableRow, read_table
from tmp_builder.values import Misfit, parse

if TYPE_CHECKING:
    from tmp_builder.plan.files import MemberFile, ProjectFile

    R = TypeVar("R", MemberFile, ProjectFile)

OWN_KEYS = ("members", "projects")
"""Schedules whose rows stand under keys of their own, not under `registers:`."""


def model_rows(key: str, entry: str | tuple[R, ...], model: type[R], ledger: Ledger) -> list[tuple[R, Place]]:
    """The rows under `key`, inline or from the table it names, each with its place."""
    if isinstance(entry, str):
        rows: list[tuple[R, Place]] = list(_from_table(key, entry, model, ledger))
    else:
        rows = [(file, ledger.source.place(key, index)) for index, file in enumerate(entry)]
    ledger.once([(file.id, where) for file, where in rows], key)
    return rows


def _from_table(key: str, name: str, model: type[R], ledger: Ledger) -> Iterator[tuple[R, Place]]:
    rows = read_table(ledger.source.folder, name, ledger.source.place(key), ledger.faults)
    for row in _with_known_columns(rows, known_keys(model, ()), key, ledger):
        file = validate(model, split_lists(row.data, model), partial(_cell, row), ledger.faults)
        if file is None:
            ledger.lost.append(str(row.data.get("id", "")))
        else:
            ledger.places |= {
                f"{key}.{file.id}": row.place,
                **{f"{key}.{file.id}.{name}": where for name, where in row.cells.items()},
            }
            yield file, row.place


def _with_known_columns(rows: list[TableRow], known: Collection[str], what: str, ledger: Ledger) -> list[TableRow]:
    """The rows without columns that nobody knows, each of which is one fault where the table heads it."""
    heads = rows[0].header if rows else {}
    unknown = [head for head in heads if head.partition(".")[0] not in known]
    for head in unknown:
        name = head.partition(".")[0]
        ledger.fault(
            heads[head],
            both(
                "unknown column “{name}” in {what}{near}",
                "{what}中没有列“{name}”{near}",
                name=name,
                what=what,
                near=nearest(name, known),
            ),
            both("Known: {known}.", "可用：{known}。", known=listed(known)),
        )
    dropped = {head.partition(".")[0] for head in unknown}
    return [replace(row, data={key: cell for key, cell in row.data.items() if key not in dropped}) for row in rows]


def _cell(row: TableRow, path: tuple[str | int, ...]) -> Place:
    """The cell of a part of a row, or the row."""
    return row.cells.get(".".join(map(str, path))) or (row.cells.get(str(path[0])) if path else None) or row.place


def split_lists(data: Mapping[str, Any], model: type[MemberFile] | type[ProjectFile]) -> dict[str, Any]:
    """Cells of columns that take several values, divided at semicolons; at commas where there is none ("Acme, Inc.;" is one name)."""
    out = dict(data)
    for name, info in model.model_fields.items():
        key = info.alias or name
        if isinstance(out.get(key), str) and str(info.annotation).startswith("tuple"):
            text = str(out[key]).replace("；", ";")
            out[key] = [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]
    return out


def registers(
    entries: Mapping[str, str | tuple[dict[str, Any], ...]], ids: list[str], ledger: Ledger
) -> dict[str, tuple[RegisterRow, ...]]:
    """The typed rows of every register the plan names; `ids` are the members that a cell may name."""
    found = {}
    for name, entry in entries.items():
        ledger.known(name, [key for key in ledger.library.schedules if key not in OWN_KEYS], "register", "registers", name)
        schedule = ledger.library.schedules.get(name)
        if schedule is not None and name not in OWN_KEYS:
            found[name] = tuple(_register(name, entry, schedule, ids, ledger))
    return found


def _register(
    name: str, entry: str | tuple[dict[str, Any], ...], schedule: ScheduleSpec, ids: list[str], ledger: Ledger
) -> Iterator[RegisterRow]:
    place = ledger.source.place
    if isinstance(entry, str):
        rows = read_table(ledger.source.folder, entry, place("registers", name), ledger.faults)
    else:
        rows = [
            TableRow(data, place("registers", name, index), {key: place("registers", name, index, key) for key in data})
            for index, data in enumerate(entry)
        ]
    columns = {column.name: column for column in (*schedule.columns, *schedule.leaving_columns)}
    rows = _with_known_columns(rows, columns, name, ledger)
    idents = [(key_text(row.data.get(schedule.key)), row.place) for row in rows]
    given = [(ident, where) for ident, where in idents if ident]
    ledger.once(given, both("the register {name}", "清单{name}", name=name))
    for row in rows:
        ident = key_text(row.data.get(schedule.key))
        if not ident:
            ledger.fault(
                row.place,
                both("a row of the register {name} has no {key}", "清单{name}中有一行缺少{key}", name=name, key=schedule.key),
                both("Give it one: {key}: …", "请补上：{key}: …", key=schedule.key),
            )
        address = f"registers.{name}.{ident}"
        ledger.places |= {address: row.place, **{f"{address}.{key}": where for key, where in row.cells.items()}}
        yield RegisterRow(ident, cells(row, columns, ids, name, ledger), address)


def work_plan(entries: tuple[dict[str, Any], ...], ids: list[str], ledger: Ledger) -> Iterator[RegisterRow]:
    """The rows of the joint work plan; `ids` are the members that a cell may name."""
    schedule = ledger.library.schedules.get("projects")
    columns = {column.name: column for column in schedule.plan_columns} if schedule else {}
    for index, data in enumerate(entries):
        where = ("work-plan", index)
        row = TableRow(data, ledger.source.place(*where), {key: ledger.source.place(*where, key) for key in data})
        yield RegisterRow(str(index + 1), cells(row, columns, ids, "work-plan", ledger), f"work-plan.{index}")


def cells(row: TableRow, columns: Mapping[str, RegisterColumn], ids: list[str], register: str, ledger: Ledger) -> dict[str, Any]:
    """The typed cells of a row by column name; what cannot be read is a fault at its cell."""
    found: dict[str, Any] = {}
    for key, raw in row.data.items():
        place = row.cells.get(key, row.place)
        column = columns.get(key)
        if column is None:
            ledger.fault(
                place,
                both(
                    "unknown column “{key}” in {register}{near}",
                    "{register}中没有列“{key}”{near}",
                    key=key,
                    register=register,
                    near=nearest(key, columns),
                ),
                both("Known: {known}.", "可用：{known}。", known=listed(columns)),
            )
        elif column.computed:
            ledger.fault(
                place,
                both("{key} is computed by the program and not written", "{key}由程序计算，无须填写", key=key),
                both("Delete it.", "请删去。"),
            )
        elif raw not in (None, ""):
            try:
                spec = column_spec(column)
                found[key] = parse(spec, _listed(raw) if column.many else raw)
                ledger.names_in(spec, found[key], ids, place, key)
            except Misfit as misfit:
                ledger.fault(place, both("{key}: {why}", "{key}：{why}", key=key, why=misfit.words))
    return found


def _listed(raw: Any) -> Any:
    """Several values in one cell are divided by semicolons."""
    return [part.strip() for part in raw.replace("；", ";").split(";") if part.strip()] if isinstance(raw, str) else raw
