"""The decision sheet: what each row says, and that decisions come back from Excel, Word and LibreOffice as they were written."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from docx import Document as open_word_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.conformance.lint import lint, order
from tmp_builder.compare import PlanChanges, compare_plans
from tmp_builder.compare.approved import ground_of
from tmp_builder.compare.decisions import HEADINGS, approvals_from
from tmp_builder.compare.sheet import sheet_of
from tmp_builder.document.form import Form
from tmp_builder.errors import InputError
from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.plan.approvals import Ground, Standing
from tmp_builder.plan.data import approval_data
from tmp_builder.plan.schema import Approval
from tmp_builder.readers.decisions import read_decisions
from tmp_builder.writers import formsheet
from tmp_builder.writers.docx import form as wordform

from .conftest import NEW, OLD, version

COLUMNS = {"decision": 9, "reason": 10, "name": 11, "date": 12}
"""The columns of the workbook in which people write."""
FIRST = 4
"""The line of the first row of the workbook: title, notes and headings stand above."""


@cache
def changes() -> PlanChanges:
    return compare_plans(version(OLD), version(NEW))


@cache
def ground() -> Ground:
    return ground_of(version(NEW))


@cache
def form(*languages: str) -> Form:
    return sheet_of(changes(), version(NEW), languages or ("en", "zh"))


@cache
def workbook(*languages: str) -> bytes:
    return formsheet.write(form(*languages))


@cache
def word_file(*languages: str) -> bytes:
    return wordform.write(form(*languages))


def filled(folder: Path, rows: Mapping[int, Mapping[str, Any]], content: bytes | None = None) -> Path:
    """The workbook with cells filled in, by the number of the row on the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content or workbook()))
    for number, cells in rows.items():
        for name, value in cells.items():
            cell = book.worksheets[0].cell(FIRST + number - 1, COLUMNS[name])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    path = folder / "filled.xlsx"
    book.save(path)
    return path


def approvals(path: Path, on: Ground | None = None) -> list[Approval]:
    return approvals_from(read_decisions(path, HEADINGS), on or ground())


