"""A batch speaks the language of the interface: faults of rows, what stands in the way of a file, the report; and the cost of a second run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.batch.conftest import ROWS
from tmp_builder.batch import known
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run

Table = Callable[..., Path]
BAD = ("C9", "Bad", "坏", "XX", "US", "circus", "someday", "", "")
_ENGLISH = re.compile(r"\b(?:the|is|not|with|was|row|rows|file|files|expected|unknown)\b", re.I)


@pytest.fixture
def chinese(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(*more: str, output: str = "out") -> tuple[int, str]:
        members = str(base.parent / "members.csv")
        given = ["batch", members, "--base", str(base), "-o", str(tmp_path / output), "-f", "md", "-j", "1"]
        code = run(cli, ["--ui-language", "zh", *given, *more])
        said = capsys.readouterr()
        return code, (said.out + said.err).replace(str(tmp_path), "")

    return call


def test_faults_of_rows_and_names_that_clash_are_said_in_chinese(table: Table, chinese: Callable[..., tuple[int, str]]) -> None:
    table("C1", "C3", "C4", BAD)
    code, said = chinese("--make", "tmp,extract")
    assert code == 3
    assert "C9" in said
    assert "有误的行未纳入共同文本：C9" in said
    assert _ENGLISH.findall(said.replace("--", "")) == []


def test_a_file_in_the_way_is_said_in_chinese(table: Table, chinese: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    table("C2")
    chinese("--make", "extract")
    next((tmp_path / "out").glob("*/*.md")).write_text("mine", encoding="utf-8")
    code, said = chinese("--make", "extract")
    assert code == 5
    assert "生成后被修改，或者并非本程序生成：北方大学/alliance-extract-C2.md" in said
    assert _ENGLISH.findall(said) == []


@pytest.mark.parametrize("wrong", [("--make", "extrat"), ("--name", "{x}"), ("--join", "C8"), ("--leave", "C8@2027-01-01")])
def test_what_is_wrong_on_the_command_line_is_said_in_chinese(
    wrong: tuple[str, str], table: Table, chinese: Callable[..., tuple[int, str]]
) -> None:
    table("C1")
    code, said = chinese(*wrong)
    assert code == 2
    assert _ENGLISH.findall(said) == []


def test_the_manifest_holds_a_fault_in_both_languages(
    table: Table, chinese: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    table("C1", BAD)
    chinese("--make", "extract")
    entries = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["entries"]
    fault = next(entry["fault"] for entry in entries if entry.get("member") == "C9")
    assert "unknown side" in fault["en"]
    assert "unknown side" not in fault["zh"]


def test_a_run_without_changes_assembles_nothing(
    table: Table, chinese: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    table("C1", "C2")
    chinese("--make", "tmp,extract")

    def refuse(*_: object) -> object:
        raise AssertionError("a text was assembled")

    monkeypatch.setattr(known, "_work_out", refuse)
    code, said = chinese("--make", "tmp,extract")
    assert code in (0, 1)
    assert "未变3套" in said
    table("C1", tuple(cell.replace("Northern", "Southern") for cell in ROWS["C2"]))
    code, said = chinese("--make", "tmp,extract")
    assert code == 70
    assert "a text was assembled" in said


def test_the_page_of_the_report_shows_names_as_text_and_loads_nothing(
    table: Table, chinese: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    table("C1", ("C5", "Fifth", "<img src=x>乙", "US", "US", "company", "", "", ""), BAD)
    chinese("--make", "extract")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "&lt;img src=x&gt;乙" in page
    assert "<img" not in page
    assert "default-src" in page
    assert '<html lang="zh-CN">' in page
    assert "失败1套：C9" in page


def test_the_report_names_a_row_without_an_id_and_says_papers_in_chinese(
    table: Table, chinese: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    table("C2", ("", *ROWS["C4"][1:]))
    chinese("--make", "tmp,extract")
    book = openpyxl.load_workbook(tmp_path / "out" / "report.xlsx")
    sets = [[str(cell) for cell in line] for line in book["各套文件"].iter_rows(values_only=True)]
    assert [line[0] for line in sets if line[4] == "失败"] == ["row-2"]
    assert [line[0] for line in sets].count("（共同文本）") == 1
    papers = {line[3] for line in book["发送清单"].iter_rows(min_row=2, values_only=True)}
    assert papers == {"技术管理计划", "适用摘要"}
    assert {line[3] for line in book["检查结果"].iter_rows(min_row=2, values_only=True)} <= {"错误", "警告", "提示"}
