"""Tables that a plan names: CSV, XLSX and YAML; faults by cell; nothing outside the plan's folder; no bombs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.plans import changed, save, small_plan
from tmp_builder.errors import PlanError
from tmp_builder.findings import Fault, Place
from tmp_builder.library.schema import Library
from tmp_builder.plan import tables, workbook
from tmp_builder.plan.reader import read_plan
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.tables import read_table

HERE = Place("p.plan.yaml", 3, 1)


def rows_of(folder: Path, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    faults: list[Fault] = []
    return [dict(row.data) for row in read_table(folder, name, HERE, faults)], [str(fault) for fault in faults]


def write_xlsx(path: Path, rows: list[list[Any]]) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "Members"
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.fixture
def read_with(library: Library, tmp_path: Path) -> Callable[..., Plan]:
    """Reads the small plan with changes, beside the tables of the test."""
    return lambda **changes: read_plan(save(changed(small_plan(library), changes), tmp_path / "p.plan.yaml"), library)


# ── what is read ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("id,name.en,name.zh\nA1,Lake,湖\n", [{"id": "A1", "name": {"en": "Lake", "zh": "湖"}}]),
        ("\ufeffid,side\r\nA1,US\r\n", [{"id": "A1", "side": "US"}]),
        ('id,name\nA1,"Lake, Inc."\nB1,"two\nlines"\n', [{"id": "A1", "name": "Lake, Inc."}, {"id": "B1", "name": "two\nlines"}]),
        ("\n\nid,side\n\nA1,\n,\nB1,CN\n", [{"id": "A1"}, {"id": "B1", "side": "CN"}]),
        (" id , side \n A1 , US \n", [{"id": "A1", "side": "US"}]),
        ("id,,side\nA1,lost,US\n", [{"id": "A1", "side": "US"}]),
        ("id\nA1,too,many\n", [{"id": "A1"}]),
        ("id,note\nA1,=1+1\n", [{"id": "A1", "note": "=1+1"}]),
        ("", []),
        ("id,side\n", []),
    ],
)
def test_a_csv_becomes_rows(text: str, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode())
    assert rows_of(tmp_path, "t.csv") == (rows, [])


def test_a_spreadsheet_becomes_rows_without_computing_anything(tmp_path: Path) -> None:
    cells = [
        ["id", "joined", "votes", "share", "nonprofit", "note"],
        ["A1", date(2026, 10, 1), 3.0, 2.5, True, "=1+1"],
        [None] * 6,
    ]
    write_xlsx(tmp_path / "t.xlsx", [*cells, ["B1", datetime(2026, 10, 1, 12, 30), 1, None, False, "x"]])
    rows, faults = rows_of(tmp_path, "t.xlsx")
    assert faults == []
    assert rows[0] == {"id": "A1", "joined": "2026-10-01", "votes": "3", "share": "2.5", "nonprofit": "yes"}, (
        "a formula has no value"
    )
    assert rows[1]["joined"] == "2026-10-01T12:30:00"


def test_a_list_in_yaml_becomes_rows(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("- id: A1\n  name: {en: Lake}\n- id: B1\n", encoding="utf-8")
    assert rows_of(tmp_path, "t.yaml") == ([{"id": "A1", "name": {"en": "Lake"}}, {"id": "B1"}], [])


def test_members_may_stand_in_a_table(read_with: Callable[..., Plan], tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(
        "id,name.en,name.zh,side,country,type,role,public-money,work-places\n"
        "A1,Lakeshore University,湖滨大学,US,US,university,lead,us-federal,US; CN\n"
        'B1,Binhai University,滨海大学,CN,CN,university,lead,"cn-fiscal, none",CN\n',
        encoding="utf-8",
    )
    plan = read_with(members="members.csv")
    assert [member.name["zh"] for member in plan.members] == ["湖滨大学", "滨海大学"]
    assert plan.members[0].work_places == ("US", "CN")
    assert plan.members[1].public_money == ("cn-fiscal", "none")
    assert plan.place("members.B1.type") == Place("members.csv", 3, 6)


def test_a_register_may_stand_in_a_spreadsheet_and_its_cells_know_their_place(
    read_with: Callable[..., Plan], tmp_path: Path
) -> None:
    write_xlsx(tmp_path / "eq.xlsx", [["eq_id", "name.en", "name.zh", "provider"], ["EQ-1", "Bench", "试验台", "A1"]])
    plan = read_with(registers={"equipment": "eq.xlsx"})
    assert plan.rows("equipment")[0].cells["name"] == {"en": "Bench", "zh": "试验台"}
    assert str(plan.place("registers.equipment.EQ-1.provider")) == "eq.xlsx: Members!D2"


# ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("key", "rows", "words"),
    [
        ("members", "id,typ\nA1,x\n", "t.csv:1:2: unknown column “typ” in members, did you mean “type”?"),
        ("members", "id,name\nA1,X\nB1,Y\nA1,Z\n", "t.csv:4:1: the id “A1” stands twice in members"),
        ("members", "id,name,type\nA1,X,univercity\n", "t.csv:2:3: type: 'univercity' is not one of"),
        ("members", "id,name,dated\nA1,X,y\n", "unknown column “dated”"),
        ("members", "name\nX\n", "t.csv:2:1: the key “id” is missing"),
        ("members", "id,id,name\nA1,A2,X\n", "t.csv:1: the column “id” stands twice"),
        ("members", "id,name.en,name\nA1,X,Y\n", "t.csv:1: the columns “name” and “name.en” exclude each other"),
        ("equipment", "eq_id,accepted_on\nE,soon\n", "t.csv:2:2: accepted_on: expected a date"),
        ("equipment", "eq_id,nam\nE,x\n", "t.csv:1:2: unknown column “nam” in equipment, did you mean “name”?"),
        ("equipment", "eq_id,provider\nE,Z\n", "t.csv:2:2: provider: no member has the id “Z”"),
        ("equipment", "name\nx\n", "t.csv:2:1: a row of the register equipment has no eq_id"),
        ("equipment", "eq_id,name\nE,Sm\x07all\n", "t.csv:2:2: name: holds the control character U+0007"),
        ("members", "id,name\nA1,Sm\x1b[31mall\n", "t.csv:2:2: name: holds the control character U+001B"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(
    key: str, rows: str, words: str, read_with: Callable[..., Plan], tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_with(**({"members": "t.csv"} if key == "members" else {"registers": {key: "t.csv"}}))
    assert any(words in str(fault) for fault in caught.value.faults), str(caught.value)


def test_a_column_that_nobody_knows_is_one_fault_however_many_rows(read_with: Callable[..., Plan], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,name,typ\n" + "".join(f"M{n},X,y\n" for n in range(50)))
    with pytest.raises(PlanError) as caught:
        read_with(members="t.csv")
    assert [fault.place for fault in caught.value.faults if "typ" in fault.message] == [Place("t.csv", 1, 3)]


def test_a_bad_row_is_no_reason_to_miss_its_member_elsewhere(read_with: Callable[..., Plan], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,name,type\nA1,X,univercity\nB1,Y,university\n")
    with pytest.raises(PlanError) as caught:
        read_with(members="t.csv")
    assert [str(fault.place) for fault in caught.value.faults] == ["t.csv:2:3"]


def test_a_bad_cell_of_a_spreadsheet_is_named_by_its_letters(read_with: Callable[..., Plan], tmp_path: Path) -> None:
    write_xlsx(tmp_path / "eq.xlsx", [["eq_id", "name", "value"], ["EQ-1", "x", "much"]])
    with pytest.raises(PlanError, match=r"eq\.xlsx: Members!C2: value: expected an amount"):
        read_with(registers={"equipment": "eq.xlsx"})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "p.plan.yaml:3:1: the file “none.csv” does not exist"),
        ("t.txt", b"id\n", "“t.txt” is no table"),
        ("t.csv", "id,name\nA1,湖滨大学校园\n".encode("gb18030"), "“t.csv” cannot be read: it is not UTF-8 text"),
        ("t.csv", b"id\nA1\x00\n", "t.csv:2:1: id: holds the control character U+0000"),
        ("t.xlsx", b"no zip", "“t.xlsx” cannot be read"),
        ("t.yaml", b"a: 1\n", "t.yaml:1: is no list of rows"),
        ("t.yaml", b"- a\n", "t.yaml:1:3: a row must consist of keys with values"),
        ("t.yaml", b"- &a [*a]\n", "uses an alias"),
    ],
)
def test_a_file_that_is_no_table(name: str, content: bytes | None, words: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    _, faults = rows_of(tmp_path, name)
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize("content", [{"a.txt": b"x"}, {"xl/workbook.xml": b"<x/>"}, {"[Content_Types].xml": b"<!DOCTYPE x>"}])
def test_a_package_that_is_no_spreadsheet(content: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as package:
        for name, data in content.items():
            package.writestr(name, data)
    rows, faults = rows_of(tmp_path, "t.xlsx")
    assert rows == []
    assert any("“t.xlsx” cannot be read" in fault for fault in faults), faults


# ── hostile ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["../t.csv", "a/../../t.csv", "/etc/passwd", "/etc/hosts.csv"])
def test_a_name_does_not_leave_the_folder_of_the_plan(name: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id\nA1\n")
    (tmp_path / "inner").mkdir()
    rows, faults = rows_of(tmp_path / "inner", name)
    assert rows == []
    assert faults[0].startswith("p.plan.yaml:3:1:")
    assert "lies outside the folder of the plan" in faults[0]


def test_a_link_does_not_lead_out_either(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id\nA1\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "t.csv").symlink_to("../secret.csv")
    (tmp_path / "inner" / "folder").symlink_to("..")
    for name in ("t.csv", "folder/secret.csv"):
        assert "lies outside" in rows_of(tmp_path / "inner", name)[1][0]


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    import os

    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("folder.csv", "pipe.csv"):
        assert "is no file" in rows_of(tmp_path, name)[1][0]


def test_a_table_may_lie_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "t.csv").write_text("id\nA1\n")
    assert rows_of(tmp_path, "tables/t.csv") == ([{"id": "A1"}], [])


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    (tmp_path / "t.csv").write_text("id\n" + "A1\n" * 10)
    assert "larger than" in rows_of(tmp_path, "t.csv")[1][0]


def test_a_spreadsheet_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    write_xlsx(tmp_path / "t.xlsx", [["id"], ["A" * 2000]])
    rows, faults = rows_of(tmp_path, "t.xlsx")
    assert rows == []
    assert "unpacks to more than" in faults[0]


@pytest.mark.parametrize(("limit", "text"), [("MAX_ROWS", "id\nA\nB\nC\nD\n"), ("MAX_COLUMNS", "a,b,c,d\n1,2,3,4\n")])
def test_rows_and_columns_are_limited(limit: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, limit, 3)
    (tmp_path / "t.csv").write_text(text)
    assert any("has more than" in fault for fault in rows_of(tmp_path, "t.csv")[1])


def test_entities_of_a_spreadsheet_are_not_expanded(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", [["id"], ["A1"]])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    entities = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "&%c;&%c;">' % (98 + n, 97 + n, 97 + n) for n in range(20))
        + b"]>"
    )
    for name in list(parts):
        if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
            head, _, rest = parts[name].partition(b">") if parts[name].startswith(b"<?xml") else (b"", b"", parts[name])
            parts[name] = (
                head + (b">" if head else b"") + entities + rest.replace(b"A1</t>", b"&u;</t>").replace(b">id<", b">id<")
            )
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    rows, faults = rows_of(tmp_path, "t.xlsx")
    assert faults or len(str(rows)) < 1000
