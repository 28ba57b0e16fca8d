"""`tmp history` over a repository with twenty-eight revisions of one plan."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tmp_builder.compare.history import history, history_data, lines
from tmp_builder.plan.writing import edit_file
from tmp_builder.versions import drafts_of

from .conftest import Call, git, shelf

FIRST = date(2026, 1, 5)
OPEN = {"open": ["employer", "joint-equal"], "positions": {"US": "employer", "CN": "joint-equal"}}
STEPS: dict[int, dict[str, object]] = {
    3: {"choices.ownership": OPEN},
    9: {"choices.ownership": ["joint-equal"]},
    15: {"members.A1.name.en": "Lakeside University"},
    20: {"choices.third-party-licences": ["free-after-window"]},
}
"""What a revision changes besides the number of months of the term, which every one changes."""


@pytest.fixture
def repository(folder: Path) -> Path:
    """Twenty-eight revisions, one a week; two people in turn; the thirteenth is no plan at all."""
    plan = folder / "old.plan.yaml"
    git(folder, "init", "-q")
    git(folder, "add", "background.csv", "contacts.csv")
    for number in range(1, 29):
        if number == 13:
            whole = plan.read_text(encoding="utf-8")
            plan.write_text("id: [broken\n", encoding="utf-8")
        elif number > 1:
            if number == 14:
                plan.write_text(whole, encoding="utf-8")
            if number in STEPS:
                edit_file(plan, STEPS[number])
            text = plan.read_text(encoding="utf-8")
            plan.write_text(re.sub(r"(term\.fixed\.term_months:) \d+", rf"\1 {30 + number}", text), encoding="utf-8")
        day = (FIRST + timedelta(weeks=number - 1)).isoformat()
        author = "Counsel of the US Side" if number % 2 else "Counsel of the Chinese Side"
        git(folder, "add", "old.plan.yaml")
        git(folder, "commit", "-qm", f"Round {number}", day=day, author=author)
    return folder


def test_the_28_drafts_stand_in_one_table_with_who_changed_what(repository: Path) -> None:
    found = history(*drafts_of(repository / "old.plan.yaml", shelf()))
    data = history_data(found)
    drafts, sections = data["drafts"], {section["id"]: section for section in data["sections"]}
    assert len(drafts) == 28
    assert [draft["day"] for draft in drafts[:2]] == ["2026-01-05", "2026-01-12"]
    assert drafts[8]["author"] == "Counsel of the US Side"
    assert [change["address"] for change in drafts[8]["changes"]] == ["choices.ownership", "parameters.term.fixed.term_months"]
    assert [place for place, name in enumerate(sections["ownership"]["classes"], 1) if name] == [3, 9]
    assert [place for place, name in enumerate(sections["parties"]["classes"], 1) if name == "substantive"] == [15]
    assert sections["term"]["classes"].count("value") == 26
    assert drafts[12]["fault"]
    assert (drafts[0]["changes"], drafts[12]["changes"]) == ([], [])
    assert sections["ownership"]["days_open"] == 6 * 7

    text = [line.text for line in lines(found, "old.plan.yaml", "en")]
    assert text[0] == "28 drafts of old.plan.yaml, 2026-01-05 to 2026-07-13"
    ownership = next(line for line in text if "Ownership of Project IP" in line)
    assert "..SoooooS..................." in ownership
    assert "last 2026-03-02 by Counsel of the US Side" in ownership
    assert "open 42 days" in ownership
    assert "still open" not in ownership
    assert any("待定42天" in line.text for line in lines(found, "old.plan.yaml", "zh"))


def test_the_command_prints_the_table_or_one_object(folder: Path, tmp: Call) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "First draft", day="2026-01-05")
    edit_file(folder / "old.plan.yaml", {"choices.ownership": OPEN})
    git(folder, "commit", "-qam", "Ownership opened", day="2026-01-20")
    code, out, _ = tmp("history", "old.plan.yaml", language="zh")
    assert (code, out.splitlines()[0]) == (0, "old.plan.yaml共2稿，2026-01-05至2026-01-20")
    assert "仍未定" in out
    data = json.loads(tmp("history", "old.plan.yaml", "--json")[1])
    assert [draft["subject"] for draft in data["drafts"]] == ["First draft", "Ownership opened"]


def test_a_plan_outside_git_is_refused_with_what_to_do(tmp: Call) -> None:
    code, _, err = tmp("history", "old.plan.yaml")
    assert code == 2
    assert "Git knows no revision of old.plan.yaml" in err
