"""A decision sheet that comes back, as Excel or Word file: what stands in its cells, each with its place; nothing is computed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from tmp_builder.findings import Place, both
from tmp_builder.library.marked import reason_of
from tmp_builder.readers.package import MAX_FILE, MAX_UNPACKED, NotReadable, open_package

MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL = 4_000
HEAD_WITHIN = 20
"""The headings stand within so many rows."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IDENTITY = re.compile(r"\[([a-z0-9][a-z0-9-]{0,63}) #(\d{1,5})\]")
_REFERENCE = re.compile(r"(?P<of>\S.*?)(?: \[(?P<clauses>[A-Za-z0-9_:. -]+)\])? #(?P<code>[0-9a-f]{12})\Z")
_SPACE = re.compile(r"\s+")
_HINT = "Make one with: tmp diff OLD NEW --sheet FILE"


class Cell(Struct, frozen=True):
    """What stands in a cell, and where."""

    text: str
    place: Place


class ReadRow(Struct, frozen=True):
    """A row that carries a reference: what it is about, the code of its words, the cells that people filled in, by column."""

    of: str
    clauses: tuple[str, ...]
    code: str
    cells: Mapping[str, Cell]
    place: Place


class ReadSheet(Struct, frozen=True):
    """A sheet as read: the plan and the draft it was made for, its rows, and the places of filled rows without a reference."""

    file: str
    plan: str
    version: int
    rows: tuple[ReadRow, ...]
    lost: tuple[Place, ...] = ()


Line = list[tuple[str, Place]]
"""The cells of a line with their places; the text of a cell may have several lines of its own."""


def read_decisions(path: Path, headings: Mapping[str, Sequence[str]]) -> ReadSheet:
    """The decision sheet at `path`; `headings` are the words that head each column that people fill in, in every language.

    Raises NotReadable with one clear sentence for what is no such sheet.
    """
    if path.suffix.lower() not in (".xlsx", ".docx"):
        raise NotReadable(
            str(path), both("is no decision sheet: neither .xlsx nor .docx", "不是决定表：既非.xlsx，也非.docx"), _HINT
        )
    lines = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _docx(path))
    found = next((match for line in lines for text, _ in line if (match := _IDENTITY.search(text))), None)
    if found is None:
        raise NotReadable(
            str(path),
            both("is no decision sheet: it does not say which plan and draft it belongs to", "不是决定表：未写明所属计划和稿次"),
            _HINT,
        )
    columns, head = _columns(lines, headings)
    if set(headings) - set(columns):
        missing = ", ".join(headings[name][0] for name in headings if name not in columns)
        raise NotReadable(
            str(path),
            both("lacks the headings of these columns: {missing}", "缺少以下列的标题：{missing}", missing=missing),
            both("Put them back, or make a new sheet.", "请恢复这些标题，或者重新制表。"),
        )
    rows, lost = [], []
    for line in lines[head + 1 :]:
        row = _row(line, columns)
        if row is not None:
            rows.append(row)
        elif any(place < len(line) and line[place][0] for place in columns.values()):
            lost.append(line[0][1])
    return ReadSheet(str(path), found[1], int(found[2]), tuple(rows), tuple(lost))


