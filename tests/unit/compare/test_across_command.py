"""What plans contradict each other in, as `tmp matrix` and `tmp check` say it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from .conftest import Call

ROOT = Path(__file__).parents[3]


@pytest.fixture
def two(folder: Path) -> tuple[str, str]:
    """Two plans of one project that disagree on the owner of its results."""
    old = (folder / "old.plan.yaml").read_text(encoding="utf-8")
    for name, owner in (("a", "employer"), ("b", "sponsor")):
        text = old.replace("id: clean-vehicles\n", f"id: member-{name}\n", 1)
        text = re.sub(r"^  ownership: .*$", f"  ownership: [{owner}]", text, count=1, flags=re.MULTILINE)
        (folder / f"{name}.plan.yaml").write_text(text, encoding="utf-8")
    return "a.plan.yaml", "b.plan.yaml"


def test_the_matrix_says_what_plans_contradict_each_other_in(tmp: Call, two: tuple[str, str]) -> None:
    code, out, _ = tmp("matrix", *two)
    assert code == 0
    assert "ACROSS PLANS (1)" in out
    assert "error XPL-01: the results of Projects P1, P2, P3 and P4 have different owners" in " ".join(out.split())
    assert "跨计划不一致（1）" in tmp("matrix", *two, language="zh")[1]
    (found,) = json.loads(tmp("matrix", *two, "--json")[1])["across"]
    assert (found["code"], set(found["plans"]), found["severity"]) == ("XPL-01", {"a", "b"}, "error")
    assert set(found["message"]) == set(found["fix"]) == {"en", "zh"}
    assert json.loads(tmp("matrix", *two, "--json", "--force", "law")[1])["across"] == []


def test_the_workbook_has_a_sheet_for_it_only_where_there_is_something(tmp: Call, two: tuple[str, str], folder: Path) -> None:
    assert tmp("matrix", *two, "-f", "xlsx", "-o", "m.xlsx")[0] == 0
    sheet = openpyxl.load_workbook(folder / "m.xlsx")["Across plans"]
    assert [cell.value for cell in sheet[2]][:2] == ["error", "XPL-01"]
    assert tmp("matrix", "old.plan.yaml", "new.plan.yaml", "-f", "xlsx", "-o", "n.xlsx")[0] == 0
    assert "Across plans" not in openpyxl.load_workbook(folder / "n.xlsx").sheetnames


def test_two_drafts_of_one_plan_contradict_nothing(tmp: Call) -> None:
    assert json.loads(tmp("matrix", "old.plan.yaml", "new.plan.yaml", "--json")[1])["across"] == []


def test_a_check_of_several_plans_includes_it_and_one_of_a_single_plan_does_not(tmp: Call, two: tuple[str, str]) -> None:
    code, out, _ = tmp("check", *two, "--select", "XPL")
    assert code == 1
    assert len(re.findall(r"^[ab]\.plan\.yaml:\d+:\d+: error XPL-01: ", out, re.MULTILINE)) == 1
    assert tmp("check", two[1], "--select", "XPL")[0] == 0


def test_a_rule_across_plans_has_a_page(tmp: Call) -> None:
    out = tmp("explain", "XPL-01")[1]
    assert out.startswith("XPL-01  error · Across plans")
    assert "Why: " in out


def test_the_examples_are_different_consortia(tmp: Call) -> None:
    plans = sorted(str(path) for path in (ROOT / "examples").glob("*/*.plan.yaml"))
    assert len(plans) >= 5
    assert json.loads(tmp("matrix", *plans, "--json")[1])["across"] == []
