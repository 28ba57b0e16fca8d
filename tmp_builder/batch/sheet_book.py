"""The writer of the members' workbook: the sheet to fill in, its checks, its guide, its lists; headings locked, cells open."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tmp_builder.batch.sheet_cells import SheetColumn
from tmp_builder.batch.sheet_formulas import FIRST, HEAD, WHOLE, Grid, greyed, missing, twice
from tmp_builder.batch.sheet_limits import input_note, limits, note
from tmp_builder.batch.sheet_pages import check_page, guide_page, height
from tmp_builder.batch.sheet_rows import Row
from tmp_builder.batch.sheet_words import LISTS, MEMBERS, two, unit_of
from tmp_builder.plan.workbook import letters
from tmp_builder.writers.words import printable
from tmp_builder.writers.xlsx import FIRST_DAY, OPTIONS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SPARE = 1_000
"""So many rows are open below those of the plan."""
LEAST = 2_000
STAMP = date(2000, 1, 1)
_ALLOWED = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "objects": True,
}
"""What the protection of the sheet leaves open; it has no password, it only keeps the headings from being changed by mistake."""

_EDGE = {"border": 1, "border_color": "#BFBFBF"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 12, "font_color": "#1F3A5F", "valign": "vcenter"},
    "member": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", **_EDGE},
    "plan": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F1E7", **_EDGE},
    "address": {"font_size": 8, "font_color": "#595959", "valign": "top", "bg_color": "#F4F4F4", "num_format": "@", **_EDGE},
    "text": {"num_format": "@", "valign": "top", "locked": False},
    "literal": {"num_format": "@", "valign": "top", "locked": False, "quote_prefix": True},
    "whole": {"num_format": "0", "valign": "top", "align": "left", "locked": False},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left", "locked": False},
    "grey": {"bg_color": "#D9D9D9", "font_color": "#7F7F7F"},
    "missing": {"bg_color": "#FFF2B3"},
    "twice": {"bg_color": "#F8D0C8", "bold": True},
    "plain": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"},
    "count": {"valign": "top", "align": "right", "num_format": "0"},
    "alarm": {"bg_color": "#F8D0C8", "bold": True},
}
_STARTS = "=+-@\t\r"
"""A text that begins with one of these could be taken for a formula when somebody edits its cell."""


class Book(Struct, frozen=True):
    """What the workbook holds: the line above the headings, the columns, the rows, the paragraphs of its guide."""

    title: str
    above: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Row]
    guide: Sequence[str]
    stamp: date | None = None
    about: str = "tmp-builder"
    lists: Mapping[str, str] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        """The part that is filled in."""
        return Grid(self.columns, FIRST + max(LEAST, len(self.rows) + SPARE) - 1, self.rows)


def write(book: Book) -> bytes:
    """The workbook. The creation date is that of the plan: the same plan gives the same bytes."""
    import xlsxwriter

    out, stamp = io.BytesIO(), book.stamp or STAMP
    file = xlsxwriter.Workbook(out, OPTIONS)
    created = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC).replace(tzinfo=None)
    file.set_properties({"title": printable(book.title), "author": "", "comments": book.about, "created": created})
    looks = {name: file.add_format(dict(look)) for name, look in LOOKS.items()}
    members = file.add_worksheet(MEMBERS)
    pages = file.add_worksheet, looks
    places = _places(book.columns)
    check_page(*pages, book.grid, places)
    guide_page(*pages, book.columns, book.guide)
    _lists(file, book.columns, looks)
    _members(members, book, places, looks)
    members.activate()
    file.close()
    return out.getvalue()


# ── the sheet to fill in ────────────────────────────────────────────────────────────────────────────────────────────


def _members(sheet: Worksheet, book: Book, places: Mapping[str, str], looks: Mapping[str, Any]) -> None:
    grid = book.grid
    sheet.write_string(0, 0, printable(book.above), looks["title"])
    sheet.set_row(0, 24)
    titles = [_title(column) for column in book.columns]
    sheet.set_row(HEAD - 1, height(titles, [_width(column) for column in book.columns]))
    for number, column in enumerate(book.columns):
        sheet.set_column(number, number, _width(column), looks[_look(column)])
        sheet.write_string(HEAD - 1, number, titles[number], looks["plan" if column.of_plan else "member"])
        sheet.write_string(HEAD, number, column.heading, looks["address"])
        sheet.write_comment(HEAD - 1, number, printable(note(column))[:1_000], {"author": "", "x_scale": 2.4, "y_scale": 2.4})
        rule = limits(grid, column, places.get(column.heading, ""))
        sheet.data_validation(FIRST, number, grid.last, number, {**rule, **input_note(column)})
    for line, row in enumerate(book.rows, FIRST):
        for number, column in enumerate(book.columns):
            if row.get(column.heading):
                _cell(sheet, (line, number), row[column.heading], column, looks)
    _colour(sheet, grid, looks)
    _page(sheet, grid)


def _title(column: SheetColumn) -> str:
    """What people read above a column: its title in both languages, below it unit and range."""
    unit = two(unit_of(column.spec), " · ")
    return printable("\n".join(part for part in (two(column.title), f"[{unit}]" if unit else "") if part))


def _look(column: SheetColumn) -> str:
    return "date" if column.spec.kind == "date" else "whole" if column.spec.kind in WHOLE and not column.many else "text"


def _width(column: SheetColumn) -> int:
    if column.spec.kind == "date" or column.spec.kind in WHOLE:
        return 14
    return 10 if column.heading == "id" else 30 if column.heading.startswith(("name", "address")) else 20


def _cell(sheet: Worksheet, at: tuple[int, int], text: str, column: SheetColumn, looks: Mapping[str, Any]) -> None:
    """A day as a day, a whole number as a number, everything else as text that never becomes a formula, a number or a link."""
    look = _look(column)
    if look == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and (day := date.fromisoformat(text)) >= FIRST_DAY:
        sheet.write_datetime(*at, datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None), looks["date"])
    elif look == "whole" and re.fullmatch(r"-?(0|[1-9]\d{0,12})", text):
        sheet.write_number(*at, int(text), looks["whole"])
    else:
        sheet.write_string(*at, text, looks["literal" if text[0] in _STARTS else "text"])


def _colour(sheet: Worksheet, grid: Grid, looks: Mapping[str, Any]) -> None:
    """Grey what does not apply, yellow what is missing, red an id that stands twice."""
    for number, column in enumerate(grid.columns):
        if column.applies:
            _where(sheet, grid, number, greyed(grid, column), looks["grey"])
        if column.needed and column.heading != "id":
            _where(sheet, grid, number, missing(grid, column), looks["missing"])
    _where(sheet, grid, grid.place("id"), twice(grid), looks["twice"])


def _where(sheet: Worksheet, grid: Grid, number: int, formula: str, look: Any) -> None:
    sheet.conditional_format(FIRST, number, grid.last, number, {"type": "formula", "criteria": formula, "format": look})


def _page(sheet: Worksheet, grid: Grid) -> None:
    sheet.freeze_panes(FIRST, 2)
    sheet.autofilter(HEAD, 0, grid.last, len(grid.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, HEAD)
    sheet.repeat_columns(0, 1)
    sheet.protect("", _ALLOWED)


# ── the lists ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _listed(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns whose words stand on the sheet of lists: one for each set of words."""
    found: dict[tuple[str, ...], SheetColumn] = {}
    for column in columns:
        if column.values:
            found.setdefault(tuple(column.values), column)
    return list(found.values())


