"""`tmp check` on folders, libraries, Word files and several targets at once: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.foreign import BOLD, BOLD_HAS, SHOPPING, write_bold, write_lines
from tests.good_library import FILES as CARDS
from tests.plans import save
from tests.rules.test_cases import BASE
from tests.unit.cli.conftest import Call


def put(path: Path, **changes: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return save({**BASE, **changes}, path)


def test_a_folder_of_plans_is_checked_plan_by_plan_with_the_sum_at_the_end(tmp: Call, tmp_path: Path) -> None:
    put(tmp_path / "plans" / "a.plan.yaml")
    put(tmp_path / "plans" / "below" / "b.plan.yaml", choices={})
    put(tmp_path / "plans" / "drafts" / "sent.plan.yaml", choices={})
    code, out, err = tmp("check", "plans")
    heads = [line for line in out.splitlines() if line.startswith("plans/") and line.split(": ")[0].endswith(".yaml")]
    assert heads[0] == "plans/a.plan.yaml: no findings"
    assert heads[1].startswith("plans/below/b.plan.yaml: ")
    assert "sent.plan.yaml" not in out
    assert err.splitlines()[-1].startswith("2 targets: ")
    assert code == 1


def test_a_plan_that_cannot_be_read_does_not_stop_the_others_and_the_code_is_3(tmp: Call, tmp_path: Path) -> None:
    put(tmp_path / "plans" / "b.plan.yaml")
    (tmp_path / "plans" / "a.plan.yaml").write_text("id: [", encoding="utf-8")
    code, out, err = tmp("check", "plans")
    assert code == 3
    assert "plans/a.plan.yaml: cannot be read" in out
    assert "plans/b.plan.yaml: no findings" in out
    assert "is no valid YAML" in err
    assert err.splitlines()[-1] == "2 targets: no findings; 1 could not be read"


def test_a_folder_with_neither_plans_nor_cards_gets_one_sentence(tmp: Call, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = tmp("check", "empty")
    assert (code, out) == (2, "")
    assert "empty holds neither plan files (*.plan.yaml) nor a clause library" in err


def test_a_folder_that_is_a_library_is_checked_as_one(tmp: Call, build_tree: Callable[..., Path], tmp_path: Path) -> None:
    build_tree({f"house/{name}": text for name, text in CARDS.items()})
    put(tmp_path / "house" / "a.plan.yaml")
    code, out, err = tmp("check", "house", "--json")
    assert {each["code"].partition("-")[0] for each in json.loads(out)["findings"]} <= {"LIB"}
    assert "is checked as a clause library; its plan files are not" in err
    assert code in (0, 1)


def test_a_folder_with_other_markdown_beside_its_plans_is_no_library(tmp: Call, tmp_path: Path) -> None:
    put(tmp_path / "plans" / "a.plan.yaml")
    (tmp_path / "plans" / "notes").mkdir()
    (tmp_path / "plans" / "notes" / "talk.md").write_text("# Talk\n", encoding="utf-8")
    code, out, _ = tmp("check", "plans")
    assert (code, out) == (0, "")


def test_the_sections_of_a_word_file_from_elsewhere_are_listed_with_how_sure_that_is(tmp: Call, tmp_path: Path) -> None:
    write_bold(tmp_path / "memo.docx", "Memorandum", BOLD)
    code, out, err = tmp("check", "memo.docx")
    lines = out.splitlines()
    assert code == 1
    assert len([line for line in lines if line.startswith(("certain", "likely", "possible"))]) == len(BOLD_HAS)
    row = next(line for line in lines if "Confidentiality" in line)
    assert row.startswith("certain    * Confidentiality")
    assert "paragraph 8, “Confidential information”" in row
    assert "memo.docx: error DOC-01: no trace of “Definitions” (always required)" in out
    assert "no rule is checked" in err
    assert "read it" in err


def test_the_same_in_chinese_as_markdown_and_as_data(tmp: Call, tmp_path: Path) -> None:
    write_bold(tmp_path / "memo.docx", "Memorandum", BOLD)
    _, out, err = tmp("check", "memo.docx", language="zh")
    assert "确定    * 保密" in out
    assert "未检查任何规则" in err
    _, out, _ = tmp("check", "memo.docx", "--report", "markdown")
    assert "| Confidentiality | always | certain | paragraph 8, “Confidential information”" in out
    _, out, _ = tmp("check", "memo.docx", "--json")
    sections = {each["section"]: each for each in json.loads(out)["checked"][0]["sections"]}
    assert len(sections) == 31
    assert sections["confidentiality"]["sure"] == "certain"
    assert sections["definitions"]["sure"] is None
    _, out, _ = tmp("check", "memo.docx", "--report", "sarif")
    assert "DOC-01" in {each["ruleId"] for each in json.loads(out)["runs"][0]["results"]}


def test_findings_about_texts_can_be_selected_and_ignored(tmp: Call, tmp_path: Path) -> None:
    write_lines(tmp_path / "list.docx", SHOPPING)
    assert tmp("check", "list.docx")[0] == 1
    assert tmp("check", "list.docx", "--ignore", "DOC-01")[0] == 0
    assert tmp("check", "list.docx", "--select", "DOC")[0] == 1


def test_fix_refuses_what_is_no_plan_before_anything_is_written(tmp: Call, tmp_path: Path) -> None:
    path = put(tmp_path / "a.plan.yaml")
    before = path.read_bytes()
    write_lines(tmp_path / "list.docx", SHOPPING)
    code, _, err = tmp("check", "a.plan.yaml", "list.docx", "--fix")
    assert code == 2
    assert "--fix changes plan files; list.docx is none" in err
    assert path.read_bytes() == before


def test_a_file_that_is_no_word_file_ends_with_3(tmp: Call, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("hello", encoding="utf-8")
    code, out, err = tmp("check", "a.docx")
    assert (code, out) == (3, "")
    assert "a.docx: error: is no Word file (.docx)" in err
