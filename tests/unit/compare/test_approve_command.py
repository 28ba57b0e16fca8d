"""`tmp diff --sheet` and `tmp approve`: from a comparison to a sheet, from the filled sheet into the plan, and what is said later."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from .conftest import Call

APPROVED = ("approve 批准", "", "Ms Liu 刘", date(2026, 9, 20))
REJECTED = ("reject 否决", "too long", "Ms Liu 刘", date(2026, 9, 21))


def sheet(tmp: Call, *more: str) -> Path:
    code, _, err = tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.xlsx", *more)
    assert code == 1, err
    return Path("d.xlsx")


def fill(path: Path, rows: dict[int, tuple[object, ...]]) -> None:
    book = openpyxl.load_workbook(path)
    for number, values in rows.items():
        for column, value in enumerate(values, 9):
            book.worksheets[0].cell(number + 3, column).value = value  # type: ignore[assignment]
    book.save(path)


def decide(tmp: Call, rows: dict[int, tuple[object, ...]]) -> str:
    path = sheet(tmp)
    fill(path, rows)
    code, out, err = tmp("approve", "new.plan.yaml", "d.xlsx")
    assert code == 0, err
    path.unlink()
    return str(out)


def test_a_sheet_is_written_beside_the_report_and_says_what_to_do_with_it(tmp: Call, folder: Path) -> None:
    code, out, err = tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.docx")
    assert (code, out.startswith("Old  old.plan.yaml")) == (1, True)
    assert "13 changes to decide. When it is filled in: tmp approve PLAN d.docx" in err
    assert (folder / "d.docx").read_bytes().startswith(b"PK")
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.txt")[0] == 2


def test_a_sheet_that_was_filled_in_is_not_written_over(tmp: Call) -> None:
    path = Path("d.docx")
    tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.docx")
    from docx import Document

    file = Document("d.docx")
    file.save("d.docx")
    before = path.read_bytes()
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.docx", "--sheet-language", "en")[0] == 5
    assert path.read_bytes() == before
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.docx", "--force")[0] == 1
    filled = sheet(tmp)
    fill(filled, {1: APPROVED})
    kept = filled.read_bytes()
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--sheet", "d.xlsx")[0] == 5
    assert filled.read_bytes() == kept


def test_decisions_go_into_the_plan_and_every_other_line_stays_as_it_was(tmp: Call, folder: Path) -> None:
    before = (folder / "new.plan.yaml").read_text(encoding="utf-8")
    out = decide(tmp, {1: APPROVED, 2: REJECTED})
    assert out.splitlines() == [
        "approved: third-party-licences.free-after-window (Ms Liu 刘, 2026-09-20)",
        "rejected: personnel.visitor-host (Ms Liu 刘, 2026-09-21)",
    ]
    after = (folder / "new.plan.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after[len(before) :].startswith("\napprovals:\n  - of: choices.third-party-licences\n")
    assert "given-on: 2026-09-20" in after


def test_a_second_sheet_changes_its_own_rows_and_keeps_comments(tmp: Call, folder: Path) -> None:
    decide(tmp, {1: APPROVED, 2: REJECTED})
    path = folder / "new.plan.yaml"
    text = path.read_text(encoding="utf-8").replace("approvals:\n", "approvals:  # of the board\n  # first reading\n")
    path.write_text(text + "# the end\n", encoding="utf-8")
    decide(tmp, {2: APPROVED, 7: APPROVED})
    after = path.read_text(encoding="utf-8")
    for said in ("# of the board", "# first reading", "# the end"):
        assert said in after
    assert after.count("- of: wording.personnel.visitor-host") == 1
    assert "too long" not in after
    assert after.count("decision: approve") == 3


def test_the_report_says_who_approved_a_change_and_that_it_lapsed(tmp: Call, folder: Path) -> None:
    decide(tmp, {1: APPROVED, 7: APPROVED})
    said = "approved by Ms Liu 刘 on 20 September 2026"
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml")[1].count(said) == 2
    assert "已由Ms Liu 刘于2026年9月20日批准" in tmp("diff", "old.plan.yaml", "new.plan.yaml", language="zh")[1]
    decided = [change["decided"] for change in json.loads(tmp("diff", "old.plan.yaml", "new.plan.yaml", "--json")[1])["changes"]]
    wanted = {"decision": "approve", "by": "Ms Liu 刘", "given_on": "2026-09-20", "reason": "", "holds": True}
    assert [each for each in decided if each] == [wanted, wanted]
    path = folder / "new.plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("term.fixed.term_months: 48", "term.fixed.term_months: 36"))
    out = tmp("diff", "old.plan.yaml", "new.plan.yaml")[1]
    assert f"{said}; lapsed, since the words have changed" in out
    code, out, _ = tmp("check", "new.plan.yaml", "--select", "APP")
    assert code == 0
    assert "warning APP-01: the approval of parameters.term.fixed.term_months" in out
    assert "free-after-window" not in out


def test_a_rejected_change_that_stands_is_a_finding(tmp: Call) -> None:
    decide(tmp, {2: REJECTED})
    assert "APP-03" in tmp("check", "new.plan.yaml", "--select", "APP")[1]


def test_nothing_is_written_where_a_cell_is_wrong(tmp: Call, folder: Path) -> None:
    before = (folder / "new.plan.yaml").read_bytes()
    path = sheet(tmp)
    fill(path, {1: APPROVED, 2: ("perhaps", "", "", "")})
    code, _, err = tmp("approve", "new.plan.yaml", "d.xlsx")
    assert code == 3
    assert "Decisions!I5: error: “perhaps” is no decision" in err
    assert "Decisions!K5: error: no name" in err
    assert "nothing was written" in err
    assert (folder / "new.plan.yaml").read_bytes() == before


def test_a_sheet_of_another_draft_is_refused(tmp: Call, folder: Path) -> None:
    fill(sheet(tmp), {1: APPROVED})
    code, _, err = tmp("approve", "old.plan.yaml", "d.xlsx")
    assert (code, "is a sheet of draft 12 of clean-vehicles; this is draft 11" in err) == (3, True)


def test_an_empty_sheet_writes_nothing_and_a_signed_plan_is_not_changed(tmp: Call, folder: Path) -> None:
    sheet(tmp)
    code, out, err = tmp("approve", "new.plan.yaml", "d.xlsx", language="zh")
    assert (code, out) == (0, "")
    assert "该表尚无任何决定" in err
    path = folder / "new.plan.yaml"
    signed = path.read_text(encoding="utf-8").replace("status: negotiating", "status: signed\nsigned-on: 2026-09-20")
    path.write_text(signed.replace("status: draft", "status: signed\nsigned-on: 2026-09-20"), encoding="utf-8")
    code, _, err = tmp("approve", "new.plan.yaml", "d.xlsx")
    assert (code, "a signed plan is not changed by the program" in err) == (2, True)


def test_a_sheet_made_against_a_file_for_the_other_side_fits_the_whole_plan(tmp: Call, folder: Path) -> None:
    assert tmp("build", "old.plan.yaml", "-f", "docx", "-o", "sent")[0] in (0, 1)
    code, _, err = tmp("diff", "sent/old.docx", "new.plan.yaml", "--sheet", "d.xlsx")
    assert code == 1, err
    fill(Path("d.xlsx"), {1: APPROVED})
    assert tmp("approve", "new.plan.yaml", "d.xlsx", "--json")[0] == 0
    assert tmp("diff", "new.plan.yaml", "sent/old.docx", "--sheet", "e.xlsx")[0] == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_in_one_language_comes_back_as_well(language: str, tmp: Call) -> None:
    path = sheet(tmp, "--sheet-language", language)
    said = {"en": "approve", "zh": "批准"}[language]
    fill(path, {1: (said, *APPROVED[1:])})
    data = json.loads(tmp("approve", "new.plan.yaml", "d.xlsx", "--json")[1])
    assert [each["decision"] for each in data["approvals"]] == ["approve"]
    assert data["written"] is True
