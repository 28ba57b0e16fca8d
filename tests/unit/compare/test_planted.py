"""The two drafts: every line of the report comes from exactly one of the fourteen planted changes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
import yaml

from tmp_builder.compare import PlanChanges, Weight
from tmp_builder.compare.report import lines

from .conftest import DRAFTS

PLANTED = yaml.safe_load((DRAFTS / "planted.yaml").read_text(encoding="utf-8"))


def test_each_change_is_found_once_with_its_class_and_nothing_else_is(drafts: PlanChanges) -> None:
    found = sorted((change.address, str(change.weight)) for change in drafts.changes)
    assert found == sorted((planted["address"], planted["class"]) for planted in PLANTED)
    assert len(found) == 14
    assert len({change.key for change in drafts.changes}) == 14


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted["address"])
def test_a_change_has_its_dates_its_findings_and_whom_it_favours(drafts: PlanChanges, planted: dict[str, object]) -> None:
    change = next(change for change in drafts.changes if change.address == planted["address"])
    dates = {move.key: [move.old or "", move.new or ""] for move in drafts.dates if move.cause == change.key}
    findings = ["-+"[each.appears] + each.finding.code for each in drafts.findings if each.cause == change.key]
    favours = {"more": list(change.more), "less": list(change.less)}
    assert dates == planted.get("dates", {})
    assert sorted(findings) == sorted(planted.get("findings", []))
    assert favours == planted.get("favours", {"more": [], "less": []})


def test_no_date_and_no_finding_is_left_without_its_change(drafts: PlanChanges) -> None:
    assert [move.key for move in drafts.dates if not move.cause] == []
    assert [each.finding.code for each in drafts.findings if not each.cause] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_change_has_one_heading_in_the_report(drafts: PlanChanges, language: str) -> None:
    addresses = [re.findall(r"\[([a-zA-Z0-9_.-]+)\]$", line.text) for line in lines(drafts, language) if line.look == "head"]
    assert Counter(each for found in addresses for each in found) == Counter(planted["address"] for planted in PLANTED)


@pytest.mark.parametrize(("language", "title"), [("en", "SUBSTANTIVE (1)"), ("zh", "实质性变更（1）")])
def test_the_one_substantive_change_stands_on_the_first_screen(drafts: PlanChanges, language: str, title: str) -> None:
    screen = [line.text for line in lines(drafts, language)][:12]
    assert title in screen
    place = screen.index(title)
    assert screen[place + 1].endswith("[choices.third-party-licences]")
    assert screen[place + 2].endswith(("(consent-both-sides)", "（consent-both-sides）"))
    assert screen[place + 3].endswith(("(free-after-window)", "（free-after-window）"))


def test_the_summary_counts_by_class(drafts: PlanChanges) -> None:
    first = next(iter(lines(drafts, "en"))).text
    assert first == (
        "14 changes: 1 substantive, 8 values, 2 moved, 3 cosmetic; 1 finding appears; 2 findings vanish; 13 dates move."
    )


def test_a_date_says_by_how_much_it_moves(drafts: PlanChanges) -> None:
    move = next(move for move in drafts.dates if move.key == "D41:EQ-01")
    assert move.days == (date(2031, 7, 14) - date(2031, 4, 14)).days == 91
    text = [line.text for line in lines(drafts, "en")]
    assert "Return of equipment EQ-01: 14 April 2031 → 14 July 2031 (91 days later)" in text


def test_changed_words_stand_between_words_that_stayed(drafts: PlanChanges) -> None:
    change = next(change for change in drafts.changes if change.address == "wording.personnel.visitor-host")
    english = [(piece.kind, piece.text) for piece in change.pieces["en"] if piece.kind != "kept"]
    chinese = [(piece.kind, piece.text) for piece in change.pieces["zh"] if piece.kind != "kept"]
    assert english == [("deleted", "sixty (60) days"), ("inserted", "ninety (90) days")]
    assert chinese == [("deleted", "六十（60）日"), ("inserted", "九十（90）日")]


def test_the_other_direction_favours_the_others(drafts: PlanChanges) -> None:
    from tmp_builder.compare import compare_plans

    back = compare_plans(drafts.new, drafts.old)
    there = next(drafts.of(Weight.SUBSTANTIVE))
    again = next(back.of(Weight.SUBSTANTIVE))
    assert (again.more, again.less) == (there.less, there.more)
    assert len(back.changes) == 14
