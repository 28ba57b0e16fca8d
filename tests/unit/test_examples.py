"""The bundled examples: complete plans of every profile that could be built as execution copies today."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tmp_builder.cli import cli
from tmp_builder.cli.demo import PLAN, bundled
from tmp_builder.cli.faults import run
from tmp_builder.document.nodes import Gap, Paragraph, Schedule, Table, Texts
from tmp_builder.document.walk import all_texts, plain
from tmp_builder.findings import Severity
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.pipeline import Checked, Options, examine
from tmp_builder.plan.reader import read_plan
from tmp_builder.plan.schema import Plan

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "templates" / "demo" / PLAN
PLANS = {path.name.removesuffix(".plan.yaml"): path for path in [DEMO, *sorted(ROOT.glob("examples/*/*.plan.yaml"))]}
RESTATED = {"tooling-alliance", "printed-electronics", "open-charging"}
"""Examples that restate a plan already in effect."""

every_example = pytest.mark.parametrize("name", PLANS)


@cache
def library() -> Library:
    return read_library()


@cache
def plan_of(name: str) -> Plan:
    return read_plan(PLANS[name], library())


@cache
def checked(name: str) -> Checked:
    return examine(plan_of(name), library(), Options(final=True))


def said(texts: Texts) -> set[str]:
    """The languages in which a text says something."""
    return {language for language, inlines in texts.items() if plain(inlines).strip()}


def has_text(schedule: Schedule, languages: set[str]) -> bool:
    """Whether something stands below the introduction, in every language, and no row is empty."""
    body = schedule.children[1:]
    tables = [block for block in body if isinstance(block, Table)]
    notes = [block for block in body if isinstance(block, Paragraph)]
    rows = [row for table in tables for row in table.rows]
    filled = all(any(said(cell) == languages for cell in row.cells) for row in rows)
    return bool(rows or notes) and filled and all(said(note.texts) == languages for note in notes)


def test_there_is_one_example_for_each_profile():
    assert sorted(plan_of(name).profile for name in PLANS) == sorted(library().profiles)
    assert len(PLANS) == 7


@every_example
def test_an_example_could_be_signed_as_it_stands(name):
    errors = [finding.line() for finding in checked(name).findings if finding.severity is Severity.ERROR]
    assert errors == []


@every_example
def test_no_blank_is_left_in_an_example(name):
    inlines = [inline for texts in all_texts(checked(name).document) for found in texts.values() for inline in found]
    assert [inline.address for inline in inlines if isinstance(inline, Gap)] == []
    assert checked(name).open_points == []


@every_example
def test_every_schedule_of_an_example_has_text_in_both_languages(name):
    document = checked(name).document
    assert document.schedules
    assert [schedule.id for schedule in document.schedules if not has_text(schedule, set(document.languages))] == []


@every_example
def test_an_example_is_a_draft_of_15_september_2026_for_the_installed_library(name):
    plan = plan_of(name)
    assert (plan.languages, plan.status, plan.library) == (("en", "zh"), "negotiating", library().label)
    assert plan.dated is not None
    assert plan.dated.isoformat() == "2026-09-15"
    assert plan.id == name


@every_example
def test_an_example_names_no_person_and_writes_to_no_real_address(name):
    plan = plan_of(name)
    assert not any(any(member.signatory.name.values()) for member in plan.members)
    assert all(member.signatory.title[language] for member in plan.members for language in plan.languages)
    addresses = [str(row.cells["email"]) for row in plan.rows("contacts")]
    assert addresses
    assert [address for address in addresses if not re.fullmatch(r"[a-z-]+@[a-z-]+\.example", address)] == []


@every_example
def test_every_member_of_an_example_was_screened_in_the_six_months_before_its_date(name):
    plan = plan_of(name)
    assert plan.dated is not None
    ages = {(plan.dated - member.cells["screening_date"]).days for member in plan.members}
    assert min(ages) >= 0
    assert max(ages) < 180
    assert {member.cells["screening_result"] for member in plan.members} == {"clear"}


@every_example
def test_every_project_of_an_example_fills_its_ten_headings_and_begins_while_the_plan_runs(name):
    plan = plan_of(name)
    headings = [ident for ident, _ in library().schedules["projects"].headings]
    topics = [row.cells["topic"] for row in plan.work_plan]
    for project in plan.projects:
        filled = {key for key, text in project.headings.items() if all(text[language] for language in plan.languages)}
        assert filled == set(headings)
        assert dict(project.cells["topic"]) in topics
        assert project.start is not None
        assert plan.conditional or project.start >= plan.effective_date
        assert set(project.members) <= {member.id for member in plan.members}


@every_example
def test_places_of_work_are_printed_by_their_names(name):
    document = checked(name).document
    (schedule,) = [schedule for schedule in document.schedules if schedule.id == "schedule:projects"]
    rows = {row.id: row for block in schedule.children if isinstance(block, Table) for row in block.rows}
    for project in plan_of(name).projects:
        words = rows[f"schedule:projects.{project.id}.work_places"].cells[1]
        for language in document.languages:
            assert all(library().territories[code][language] in plain(words[language]) for code in project.work_places)


def test_only_restated_examples_are_in_effect_before_their_date():
    early = {name for name in PLANS if plan_of(name).effective_date and plan_of(name).effective_date < plan_of(name).dated}
    assert early == RESTATED


def test_the_large_example_has_107_chinese_and_61_us_members():
    plan = plan_of("coastal-climate")
    assert Counter(member.side for member in plan.members) == {"CN": 107, "US": 61}
    assert len({member.name["en"] for member in plan.members}) == len({member.name["zh"] for member in plan.members}) == 168
    assert {row.cells["member"] for row in plan.rows("background")} == {member.id for member in plan.members}


def test_the_large_example_gives_every_member_a_project_with_both_sides():
    plan = plan_of("coastal-climate")
    assert Counter(member for project in plan.projects for member in project.members) == {member.id: 1 for member in plan.members}
    sides = {member.id: member.side for member in plan.members}
    assert all({sides[member] for member in project.members} == {"US", "CN"} for project in plan.projects)


def test_the_two_sides_of_the_demo_contribute_the_same():
    members = plan_of("clean-vehicles").members
    for column in ("cash", "inkind"):
        totals = {side: sum(member.cells[column].amount for member in members if member.side == side) for side in ("US", "CN")}
        assert totals["US"] == totals["CN"]


@pytest.mark.parametrize("name", ["clean-vehicles", "river-sensing", "tooling-alliance", "quiet-rotors"])
def test_shares_add_up_to_a_hundred(name):
    assert sum(member.cells.get("share_pct", 0) for member in plan_of(name).members) == 100


def test_dues_follow_the_sales_within_floor_and_cap():
    plan = plan_of("tooling-alliance")
    floor, cap, rate = (plan.values[f"membership.classes.{name}"] for name in ("floor", "cap", "pct"))
    payers = [member for member in plan.members if member.type == "company"]
    assert len(payers) == 6
    for member in payers:
        assert member.cells["dues"].amount == min(max(member.cells["sales"].amount * rate / 100, floor.amount), cap.amount)


def test_tables_of_every_form_stand_beside_the_examples():
    endings = {path.suffix for plan in PLANS.values() for path in plan.parent.iterdir() if path.name != plan.name}
    assert {".csv", ".xlsx", ".yaml"} <= endings


def test_every_table_beside_an_example_is_named_by_its_plan():
    for plan in PLANS.values():
        text = plan.read_text(encoding="utf-8")
        tables = [path.name for path in plan.parent.iterdir() if path.suffix in (".csv", ".xlsx", ".yaml") and path != plan]
        assert [table for table in tables if f": {table}" not in text] == []


def test_rows_of_csv_tables_are_as_long_as_their_heading():
    for path in [*ROOT.glob("examples/*/*.csv"), *DEMO.parent.glob("*.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file)}) == 1, path.name


# ── tmp demo ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_demo_holds_the_plan_and_exactly_the_tables_it_names():
    assert set(bundled()) == {PLAN, "background.csv", "contacts.csv"}


def test_documents_built_beside_the_bundled_example_are_no_part_of_it(tmp_path, monkeypatch):
    folder = tmp_path / "demo"
    folder.mkdir()
    for name in (PLAN, "background.csv", "clean-vehicles.docx"):
        (folder / name).write_text("", encoding="utf-8")
    monkeypatch.setattr("tmp_builder.cli.demo.data_folder", lambda _name: tmp_path)
    assert set(bundled()) == {PLAN, "background.csv"}


def test_the_demo_is_copied_and_built_in_the_folder_named(tmp_path, capsys):
    folder = tmp_path / "try it"
    assert run(cli, ["demo", str(folder), "-f", "html"]) == 0
    assert {path.name for path in folder.iterdir()} == {*bundled(), "clean-vehicles.html"}
    assert "清洁汽车联盟" in (folder / "clean-vehicles.html").read_text(encoding="utf-8")
    assert f"tmp check '{folder / PLAN}'" in capsys.readouterr().err


def test_the_demo_keeps_a_plan_that_was_edited(tmp_path, capsys):
    (tmp_path / PLAN).write_text("mine", encoding="utf-8")
    assert run(cli, ["demo", str(tmp_path), "-f", "html"]) == 5
    assert [path.name for path in tmp_path.iterdir()] == [PLAN]
    assert (tmp_path / PLAN).read_text(encoding="utf-8") == "mine"
    assert f"{PLAN} differs from the bundled example" in capsys.readouterr().err


def test_the_demo_restores_an_edited_plan_with_force(tmp_path):
    (tmp_path / PLAN).write_text("mine", encoding="utf-8")
    assert run(cli, ["demo", str(tmp_path), "-f", "html", "--force"]) == 0
    assert (tmp_path / PLAN).read_bytes() == bundled()[PLAN]


def test_the_demo_says_when_its_folder_is_a_file(tmp_path, capsys):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert run(cli, ["demo", str(tmp_path / "taken")]) == 5
    assert "cannot be made" in capsys.readouterr().err


def test_the_bundled_example_is_no_ignored_file():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/demo/" in ignored
    assert "demo/" not in ignored
