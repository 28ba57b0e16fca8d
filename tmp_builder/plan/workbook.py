"""The cells of a workbook's first sheet as people see them; a cell that lost what was written says so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from tmp_builder.findings import Words, both

MAX_UNPACKED = 200_000_000
"""No workbook is read that says it unpacks to more bytes."""
EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; of a longer one the rest is lost."""


def first_sheet(path: Path, rows: int) -> tuple[str, Iterator[list[Any]]]:
    """The name and the cells of the first sheet, at most `rows` of them.

    Raises ValueError for a package that is no spreadsheet, whatever is wrong in it, and for one that unpacks to too much.
    """
    _refuse_bomb(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size is not to be trusted
        cells = [[_shown(cell) for cell in row] for row, _ in zip(sheet.iter_rows(), range(rows), strict=False)]
    except Exception as error:
        raise ValueError(both("it is no spreadsheet ({kind})", "不是电子表格（{kind}）", kind=type(error).__name__)) from error
    book.close()
    return sheet.title, iter(cells)


def _refuse_bomb(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path) as package:
        if sum(info.file_size for info in package.infolist()) > MAX_UNPACKED:
            raise ValueError(both("it unpacks to more than {size} MB", "解压后超过{size} MB", size=MAX_UNPACKED // 1_000_000))


class Lost(Struct, frozen=True):
    """A cell of a workbook that does not hold what somebody wrote: why, and what to do."""

    why: Words
    hint: Words

    def __str__(self) -> str:
        return str(self.why)


def _shown(cell: Any) -> Any:
    """What a cell holds as people see it: a number formatted as a percentage is one."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) >= EXACT:
            return Lost(
                both(
                    "a number of more than 15 digits, of which the spreadsheet has lost some",
                    "数字超过15位，电子表格已丢失部分位数",
                ),
                both("Write it as text: format the cell as text first.", "请先将单元格设为文本格式，再重新填写。"),
            )
        if "%" in str(cell.number_format):
            return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if cell.data_type == "e":
        return Lost(both("holds the error {error}", "内容为错误值{error}", error=value), both("Write the value.", "请填写数值。"))
    return value


def letters(column: int) -> str:
    """The name of a column counted from 0: 0 → A, 25 → Z, 26 → AA."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
