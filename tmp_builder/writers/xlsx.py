"""The writer of a sheet of dates for Excel: real dates, a filter, frozen headings, and no cell that can become a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tmp_builder.deadlines import Deadline
from tmp_builder.plan.schema import Plan
from tmp_builder.writers.datesheet import Cell, headings, rows
from tmp_builder.writers.ours import seal_book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_DAY = date(1900, 3, 1)
"""Excel counts days rightly only from here on; an earlier day stands as text."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(found: Iterable[Deadline], plan: Plan, stamp: date) -> bytes:
    """The deadlines as one sheet. The creation date is `stamp`, the document's: the same plan gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    created = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": _title(plan), "author": "", "comments": f"tmp-builder · {plan.id}", "created": created})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _fill(book.add_worksheet("Dates 日期"), found, plan, looks)
    book.close()
    return seal_book(out.getvalue())


def _title(plan: Plan) -> str:
    return " / ".join(dict.fromkeys(plan.title.get(language) or plan.id for language in plan.languages))


def _fill(sheet: Worksheet, found: Iterable[Deadline], plan: Plan, looks: dict[str, Any]) -> None:
    heads = headings(plan.languages)
    for column, (name, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, looks["head"])
    last = 0
    for last, row in enumerate(rows(found, plan), 1):
        for column, cell in enumerate(row):
            _write(sheet, last, column, cell, looks)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, Any]) -> None:
    """A day as a day, everything else as text: `write_string` never makes a formula, a number or a link."""
    if isinstance(cell, date) and cell >= FIRST_DAY:
        sheet.write_datetime(
            row, column, datetime(cell.year, cell.month, cell.day, tzinfo=UTC).replace(tzinfo=None), looks["day"]
        )
    elif cell:
        sheet.write_string(row, column, cell.isoformat() if isinstance(cell, date) else cell, looks["text"])
