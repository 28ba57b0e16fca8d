"""The writer of plain tables for Excel: several sheets, frozen headings, filters, and no cell that can become a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tmp_builder.writers.ours import seal_book
from tmp_builder.writers.xlsx import OPTIONS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cells = Sequence[tuple[str | int, str]]

_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "head": {"bold": True, "bottom": 1, "bg_color": "#E8EEF4"},
    "departs": {"bg_color": "#FFF4CE"},
    "rare": {"bg_color": "#F8D0C8", "bold": True},
    "error": {"font_color": "#A4262C", "bold": True},
}
OTHER_WIDTH = 26
ROW, TALLEST = 15, 405
"""Points of a line of text, and of the tallest row there can be."""
WRAPPED = 115
"""How much room text takes that is broken between words, in percent of what its characters take."""
A4, ON_ONE_PAGE = 9, 9
"""The paper, and up to how many columns are printed on the width of one page."""
MOST_TEXT = 32_000
"""A cell of Excel holds 32,767 characters."""


def write(sheets: Sequence[tuple[str, Sequence[int], Sequence[Cells]]], title: str, stamp: date, frozen: int = 1) -> bytes:
    """The sheets (name, widths, lines with the headings first) as a workbook; `frozen` columns stay in sight.

    The creation date is `stamp`: the same tables give the same bytes.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    created = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": "", "comments": "tmp-builder", "created": created})
    looks = {name: book.add_format({"text_wrap": True, "valign": "top", **look}) for name, look in _LOOKS.items()}
    for name, widths, lines in sheets:
        _fill(book.add_worksheet(name), widths, lines, looks, frozen)
    book.close()
    return seal_book(out.getvalue())


def _fill(sheet: Worksheet, widths: Sequence[int], lines: Sequence[Cells], looks: dict[str, Any], frozen: int) -> None:
    across = max(len(line) for line in lines)
    for column in range(across):
        sheet.set_column(column, column, widths[column] if column < len(widths) else OTHER_WIDTH)
    for row, line in enumerate(lines):
        sheet.set_row(row, _height(line, widths))
        for column, (value, look) in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(row, column, value, looks[look])
            elif value:
                sheet.write_string(row, column, value[:MOST_TEXT], looks[look])
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, len(lines) - 1, across - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, frozen - 1)
    if across <= ON_ONE_PAGE:
        sheet.fit_to_pages(1, 0)


def _height(line: Cells, widths: Sequence[int]) -> int:
    """The height of a row in points: not every program makes room for wrapped text by itself. A Chinese character takes two columns."""
    rows = 1
    for column, (value, _look) in enumerate(line):
        width = widths[column] if column < len(widths) else OTHER_WIDTH
        size = sum(2 if character > "⺀" else 1 for character in str(value))
        rows = max(rows, -(-size * WRAPPED // (width * 100)))
    return min(ROW * rows, TALLEST)
