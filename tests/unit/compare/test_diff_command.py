"""The commands `tmp diff` and `tmp what-if`: plans, built files, revisions of Git, profiles; exit codes and languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call, git


def test_two_drafts_are_compared_and_differ(tmp: Call) -> None:
    code, out, _ = tmp("diff", "old.plan.yaml", "new.plan.yaml")
    assert code == 1
    assert out.splitlines()[0] == "Old  old.plan.yaml  (draft 11, 15 September 2026)"
    assert "favours more: the public and outsiders, who owns or holds a right" in out


def test_the_report_speaks_chinese(tmp: Call) -> None:
    _, out, _ = tmp("diff", "old.plan.yaml", "new.plan.yaml", language="zh")
    assert "共14项变更：1项实质性变更" in out
    assert "更有利于：公众和外部主体、权利的所有人或持有人" in out
    assert "期限：60个月 → 48个月" in out or "60个月 → 48个月" in out


def test_a_draft_does_not_differ_from_itself(tmp: Call) -> None:
    assert tmp("diff", "old.plan.yaml", "old.plan.yaml")[:2] == (
        0,
        "Old  old.plan.yaml  (draft 11, 15 September 2026)\nNew  old.plan.yaml  (draft 11, 15 September 2026)\nNo differences.\n",
    )


@pytest.mark.parametrize(
    ("sets", "code"),
    [
        (["version=11"], 0),
        (["version=12"], 10),
        (["version=12", "languages=zh,en"], 11),
        (["version=12", "parameters.term.fixed.term_months=48"], 12),
        (["parameters.term.fixed.term_months=48", "choices.ownership=consortium"], 13),
    ],
)
def test_the_exit_code_is_that_of_the_gravest_class(tmp: Call, sets: list[str], code: int) -> None:
    assert tmp("what-if", "old.plan.yaml", "--class", *(part for each in sets for part in ("--set", each)))[0] == code


def test_what_if_writes_nothing_and_says_so(tmp: Call, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, out, err = tmp("what-if", "old.plan.yaml", "--set", "parameters.term.fixed.term_months=48")
    assert code == 0
    assert "60 months → 48 months" in out
    assert "Nothing was written." in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_if_over_two_plans_is_one_object(tmp: Call) -> None:
    code, out, _ = tmp("what-if", "old.plan.yaml", "new.plan.yaml", "--set", "parameters.term.fixed.term_months=48", "--json")
    plans = json.loads(out)["plans"]
    assert code == 0
    assert [(plan["plan_file"], plan["class"]) for plan in plans] == [("old.plan.yaml", "value"), ("new.plan.yaml", "")]


def test_what_if_refuses_what_the_library_does_not_know(tmp: Call) -> None:
    code, _, err = tmp("what-if", "old.plan.yaml", "--set", "choices.ownership=employers")
    assert code == 3
    assert "did you mean “employer”?" in err


def test_json_holds_every_change_with_its_class(tmp: Call) -> None:
    code, out, _ = tmp("diff", "old.plan.yaml", "new.plan.yaml", "--json", "--class")
    data = json.loads(out)
    assert (code, data["schema_version"], data["class"]) == (13, 1, "substantive")
    assert data["counts"] == {"substantive": 1, "value": 8, "moved": 2, "cosmetic": 3}
    keys = {change["key"] for change in data["changes"]}
    assert {date["cause"] for date in data["dates"]} <= keys
    term = next(date for date in data["dates"] if date["key"] == "D02")
    assert (term["old"], term["new"], term["days"]) == ("2031-09-30", "2030-09-30", -365)


def test_a_built_file_is_compared_by_the_plan_inside(tmp: Call) -> None:
    assert tmp("build", "old.plan.yaml", "-f", "docx", "-q")[0] == 0
    code, out, err = tmp("diff", "old.docx", "new.plan.yaml", "--json")
    assert code == 1
    assert json.loads(out)["counts"] == {"substantive": 1, "value": 8, "moved": 2, "cosmetic": 3}
    code, out, err = tmp("diff", "old.docx", "old.plan.yaml")
    assert code == 0
    assert "No differences." in out
    assert "waivers, reasons and internal columns are left out" in err


def test_a_file_without_a_plan_is_refused(tmp: Call, folder: Path) -> None:
    assert tmp("build", "old.plan.yaml", "-f", "docx", "-q", "--for", "public")[0] == 0
    code, _, err = tmp("diff", "old.docx", "new.plan.yaml")
    assert code == 2
    assert "carries fingerprints only" in err
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no package")
    assert tmp("diff", "broken.docx", "new.plan.yaml")[0] == 3


def test_against_the_profile_of_the_plan_another_one_or_a_file(tmp: Call) -> None:
    own = tmp("diff", "old.plan.yaml", "--against", "profile", "--json")
    named = tmp("diff", "old.plan.yaml", "--against", "cerc", "--json")
    other = tmp("diff", "old.plan.yaml", "--against", "desca", "--json")
    assert own == named
    assert len(json.loads(other[1])["changes"]) > len(json.loads(own[1])["changes"]) > 0
    standard = json.loads(tmp("diff", "new.plan.yaml", "--against", "old.plan.yaml", "--json")[1])
    assert (standard["old_file"], standard["new_file"]) == ("old.plan.yaml", "new.plan.yaml")
    code, _, err = tmp("diff", "old.plan.yaml", "--against", "cerk")
    assert (code, "did you mean “cerc”?" in err) == (2, True)


def test_two_versions_are_needed_and_no_third(tmp: Call) -> None:
    assert tmp("diff", "old.plan.yaml")[0] == 2
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--against", "profile")[0] == 2


def test_a_revision_is_read_with_its_tables_and_the_working_tree_stays(tmp: Call, folder: Path) -> None:
    (folder / "plans").mkdir()
    for name in ("background.csv", "contacts.csv", "old.plan.yaml"):
        (folder / name).rename(folder / "plans" / name)
    git(folder, "init", "-q")
    git(folder, "add", "plans")
    git(folder, "commit", "-qm", "first draft")
    contacts = folder / "plans" / "contacts.csv"
    rows = contacts.read_text(encoding="utf-8-sig").splitlines()
    contacts.write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    code, out, _ = tmp("diff", "HEAD:plans/old.plan.yaml", "plans/old.plan.yaml", "--json")
    changes = json.loads(out)["changes"]
    assert "of 2026-09-15 by Counsel of the US Side: first draft" in json.loads(out)["remarks"][0]["en"]
    assert code == 1
    assert [(change["kind"], change["class"], change["new"]) for change in changes] == [("register", "value", {})]
    assert contacts.read_text(encoding="utf-8").splitlines() == rows[:-1]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("HEAD~9:old.plan.yaml", "Git knows no revision"),
        ("HEAD:gone.plan.yaml", "HEAD has no file"),
        ("HEAD:../old.plan.yaml", "HEAD has no file"),
    ],
)
def test_what_git_does_not_know_is_said_in_one_sentence(tmp: Call, folder: Path, target: str, says: str) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first draft")
    code, _, err = tmp("diff", target, "new.plan.yaml")
    assert code == 2
    assert says in err


def test_a_revision_that_looks_like_an_option_never_reaches_git(tmp: Call) -> None:
    code, _, err = tmp("diff", "--", "--output=x:old.plan.yaml", "new.plan.yaml")
    assert code == 3
    assert "does not exist" in err
