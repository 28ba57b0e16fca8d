"""`tmp dates` as a person calls it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import icalendar
import openpyxl
import pytest

from tests.plans import changed, save, small_plan
from tmp_builder.cli import COMMANDS, cli
from tmp_builder.cli.faults import run
from tmp_builder.library.schema import Library

from .conftest import RICH

Call = Callable[[Sequence[str]], tuple[int, str, str]]


@pytest.fixture
def plan_path(library: Library, tmp_path: Path) -> Path:
    return save(changed(small_plan(library), RICH), tmp_path / "small.plan.yaml")


@pytest.fixture
def call(capsysbinary, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def run_it(arguments: Sequence[str]) -> tuple[int, str, str]:
        code = run(cli, ["--ui-language", "en", "--color", "never", "dates", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run_it


def test_it_is_a_command_of_the_program() -> None:
    assert "dates" in COMMANDS


def test_it_lists_dates_with_rule_formula_working_who_and_source(call: Call, plan_path: Path) -> None:
    code, out, err = call([plan_path])
    assert code == 0
    part = out[out.index("D54") - 12 :]
    lines = [line.strip() for line in part.splitlines()[:6]]
    assert lines[0] == "2031-12-30  D54  Close-out complete  [provisional]"
    assert "rule: no later than 90 days after the end of this Plan" in lines
    assert "formula: D02 + 90 days" in lines
    assert "working: 2031-10-01 + 90 days = 2031-12-30" in lines
    assert "who: Binhai University" in lines
    assert any(line.startswith("source: exit.wind-up") for line in lines)
    assert "not dated yet" in err


def test_those_without_a_date_stand_at_the_end(call: Call, plan_path: Path) -> None:
    _, out, _ = call([plan_path])
    heads = [line[:10].strip() for line in out.splitlines() if line[:1] not in ("", " ") and not line.startswith("Not dated")]
    dated = [head for head in heads if head != "–"]
    assert dated == sorted(dated)
    assert heads == dated + ["–"] * (len(heads) - len(dated))
    assert len(dated) < len(heads)


def test_a_member_gets_what_concerns_it(call: Call, plan_path: Path) -> None:
    _, mine, _ = call([plan_path, "--member", "A1", "--json"])
    _, every, _ = call([plan_path, "--json"])
    keys = [{each["key"] for each in json.loads(text)["dates"]} for text in (mine, every)]
    assert keys[0] < keys[1]
    assert "D39:EQ-1" in keys[0]
    assert "D54" not in keys[0]


def test_the_as_of_date_marks_what_has_passed(call: Call, plan_path: Path) -> None:
    _, out, _ = call([plan_path, "--date", "2028-01-01"])
    assert "Effective Date  [passed]" in out
    assert "End of this Plan  [passed]" not in out


def test_json_says_which_calendar_data_it_used(call: Call, plan_path: Path) -> None:
    _, out, _ = call([plan_path, "-f", "json"])
    data = json.loads(out)
    assert data["schema_version"] == 1
    assert data["calendars"] == ["CN", "US"]
    assert data["calendar_data"].startswith("holidays ")
    assert {"key", "code", "date", "rule", "formula", "working", "who", "source"} <= set(data["dates"][0])


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "html", "ics"])
def test_each_format_goes_into_a_file_and_is_left_alone_when_unchanged(
    call: Call, plan_path: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"out.{form}"
    assert call([plan_path, "-f", form, "-o", target])[1].endswith("(written)\n")
    first = target.read_bytes()
    assert call([plan_path, "-f", form, "-o", target])[1].endswith("(unchanged)\n")
    assert call([plan_path, "-f", form, "-o", target, "--date", "2029-01-01", "--member", "A1"])[0] == 0
    assert target.read_bytes() != first


def test_a_file_that_is_not_ours_is_kept(call: Call, plan_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.ics"
    target.write_text("my own notes")
    code, _, err = call([plan_path, "-f", "ics", "-o", target])
    assert code == 5
    assert "--force" in err
    assert target.read_text() == "my own notes"
    assert call([plan_path, "-f", "ics", "-o", target, "--force"])[0] == 0
    assert icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")


@pytest.mark.parametrize(
    ("form", "old", "new"), [("html", b"<h1>", b"<h1>Mine: "), ("ics", b"SUMMARY:D02", b"SUMMARY:Mine D02"), ("xlsx", b"", b"")]
)
def test_a_file_of_ours_that_was_edited_is_kept(
    call: Call, plan_path: Path, tmp_path: Path, form: str, old: bytes, new: bytes
) -> None:
    target = tmp_path / f"edited.{form}"
    assert call([plan_path, "-f", form, "-o", target])[0] == 0
    if form == "xlsx":
        book = openpyxl.load_workbook(target)
        book.active["A2"] = "mine"
        book.save(target)
    else:
        target.write_bytes(target.read_bytes().replace(old, new))
    edited = target.read_bytes()
    code, _, err = call([plan_path, "-f", form, "-o", target])
    assert (code, "edited since" in err, "--force" in err) == (5, True, True)
    assert target.read_bytes() == edited
    assert call([plan_path, "-f", form, "-o", target, "--force"])[0] == 0


def test_a_dry_run_writes_nothing(call: Call, plan_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    code, out, _ = call([plan_path, "-f", "csv", "-o", target, "--dry-run"])
    assert (code, "would write" in out, target.exists()) == (0, True, False)


def test_a_calendar_needs_a_date_from_plan_or_person_and_never_from_the_clock(
    call: Call, library: Library, tmp_path: Path
) -> None:
    path = save(changed(small_plan(library), {"dated": None}), tmp_path / "undated.plan.yaml")
    code, _, err = call([path, "-f", "ics"])
    assert code == 2
    assert "--date" in err
    code, out, _ = call([path, "-f", "ics", "--date", "2026-12-01"])
    assert code == 0
    assert "DTSTAMP:20261201T000000Z" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--member", "A7"], "no member has the id “A7”"),
        (["--extract", "md"], "--member"),
        (["--member", "A1", "--extract", "md", "-f", "csv"], "two different papers"),
        (["--language", "zh"], "--ui-language"),
        (["--member", "A1", "--extract", "md", "--language", "fr"], "unknown language “fr”"),
        (["--date", "soon"], "--date soon"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_way_out(call: Call, plan_path: Path, arguments: list[str], reason: str) -> None:
    code, out, err = call([plan_path, *arguments])
    assert (code, out) == (2, "")
    assert reason in err


def test_the_extract_of_a_member_is_written(call: Call, plan_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "b1.md"
    assert call([plan_path, "--member", "B1", "--extract", "md", "-o", target])[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "Extract for Binhai University · 滨海大学适用摘要" in text


def test_the_extract_of_a_bilingual_plan_can_be_had_in_one_language(call: Call, plan_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "b1.md"
    assert call([plan_path, "--member", "B1", "--extract", "md", "--language", "en", "-o", target])[0] == 0
    text = target.read_text(encoding="utf-8")
    assert "Extract for Binhai University" in text
    assert not re.search(r"[\u4e00-\u9fff]", text)
