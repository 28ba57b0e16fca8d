"""The table of members: CSV, XLSX or YAML, a row a member, or a folder of plans; every cell with its place."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.batch.headings import FOLDER, OUTPUTS, Heading, Kind, read_headings
from tmp_builder.batch.sheet_bounds import beyond
from tmp_builder.errors import InputError, PlanError
from tmp_builder.findings import Fault, Place, both, listed
from tmp_builder.library.border import known_keys
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.source import ENDING
from tmp_builder.plan.tables import ENDINGS, TableRow, read_table

YES = ("yes", "y", "true", "1", "x", "✓", "是", "有")
NO = ("no", "n", "false", "0", "-", "–", "否", "无", "")
"""What stands in the cells of a column that names a paper."""

_GIVE_ID = both("Give each row the id of its member, such as A1.", "请为每一行填写成员单位编号，例如A1。")
_HEADS = both("Its first line names the columns, such as id, name.en, name.zh.", "第一行应为列名，例如id、name.en、name.zh。")
_NO_FORMULA = both(
    "Nothing in a cell is computed here. Paste its value in its place.", "本程序不计算单元格。请将其改为数值或文字。"
)


class MemberRow(Struct, frozen=True):
    """A row of the table: the member as a plan file writes it, values of the plan by address, what is made for it.

    `number` counts the rows from 1; `cells` say where each heading's cell stands; `plan` is the file of a folder of plans;
    `twice` marks a row whose id another row has too.
    """

    number: int
    id: str
    place: Place
    member: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    makes: Mapping[str, bool] = field(default_factory=dict)
    folder: str = ""
    cells: Mapping[str, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    plan: Path | None = None
    twice: bool = False

    @property
    def key(self) -> str:
        """What tells rows apart: the id of the member, where there is one, else the number of the row."""
        return self.id or f"row-{self.number}"

    @property
    def consortia(self) -> tuple[str, ...]:
        """The consortia that the row says its institution sits in."""
        said = self.member.get("consortia") or ()
        return tuple(said) if not isinstance(said, str) else (said,)


def read_members(path: Path, plan: Plan, library: Library) -> tuple[MemberRow, ...]:
    """The rows of the table at `path`, whose headings are held against `plan` and `library`.

    A row with faults carries them. Raises InputError where the table as a whole cannot be used: it cannot be read, a heading
    names nothing, it has no column `id`, it holds no row.
    """
    faults: list[Fault] = []
    table = _table(path, faults)
    heads = _heads(table)
    headings, unknown = read_headings(heads.items(), plan, library)
    whole, by_row = _sorted(faults, table)
    whole += unknown
    if table and "id" not in heads and not whole:
        whole.append(Fault(table[0].place, both("the table has no column “id”", "表中没有“id”列"), _GIVE_ID))
    if not table and not whole:
        whole.append(Fault(Place(path.name), both("holds no row", "没有任何行"), _HEADS))
    if whole:
        raise InputError(whole)
    by_row = _merged(by_row, _formulas(path, table))
    rows = [_row(number, each, headings, library, by_row.get(number, [])) for number, each in enumerate(table, 1)]
    return tuple(_once(rows))


def _table(path: Path, faults: list[Fault]) -> list[TableRow]:
    if not path.exists():
        hint = both(
            "A table ends in {endings}; a folder holds plans.", "表格以{endings}结尾；文件夹内存放计划。", endings=listed(ENDINGS)
        )
        raise PlanError([Fault(Place(str(path)), both("does not exist", "不存在"), hint)])
    return read_table(path.parent, path.name, Place(str(path)), faults)


def _heads(table: list[TableRow]) -> dict[str, Place]:
    """The headings of a table with the place of each; of a list in YAML the keys of its rows."""
    if table and table[0].header:
        return dict(table[0].header)
    heads: dict[str, Place] = {}
    for row in table:
        for heading, _ in _flat(row.data):
            heads.setdefault(heading, row.cells.get(heading) or row.cells.get(heading.partition(".")[0]) or row.place)
    return heads


_NESTED = ("title", "facts", "dates", "sides", "choices", "parameters", "projects", "registers")


def _flat(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """What stands in a row by heading: the parts of a mapping in a cell have addresses of their own."""
    for key, value in data.items():
        heading = f"{above}{key}"
        if isinstance(value, Mapping) and (heading.partition(".")[0] in _NESTED or _has_parts(heading)):
            yield from _flat(value, f"{heading}.")
        else:
            yield heading, value


def _has_parts(heading: str) -> bool:
    """Whether a key of a member has headings below it: a name has one for each language."""
    from tmp_builder.plan.files import MemberFile

    return bool(known_keys(MemberFile, heading.split(".")))


def _sorted(faults: list[Fault], table: list[TableRow]) -> tuple[list[Fault], dict[int, list[Fault]]]:
    """Faults of the table as a whole, and those of one of its rows by number."""
    owner: dict[Place, int] = {}
    for number, row in enumerate(table, 1):
        owner |= dict.fromkeys((row.place, *row.cells.values()), number)
    whole, by_row = [], defaultdict(list)
    for fault in faults:
        if fault.place in owner:
            by_row[owner[fault.place]].append(fault)
        else:
            whole.append(fault)
    return whole, dict(by_row)


def _merged(one: Mapping[int, list[Fault]], other: Mapping[int, list[Fault]]) -> dict[int, list[Fault]]:
    return {number: [*one.get(number, ()), *other.get(number, ())] for number in {*one, *other}}


def _formulas(path: Path, table: list[TableRow]) -> dict[int, list[Fault]]:
    """A fault for each cell of a workbook that holds a formula: what it shows was computed elsewhere and may be stale."""
    if path.suffix.lower() != ".xlsx":
        return {}
    found: dict[int, list[Fault]] = defaultdict(list)
    named = _formula_cells(path)
    rows = {
        place.cell.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"): n
        for n, row in enumerate(table, 1)
        for place in (row.place,)
    }
    sheet = table[0].place.cell.rpartition("!")[0] if table else ""
    for cell in named:
        number = rows.get(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if number:
            place = Place(path.name, cell=f"{sheet}!{cell}")
            found[number].append(Fault(place, both("holds a formula", "含有公式"), _NO_FORMULA))
    return dict(found)


def _formula_cells(path: Path) -> list[str]:
    """The names of the cells of the first sheet that hold a formula."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    except (OSError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise InputError(
            [Fault(Place(path.name), both("cannot be read: {why}", "无法读取：{why}", why=type(error).__name__))]
        ) from error
    book.close()
    return cells


