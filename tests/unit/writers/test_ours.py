"""Seals: a file as written is ours, any edit of it is not, whatever program made the edit."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tmp_builder.writers.ours import is_ours, seal, seal_book, seal_calendar
from tmp_builder.writers.tablesheet import write

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:D02\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def book(text: str = "term") -> bytes:
    return write([("Sheet", (20,), [[("Heading", "head")], [(text, "plain")]])], "Plans", date(2026, 9, 15))


def test_a_calendar_is_ours_until_a_line_of_it_changes(tmp_path: Path) -> None:
    sealed = seal_calendar(CALENDAR)
    assert sealed.replace(sealed.split(b"\r\n")[1] + b"\r\n", b"", 1) == CALENDAR
    assert max(map(len, sealed.split(b"\r\n"))) <= 75
    file = tmp_path / "dates.ics"
    file.write_bytes(sealed)
    assert is_ours(file)
    for edited in (sealed.replace(b"D02", b"D03"), sealed.replace(b"\r\n", b"\n"), CALENDAR):
        file.write_bytes(edited)
        assert not is_ours(file)


def test_a_workbook_is_ours_and_still_opens(tmp_path: Path) -> None:
    file = tmp_path / "plans.xlsx"
    file.write_bytes(book())
    assert is_ours(file)
    assert book() == book()
    assert openpyxl.load_workbook(file).active["A2"].value == "term"


def test_a_workbook_that_another_program_saved_is_not_ours(tmp_path: Path) -> None:
    file = tmp_path / "plans.xlsx"
    loaded = openpyxl.load_workbook(io.BytesIO(book()))
    loaded.active["A2"] = "another term"
    loaded.save(file)
    assert "tmp-builder" in openpyxl.load_workbook(file).properties.description
    assert not is_ours(file)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "docProps/core.xml"])
def test_a_workbook_is_not_ours_where_only_stamp_and_description_stayed(tmp_path: Path, part: str) -> None:
    """As Excel saves it: it stamps every part 1980 as well, and keeps the description."""
    file = tmp_path / "plans.xlsx"
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                edited = content.replace(b"term", b"year").replace(b"2026-09-15T00:00:00Z</dcterms:modified>", b"2026-10-01")
                assert edited != content
                content = edited
            new.writestr(info, content)
    assert not is_ours(file)


def test_a_workbook_without_a_description_cannot_be_sealed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("docProps/core.xml", "<cp:coreProperties/>")
    with pytest.raises(ValueError, match="without a description"):
        seal_book(out.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", CALENDAR])
def test_what_cannot_be_read_as_a_workbook_is_not_ours(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "plans.xlsx"
    file.write_bytes(content)
    assert not is_ours(file)


def test_the_format_counts_where_the_name_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "dates.txt"
    file.write_bytes(seal("# Dates\n"))
    assert not is_ours(file)
    assert is_ours(file, "md")
    file.write_bytes(file.read_bytes().replace(b"Dates", b"Days"))
    assert not is_ours(file, "md")