def faults(path: Path, on: Ground | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        approvals(path, on)
    return [str(fault) for fault in caught.value.faults]


APPROVE = {"decision": "approve 批准", "name": "Ms Liu", "date": date(2026, 9, 20)}


# ── what the sheet says ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_change_but_the_number_of_the_draft_has_a_row() -> None:
    assert [row.cells["number"][0]["en"] for row in form().rows] == [str(number) for number in range(1, 14)]
    listed = {row.reference.partition(" ")[0] for row in form().rows}
    assert listed == {change.address for change in changes().changes} - {"version", "dated"}


def test_a_row_says_what_the_change_does_whom_it_favours_and_which_dates_move() -> None:
    first = form().rows[0].cells
    assert first["old"][0]["en"] == "No release to outsiders without both Sides (consent-both-sides)"
    assert first["new"][0]["zh"] == "期限届满后权利人可许可任何人（free-after-window）"
    assert first["effect"][0]["en"].startswith("Instead: After a fixed time the owner is free to license")
    assert first["favours"][1] == {
        "en": "favours less: governments, security authorities",
        "zh": "不再特别有利于：政府、安全主管部门",
    }
    term = next(row.cells for row in form().rows if row.reference.startswith("parameters.term.fixed.term_months"))
    assert term["effect"][0] == {"en": "Lower by 12.", "zh": "减少12。"}
    assert term["dates"][1]["en"] == "End of this Plan: 30 September 2031 → 30 September 2030 (365 days earlier)"
    assert len(term["dates"]) == 9


def test_findings_of_law_stand_first_and_are_marked() -> None:
    house = Finding("TIM-03", Severity.WARNING, {"en": "a Sunday", "zh": "星期日"}, address="members.A3")
    law = Finding("PAR-05", Severity.WARNING, {"en": "not screened", "zh": "未筛查"}, address="members.A3", force=Force.LAW)
    new = replace(version(NEW), findings=(house, law))
    old = replace(version(OLD), findings=())
    found = compare_plans(old, new)
    said = [text["en"] for row in sheet_of(found, new).rows for text in row.cells["findings"]]
    assert said == ["law: new warning PAR-05: not screened", "new warning TIM-03: a Sunday"]


def test_a_reference_names_the_clause_whose_words_are_decided_on() -> None:
    reference = form().rows[0].reference
    assert re.fullmatch(r"choices\.third-party-licences \[third-party-licences\.free-after-window\] #[0-9a-f]{12}", reference)
    assert len({row.reference for row in form().rows}) == len(form().rows)


# ── the files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert formsheet.write(form()) == workbook()
    assert wordform.write(form()) == word_file()


def test_the_workbook_has_a_drop_down_and_no_cell_that_can_become_a_formula() -> None:
    changed = replace(changes().changes[0], old={"en": "=1+1", "zh": "=cmd|' /C calc'!A0"})
    content = formsheet.write(sheet_of(replace(changes(), changes=(changed,)), version(NEW)))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.title == "Decisions"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["C4"].value.startswith("=1+1")
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [(str(rule.sqref), rule.formula1) for rule in lists] == [("I4", '"approve 批准,reject 否决,ask 询问"')]
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("languages", [("en", "zh"), ("en",), ("zh",)])
def test_the_word_file_is_sound_wide_and_repeats_its_headings(languages: tuple[str, ...]) -> None:
    content = word_file(*languages)
    assert lint(content) == []
    assert order(content) == []
    body = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert body.count("<w:tblHeader/>") == 1
    assert body.count("<w:dropDownList>") == body.count("<w:date>") == len(form().rows)
    assert 'w:orient="landscape"' in body
    assert "approve" in body if "en" in languages else "approve 批准" not in body


# ── coming back ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_comes_back_tied_to_the_words_in_both_languages(tmp_path: Path) -> None:
    path = filled(tmp_path, {1: {**APPROVE, "reason": "as agreed in May"}})
    (approval,) = approvals(path)
    assert (approval.decision, approval.by, approval.given_on) == ("approve", "Ms Liu", date(2026, 9, 20))
    assert approval.clauses == ("third-party-licences.free-after-window",)
    assert set(approval.fingerprint) == {"en", "zh"}
    assert ground().standing(approval) is Standing.HOLDS


def test_a_sheet_that_nobody_filled_in_holds_no_decision(tmp_path: Path) -> None:
    (tmp_path / "d.xlsx").write_bytes(workbook())
    (tmp_path / "d.docx").write_bytes(word_file())
    assert approvals(tmp_path / "d.xlsx") == approvals(tmp_path / "d.docx") == []


def test_decisions_are_understood_in_either_language_and_dates_as_days_or_words(tmp_path: Path) -> None:
    rows: dict[int, dict[str, Any]] = {
        1: {"decision": "批准", "name": "刘", "date": "2026-09-20"},
        2: {"decision": "Reject", "reason": "too long", "name": "Liu", "date": datetime(2026, 9, 21)},
        3: {"decision": "ask 询问", "reason": "why?", "name": "Liu", "date": date(2026, 9, 22)},
    }
    assert [(each.decision, each.given_on.day) for each in approvals(filled(tmp_path, rows))] == [
        ("approve", 20),
        ("reject", 21),
        ("ask", 22),
    ]


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    rows: dict[int, dict[str, Any]] = {
        1: {"decision": "maybe", "name": "Liu", "date": "20.9.2026"},
        2: {"decision": "reject", "name": "Liu", "date": date(2026, 9, 20)},
        3: {"decision": "approve", "date": "2026-02-30"},
        4: {"reason": "hm"},
        5: {**APPROVE, "name": "x\u202ey"},
    }
    found = "\n".join(faults(filled(tmp_path, rows)))
    for said in (
        "Decisions!I4: “maybe” is no decision",
        "Decisions!L4: “20.9.2026” is no date",
        "Decisions!J5: no reason",
        "Decisions!K6: no name",
        "Decisions!L6: “2026-02-30” is no date",
        "Decisions!I7: no decision",
        "Decisions!K8: name: holds the control character U+202E",
    ):
        assert said in found, said


def test_a_sheet_of_another_plan_or_draft_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = filled(tmp_path, {1: APPROVE})
    (other,) = faults(path, Ground(replace(ground().plan, id="other"), ground().library, ground().document))
    assert "is a sheet of the plan clean-vehicles; this plan is other" in other
    (later,) = faults(path, Ground(replace(ground().plan, version=13), ground().library, ground().document))
    assert "is a sheet of draft 12 of clean-vehicles; this is draft 13" in later


def test_a_row_whose_words_changed_since_the_sheet_was_made_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, {1: APPROVE})
    plan = version(NEW).plan
    values = {**plan.values, "third-party-licences.free-after-window.window_months": 11}
    moved = ground_of(replace(version(NEW), plan=replace(plan, values=values)))
    (fault,) = faults(path, moved)
    assert "the words of choices.third-party-licences are not those this sheet was made for" in fault


def test_a_changed_or_missing_reference_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, {1: APPROVE, 2: APPROVE})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["M4"] = str(sheet["M4"].value).replace("free-after-window", "objection")
    sheet["M5"] = ""
    book.save(path)
    found = "\n".join(faults(path))
    assert "or its reference was changed" in found
    assert "Decisions!A5: the reference of this row is missing" in found


