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
    ticked = ("joint-ownership.assignment-rules", "joint-ownership.costs-abandonment")
    outcome = _take(session, "slot:joint-ownership.add-ons", ticked)
    offer = next(each for each in outcome.offers if "Licences only with the consent of all" in each.text)
    assert "(joint-ownership.enforcement)" in offer.fixes[0].label
    session.apply(offer.fixes[0].changes)
    assert session.state.plan.has("joint-ownership.enforcement")
    assert session.state.plan.has("joint-ownership.assignment-rules")


def test_a_conflict_is_offered_with_dropping_either_option(open_session: Opens) -> None:
    session = _whole(open_session)
    conflicts = session.state.library.conflicts["third-party-licences.consent-both-sides"]
    rival = "third-party-licences.free-after-window"
    assert any(rival in (declared, *relation.any_of) for declared, relation in conflicts)
    session.write({"choices.third-party-licences": ["consent-both-sides"]})
    before = session.state
    outcome = session.apply({"choices.third-party-licences": ["consent-both-sides", "free-after-window"]})
    offer = next(each for each in outcome.offers if len(each.fixes) == 2)
    assert before.plan.chosen("third-party-licences")
    for fix, kept in zip(offer.fixes, ("consent-both-sides", "free-after-window"), strict=True):
        assert list(fix.changes.values()) in ([[kept]], [["free-after-window" if kept == "consent-both-sides" else "consent-both-sides"]])
    session.apply(offer.fixes[0].changes)
    assert len(list(session.state.plan.chosen("third-party-licences"))) == 1


def test_a_need_that_will_still_be_asked_for_is_not_offered_now(open_session: Opens) -> None:
    session = open_session(profile="cerc", quiet=False)
    outcome = _take(session, "slot:ownership.owner", "ownership.employer")  # it needs personnel.chain-of-title, asked for later
    assert outcome.offers == ()


def test_what_was_chosen_before_marks_and_ticks_what_it_needs(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.write({"choices.ownership": ["employer"], "choices.joint-ownership": ["managed"], "profile": ""})
    ask = go_to(session, "slot:joint-ownership.add-ons")
    needed = ask.choice("joint-ownership.enforcement")
    assert needed is not None
    assert any(mark.startswith("needed by") for mark in needed.marks)


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
    assert any("30 September 2031 → 30 September 2030" in line for line in outcome.dates)  # 60 and 48 months from 30 September 2026
