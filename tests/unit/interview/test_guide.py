"""The decision guide: each profile can be reached, the reasons are the answers, and what would change it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tmp_builder.errors import LibraryError
from tmp_builder.interview.guide import UNKNOWN, Guide, read_guide
from tmp_builder.library.schema import Library

TYPICAL = {
    "cerc": {"treaty": "other", "pays": "each-side", "members": "many", "kinds": "mixed", "us-china": "yes", "sell": "home"},
    "smart-openness": {"treaty": "sta-2024", "pays": "each-side", "kinds": "research", "sensitive": "yes", "sell": "nobody"},
    "desca": {"treaty": "none", "pays": "grant", "members": "few", "kinds": "mixed", "entity": "no", "sell": "fair"},
    "sematech": {"treaty": "none", "pays": "pool", "kinds": "companies", "entity": "yes", "competitors": "yes", "sell": "first"},
    "university-industry": {"treaty": "none", "pays": "company", "members": "two", "sell": "company", "join": "nobody"},
    "hub-and-affiliates": {"treaty": "none", "pays": "fees", "kinds": "hub", "sell": "shared", "join": "fee"},
    "open-consortium": {"treaty": "none", "pays": "own", "members": "many", "sell": "all", "join": "anyone"},
}


def test_there_are_ten_questions_each_with_distinct_answers(guide: Guide) -> None:
    assert len(guide.questions) == 10
    assert len({question.id for question in guide.questions}) == 10
    for question in guide.questions:
        assert len({answer.id for answer in question.answers}) == len(question.answers)


@pytest.mark.parametrize("profile", TYPICAL)
def test_the_typical_answers_lead_to_each_profile_clearly(guide: Guide, profile: str) -> None:
    advice = guide.advise(TYPICAL[profile])
    assert (advice.profile, advice.sure) == (profile, "clear")
    assert advice.reasons


def test_every_profile_has_its_typical_answers_here(library: Library) -> None:
    assert set(TYPICAL) == set(library.profiles)


def test_without_answers_the_usual_start_is_proposed_and_called_so(guide: Guide) -> None:
    advice = guide.advise({question.id: UNKNOWN for question in guide.questions})
    assert (advice.profile, advice.sure, advice.reasons, advice.changes) == (guide.fallback, "none", (), ())


def test_the_points_are_the_sums_of_the_answers(guide: Guide) -> None:
    points = guide.points({"pays": "each-side", "sell": "home"})
    assert points["cerc"] == 3 + 3
    assert points["smart-openness"] == 2 + 1
    assert points["desca"] == 0


def test_the_strongest_reason_comes_first(guide: Guide) -> None:
    advice = guide.advise({"pays": "each-side", "treaty": "other"})
    assert advice.reasons[0]["en"] == "two governments carry the cooperation"  # five points against three


@pytest.mark.parametrize("profile", TYPICAL)
def test_an_answer_that_is_said_to_change_the_proposal_does(guide: Guide, profile: str) -> None:
    given = dict(list(TYPICAL[profile].items())[:2])
    for question, answer, other in guide.advise(given).changes:
        assert guide.best({**given, question.id: answer.id}) == other != guide.best(given)


def test_a_narrow_lead_is_called_a_close_call(guide: Guide) -> None:
    advice = guide.advise({"pays": "each-side"})
    assert (advice.profile, advice.sure, advice.second) == ("cerc", "close", "smart-openness")


def test_a_guide_with_unknown_names_is_refused_with_all_of_them(library: Library, tmp_path: Path) -> None:
    text = """fallback: cerk
sure: {clear: 5, likely: 2}
questions:
  - id: one
    text: {en: One?, zh: 一？}
    why: {en: So., zh: 故。}
    fact: competiters
    answers:
      - {id: a, label: {en: A, zh: 甲}, reason: {en: a, zh: 甲}, points: {desco: 1}}
      - {id: b, label: {en: B, zh: 乙}, reason: {en: b, zh: 乙}, points: {desca: 1}}
"""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "guide.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_guide(library, tmp_path)
    messages = " ".join(fault.message for fault in caught.value.faults)
    for name in ("“cerk”, did you mean “cerc”?", "“competiters”, did you mean “competitors”?", "“desco”"):
        assert name in messages


def test_a_house_library_without_a_guide_has_no_questions(library: Library, tmp_path: Path) -> None:
    assert read_guide(library, tmp_path).questions == ()
