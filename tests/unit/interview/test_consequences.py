"""What an answer brings with it: fixes in one key, findings caused and cured, dates that move."""

from __future__ import annotations

from collections.abc import Callable

from tests.interviews import answer, go_to
from tmp_builder.interview.asks import Outcome
from tmp_builder.interview.session import Session

Opens = Callable[..., Session]


def _whole(open_session: Opens) -> Session:
    """A plan in which the profile has answered every section."""
    session = open_session(profile="cerc", quiet=False)
    session.write({"effective-date": "2026-09-30"})
    session.take_rest()
    return session


def _take(session: Session, ident: str, given: str | tuple[str, ...]) -> Outcome:
    go_to(session, ident)
    return answer(session, ident, given)


def test_what_an_option_needs_is_offered_as_a_fix_and_the_fix_cures_it(open_session: Opens) -> None:
    session = _whole(open_session)
    offer = _take(session, "slot:projects.add-ons", ()).offers[0]  # licences.joint-project-non-exclusive needs projects.types
    assert "Non-exclusive" in offer.text
    assert offer.fixes[0].label.endswith("(projects.types)")
    session.apply(offer.fixes[0].changes)
    assert session.state.plan.choices["projects"].options == ("projects.gate-hard", "projects.types")


def test_a_conflict_is_offered_with_dropping_either_option(open_session: Opens) -> None:
    session = _whole(open_session)
    offer = next(
        each for each in _take(session, "slot:basis.basis", ("basis.protocol", "basis.private")).offers if len(each.fixes) == 2
    )
    assert [list(fix.changes.values()) for fix in offer.fixes] == [[["private", "endorsed"]], [["protocol", "endorsed"]]]
    session.apply(offer.fixes[1].changes)
    assert not session.state.plan.has("basis.private")


def test_a_value_that_excludes_an_option_is_offered_too(open_session: Opens) -> None:
    session = _whole(open_session)
    session.write({"choices.publication": ["treaty-review"], "choices.export-control": ["general", "us-ear"]})
    outcome = session.apply({"parameters.export-control.us-ear.rely_on_fre": "yes"})
    assert any("exclude each other" in offer.text for offer in outcome.offers)


def test_a_need_that_will_still_be_asked_for_is_not_offered_now(open_session: Opens) -> None:
    session = open_session(profile="cerc", quiet=False)
    outcome = _take(session, "slot:ownership.owner", "ownership.employer")  # it needs personnel.chain-of-title, asked for later
    assert outcome.offers == ()


def test_what_was_chosen_before_marks_and_ticks_what_it_needs(open_session: Opens) -> None:
    session = open_session()
    session.write({"profile": "", "choices.parties": ["leads"], "facts.more-than-two-members": "yes"})
    ask = go_to(session, "slot:membership.add-ons")
    accession = ask.choice("membership.accession")
    assert accession is not None
    assert accession.marks == ("needed by “Two Leads sign, members follow by accession form”",)
    assert "membership.accession" in ask.default


def test_the_errors_that_a_choice_causes_and_cures_are_told(open_session: Opens) -> None:
    session = _whole(open_session)
    slot = "slot:territory.add-ons"
    assert "OWN-05" in [finding.code for finding in _take(session, slot, ()).caused]
    assert "OWN-05" in [finding.code for finding in _take(session, slot, ("territory.hong-kong-macau-taiwan",)).cured]


def test_sections_nobody_has_come_to_cause_no_noise(open_session: Opens) -> None:
    session = open_session(profile="cerc", quiet=False)
    assert _take(session, "slot:ownership.owner", "ownership.employer").caused == ()


def test_dates_that_move_are_told_with_the_old_and_the_new_day(open_session: Opens) -> None:
    session = _whole(open_session)
    go_to(session, "parameters.term.fixed.term_months")
    outcome = session.answer("48")
    assert any("30 September 2031 → 30 September 2030" in line for line in outcome.dates)  # 60, then 48 months
