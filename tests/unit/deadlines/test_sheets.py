"""Sheets of dates: real dates, no formula, the same bytes; and the timeline, which loads nothing and says everything twice."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from lxml import etree, html

from tmp_builder.deadlines import current, deadlines
from tmp_builder.library.schema import Library
from tmp_builder.writers import datesheet, datespage, xlsx

STAMP = date(2026, 9, 15)


def test_a_spreadsheet_holds_real_dates_under_its_headings(rich, library: Library) -> None:
    plan = rich()
    found = current(deadlines(plan, library))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(found, plan, STAMP))).active
    assert [cell.value for cell in sheet[1]] == [name for name, _ in datesheet.headings(plan.languages)]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(found)
    keys = {row[-1].value: row for row in rows}
    assert keys["D02"][1].value == datetime(2031, 10, 1)
    assert keys["D02"][1].number_format == "yyyy-mm-dd"
    assert keys["D02"][2].value == "right 权利"
    assert keys["D48:1-negotiation"][1].value is None
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link(rich, library: Library) -> None:
    plan = rich(
        {
            "registers.equipment": [
                {"eq_id": each, "name": "x", "provider": "A1"} for each in ("=1+1", "+2", "@x", "http://x.example")
            ]
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(deadlines(plan, library), plan, STAMP)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=1+1" in {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_a_spreadsheet_is_dated_by_the_document_and_the_same_each_time(rich, library: Library) -> None:
    plan = rich()
    one, two = (xlsx.write(deadlines(plan, library), plan, STAMP) for _ in range(2))
    assert one == two
    assert openpyxl.load_workbook(io.BytesIO(one)).properties.created == datetime(2026, 9, 15)


def test_comma_separated_values_begin_no_formula_and_keep_chinese(rich, library: Library) -> None:
    plan = rich()
    content = datesheet.write_csv(current(deadlines(plan, library)), plan)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Code 编号", "Date 日期"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "'=EQ" in {row[3] for row in rows}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert any("本计划终止日" in row for row in rows)


@pytest.mark.parametrize(("language", "first"), [("en", "Code"), ("zh", "编号")])
def test_a_sheet_in_one_language_has_its_headings_only(language: str, first: str) -> None:
    heads = [name for name, _ in datesheet.headings((language,))]
    assert heads[0] == first
    assert len(heads) == 18


def test_the_timeline_loads_nothing_and_runs_nothing(rich, library: Library) -> None:
    page = datespage.write(current(deadlines(rich(), library)), rich(), "en")
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@href | //@onclick")
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_every_mark_of_the_timeline_stands_in_the_table_too(rich, library: Library) -> None:
    plan = rich()
    found = current(deadlines(plan, library))
    tree = html.fromstring(datespage.write(found, plan, "en"))
    marks = tree.xpath("//svg/g")
    rows = tree.xpath("//tbody/tr")
    assert len(marks) == sum(1 for each in found if each.date)
    assert len(rows) == len(found)
    assert tree.xpath("string(//svg/title)") == "Timeline"
    assert tree.xpath("//svg/@role") == ["img"]
    said = {row.xpath("string(td[1])")[:10] for row in rows}
    assert {group.xpath("string(title)")[:10] for group in marks} <= said


def test_kinds_differ_by_shape_and_not_by_colour_alone(rich, library: Library) -> None:
    tree = html.fromstring(datespage.write(current(deadlines(rich(), library)), rich(), "en"))
    shapes = {
        kind: {each.tag for each in tree.xpath(f"//svg/g/*[starts-with(@class, '{kind}')]")}
        for kind in ("right", "duty", "statutory")
    }
    assert shapes == {"right": {"circle"}, "duty": {"rect"}, "statutory": {"path"}}


def test_names_in_the_timeline_stay_text(rich, library: Library) -> None:
    plan = rich({"title": {"en": "<script>alert(1)</script>", "zh": "联盟"}})
    page = datespage.write(current(deadlines(plan, library)), plan, "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    etree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def test_a_plan_without_dates_has_a_page_without_a_picture(rich) -> None:
    page = datespage.write((), rich(), "zh")
    assert "<svg" not in page
    assert 'lang="zh-CN"' in page
