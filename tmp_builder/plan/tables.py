"""Tables that a plan names: CSV, XLSX or YAML, each row with the place of its cells. Nothing in a cell is ever computed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tmp_builder.findings import Fault, Place
from tmp_builder.library.marked import read_marked_file
from tmp_builder.plan.printable import DELETE_IT, unprintable_parts

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
ENDINGS = (".csv", ".xlsx", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class TableRow:
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
    path = contained(folder, name)
    if path is None:
        faults.append(Fault(named_at, f"“{name}” lies outside the folder of the plan", "Copy the file beside the plan."))
        return []
    if path.suffix.lower() not in ENDINGS:
        faults.append(Fault(named_at, f"“{name}” is no table", f"Known endings: {', '.join(ENDINGS)}."))
        return []
    try:
        if path.exists() and not path.is_file():
            faults.append(Fault(named_at, f"“{name}” is no file"))
            return []
        if path.stat().st_size > MAX_BYTES:
            faults.append(Fault(named_at, f"“{name}” is larger than {MAX_BYTES // 1_000_000} MB"))
            return []
        return list(_rows(path, name, faults))
    except FileNotFoundError:
        faults.append(Fault(named_at, f"the file “{name}” does not exist", "It is looked for in the folder of the plan."))
    except UnicodeDecodeError:
        faults.append(Fault(named_at, f"“{name}” cannot be read: it is not UTF-8 text", "Save it as CSV UTF-8, or as XLSX."))
    except (OSError, csv.Error, zipfile.BadZipFile, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        faults.append(Fault(named_at, f"“{name}” cannot be read: {reason}"))
    return []


def _rows(path: Path, name: str, faults: list[Fault]) -> Iterator[TableRow]:
    if path.suffix.lower() == ".csv":
        yield from _table(_csv_cells(path), name, faults, by_line=True)
    elif path.suffix.lower() == ".xlsx":
        yield from _xlsx(path, name, faults)
    else:
        marked = read_marked_file(path, name)
        faults.extend(marked.faults)
        if not isinstance(marked.data, list):
            faults.append(Fault(Place(name, 1), "is no list of rows", "Begin each row with “- ”."))
            return
        for index, item in enumerate(marked.data):
            place = marked.place((index,))
            if not isinstance(item, Mapping):
                faults.append(Fault(place, "a row must consist of keys with values"))
                continue
            for where, message in unprintable_parts(item, (index,)):
                faults.append(Fault(marked.place(where), message, DELETE_IT))
            yield TableRow(item, place, {str(key): marked.place((index, key)) for key in item})


def _csv_cells(path: Path) -> Iterator[list[Any]]:
    text = path.read_text(encoding="utf-8-sig")
    yield from csv.reader(io.StringIO(text, newline=""))


def _xlsx(path: Path, name: str, faults: list[Fault]) -> Iterator[TableRow]:
    with zipfile.ZipFile(path) as package:
        if sum(info.file_size for info in package.infolist()) > MAX_UNPACKED:
            faults.append(Fault(Place(name), f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB"))
            return
    title, cells = _sheet(path)
    yield from _table(cells, name, faults, sheet=title)


def _sheet(path: Path) -> tuple[str, Iterator[list[Any]]]:
    """The name and the cells of the first sheet. Raises ValueError for a package that is no spreadsheet, whatever is wrong in it."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size is not to be trusted
        cells = [[*row] for row, _ in zip(sheet.iter_rows(values_only=True), range(MAX_ROWS + 1), strict=False)]
    except Exception as error:
        raise ValueError(f"it is no spreadsheet ({type(error).__name__})") from error
    book.close()
    return sheet.title, iter(cells)


def _table(
    rows: Iterator[list[Any]], name: str, faults: list[Fault], *, by_line: bool = False, sheet: str = ""
) -> Iterator[TableRow]:
    header: list[str] = []
    heads: dict[str, Place] = {}
    for number, cells in enumerate(rows, 1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            faults.append(Fault(Place(name, number), f"has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"))
            return
        if not header:
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
                _put(data, key, _text(cell))
                places[key] = _at(name, sheet, number, column, by_line=by_line)
        faults += [Fault(places[".".join(map(str, path))], message, DELETE_IT) for path, message in unprintable_parts(data)]
        yield TableRow(data, _at(name, sheet, number, 0, by_line=by_line), places, heads)


def _at(name: str, sheet: str, number: int, column: int, *, by_line: bool) -> Place:
    return Place(name, number, column + 1) if by_line else Place(name, cell=f"{sheet}!{_letters(column)}{number}")


def _check_header(header: list[str], place: Place, faults: list[Fault]) -> None:
    for key in {key for key in header if key and header.count(key) > 1}:
        faults.append(Fault(place, f"the column “{key}” stands twice"))
    for key in header:
        whole = key.partition(".")[0]
        if whole != key and whole in header:
            faults.append(Fault(place, f"the columns “{whole}” and “{key}” exclude each other", "Keep one of the two."))


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


def _letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