def _columns(lines: Sequence[Line], headings: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each column stands, by its heading in any language, and the number of the line that holds the headings."""
    best: dict[str, int] = {}
    at = -1
    for number, line in enumerate(lines[:HEAD_WITHIN]):
        found: dict[str, int] = {}
        for place, (text, _) in enumerate(line):
            parts = {part.strip().casefold() for part in text.splitlines()}
            for name, words in headings.items():
                if name not in found and parts & {word.casefold() for word in words}:
                    found[name] = place
        if len(found) > len(best):
            best, at = found, number
    return best, at


def _row(line: Line, columns: Mapping[str, int]) -> ReadRow | None:
    """The line as a row of the sheet; None where it carries no reference."""
    for text, place in line:
        for part in reversed(text.splitlines()):
            found = _REFERENCE.fullmatch(_SPACE.sub(" ", part).strip())
            if found:
                clauses = tuple((found["clauses"] or "").split())
                cells = {
                    name: Cell(line[at][0].strip() if at < len(line) else "", line[at][1] if at < len(line) else place)
                    for name, at in columns.items()
                }
                return ReadRow(found["of"], clauses, found["code"], cells, line[0][1])
    return None


# ── Excel ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _xlsx(path: Path) -> Iterator[Line]:
    """The lines of the first sheet."""
    title, rows = _first_sheet(path)
    for number, row in enumerate(rows, 1):
        yield [(_text(value), Place(str(path), cell=f"{title}!{_letters(column)}{number}")) for column, value in enumerate(row)]


def _first_sheet(path: Path) -> tuple[str, list[Sequence[Any]]]:
    from openpyxl import load_workbook

    shown = str(path)
    try:
        if path.stat().st_size > MAX_FILE:
            raise NotReadable(shown, both("is larger than {limit} MB", "大于{limit} MB", limit=MAX_FILE // 1000000))
        with zipfile.ZipFile(path) as package:
            if sum(info.file_size for info in package.infolist()) > MAX_UNPACKED:
                raise NotReadable(shown, both("unpacks to more than any sheet holds", "解压后超出任何表格应有的大小"))
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size is not to be trusted
            rows: list[Sequence[Any]] = [
                row[:MAX_COLUMNS] for row, _ in zip(sheet.iter_rows(values_only=True), range(MAX_ROWS + 1), strict=False)
            ]
            title = str(sheet.title)
        finally:
            book.close()
    except NotReadable:
        raise
    except OSError as error:
        raise NotReadable(shown, both("cannot be read: {reason}", "无法读取：{reason}", reason=reason_of(error))) from None
    except Exception as error:
        raise NotReadable(
            shown,
            both("is no spreadsheet that can be read ({kind})", "不是可读取的电子表格（{kind}）", kind=type(error).__name__),
        ) from None
    if len(rows) > MAX_ROWS:
        raise NotReadable(shown, both("has more than {max_rows:,} rows", "超过{max_rows:,}行", max_rows=MAX_ROWS))
    return title, rows


def _text(value: Any) -> str:
    """A cell as text; a day without a time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)[: MAX_CELL * 8]


def _letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA; a sheet has at most MAX_COLUMNS."""
    first, second = divmod(column, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)


# ── Word ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _docx(path: Path) -> Iterator[Line]:
    """Each paragraph outside tables as a line of one cell, each row of a table as a line."""
    with open_package(path) as package:
        root = package.xml("word/document.xml")
        body = root.find(f"{_W}body") if root is not None else None
        if body is None:
            raise NotReadable(str(path), both("is no Word document: its main part is missing", "不是Word文件：缺少正文部分"))
        rows = 0
        for node in _children(body, ("p", "tbl")):
            if node.tag == f"{_W}p":
                yield [(_words(node), Place(str(path)))]
                continue
            for number, row in enumerate(_children(node, ("tr",))):
                rows += 1
                if rows > MAX_ROWS:
                    raise NotReadable(str(path), both("has more than {max_rows:,} rows", "超过{max_rows:,}行", max_rows=MAX_ROWS))
                if not _gone(row):
                    yield [
                        ("\n".join(_words(each) for each in _children(one, ("p",))), Place(str(path), cell=_at(number, column)))
                        for column, one in enumerate(_children(row, ("tc",)))
                    ][:MAX_COLUMNS]


def _at(number: int, column: int) -> str:
    """Where a cell of the table stands, as people count: the row of headings is not counted."""
    return f"row {number}, column {column + 1}"


def _children(parent: Any, names: Iterable[str]) -> Iterator[Any]:
    """The children of these names, also inside content controls and the like."""
    tags = {f"{_W}{name}" for name in names}
    for node in parent:
        if node.tag in tags:
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag", f"{_W}ins"):
            yield from _children(node, names)


def _gone(row: Any) -> bool:
    """Whether a row was deleted with changes tracked."""
    marks = row.find(f"{_W}trPr")
    return marks is not None and marks.find(f"{_W}del") is not None


def _words(paragraph: Any) -> str:
    """The text of a paragraph as it reads with every tracked change accepted; the prompt of an untouched control says nothing."""
    out: list[str] = []
    _collect(paragraph, out)
    return "".join(out).strip()


def _collect(node: Any, out: list[str]) -> None:
    for child in node:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in ("del", "moveFrom", "pPr", "rPr", "instrText", "drawing", "pict", "object"):
            continue
        if name == "sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            continue
        if name == "t":
            out.append(child.text or "")
        elif name in ("tab", "br", "cr"):
            out.append(" ")
        else:
            _collect(child, out)
