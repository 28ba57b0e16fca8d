"""The table of members: headings, cells with their places, faults row by row, rows put into the base plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tmp_builder.batch.members import MemberRow, read_folder, read_members
from tmp_builder.batch.merge import changed, check_rows, merged, places_of
from tmp_builder.errors import InputError, PlanError
from tmp_builder.findings import Place
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan

HEAD = "id,name.en,name.zh,side,country,type"


@pytest.fixture
def plan(plan_of: Callable[..., Plan]) -> Plan:
    return plan_of()


@pytest.fixture
def rows_of(plan: Plan, library: Library, tmp_path: Path) -> Callable[[str], tuple[MemberRow, ...]]:
    def read(text: str) -> tuple[MemberRow, ...]:
        path = tmp_path / "members.csv"
        path.write_text(text, encoding="utf-8")
        return read_members(path, plan, library)

    return read


def test_a_heading_that_names_nothing_is_refused_with_the_nearest_name(rows_of: Callable[[str], object]) -> None:
    with pytest.raises(InputError) as caught:
        rows_of("id,name.en,contry,acession\nC1,Acme,US,yes\n")
    text = str(caught.value)
    assert "members.csv:1:3: the column “contry” is neither an address nor an output, did you mean “country”?" in text
    assert "did you mean “accession”?" in text


def test_a_table_without_ids_is_refused(rows_of: Callable[[str], object]) -> None:
    with pytest.raises(InputError, match="no column “id”"):
        rows_of("name.en\nAcme\n")


def test_an_empty_table_is_refused(rows_of: Callable[[str], object]) -> None:
    with pytest.raises(InputError, match="holds no row"):
        rows_of(f"{HEAD}\n")


def test_columns_are_the_member_the_plan_and_the_outputs(rows_of: Callable[[str], tuple[MemberRow, ...]]) -> None:
    (row,) = rows_of("id,name.zh,public-money,title.en,accession,folder\nC1,甲,cn-fiscal; eu,Other,yes,Dept 1\n")
    assert row.member == {"id": "C1", "name": {"zh": "甲"}, "public-money": ["cn-fiscal", "eu"]}
    assert row.changes == {"title.en": "Other"}
    assert row.makes == {"accession": True}
    assert row.folder == "Dept 1"
    assert row.cells["title.en"] == Place("members.csv", 2, 4)


def test_a_row_tells_all_its_faults_at_their_cells_and_the_others_stay_good(
    rows_of: Callable[[str], tuple[MemberRow, ...]], plan: Plan, library: Library
) -> None:
    side = plan.sides[0].id
    rows = rows_of(
        f"{HEAD},accession,screening-date\nC1,A,甲,{side},US,company,yes,\nC2,B,乙,XX,US,company,maybe,\nC3,C,丙,{side},US,circus,,2026-99-01\n"
    )
    found = check_rows(rows, plan, library)
    assert set(found.members) == {1}
    said = {number: [(fault.place.line, fault.place.column) for fault in faults] for number, faults in found.faults.items()}
    assert said == {2: [(3, 7), (3, 4)], 3: [(4, 6), (4, 8)]}


def test_rows_with_the_same_id_are_both_refused(
    rows_of: Callable[[str], tuple[MemberRow, ...]], plan: Plan, library: Library
) -> None:
    found = check_rows(rows_of(f"{HEAD}\nC1,A,甲,,US,company\nC1,B,乙,,US,company\nC2,C,丙,,US,company\n"), plan, library)
    assert set(found.members) == {3}
    assert "stands also at members.csv:3:1" in str(found.faults[1][0])


def test_a_formula_in_a_workbook_is_a_fault_and_a_text_like_one_is_a_name(plan: Plan, library: Library, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members"
    sheet.append(["id", "name.en"])
    sheet.append(["C1", "=1+1"])
    sheet.append(["C2", "=HYPERLINK(1)"])
    sheet["B3"].data_type = "s"
    book.save(tmp_path / "m.xlsx")
    first, second = read_members(tmp_path / "m.xlsx", plan, library)
    assert [str(fault.place) for fault in first.faults] == ["m.xlsx: Members!B2"]
    assert second.faults == ()
    assert second.member["name"] == {"en": "=HYPERLINK(1)"}


def test_a_list_in_yaml_is_a_table(plan: Plan, library: Library, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("- id: C1\n  name: {en: Acme, zh: 甲}\n  title: {en: Other}\n", encoding="utf-8")
    (row,) = read_members(tmp_path / "m.yaml", plan, library)
    assert row.member == {"id": "C1", "name": {"en": "Acme", "zh": "甲"}}
    assert row.changes == {"title.en": "Other"}


def test_a_member_takes_the_place_of_the_one_with_its_id_else_it_is_appended(
    rows_of: Callable[[str], tuple[MemberRow, ...]], plan: Plan, library: Library
) -> None:
    known = plan.members[0]
    rows = rows_of(f"{HEAD}\n{known.id},New name,新名,{known.side},US,company\nC9,Nine,九,{known.side},US,company\n")
    members = check_rows(rows, plan, library).members
    found = merged(plan, members.values(), places_of(rows[1]))
    assert [member.id for member in found.members] == [*(member.id for member in plan.members), "C9"]
    assert found.members[0].name["en"] == "New name"
    assert found.members[1:-1] == plan.members[1:]
    assert found.place("members.C9.type") == Place("members.csv", 3, 6)


def test_values_of_the_plan_are_set_and_nothing_else_changes(plan: Plan, library: Library) -> None:
    found = changed(plan, library, {"title.en": "Other"}, {"title.en": Place("m.csv", 2, 3)})
    assert found.title == {**plan.title, "en": "Other"}
    assert (found.members, found.choices, found.values, found.registers) == (
        plan.members,
        plan.choices,
        plan.values,
        plan.registers,
    )
    assert found.place("title.en") == Place("m.csv", 2, 3)


def test_a_value_that_does_not_fit_is_a_fault_at_its_cell(plan: Plan, library: Library) -> None:
    address = f"parameters.{next(name for name, value in plan.values.items() if isinstance(value, int))}"
    with pytest.raises(PlanError) as caught:
        changed(plan, library, {address: "soon"}, {address: Place("m.csv", 2, 9)})
    assert [str(fault.place) for fault in caught.value.faults] == ["m.csv:2:9"]


def test_a_folder_of_plans_gives_a_row_each(tmp_path: Path) -> None:
    for name in ("b.plan.yaml", "a.plan.yaml", "notes.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [row.id for row in read_folder(tmp_path)] == ["a", "b"]


def test_a_folder_without_plans_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no plan"):
        read_folder(tmp_path)
