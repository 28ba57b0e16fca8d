"""Tables that a plan names: CSV, XLSX or YAML, each row with the place of its cells. Nothing in a cell is ever computed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tmp_builder.findings import Fault, Place, Words, both, listed
from tmp_builder.library.marked import read_marked_file, reason_of
from tmp_builder.plan.printable import DELETE_IT, unprintable_parts
from tmp_builder.plan.workbook import Lost, first_sheet, letters

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
ENDINGS = (".csv", ".xlsx", ".yaml", ".yml")
_MARK = re.compile(r"\[[A-Za-z0-9][A-Za-z0-9_-]{0,63} #\d{1,6}\]\Z")
_HEADING = re.compile(r"[a-z][A-Za-z0-9_.-]*\Z")


def form_mark(plan: str, version: int) -> str:
    """What ends the first cell of a table made as a form for a plan: `[clean-vehicles #11]`.

    Lines for people may stand between it and the headings: the first line that begins with a key or an address.
    """
    return f"[{plan} #{version}]"


_LOOKED_FOR = both("It is looked for in the folder of the plan.", "程序在计划所在的文件夹中查找。")
_SAVE_AS = both("Save it as CSV UTF-8, or as XLSX.", "请另存为CSV UTF-8或XLSX。")
_NO_FILE = Words("“{name}” is no file", "“{name}”不是文件")
_TOO_LARGE = Words(f"“{{name}}” is larger than {MAX_BYTES // 1_000_000} MB", f"“{{name}}”超过{MAX_BYTES // 1_000_000} MB")


class TableRow(Struct, frozen=True):
    """A row as people wrote it: nested data by key, where each key stands, and where the table heads its columns."""

    data: Mapping[str, Any]
    place: Place
    cells: Mapping[str, Place] = field(default_factory=dict)
    header: Mapping[str, Place] = field(default_factory=dict)


def contained(folder: Path, name: str) -> Path | None:
    """The file `name` below `folder`; None where the name would leave the folder."""
    path = folder / name
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        return None
    return path


def read_table(folder: Path, name: str, named_at: Place, faults: list[Fault]) -> list[TableRow]:
    """The rows of the table `name`, which a plan in `folder` names at the place `named_at`."""
    import csv
    import zipfile

    path = contained(folder, name)
    if path is None:
        faults.append(
            Fault(
                named_at,
                both("“{name}” lies outside the folder of the plan", "“{name}”不在计划所在的文件夹内", name=name),
                both("Copy the file beside the plan.", "请将该文件复制到计划旁边。"),
            )
        )
        return []
    if path.suffix.lower() not in ENDINGS:
        faults.append(
            Fault(
                named_at,
                both("“{name}” is no table", "“{name}”不是表格文件", name=name),
                both("Known endings: {known}.", "可用的扩展名：{known}。", known=listed(ENDINGS)),
            )
        )
        return []
    try:
        wrong = _unfit(path)
        if wrong is None:
            return list(_rows(path, name, faults))
        faults.append(Fault(named_at, both(wrong, wrong.zh, name=name)))
    except FileNotFoundError:
        message = both("the file “{name}” does not exist", "文件“{name}”不存在", name=name)
        faults.append(Fault(named_at, message, _LOOKED_FOR))
    except UnicodeDecodeError:
        message = both("“{name}” cannot be read: it is not UTF-8 text", "“{name}”无法读取：不是UTF-8文本", name=name)
        faults.append(Fault(named_at, message, _SAVE_AS))
    except zipfile.BadZipFile:
        faults.append(
            Fault(named_at, both("“{name}” cannot be read: it is no spreadsheet", "“{name}”无法读取：不是电子表格", name=name))
        )
    except (OSError, csv.Error, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error.args[0] if error.args else error
        message = both("“{name}” cannot be read: {reason}", "“{name}”无法读取：{reason}", name=name, reason=reason)
        faults.append(Fault(named_at, message))
    return []


def _unfit(path: Path) -> Words | None:
    """Why a file is not even opened, with a place for its name. Raises OSError where it is not there."""
    if path.exists() and not path.is_file():
        return _NO_FILE
    return _TOO_LARGE if path.stat().st_size > MAX_BYTES else None


def _rows(path: Path, name: str, faults: list[Fault]) -> Iterator[TableRow]:
    if path.suffix.lower() == ".csv":
        yield from _table(_csv_cells(path), name, faults, by_line=True)
    elif path.suffix.lower() == ".xlsx":
        yield from _xlsx(path, name, faults)
    else:
        marked = read_marked_file(path, name)
        faults.extend(marked.faults)
        if not isinstance(marked.data, list):
            faults.append(
                Fault(
                    Place(name, 1),
                    both("is no list of rows", "不是由行组成的列表"),
                    both("Begin each row with “- ”.", "每一行以“- ”开头。"),
                )
            )
            return
        for index, item in enumerate(marked.data):
            place = marked.place((index,))
            if not isinstance(item, Mapping):
                faults.append(Fault(place, both("a row must consist of keys with values", "每一行须由键和值组成")))
                continue
            for where, message in unprintable_parts(item, (index,)):
                faults.append(Fault(marked.place(where), message, DELETE_IT))
            yield TableRow(item, place, {str(key): marked.place((index, key)) for key in item})


def _csv_cells(path: Path) -> Iterator[list[Any]]:
    import csv

    text = path.read_text(encoding="utf-8-sig")
    yield from csv.reader(io.StringIO(text, newline=""))


def _xlsx(path: Path, name: str, faults: list[Fault]) -> Iterator[TableRow]:
    title, cells = first_sheet(path, MAX_ROWS + 1)
    yield from _table(cells, name, faults, sheet=title)


def _is_for_people(cells: list[Any], *, form: bool) -> bool:
    """Whether a line stands above the headings of a form: its first one, or one that does not begin with a key."""
    first = str(cells[0]) if cells and cells[0] is not None else ""
    return bool(_MARK.search(first)) or (form and not _HEADING.match(first))


def _table(
    rows: Iterator[list[Any]], name: str, faults: list[Fault], *, by_line: bool = False, sheet: str = ""
) -> Iterator[TableRow]:
    header: list[str] = []
    heads: dict[str, Place] = {}
    form = False
    for number, cells in enumerate(rows, 1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            faults.append(
                Fault(
                    Place(name, number),
                    both(
                        "has more than {rows:,} rows or {columns} columns",
                        "超过{rows:,}行或{columns}列",
                        rows=MAX_ROWS,
                        columns=MAX_COLUMNS,
                    ),
                )
            )
            return
        if not header:
            if _is_for_people(cells, form=form):
                form = True
                continue
            header = [str(cell).strip() if cell is not None else "" for cell in cells] if any(cells) else []
            heads = {key: _at(name, sheet, number, column, by_line=by_line) for column, key in enumerate(header) if key}
            _check_header(header, Place(name, number), faults)
            continue
        if not any(cell not in (None, "") for cell in cells):
            continue
        data: dict[str, Any] = {}
        places: dict[str, Place] = {}
        for column, (key, cell) in enumerate(zip(header, cells, strict=False)):
            if key and cell not in (None, ""):
                places[key] = _at(name, sheet, number, column, by_line=by_line)
                if isinstance(cell, Lost):
                    faults.append(Fault(places[key], cell.why, cell.hint))
                else:
                    _put(data, key, _text(cell))
        faults += [Fault(places[".".join(map(str, path))], message, DELETE_IT) for path, message in unprintable_parts(data)]
        yield TableRow(data, _at(name, sheet, number, 0, by_line=by_line), places, heads)


def _at(name: str, sheet: str, number: int, column: int, *, by_line: bool) -> Place:
    return Place(name, number, column + 1) if by_line else Place(name, cell=f"{sheet}!{letters(column)}{number}")


def _check_header(header: list[str], place: Place, faults: list[Fault]) -> None:
    for key in {key for key in header if key and header.count(key) > 1}:
        faults.append(Fault(place, both("the column “{key}” stands twice", "列“{key}”重复出现", key=key)))
    for key in header:
        whole = key.partition(".")[0]
        if whole != key and whole in header:
            faults.append(
                Fault(
                    place,
                    both(
                        "the columns “{whole}” and “{key}” exclude each other",
                        "列“{whole}”与“{key}”不能并用",
                        whole=whole,
                        key=key,
                    ),
                    both("Keep one of the two.", "请只保留其中一列。"),
                )
            )


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    """`name.zh` fills the key `zh` of the key `name`."""
    head, _, rest = key.partition(".")
    if not rest:
        data[head] = value
        return
    inner = data.setdefault(head, {})
    if isinstance(inner, dict):
        _put(inner, rest, value)


def _text(cell: Any) -> Any:
    """A cell as text: dates without a time, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
