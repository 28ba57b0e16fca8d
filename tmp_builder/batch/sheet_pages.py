"""Two sheets beside the one to fill in: what is missing or stands twice, counted by formulas; and how it is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tmp_builder.batch.sheet_cells import SheetColumn
from tmp_builder.batch.sheet_formulas import Grid, checks
from tmp_builder.batch.sheet_limits import takes
from tmp_builder.batch.sheet_words import (
    CHECK,
    CHECK_HEADS,
    CHECKS,
    GUIDE,
    GUIDE_HEADS,
    MEMBERS,
    NEEDED,
    OF_MEMBER,
    OF_PLAN,
    OPTIONAL,
    two,
)
from tmp_builder.language import LANGUAGES, columns
from tmp_builder.plan.workbook import letters
from tmp_builder.writers.tablesheet import MOST_TEXT
from tmp_builder.writers.words import printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

AddSheet = Callable[[str], "Worksheet"]
_LINE = 15
_TALLEST = 400


def check_page(add: AddSheet, looks: Mapping[str, Any], grid: Grid, lists: Mapping[str, str]) -> None:
    """The counts, each by a formula over the sheet to fill in; a count above nought is red."""
    sheet = add(CHECK)
    widths = (90, 60, 12)
    for column, (head, width) in enumerate(zip(CHECK_HEADS, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, two(head, " "), looks["head"])
    found = checks(grid, MEMBERS, dict(lists))
    for line, check in enumerate(found, 1):
        cells = (printable(two(check.what)), f"{letters(grid.place(check.heading))} · {check.heading}")
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text, looks["plain"])
        sheet.set_row(line, height(cells, widths[:2]))
        sheet.write_formula(line, 2, check.formula, looks["count"], check.count)
    total = len(found) + 1
    sheet.write_string(total, 0, two(CHECKS["all"]), looks["head"])
    sheet.write_blank(total, 1, None, looks["head"])
    sheet.set_row(total, _LINE * 2)
    start = next(line for line, check in enumerate(found, 2) if check.adds)
    sheet.write_formula(total, 2, f"=SUM(C{start}:C{total})", looks["count"], sum(check.count for check in found if check.adds))
    sheet.conditional_format(start - 1, 2, total, 2, {"type": "cell", "criteria": ">", "value": 0, "format": looks["alarm"]})
    _finish(sheet)


def guide_page(add: AddSheet, looks: Mapping[str, Any], columns: Sequence[SheetColumn], paragraphs: Sequence[str]) -> None:
    """How the sheet is filled in, then every column with what goes in."""
    sheet = add(GUIDE)
    widths = (8, 40, 44, 14, 12, 90)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for line, text in enumerate(paragraphs):
        sheet.merge_range(line, 0, line, len(widths) - 1, "", looks["plain"])
        sheet.write_string(line, 0, printable(text), looks["plain"])
        sheet.set_row(line, _LINE * (text.count("\n") + 1))
    head = len(paragraphs) + 1
    for place, labels in enumerate(GUIDE_HEADS):
        sheet.write_string(head, place, two(labels, " "), looks["head"])
    for number, column in enumerate(columns):
        cells = _about(number, column)
        for place, text in enumerate(cells):
            sheet.write_string(head + 1 + number, place, printable(text)[:MOST_TEXT], looks["plain"])
        sheet.set_row(head + 1 + number, height(cells, widths))
    _finish(sheet)


def _about(number: int, column: SheetColumn) -> tuple[str, ...]:
    """The line of the guide about a column."""
    said = takes(column)
    whole = {lang: " ".join(part for part in (said[lang], column.note.get(lang, "")) if part) for lang in LANGUAGES}
    return (
        letters(number),
        column.heading,
        two(column.title),
        two(OF_PLAN if column.of_plan else OF_MEMBER, " "),
        two(NEEDED if column.needed else OPTIONAL, " "),
        two(whole),
    )


def height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row in points: not every program makes room for wrapped text by itself. A Chinese character takes two columns."""
    rows = 1
    for text, width in zip(cells, widths, strict=True):
        lines = [columns(line) for line in text.split("\n")]
        rows = max(rows, sum(-(-max(size, 1) * 115 // (width * 100)) for size in lines))
    return min(_LINE * rows, _TALLEST)


def _finish(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
