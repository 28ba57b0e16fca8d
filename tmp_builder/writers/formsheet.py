"""The writer of forms for Excel: drop-downs and dates where people write, references beside them, no cell that can become a formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tmp_builder.document.form import Form, FormColumn, FormRow
from tmp_builder.writers.ours import seal_book
from tmp_builder.writers.words import printable
from tmp_builder.writers.xlsx import OPTIONS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 2
"""The headings stand in the third line, below the title and what the form belongs to."""
MOST_TEXT = 32_000
"""A cell of Excel holds 32,767 characters."""
LINE, HIGHEST = 15, 400
"""The height of a line and the greatest height of a row, in points."""
WIDE_FROM = 0x2E7F
"""Characters beyond this one take the width of two."""
_STAMP = date(2000, 1, 1)
_FACTOR = 1.9
"""Characters of a column for each part of its weight."""

_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"},
    "head": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "bold": True, "bg_color": "#EEF1F5"},
    "fill": {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "bg_color": "#FFFBE6"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "border_color": "#BFBFBF", "bg_color": "#FFFBE6"},
    "reference": {"text_wrap": True, "valign": "top", "font_color": "#595959", "font_size": 8},
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3A5F"},
    "note": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "rest": {"font_color": "#595959"},
}


def write(form: Form) -> bytes:
    """The form as one sheet. The creation date is that of the plan: the same form gives the same bytes."""
    import xlsxwriter

    out, stamp = io.BytesIO(), form.dated or _STAMP
    book = xlsxwriter.Workbook(out, OPTIONS)
    created = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": _joined(form, form.kind, " "), "author": "", "comments": "tmp-builder", "created": created})
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    sheet = book.add_worksheet(form.name[form.languages[0]])
    _above(sheet, form, looks)
    for column, spec in enumerate(form.columns):
        sheet.set_column(column, column, spec.weight * _FACTOR)
        sheet.write_string(HEAD_ROW, column, _joined(form, spec.heading), looks["head"])
    last = len(form.columns)
    sheet.set_column(last, last, 40)
    sheet.write_string(HEAD_ROW, last, _joined(form, form.reference), looks["head"])
    for number, row in enumerate(form.rows, HEAD_ROW + 1):
        _row(sheet, number, form, row, looks)
    _limit(sheet, form)
    _below(sheet, form, looks)
    _page(sheet, form)
    book.close()
    return seal_book(out.getvalue())


def _joined(form: Form, labels: Any, glue: str = "\n") -> str:
    return printable(glue.join(text for _, text in form.said(labels)))


def _above(sheet: Worksheet, form: Form, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, f"{_joined(form, form.kind, ' ')} · {_joined(form, form.title, ' / ')}", looks["title"])
    notes = "\n".join(_joined(form, note, " / ") for note in form.notes)
    sheet.merge_range(1, 0, 1, len(form.columns), "", looks["note"])
    sheet.write_string(1, 0, notes, looks["note"])
    sheet.set_row(1, LINE * (len(form.notes) + 1))
    sheet.set_row(HEAD_ROW, LINE * 2 * len(form.languages))


def _row(sheet: Worksheet, number: int, form: Form, row: FormRow, looks: dict[str, Any]) -> None:
    for column, spec in enumerate(form.columns):
        if spec.fill:
            sheet.write_blank(number, column, None, looks["day" if spec.fill == "date" else "fill"])
            continue
        text = printable("\n".join(text for _, text in form.lines(row.cells.get(spec.id, ()))))
        if text:
            sheet.write_string(number, column, text[:MOST_TEXT], looks["plain"])
        else:
            sheet.write_blank(number, column, None, looks["plain"])
    sheet.write_string(number, len(form.columns), printable(row.reference)[:MOST_TEXT], looks["reference"])
    sheet.set_row(number, min(HIGHEST, LINE * max(_lines(form, spec, row) for spec in form.columns)))


def _lines(form: Form, spec: FormColumn, row: FormRow) -> int:
    """How many lines a cell needs: not every program finds out by itself how high a row must be. A Chinese character counts as two."""
    across = max(1, int(spec.weight * _FACTOR) - 1)
    said = [text for _, text in form.lines(row.cells.get(spec.id, ()))]
    return sum(1 + sum(1 + (ord(each) > WIDE_FROM) for each in text) // across for text in said) or 1


def _limit(sheet: Worksheet, form: Form) -> None:
    """A drop-down where one of a few words is wanted, days where a date is wanted."""
    if not form.rows:
        return
    first, last = HEAD_ROW + 1, HEAD_ROW + len(form.rows)
    for column, spec in enumerate(form.columns):
        if spec.fill == "choice":
            sheet.data_validation(first, column, last, column, {"validate": "list", "source": offered(form, spec)})
        elif spec.fill == "date":
            rule = {"validate": "date", "criteria": ">=", "value": _STAMP, "error_type": "warning"}
            sheet.data_validation(first, column, last, column, rule)


def offered(form: Form, spec: FormColumn) -> list[str]:
    """The words of a drop-down, each in every language of the form: "approve 批准"."""
    return [" ".join(text for _, text in form.said(labels)) for labels in spec.choices.values()]


def _below(sheet: Worksheet, form: Form, looks: dict[str, Any]) -> None:
    line = HEAD_ROW + len(form.rows) + 2
    if form.rest:
        sheet.write_string(line, 0, _joined(form, form.rest_heading, " "), looks["title"])
    for number, paragraph in enumerate(form.rest, line + 1):
        sheet.write_string(number, 0, _joined(form, paragraph, " / ")[:MOST_TEXT], looks["rest"])


def _page(sheet: Worksheet, form: Form) -> None:
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(form.rows), len(form.columns))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
