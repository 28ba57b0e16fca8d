"""The page of two drafts: the headline, who gains, the dates, the clauses; every change once, and names that are no markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tmp_builder.compare import PlanChanges, compare_plans
from tmp_builder.compare.page import diff_page
from tmp_builder.compare.page.clauses import AROUND, runs_of
from tmp_builder.compare.redline.clauses import ClauseChange, typed_change
from tmp_builder.compare.words import DELETED, INSERTED, KEPT, Piece
from tmp_builder.writers.html.report import write

from .conftest import Call, Edited, told

SHOWN = ("old.plan.yaml", "new.plan.yaml")


@pytest.fixture(scope="module")
def clauses(drafts: PlanChanges) -> tuple[ClauseChange, ...]:
    return told(drafts)


def test_the_first_lines_say_what_is_substantive_who_gains_and_how_far_dates_move(drafts: PlanChanges) -> None:
    view = diff_page(drafts, "en", shown=SHOWN)
    assert view["headline"] == "One substantive change of 14 – Third-party licences and exclusivity: Licences to outsiders"
    assert [line["text"] for line in view["lead"]] == [
        "Favours more: the public and outsiders, who owns or holds a right",
        "Favours less: governments, security authorities",
        "13 dates move: up to 92 days later, up to 367 days earlier",
        "1 finding appears; 2 findings vanish",
    ]


def test_the_page_speaks_chinese(drafts: PlanChanges) -> None:
    view = diff_page(drafts, "zh", shown=SHOWN)
    assert view["lang"] == "zh-CN"
    assert view["headline"] == "共14项变更，其中1项为实质性变更——第三方许可与独占：对外许可"
    assert view["lead"][2]["text"] == "13个日期变动：最多推迟92天，最多提前367天"


def test_each_change_stands_once_and_its_date_beside_it(drafts: PlanChanges) -> None:
    view = diff_page(drafts, "en", shown=SHOWN)
    shown = [change for group in view["groups"] for change in group["changes"]]
    assert [change["number"] for change in shown] == list(range(1, 15))
    assert [change["address"] for change in shown] == [change.address for change in drafts.changes]
    assert sum(len(group["moves"]) for group in view["dates"]) == len(drafts.dates) == 13
    assert view["dates"][0]["cause"]["address"] == "parameters.term.fixed.term_months"
    linked = [change["number"] for section in view["sections"] for change in section["changes"]]
    assert sorted(linked) == list(range(1, 15))


def test_clauses_stand_below_the_change_that_they_follow_from(drafts: PlanChanges, clauses: tuple[ClauseChange, ...]) -> None:
    view = diff_page(drafts, "en", shown=SHOWN, clauses=clauses)
    changes = {change["address"]: change for group in view["groups"] for change in group["changes"]}
    outsiders = changes["choices.third-party-licences"]["clauses"]
    assert {clause["id"].partition("#")[0] for clause in outsiders} == {
        "third-party-licences.consent-both-sides",
        "third-party-licences.free-after-window",
    }
    assert {clause["what"] for clause in outsiders} == {"removed", "added"}
    months = {clause["id"]: clause for clause in changes["parameters.term.fixed.term_months"]["clauses"]}
    assert months["term.fixed#end"]["what"] == "value changed"
    assert [lang["lang"] for lang in months["term.fixed#end"]["languages"]] == ["en-GB", "zh-CN"]
    assert all(clause["was"] and clause["was"] != clause["number"] and not clause["languages"] for clause in view["renumbered"])


def test_a_clause_gives_both_texts_back(clauses: tuple[ClauseChange, ...]) -> None:
    end = next(clause for clause in clauses if clause.id == "term.fixed#end")
    old = "".join(piece.text for piece in end.pieces["en"] if piece.kind != INSERTED)
    new = "".join(piece.text for piece in end.pieces["en"] if piece.kind != DELETED)
    assert "sixty (60) months" in old
    assert "forty-eight (48) months" in new
    assert old != new


def test_a_clause_whose_references_follow_new_numbers_stands_in_a_list_of_its_own(
    drafts: PlanChanges, clauses: tuple[ClauseChange, ...]
) -> None:
    view = diff_page(drafts, "en", shown=SHOWN, clauses=clauses)
    assert "protection.disclose#controls" in {clause["id"] for clause in view["references"]}
    assert {clause["weight"] for clause in view["references"]} == {"cosmetic"}
    elsewhere = [*view["clauses"], *view["renumbered"], *(each for group in view["groups"] for each in group["changes"])]
    assert not {clause["id"] for clause in elsewhere} & {clause["id"] for clause in view["references"] if not clause["was"]}


def test_every_clause_of_the_redline_stands_on_the_page_once(drafts: PlanChanges, clauses: tuple[ClauseChange, ...]) -> None:
    view = diff_page(drafts, "en", shown=SHOWN, clauses=clauses)
    below = [clause for group in view["groups"] for change in group["changes"] for clause in change["clauses"]]
    shown = [*below, *view["clauses"], *view["renumbered"], *view["references"]]
    assert sorted((clause["id"], clause["weight"]) for clause in shown) == sorted(
        (clause.id, str(clause.weight)) for clause in clauses
    )
    assert all(change["clauses"] for group in view["groups"] for change in group["changes"])


def test_a_section_that_moved_is_shown_where_it_stands_now(drafts: PlanChanges, clauses: tuple[ClauseChange, ...]) -> None:
    view = diff_page(drafts, "zh", shown=SHOWN, clauses=clauses)
    (moved,) = next(
        each["clauses"]
        for group in view["groups"]
        for each in group["changes"]
        if each["address"] == "additional.site-safety.after"
    )
    assert (moved["place"], moved["what"], moved["weight"]) == ("第23条", "移动", "moved")


def test_words_that_somebody_typed_into_a_file_say_which(drafts: PlanChanges) -> None:
    typed = typed_change("term.fixed#end", "4.2", ("sixty (60) months", "six months"), "sent.docx")
    (shown,) = diff_page(drafts, "en", shown=SHOWN, clauses=(typed,))["clauses"]
    assert (shown["place"], shown["what"]) == ("Clause 4.2", "reworded, typed into sent.docx")


def test_long_words_that_stayed_are_cut_between_words() -> None:
    long = "alpha beta gamma " * 60
    runs = list(runs_of((Piece(KEPT, long), Piece(DELETED, "old"), Piece(INSERTED, "new"), Piece(KEPT, long)), shortened=True))
    assert [run.tag for run in runs] == ["", "del", "ins", ""]
    assert all(len(run.text) <= AROUND + 5 for run in runs)
    assert set(runs[0].text.split()) <= {"…", "alpha", "beta", "gamma"}
    assert set(runs[3].text.split()) <= {"…", "alpha", "beta", "gamma"}


def test_plans_without_a_difference_say_so(edited: Edited) -> None:
    view = diff_page(edited({}), "en", shown=SHOWN)
    assert (view["headline"], view["groups"], view["lead"]) == ("No differences.", [], [])
    assert b"No differences." in write(view)


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"version": 12}, "One change, and it is not substantive", "共1项变更，均非实质性变更"),
        ({"choices.ownership": ["joint-equal"]}, "One change, and it is substantive – Ownership of Project IP", "实质性变更——"),
        (
            {"choices.ownership": ["joint-equal"], "choices.third-party-licences": ["free-after-window"]},
            "2 of 2 changes are substantive",
            "共2项变更，其中2项为实质性变更",
        ),
    ],
)
def test_the_headline_counts_right(edited: Edited, changes: dict[str, object], english: str, chinese: str) -> None:
    found = edited(changes)
    assert diff_page(found, "en", shown=SHOWN)["headline"].startswith(english)
    assert chinese in diff_page(found, "zh", shown=SHOWN)["headline"]


def test_a_name_that_looks_like_markup_stays_a_name(drafts: PlanChanges) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} '\"&\x00\x1b[31m"
    plan = drafts.new.plan
    members = tuple(replace(each, name=dict.fromkeys(("en", "zh"), hostile)) for each in plan.members)
    new = replace(drafts.new, plan=replace(plan, title=dict.fromkeys(("en", "zh"), hostile), members=members))
    content = write(
        diff_page(compare_plans(drafts.old, new), "en", shown=(hostile, "new"), remarks=[{"en": hostile, "zh": hostile}])
    ).decode()
    assert content.count("<script>") == 1
    assert "<img" not in content
    assert "{{ 7*7 }}" in content
    assert "\x00" not in content
    assert "\x1b" not in content
    assert content.count("&lt;img src=x onerror=alert(1)&gt;") >= len(members)


def test_the_command_also_writes_a_page_and_keeps_a_strange_file(tmp: Call, folder: Path) -> None:
    code, out, err = tmp("diff", "old.plan.yaml", "new.plan.yaml", "--html", "changes.html")
    assert code == 1
    assert "SUBSTANTIVE (1)" in out
    assert "changes.html  (written)" in err
    page = (folder / "changes.html").read_bytes()
    assert len(re.findall(rb'<article class="item change', page)) == 14
    assert "unchanged" in tmp("diff", "old.plan.yaml", "new.plan.yaml", "--html", "changes.html")[2]
    (folder / "theirs.html").write_bytes(b"<p>not ours")
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--html", "theirs.html")[0] == 5
    assert (folder / "theirs.html").read_bytes() == b"<p>not ours"
    assert tmp("diff", "old.plan.yaml", "new.plan.yaml", "--html", "theirs.html", "--force")[0] == 1


def test_what_if_writes_the_page_of_one_plan(tmp: Call, folder: Path) -> None:
    before = (folder / "old.plan.yaml").read_bytes()
    change = ("--set", "parameters.term.fixed.term_months=48")
    code, _, err = tmp("what-if", "old.plan.yaml", *change, "--html", "if.html", language="zh")
    assert (code, "if.html  (已写入)" in err) == (0, True)
    assert "假设" in (folder / "if.html").read_text(encoding="utf-8")
    assert (folder / "old.plan.yaml").read_bytes() == before
    code, _, err = tmp("what-if", "old.plan.yaml", "new.plan.yaml", *change, "--html", "if.html")
    assert (code, "a page shows one plan, not 2" in err) == (2, True)
