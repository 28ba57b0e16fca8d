"""The page of a matrix: five consortia with their drafts, and 168 members of which five stand out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tmp_builder.compare.changes import Version
from tmp_builder.compare.matrix import Entry, Standard, matrix
from tmp_builder.compare.matrix_report import lines
from tmp_builder.compare.page import matrix_page
from tmp_builder.compare.page.matrix import columns_of
from tmp_builder.writers.html.report import write

from .conftest import OLD, Call, library, version
from .test_matrix import ERROR, OUTLIERS, found, members, with_choice, with_value

CONSORTIA = Path(__file__).parents[2] / "data" / "consortia"
NAMES = ("building-efficiency", "carbon-storage", "energy-water", "grid-batteries", "heavy-trucks")
PLANTED = {
    "building-efficiency-2": {"parameters.licences.joint-project-non-exclusive.neg_days", "parameters.term.fixed.term_months"},
    "carbon-storage-1": {"choices.ownership", "choices.joint-ownership"},
    "carbon-storage-2": {"choices.third-party-licences"},
    "energy-water-2": {"choices.publication", "parameters.confidentiality.business-confidential.months_after_end"},
    "grid-batteries-1": {"choices.ownership"},
    "grid-batteries-2": {"choices.ownership", "choices.improvements"},
    "heavy-trucks-1": {"choices.protection"},
    "heavy-trucks-2": {"parameters.equipment.provider-keeps.return_months", "parameters.term.fixed.term_months"},
}
"""What the drafts of the five consortia were written to have otherwise than their profile."""


def test_the_five_outliers_stand_first_and_163_plans_are_one() -> None:
    view = matrix_page(found(members()), "en")
    assert view["headline"] == "5 of 168 plans need a look: 1 with errors, 4 depart from the standard"
    assert next(plan["name"] for plan in view["plans"]) == "member-120"
    assert {plan["name"] for plan in view["plans"][:5]} == set(OUTLIERS)
    (alike,) = view["plans"][5:]
    assert (alike["name"], alike["size"], len(alike["names"])) == ("163 plans like the standard", 163, 163)
    assert all(len(row["cells"]) == 6 for table in view["tables"] for row in table["rows"])


def test_a_page_of_168_plans_stays_small() -> None:
    assert len(write(matrix_page(found(members()), "zh"))) < 150_000


def test_what_is_rare_has_a_sign_and_a_word_beside_its_colour() -> None:
    content = write(matrix_page(found(members()), "en")).decode()
    cells = re.findall(r'<td data-group="" class="rare">(.*?)</td>', content)
    assert len(cells) == 1 + 1 + 2 + 1  # of the four members that depart, one departs twice
    assert all("◆" in cell and '<span class="hidden">Rare: </span>' in cell for cell in cells)


def test_plans_are_alike_only_with_the_same_findings_in_one_group() -> None:
    plan = version(OLD).plan
    quiet, loud = Version(plan, library()), Version(plan, library(), (ERROR,))
    entries = [Entry("a", quiet, "north"), Entry("b", quiet, "north"), Entry("c", loud, "north"), Entry("d", quiet, "south")]
    columns = columns_of(matrix(entries, Standard("majority")))
    assert sorted([entry.name for entry in column.entries] for column in columns) == [["a", "b"], ["c"], ["d"]]


def test_plans_that_are_all_alike_say_so() -> None:
    plan = version(OLD).plan
    entries = [Entry(name, Version(plan, library())) for name in "abc"]
    result = matrix(entries, Standard("majority"))
    assert matrix_page(result, "en")["headline"] == "3 plans: none departs from the standard, none has errors"
    assert matrix_page(result, "zh")["headline"] == "3份计划均与基准一致，没有错误"


def test_an_id_of_a_member_is_said_with_the_name_it_has_in_each_plan() -> None:
    base = version(OLD).plan
    member = base.members[0]
    renamed = replace(base, members=(replace(member, name={"en": "Other University", "zh": "另一大学"}), *base.members[1:]))
    address = "export-control.tiers.owner"
    plans = {"a": with_value(base, address, member.id), "b": with_value(renamed, address, member.id)}
    result = matrix([Entry(name, Version(plan, library())) for name, plan in plans.items()], Standard("majority"))
    row = next(row for row in result.rows if row.address == f"parameters.{address}")
    assert {name: spot.said["en"] for name, spot in row.spots.items()} == {"a": member.name["en"], "b": "Other University"}


def test_a_value_that_the_standard_leaves_open_is_no_departure() -> None:
    base = version(OLD).plan
    address = "term.fixed.term_months"
    open_ = replace(base, values={key: value for key, value in base.values.items() if key != address})
    result = matrix([Entry("a", Version(base, library()))], Standard("plan", "standard", {"a": open_}))
    assert result.departures("a") == []


def test_an_open_choice_does_not_look_like_two_options_that_hold() -> None:
    base = version(OLD).plan
    decision = replace(base.choices["ownership"], options=(), open=("ownership.employer", "ownership.joint-equal"))
    weighed = replace(base, choices={**base.choices, "ownership": decision})
    result = matrix([Entry("a", Version(weighed, library()))], Standard("plan", "standard", {"a": base}))
    (row,) = [row for row in result.departures("a") if not row.is_value]
    assert row.spots["a"].said["en"].startswith("open: ")
    assert row.spots["a"].said["zh"].startswith("待定：")


def test_names_in_a_matrix_are_no_markup() -> None:
    plan = with_choice(version(OLD).plan, "ownership", "joint-equal")
    name = "<script>alert(1)</script>"
    entries = [Entry(name, Version(plan, library()), '"><b>'), Entry("b", Version(version(OLD).plan, library()), "south")]
    content = write(matrix_page(matrix(entries, Standard("majority")), "en")).decode()
    assert content.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert 'data-group="&#34;&gt;&lt;b&gt;"' in content


@pytest.fixture
def consortia(tmp: Call, folder: Path) -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(CONSORTIA.glob("*.plan.yaml")))


def test_the_drafts_of_five_consortia_show_what_was_written_into_them(
    tmp: Call, consortia: tuple[str, ...], folder: Path
) -> None:
    assert len(consortia) == 10
    code, out, _ = tmp("matrix", *consortia, "--json", "--html", "five.html")
    data = json.loads(out)
    assert code == 0
    assert data["standard"] == {"kind": "profile", "name": "cerc"}
    departures = {plan["plan"]: set(plan["departures"]) for plan in data["plans"]}
    assert {name: found for name, found in departures.items() if found} == PLANTED
    assert {plan["group"] for plan in data["plans"]} == set(NAMES)
    groups = [plan["group"] for plan in data["plans"]]
    assert groups == [name for name in dict.fromkeys(groups) for _ in range(2)]
    errors = [plan["counts"]["error"] > 0 for plan in data["plans"][::2]]
    assert errors == sorted(errors, reverse=True)
    assert errors.count(True) == 3
    page = (folder / "five.html").read_text(encoding="utf-8")
    assert re.findall(r'<th scope="colgroup" colspan="2" data-group="([^"]+)">', page)[:5] == list(dict.fromkeys(groups))


def test_the_terminal_groups_drafts_by_consortium(tmp: Call, consortia: tuple[str, ...]) -> None:
    _, out, _ = tmp("matrix", *consortia)
    heads = [line.strip("[]") for line in out.splitlines() if line.startswith("[")]
    assert sorted(heads) == list(NAMES)
    assert "2 more as the standard, without errors: building-efficiency-1, energy-water-1" in out


def test_one_plan_a_file_in_one_folder_is_not_grouped(tmp: Call) -> None:
    data = json.loads(tmp("matrix", "old.plan.yaml", "new.plan.yaml", "--json")[1])
    assert {plan["group"] for plan in data["plans"]} == {""}


def test_a_page_needs_a_file_and_is_written_in_the_language_of_the_interface(tmp: Call, folder: Path) -> None:
    code, _, err = tmp("matrix", "old.plan.yaml", "-f", "html")
    assert (code, "a page needs a file" in err) == (2, True)
    assert tmp("matrix", "old.plan.yaml", "new.plan.yaml", "-f", "html", "-o", "m.html", language="zh")[0] == 0
    assert '<html lang="zh-CN">' in (folder / "m.html").read_text(encoding="utf-8")


def test_the_lines_of_a_matrix_still_say_the_same_in_both_languages() -> None:
    result = found(members())
    assert len(list(lines(result, "en"))) == len(list(lines(result, "zh")))
