"""Plain prompts, and the talk between them and a session: numbered choices, moves, fixes, no cursor movement."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.interviews import go_to
from tmp_builder.interview.asks import Ask, Choice
from tmp_builder.interview.drive import Interview, Stopped
from tmp_builder.interview.moves import Kind, Move
from tmp_builder.interview.plain import PlainAsker
from tmp_builder.interview.session import Session

Opens = Callable[..., Session]
CHOICES = (Choice("a", "Apple", "It is red.", ("profile",)), Choice("b", "Pear"), Choice("c", "Plum"))


def asker(typed: str, language: str = "en") -> PlainAsker:
    """Someone who types these lines."""
    return PlainAsker(io.StringIO(typed), io.StringIO(), language, lambda: 80)


def said(who: PlainAsker) -> str:
    """Everything that was written."""
    assert isinstance(who.out, io.StringIO)
    return who.out.getvalue()


def talk(session: Session, typed: str, language: str = "en") -> str:
    """What an interview says while these lines are typed; it ends when they are used up."""
    who = asker(typed, language)
    with pytest.raises(Stopped):
        Interview(session, who).run()
    return said(who)


def test_enter_takes_the_default() -> None:
    assert asker("\n").ask(Ask("x", "one", "?", choices=CHOICES, default="b")) == "b"
    assert asker("\n").ask(Ask("x", "many", "?", choices=CHOICES, default=("a", "c"))) == ("a", "c")
    assert asker("\n").ask(Ask("x", "text", "?", default="2026-11-21")) == "2026-11-21"


def test_choices_are_numbered_and_their_marks_and_notes_read_out() -> None:
    who = asker("2\n")
    assert (
        who.ask(Ask("x", "one", "Which fruit?", heading="Fruit · 1 of 3", why="We eat it.", choices=CHOICES, default="a")) == "b"
    )
    lines = said(who).splitlines()
    assert "  1. Apple [profile, default]" in lines
    assert "       It is red." in lines
    assert lines.index("Fruit · 1 of 3") < lines.index("Which fruit?") < lines.index("  We eat it.")


def test_several_numbers_are_taken_in_the_order_of_the_list_and_0_is_none() -> None:
    assert asker("3,1\n").ask(Ask("x", "many", "?", choices=CHOICES)) == ("a", "c")
    assert asker("1，3\n").ask(Ask("x", "many", "?", choices=CHOICES)) == ("a", "c")
    assert asker("0\n").ask(Ask("x", "many", "?", choices=CHOICES, default=("a",))) == ()


def test_what_is_no_number_of_a_choice_is_asked_again() -> None:
    who = asker("9\npear\n1,2\n2\n")
    assert who.ask(Ask("x", "one", "?", choices=CHOICES)) == "b"
    assert said(who).count("Type a number from 1 to 3.") == 3


def test_too_few_ticks_are_asked_again() -> None:
    who = asker("1\n1,2\n")
    assert who.ask(Ask("x", "many", "?", choices=CHOICES, low=2)) == ("a", "b")


def test_a_hyphen_empties_a_default() -> None:
    assert asker("-\n").ask(Ask("x", "text", "?", default="old")) == ""


def test_a_move_is_told_from_an_answer() -> None:
    assert asker("<\n").ask(Ask("x", "text", "?")) == Move(Kind.BACK)
    assert asker("/jump term\n").ask(Ask("x", "one", "?", choices=CHOICES)) == Move(Kind.JUMP, "term")


def test_the_end_of_the_input_stops_the_interview(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    talk(session, "")
    assert session.store.path.exists()


def test_nothing_moves_the_cursor_or_colours_anything(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    assert "\x1b" not in talk(session, "Clean Vehicles\n?\n/findings\n/preview\n\n")


def test_a_line_is_never_wider_than_the_terminal(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    assert max(len(line) for line in talk(session, "?\n").splitlines() if not line.startswith("Number")) <= 80


def test_help_shows_the_clause_text_in_both_languages(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    text = talk(session, "/search inventor employer owns\n1\n1\n")
    assert "Project IP belongs from its creation" in text
    assert "项目知识产权自产生时起" in text
    assert "[Law that decides who is an inventor ●]" in text


def test_a_search_can_lead_to_the_section(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    talk(session, "/search 等额共有\n1\n2\n")
    assert session.at == "slot:ownership.owner"


def test_a_search_without_a_hit_says_so(open_session: Opens) -> None:
    assert "No option matches “zebra”." in talk(open_session(profile="cerc"), "/search zebra\n")


def test_a_jump_by_part_of_a_name_goes_there(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    text = talk(session, "/jump third-party\n")
    assert "When may outsiders obtain rights" in text
    assert "No section matches “zzz”." in talk(open_session(), "/jump zzz\n")


def test_findings_name_only_what_the_person_has_come_to(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    text = talk(session, "/findings\n")
    assert "STR-05" in text
    assert "STR-01" not in text


def test_an_open_choice_is_kept_with_both_positions(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    text = talk(session, "/open\n1,2\n1\n2\n")
    assert "Kept open between 2 alternatives." in text
    assert session.state.plan.choices["ownership"].positions == {"US": "ownership.employer", "CN": "ownership.joint-equal"}


def test_one_alternative_is_not_enough(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:ownership.owner")
    talk(session, "/open\n/later\n")
    assert "ownership" not in session.state.plan.choices


def test_a_fix_is_taken_by_enter_alone(open_session: Opens) -> None:
    session = open_session(profile="cerc", quiet=False)
    session.write({"facts.more-than-two-members": "no"})
    go_to(session, "slot:parties.signing")
    text = " ".join(talk(session, "\n\n").split())
    assert "needs “Accession form without retroactive rights”. What shall be done?" in text
    assert session.state.plan.has("membership.accession")


def test_the_menu_lists_the_moves_by_name(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "title.zh")
    talk(session, "/\n1\n")
    assert session.at == "title.en"


def test_the_review_builds_or_stops(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    who = asker("/review\n\n")
    assert Interview(session, who).run() == "build"
    assert "Questions open:" in said(who)


def test_the_interface_speaks_chinese(open_session: Opens) -> None:
    text = talk(open_session(profile="cerc", language="zh"), "\n?\n", "zh")
    assert "计划的英文名称是什么？" in text
    assert "暂时待定" in text


def test_a_preview_shows_the_section_as_it_stands(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.jump("section:term")
    text = talk(session, "/preview\n")
    assert "sixty (60) months" in text
    assert "六十（60）个月" in text