def test_rows_may_be_sorted_and_columns_added(tmp_path: Path) -> None:
    path = filled(tmp_path, {3: APPROVE})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].insert_cols(1)
    book.worksheets[0].move_range("A6:O6", rows=30)
    book.save(path)
    assert [each.of for each in approvals(path)] == ["members.A3.registration-no"]


def test_the_same_change_decided_twice_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, {1: APPROVE, 2: APPROVE})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["M5"] = book.worksheets[0]["M4"].value
    book.save(path)
    assert any("is decided twice on this sheet" in fault for fault in faults(path))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"not a zip", "is no spreadsheet that can be read"),
        ("a.docx", b"not a zip", "is no Word file"),
        ("a.csv", b"", "neither .xlsx nor .docx"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in faults(tmp_path / name)[0]


def test_a_workbook_of_others_and_one_without_headings_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    assert "does not say which plan and draft" in faults(tmp_path / "other.xlsx")[0]
    path = filled(tmp_path, {1: APPROVE})
    filled_in = openpyxl.load_workbook(path)
    filled_in.worksheets[0]["L3"] = "When"
    filled_in.save(path)
    assert "lacks the headings of these columns: Date" in faults(path)[0]


def test_a_word_file_filled_in_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(word_file())
    fill_word(path, 2, {"decision": "approve 批准", "reason": "=fine", "name": "Ms Liu", "date": "2026-09-20"})
    (approval,) = approvals(path)
    assert (approval.of, approval.reason, approval.by) == ("wording.personnel.visitor-host", "=fine", "Ms Liu")
    fill_word(path, 3, {"decision": "perhaps"})
    assert any("row 3, column 9: “perhaps” is no decision" in fault for fault in faults(path))


def fill_word(path: Path, number: int, said: Mapping[str, str]) -> None:
    """As a person would in Word: the prompt of a control is replaced, and the control then holds what was chosen."""
    file = open_word_file(str(path))
    row = file.tables[0].rows[number]
    for name, text in said.items():
        cell = row._tr.tc_lst[COLUMNS[name] - 1]
        words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        prompt = next(cell.iter(f"{words}showingPlcHdr"), None)
        if prompt is not None:
            cast(Any, prompt.getparent()).remove(prompt)
        shown = next(cell.iter(f"{words}t"), None)
        if shown is not None:
            shown.text = text
        else:
            row.cells[COLUMNS[name] - 1].paragraphs[0].add_run(text)
    file.save(str(path))


# ── through LibreOffice ─────────────────────────────────────────────────────────────────────────────────────────────

OFFICE = shutil.which("soffice")


def through_office(path: Path, kind: str) -> Path | None:
    """The file as LibreOffice saves it; None where that program lacks the module for it."""
    out = path.parent / "saved"
    command = [str(OFFICE), f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=False, capture_output=True, timeout=120)
    return out / path.name if (out / path.name).exists() else None


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
decisions = st.fixed_dictionaries(
    {
        "decision": st.sampled_from(["approve 批准", "reject 否决", "ask", "询问"]),
        "reason": st.lists(words, min_size=1, max_size=4).map(" ".join),
        "name": words.filter(lambda text: text.casefold() not in ("choose", "请选择")),
        "date": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    }
)
sheets = st.dictionaries(st.integers(1, 13), decisions, max_size=13)


def as_rows(found: list[Approval]) -> list[dict[str, Any]]:
    return [approval_data(each) for each in found]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=sheets)
def test_what_is_written_into_a_workbook_is_what_is_read(rows: dict[int, dict[str, Any]], tmp_path: Path) -> None:
    found = approvals(filled(tmp_path, rows))
    assert [(each.reason, each.by, each.given_on) for each in found] == [
        (rows[number]["reason"], rows[number]["name"], rows[number]["date"]) for number in sorted(rows)
    ]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is absent")
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=sheets)
def test_a_workbook_saved_by_libreoffice_gives_the_same_approvals(rows: dict[int, dict[str, Any]], tmp_path: Path) -> None:
    path = filled(tmp_path, rows)
    saved = through_office(path, "xlsx")
    if saved is None:
        pytest.skip("LibreOffice is here without Calc")
    assert as_rows(approvals(saved)) == as_rows(approvals(path))
    saved.unlink()


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is absent")
def test_a_word_file_saved_by_libreoffice_gives_the_same_approvals(tmp_path: Path) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(word_file())
    fill_word(path, 1, {"decision": "approve 批准", "name": "Ms Liu 刘", "date": "2026-09-20"})
    fill_word(path, 7, {"decision": "reject 否决", "reason": "too short", "name": "Ms Liu 刘", "date": "2026-09-21"})
    saved = through_office(path, "docx")
    assert saved is not None
    assert as_rows(approvals(saved)) == as_rows(approvals(path))
    assert len(approvals(saved)) == 2