def _places(columns: Sequence[SheetColumn]) -> dict[str, str]:
    """Where the words allowed in each column stand: `'Lists 列表'!$A$3:$A$9`."""
    order = {tuple(column.values): number for number, column in enumerate(_listed(columns))}
    places = {}
    for column in columns:
        if column.values:
            at = letters(order[tuple(column.values)] * 2)
            places[column.heading] = f"'{LISTS}'!${at}$3:${at}${len(column.values) + 2}"
    return places


def _lists(file: Workbook, columns: Sequence[SheetColumn], looks: Mapping[str, Any]) -> None:
    sheet = file.add_worksheet(LISTS)
    for number, column in enumerate(_listed(columns)):
        first = number * 2
        sheet.set_column(first, first, 22)
        sheet.set_column(first + 1, first + 1, 34)
        sheet.write_string(0, first, column.heading, looks["address"])
        sheet.write_string(1, first, printable(two(column.title, " ")), looks["head"])
        sheet.write_blank(1, first + 1, None, looks["head"])
        for line, (word, label) in enumerate(column.values.items(), 2):
            sheet.write_string(line, first, word, looks["plain"])
            if text := printable(two(label, " ")):
                sheet.write_string(line, first + 1, text, looks["plain"])
    sheet.freeze_panes(2, 0)
    sheet.protect("", {"format_columns": True})
