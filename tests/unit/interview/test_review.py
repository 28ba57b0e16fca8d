"""The review screen as data: departures from the profile, gaps, findings, what was changed."""

from __future__ import annotations

from collections.abc import Callable

from tmp_builder.interview.review import Line, lines, screen
from tmp_builder.interview.session import Session

Opens = Callable[..., Session]


def _lines(session: Session) -> dict[str, Line]:
    return {line.section: line for line in lines(session.state, session.steps(), session.findings, session.touched)}


def test_a_plan_of_the_profile_departs_nowhere(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    assert [line.section for line in _lines(session).values() if line.added or line.dropped] == []


def test_a_departure_names_what_was_added_and_what_was_dropped(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.write({"choices.ownership": ["joint-equal"]})
    line = _lines(session)["ownership"]
    assert (line.added, line.dropped) == (("ownership.joint-equal",), ("ownership.employer",))


def test_a_section_answered_in_this_session_is_marked(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.jump("section:definitions")
    session.answer("definitions.core")
    changed = [line.section for line in _lines(session).values() if line.changed]
    assert changed == ["definitions"]


def test_open_questions_and_findings_are_counted_at_their_section(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    session.write({"parameters.term.fixed.term_months": 900})
    found = _lines(session)
    assert found["basis"].open == 2  # the instruments and the letters have no default
    assert found["term"].errors == 1  # the card allows 120 months
    assert not found["background"].errors  # projects are not named yet: a gap
    assert not found["third-party-licences"].open


def test_a_section_that_is_not_used_is_still_listed(open_session: Opens) -> None:
    session = open_session(profile="hub-and-affiliates")
    session.take_rest()
    line = _lines(session)["third-party-licences"]
    assert not line.used
    ask = screen(session.state, session.steps(), session.findings, session.touched, build=True)
    row = ask.choice("section:third-party-licences")
    assert row is not None
    assert row.label.endswith("not used")


def test_the_screen_begins_with_building_and_ends_with_stopping(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    ask = screen(session.state, session.steps(), session.findings, session.touched, build=True)
    assert (ask.choices[0].id, ask.choices[-1].id, ask.default) == ("build", "stop", "build")
    assert len([choice for choice in ask.choices if choice.id.startswith("section:")]) == 31
