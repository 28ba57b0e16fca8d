"""The matrix: what departs from which standard, what is rare, and the plans in the order of their trouble."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from tmp_builder.compare.changes import Version
from tmp_builder.compare.matrix import Entry, Matrix, Standard, is_rare, matrix
from tmp_builder.compare.matrix_report import lines, sheets
from tmp_builder.findings import Finding, Severity
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.writers.tablesheet import write

from .conftest import OLD, Call, library, version

ROOT = Path(__file__).parents[3]
FIVE = [
    str(ROOT / "examples" / name / f"{name}.plan.yaml")
    for name in ("open-charging", "printed-electronics", "quiet-rotors", "river-sensing")
]

ERROR = Finding("OWN-02", Severity.ERROR, {"en": "two owners of one result", "zh": "一项成果有两个所有人"})
OUTLIERS = ("member-017", "member-042", "member-077", "member-120", "member-163")


def with_choice(plan: Plan, section: str, *options: str) -> Plan:
    return replace(plan, choices={**plan.choices, section: Decision(tuple(f"{section}.{option}" for option in options))})


def with_value(plan: Plan, address: str, value: object) -> Plan:
    return replace(plan, values={**plan.values, address: value})


def members() -> list[Entry]:
    """168 bilateral plans of one base; five of them depart, the fourth by an error alone."""
    base = version(OLD).plan
    plans = {f"member-{number:03d}": base for number in range(1, 169)}
    plans["member-017"] = with_choice(base, "ownership", "joint-equal")
    plans["member-042"] = with_value(base, "term.fixed.term_months", 12)
    plans["member-077"] = with_value(with_choice(base, "third-party-licences", "free-after-window"), "term.fixed.term_months", 13)
    plans["member-163"] = with_choice(base, "personnel", "chain-of-title")
    return [Entry(name, Version(plan, library(), (ERROR,) if name == "member-120" else ())) for name, plan in plans.items()]


def found(entries: Sequence[Entry]) -> Matrix:
    return matrix(entries, Standard("majority"))


def test_five_outliers_of_168_stand_first_the_one_with_an_error_before_all() -> None:
    result = found(members())
    names = [entry.name for entry in result.entries]
    assert names[0] == "member-120"
    assert set(names[:5]) == set(OUTLIERS)
    assert names[1] == "member-077"
    text = [line.text for line in lines(result, "en")]
    assert text[1] == "168 plans; 1 with errors, 4 depart from the standard."
    assert "163 more as the standard, without errors: 163 plans" in text
    assert {name for name in OUTLIERS if any(line.startswith(f"{name}  (") for line in text)} == set(OUTLIERS)


def test_a_departure_names_what_stands_there_what_is_usual_and_how_many_have_it() -> None:
    text = [line.text for line in lines(found(members()), "en")]
    assert "Effect and term: Length of the term: 12 months (standard: 60 months; 1 of 168 have this, rare)" in text


def test_the_sheets_show_the_five_first_and_mark_them_without_colour() -> None:
    result = found(members())
    content = write(sheets(result, "en"), "Matrix", date(2026, 9, 15))
    assert content == write(sheets(result, "en"), "Matrix", date(2026, 9, 15))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Plans", "Choices", "Parameters", "Findings"]
    first = [row[0] for row in book["Plans"].iter_rows(min_row=2, max_row=6, values_only=True)]
    assert set(first) == set(OUTLIERS)
    heads = [cell.value for cell in book["Choices"][1]]
    assert heads[2:7] == first
    assert len(heads) == 170
    marked = [
        cell for row in book["Choices"].iter_rows(min_row=2, values_only=True) for cell in row if str(cell or "").startswith("◆ ")
    ]
    assert len(marked) == 3
    assert [row[2] for row in book["Findings"].iter_rows(min_row=2, values_only=True)] == ["OWN-02"]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is absent")
def test_libreoffice_opens_the_workbook_with_the_five_in_front(tmp_path: Path) -> None:
    book = tmp_path / "members.xlsx"
    book.write_bytes(write(sheets(found(members()), "zh"), "Matrix", date(2026, 9, 15)))
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    lines_of = {path.stem.partition("-")[2]: path.read_text(encoding="utf-8").splitlines() for path in tmp_path.glob("*.csv")}
    assert set(lines_of) >= {"计划", "选择", "参数", "检查结果"}
    assert {line.partition(",")[0] for line in lines_of["计划"][1:6]} == set(OUTLIERS)
    assert sum("◆ " in line for line in lines_of["选择"]) == 3
    assert len(lines_of["计划"]) == 1 + 168 + 2


def test_rows_are_as_high_as_their_text_needs() -> None:
    content = write(
        [("One", [10], [[("Head", "head")], [("ten words " * 10, "plain")], [("短", "plain")]])], "t", date(2026, 9, 15)
    )
    heights = openpyxl.load_workbook(io.BytesIO(content))["One"].row_dimensions
    assert [heights[row].height for row in (1, 3)] == [None, None]  # the height that every row has: 15 points
    assert heights[2].height >= 10 * 15


def test_text_that_looks_like_a_formula_stays_text() -> None:
    content = write([("One", [10], [[("Head", "head")], [("=1+1", "plain")]])], "t", date(2026, 9, 15))
    cell = openpyxl.load_workbook(io.BytesIO(content))["One"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_standard_that_is_a_plan_is_never_replaced_by_the_majority() -> None:
    base = version(OLD).plan
    other = with_choice(base, "ownership", "joint-equal")
    entries = [Entry(name, Version(other, library())) for name in ("a", "b", "c")]
    result = matrix(entries, Standard("plan", "base", dict.fromkeys("abc", base)))
    assert [row.address for row in result.departures("a")] == ["choices.ownership"]
    assert not any(spot.rare for row in result.departures("a") for spot in row.spots.values())


def test_where_two_choices_are_as_frequent_none_is_the_standard() -> None:
    base = version(OLD).plan
    other = with_choice(base, "ownership", "joint-equal")
    entries = [Entry(name, Version(plan, library())) for name, plan in zip("abcd", (base, base, other, other), strict=True)]
    result = found(entries)
    assert all(not result.departures(entry.name) for entry in entries)
    assert "choices.ownership" in {row.address for row in result.rows if row.differs}


def test_rare_is_one_alone_or_a_tenth() -> None:
    assert [is_rare(*each) for each in ((1, 2), (1, 3), (2, 3), (16, 168), (17, 168))] == [False, True, False, True, False]


def test_a_group_stands_where_its_worst_plan_does() -> None:
    plan = version(OLD).plan
    quiet, loud = Version(plan, library()), Version(plan, library(), (ERROR,))
    entries = [Entry("a", quiet, "north"), Entry("b", quiet, "south"), Entry("c", loud, "south")]
    assert [entry.name for entry in found(entries).entries] == ["c", "b", "a"]


def test_five_consortia_are_laid_side_by_side(tmp: Call) -> None:
    code, out, _ = tmp("matrix", *FIVE, "old.plan.yaml", "--json", "--section", "ownership")
    data = json.loads(out)
    assert code == 0
    assert data["standard"] == {"kind": "majority", "name": ""}
    assert {plan["plan"] for plan in data["plans"]} == {*(Path(path).parent.name for path in FIVE), "old"}
    assert {row["section"] for row in data["rows"]} == {"ownership"}


def test_plans_of_one_profile_are_held_against_it(tmp: Call) -> None:
    code, out, _ = tmp("matrix", "old.plan.yaml", "new.plan.yaml", language="zh")
    assert code == 0
    assert out.startswith("比较基准：模板cerc（按各计划情况）")


def test_the_command_writes_a_workbook_and_keeps_a_foreign_file(tmp: Call, folder: Path) -> None:
    assert tmp("matrix", "old.plan.yaml", "new.plan.yaml", "--standard", "old.plan.yaml", "-f", "xlsx", "-o", "m.xlsx")[0] == 0
    book = openpyxl.load_workbook(folder / "m.xlsx")
    assert book["Plans"]["A2"].value == "new"
    assert (
        "unchanged"
        in tmp("matrix", "old.plan.yaml", "new.plan.yaml", "--standard", "old.plan.yaml", "-f", "xlsx", "-o", "m.xlsx")[1]
    )
    (folder / "theirs.xlsx").write_bytes(b"not ours")
    assert tmp("matrix", "old.plan.yaml", "-f", "xlsx", "-o", "theirs.xlsx")[0] == 5
    assert (folder / "theirs.xlsx").read_bytes() == b"not ours"


def test_findings_are_filtered_by_force_and_an_unknown_section_is_refused(tmp: Call) -> None:
    findings = json.loads(tmp("matrix", "old.plan.yaml", "--force", "law", "--json")[1])["plans"][0]["findings"]
    assert {finding["force"] for finding in findings} <= {"law"}
    code, _, err = tmp("matrix", "old.plan.yaml", "--section", "ownershp")
    assert (code, "did you mean “ownership”?" in err) == (2, True)
