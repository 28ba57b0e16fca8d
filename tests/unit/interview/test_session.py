"""The session without a terminal: order, back, forward, jump, leave, and a file that holds every answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from tests.interviews import answer, enter, go_to, press_enter, walk_to
from tmp_builder.errors import PlanError
from tmp_builder.interview.asks import Ask
from tmp_builder.interview.guide import Guide
from tmp_builder.interview.session import Session
from tmp_builder.interview.store import Store, beginning
from tmp_builder.library.schema import Library
from tmp_builder.plan.profiles import options_of
from tmp_builder.plan.reader import read_plan

Opens = Callable[..., Session]


@dataclass(frozen=True)
class Walk:
    """An interview in which Enter alone was pressed; after each answer the file was opened anew, as after a kill."""

    session: Session
    asked: tuple[Ask, ...]
    lost: tuple[str, ...]
    forgotten: tuple[str, ...]


@pytest.fixture(scope="module")
def walk(library: Library, guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    path = tmp_path_factory.mktemp("walk") / "alliance.plan.yaml"

    def start() -> Session:
        session = Session(Store(path, library, beginning(path, library)), guide, "en", date(2026, 11, 21))
        session.quiet = True
        return session

    session, asked, lost, forgotten = start(), [], [], []
    for ask in press_enter(session):
        asked.append(ask)
        after = start()
        if after.state.plan != session.state.plan:
            lost.append(ask.id)
        if {step.id for step in session.open_steps()} - {"pace"} - {step.id for step in after.open_steps()}:
            forgotten.append(ask.id)
    return Walk(session, tuple(asked), tuple(lost), tuple(forgotten))


def test_enter_alone_leads_to_a_valid_plan_of_the_recommended_profile(walk: Walk, library: Library) -> None:
    plan = read_plan(walk.session.store.path, library)
    assert walk.asked[0].id == "start"
    assert plan.profile == "cerc"
    assert plan.dated == date(2026, 11, 21)
    offered = options_of(library.profiles["cerc"], library, plan)
    assert {section: decision.options for section, decision in plan.choices.items()} == offered
    assert plan.values["term.fixed.term_months"] == 60


def test_enter_alone_leaves_what_has_no_default_open_and_names_it(walk: Walk) -> None:
    open_ids = [step.id for step in walk.session.open_steps()]
    assert {"title.en", "title.zh", "effective-date", "members", "facts.public-money"} <= set(open_ids)
    assert not [ident for ident in open_ids if ident.startswith(("slot:", "values:"))]


def test_no_answer_is_lost_if_the_program_is_killed_between_any_two(walk: Walk) -> None:
    assert walk.lost == ()


def test_no_question_is_forgotten_if_the_program_is_killed_between_any_two(walk: Walk) -> None:
    assert walk.forgotten == ()


def test_every_question_says_why_it_is_asked(walk: Walk) -> None:
    assert [ask.id for ask in walk.asked if not ask.why] == []


def test_a_plan_left_in_the_middle_of_a_section_goes_on_with_its_next_question(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:protection.clearance")
    session.answer(("protection.us-first",))
    again = open_session()
    assert "slot:protection.add-ons" in [step.id for step in again.open_steps()]
    assert "# tmp new will still ask:" in session.store.path.read_text(encoding="utf-8")


def test_the_notes_in_the_file_are_gone_when_the_interview_is_over(open_session: Opens) -> None:
    session = open_session()
    walk_to(session, "pace")
    session.answer("all")
    session.review()
    session.answer("build")
    session.finish()
    assert session.done == "build"
    assert "# tmp new" not in session.store.path.read_text(encoding="utf-8")


def test_going_back_over_three_answers_and_changing_one_returns_to_where_things_are_open(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.jump("section:protection")
    walk_to(session, "values:protection")
    session.answer("take")
    session.at = "slot:licences.grant"
    seen = []
    for _ in range(3):
        assert session.back()
        seen.append(session.at)
    assert seen == ["values:protection", "slot:protection.add-ons", "slot:protection.clearance"]
    assert not session.answer(("protection.china-first",)).refused
    assert session.state.plan.has("protection.china-first")
    go_on = session.current()
    assert go_on is not None
    assert go_on.id in ("slot:licences.grant", "values:protection")


def test_there_is_nothing_before_the_first_question(open_session: Opens) -> None:
    session = open_session()
    assert not session.back()
    assert session.at == "start"


def test_going_forward_leaves_a_question_open_and_it_is_asked_again_at_the_end(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.write({"choices.ownership": None})
    go_to(session, "slot:ownership.owner")
    assert session.forward()
    assert session.at != "slot:ownership.owner"
    session.at = "facts.sensitive-technology"
    walk_to(session, "slot:ownership.owner")


def test_a_question_left_for_later_is_asked_again_only_in_the_next_session(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "title.en")
    assert session.later().left
    assert "title.en" not in [ask.id for ask in press_enter(session, until="pace")]
    walk_to(open_session(), "title.en")


def test_jumping_goes_through_one_section_whether_it_is_answered_or_not(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.review()
    answer(session, "review", "section:ownership")
    assert [ask.id for ask in press_enter(session)] == ["slot:ownership.owner", "values:ownership"]
    assert not session.jump("section:nowhere")


def test_a_section_outside_the_profile_can_be_entered_by_a_jump(open_session: Opens) -> None:
    session = open_session(profile="hub-and-affiliates")
    assert not [step for step in session.open_steps() if step.section == "third-party-licences"]
    assert session.jump("section:third-party-licences")
    walk_to(session, "slot:third-party-licences.outsiders")
    session.answer("third-party-licences.consent-both-sides")
    assert session.state.plan.has("third-party-licences.consent-both-sides")


def test_the_review_opens_a_section_and_is_there_again_afterwards(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    session.review()
    answer(session, "review", "section:definitions")
    list(press_enter(session))
    ask = session.current()
    assert ask is not None
    assert ask.id == "review"


def test_a_first_answer_brings_what_always_stands_in_its_section(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:protection.clearance")
    session.answer(())
    assert session.state.plan.has("protection.disclose")


def test_comments_that_people_wrote_stay(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    path = session.store.path
    path.write_text(path.read_text(encoding="utf-8") + "# ask counsel about the term\n", encoding="utf-8")
    session = open_session()
    list(press_enter(session, until="pace"))
    session.take_rest()
    assert "# ask counsel about the term" in path.read_text(encoding="utf-8")


def test_the_file_begins_with_the_schema_header_and_keeps_its_keys_in_order(open_session: Opens, library: Library) -> None:
    session = open_session()
    list(press_enter(session, until="pace"))
    text = session.store.path.read_text(encoding="utf-8")
    keys = [line.partition(":")[0] for line in text.splitlines() if line and line[0].isalpha()]
    assert text.startswith("# yaml-language-server: $schema=./plan.schema.json\n")
    assert keys[:9] == ["id", "version", "library", "profile", "title", "status", "dated", "languages", "sides"]
    assert f"library: {library.label}\n" in text


def test_a_change_that_would_be_no_plan_is_refused_and_writes_nothing(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    before = session.store.path.read_bytes()
    with pytest.raises(PlanError):
        session.write({"choices.ownership": ["nobody"]})
    assert session.store.path.read_bytes() == before


def test_taking_the_rest_brings_the_options_that_come_with_facts_of_other_choices(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    walk_to(session, "pace")
    assert session.answer("all").notices
    plan = session.state.plan
    assert plan.has("public-funding.government-publication-licence")  # because basis.protocol brings the fact sta-basis
    assert plan.has("territory.hong-kong-macau-taiwan")  # because the default sides are two and one is Chinese
    assert "term.fixed.term_months" in plan.values


def test_taking_the_rest_leaves_alone_what_was_decided(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.write({"choices.ownership": ["joint-equal"]})
    session.take_rest()
    assert session.state.plan.choices["ownership"].options == ("ownership.joint-equal",)


def test_the_heading_tells_section_place_and_what_is_open(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    ask = go_to(session, "slot:ownership.owner")
    assert ask.heading.startswith("Ownership of Project IP · 9 of 31 · ")
    assert ask.heading.endswith(" open")


def test_the_interface_speaks_chinese(open_session: Opens) -> None:
    session = open_session(language="zh", profile="cerc")
    ask = go_to(session, "slot:ownership.owner")
    assert ask.title == "项目产生的知识产权归谁所有？"
    assert ask.choices[0].label == "归发明人的雇主单位"
    assert "模板" in ask.choices[0].marks


def test_a_choice_kept_open_is_written_with_both_positions_and_settled_by_a_later_answer(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    alternatives = ("ownership.employer", "ownership.joint-equal")
    session.open_between(alternatives, {"US": "ownership.employer", "CN": "ownership.joint-equal"})
    decision = session.state.plan.choices["ownership"]
    assert decision.open == alternatives
    assert decision.positions == {"US": "ownership.employer", "CN": "ownership.joint-equal"}
    session.jump("section:ownership")
    answer(session, "slot:ownership.owner", "ownership.employer")
    assert session.state.plan.choices["ownership"].options == ("ownership.employer",)
    assert session.state.plan.choices["ownership"].open == ()


def test_without_a_profile_nothing_is_taken_silently(open_session: Opens) -> None:
    session = open_session()
    answer(session, "start", "no-profile")
    asked = list(press_enter(session))
    assert session.state.plan.choices.get("ownership") is None
    assert next(ask for ask in asked if ask.id == "slot:ownership.owner").default == "later"


def test_enter_takes_what_is_shown_as_default(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    ask = go_to(session, "dates.day-rule")
    assert enter(ask) == "corresponding-day"
    session.answer(enter(ask))
    assert session.state.plan.dates.day_rule == "corresponding-day"


def test_one_section_alone_ends_at_the_review(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.jump("section:definitions", returns=True)
    assert [ask.id for ask in press_enter(session)] == ["slot:definitions.set", "values:definitions"]
    assert session.at == "review"


def test_a_review_of_everything_passes_every_question_once(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.jump("*", returns=True)
    visible = [step.id for step in session.steps() if not step.hidden]
    asked = list(dict.fromkeys(ask.id for ask in press_enter(session)))
    assert [ident for ident in asked if ident in visible] == visible


def test_a_party_cannot_be_named_where_there_is_none(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    ask = go_to(session, "parameters.export-control.tiers.owner")
    assert [choice.id for choice in ask.choices] == ["later"]