# ── one row ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _row(number: int, table_row: TableRow, headings: Mapping[str, Heading], library: Library, faults: list[Fault]) -> MemberRow:
    from tmp_builder.plan.files import MemberFile
    from tmp_builder.plan.rows import split_lists

    said = dict(_flat(table_row.data))
    member: dict[str, Any] = {}
    changes: dict[str, Any] = {}
    makes: dict[str, bool] = {}
    for text, value in said.items():
        kind = headings[text].kind if text in headings else None
        if kind is Kind.MEMBER:
            _put(member, text, value)
        elif kind is Kind.PLAN:
            changes[text] = value
        elif kind is Kind.OUTPUT and text != FOLDER:
            makes[text] = _wanted(text, value, table_row.cells.get(text, table_row.place), faults)
    faults += beyond(changes, table_row.cells, table_row.place, library)
    ident = str(member.get("id") or "")
    if not ident:
        faults.append(Fault(table_row.place, both("the row has no id", "该行没有编号"), _GIVE_ID))
    folder = str(said.get(FOLDER) or "")
    data = split_lists(member, MemberFile)
    return MemberRow(number, ident, table_row.place, data, changes, makes, folder, table_row.cells, tuple(faults))


def _put(member: dict[str, Any], heading: str, value: Any) -> None:
    head, _, rest = heading.partition(".")
    if not rest:
        member[head] = value
    elif isinstance(inner := member.setdefault(head, {}), dict):
        _put(inner, rest, value)


def _wanted(paper: str, value: Any, place: Place, faults: list[Fault]) -> bool:
    text = str(value if value is not None else "").strip().casefold()
    if text not in (*YES, *NO):
        message = both(
            "{paper}: expected yes or no, not “{value}”", "{paper}：应为yes或no，现为“{value}”", paper=paper, value=value
        )
        faults.append(Fault(place, message, both("Outputs are {outputs}.", "输出有：{outputs}。", outputs=listed(OUTPUTS))))
    return text in YES


def _once(rows: list[MemberRow]) -> Iterator[MemberRow]:
    """Rows with the same id are all refused: which of them is right, nobody can tell."""
    places: dict[str, list[Place]] = defaultdict(list)
    for row in rows:
        places[row.id].append(row.place)
    for row in rows:
        others = [str(place) for place in places[row.id] if place != row.place]
        if row.id and others:
            message = both("the id “{id}” stands also at {others}", "编号“{id}”还见于{others}", id=row.id, others=listed(others))
            hint = both("Keep one row for each member.", "每个成员单位只保留一行。")
            fault = Fault(row.cells.get("id", row.place), message, hint)
            yield replace(row, twice=True, faults=(*row.faults, fault))
        else:
            yield row


# ── a folder of plans ───────────────────────────────────────────────────────────────────────────────────────────────


def read_folder(folder: Path) -> tuple[MemberRow, ...]:
    """A row for each plan file of a folder, in the order of their names. Raises InputError where there is none."""
    plans = sorted(path for path in folder.iterdir() if path.name.endswith(ENDING) and path.is_file())
    if not plans:
        hint = both("Name a folder of plans, or a table of members.", "请指定存放计划的文件夹，或者成员表。")
        message = both("holds no plan (*{ending})", "没有计划文件（*{ending}）", ending=ENDING)
        raise InputError([Fault(Place(str(folder)), message, hint)])
    names = [path.name.removesuffix(ENDING) for path in plans]
    return tuple(
        MemberRow(number, name, Place(path.name), plan=path)
        for number, (name, path) in enumerate(zip(names, plans, strict=True), 1)
    )
