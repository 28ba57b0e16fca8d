"""Two plans compared: choices, values, parties, registers, words and settings, each with its class."""

from __future__ import annotations

from tmp_builder.compare import PlanChanges, Version, Weight, compare_plans

from .conftest import OLD, Edited, version


def only(found: PlanChanges) -> tuple[str, str, str]:
    """The one change: kind, class, address."""
    (change,) = found.changes
    return change.kind, str(change.weight), change.address


def test_a_plan_is_equal_to_itself() -> None:
    found = compare_plans(version(OLD), version(OLD))
    assert (found.changes, found.findings, found.dates, found.weight) == ((), (), (), None)


def test_an_add_on_that_comes_and_one_that_goes_are_two_changes(edited: Edited) -> None:
    found = edited({"choices.competition": [], "choices.personnel": ["chain-of-title"]})
    gone = {change.options: (change.old["en"] != "", change.new) for change in found.changes if change.kind == "choice"}
    assert gone == {("competition.ancillary",): (True, {}), ("personnel.visitor-host",): (True, {})}


def test_options_in_another_order_are_cosmetic(edited: Edited) -> None:
    found = edited({"choices.publication": ["thesis", "patent-delay"]})
    assert only(found) == ("choice", "cosmetic", "choices.publication")


def test_a_choice_that_is_opened_shows_who_wants_what(edited: Edited) -> None:
    found = edited(
        {
            "choices.third-party-licences": {
                "open": ["consent-both-sides", "free-after-window"],
                "positions": {"US": "free-after-window", "CN": "consent-both-sides"},
            }
        }
    )
    (change,) = [change for change in found.changes if change.kind == "choice"]
    assert change.weight is Weight.SUBSTANTIVE
    assert "[US: free-after-window, CN: consent-both-sides]" in change.new["en"]
    assert change.new["zh"].startswith("待定：")


def test_a_choice_among_sentences_is_substantive_and_a_number_is_not(edited: Edited) -> None:
    assert only(edited({"parameters.third-party-licences.consent-both-sides.deemed_refused": "no"}))[1] == "substantive"
    assert only(edited({"parameters.benefits.payments-tax.pay_days": 46}))[1] == "value"


def test_values_are_said_with_their_units_in_both_languages(edited: Edited) -> None:
    (change,) = edited({"parameters.term.fixed.term_months": 48}).changes
    assert (change.old, change.new) == ({"en": "60 months", "zh": "60个月"}, {"en": "48 months", "zh": "48个月"})


def test_a_value_of_an_option_that_is_not_chosen_is_without_effect(edited: Edited) -> None:
    found = edited({"parameters.third-party-licences.free-after-window.window_months": 12})
    assert only(found)[1] == "cosmetic"
    assert "no effect" in found.changes[0].details[0]["en"]


def test_a_member_more_is_substantive_and_moves_nobody(edited: Edited) -> None:
    member = {"id": "B6", "name": {"en": "Sixth Member", "zh": "第六成员"}, "side": "CN", "country": "CN", "type": "company"}
    found = edited({"members.B6": member})
    assert only(found) == ("member", "substantive", "members.B6")
    assert found.changes[0].new == {"en": "B6 Sixth Member", "zh": "B6 第六成员"}


def test_the_name_of_a_party_is_substantive_unless_only_spelt_otherwise(edited: Edited) -> None:
    assert only(edited({"members.A1.name.en": "Lakeside University"})) == ("member", "substantive", "members.A1.name")
    assert only(edited({"members.A1.name.en": "Lakeshore  university"})) == ("member", "cosmetic", "members.A1.name")


def test_the_lead_of_a_side_is_substantive(edited: Edited) -> None:
    found = edited({"sides.US.lead": "A2", "members.A1.role": "member", "members.A2.role": "lead"})
    assert ("sides.US.lead", "substantive") in {(change.address, str(change.weight)) for change in found.changes}


def test_a_row_taken_from_a_register_is_substantive_and_a_contact_is_not(edited: Edited) -> None:
    assert only(edited({"registers.equipment.EQ-03": None})) == ("register", "substantive", "registers.equipment.EQ-03")
    contacts = edited({"registers.contacts": []}).changes
    assert contacts
    assert {change.weight for change in contacts} == {Weight.VALUE}


def test_a_tier_is_substantive(edited: Edited) -> None:
    found = edited({"projects.P1.tier": "red"})
    assert only(found) == ("project", "substantive", "projects.P1.tier")
    assert found.changes[0].new["zh"] not in ("", "red")


def test_special_terms_of_a_project_are_compared(edited: Edited) -> None:
    found = edited({"projects.P1.parameters": {"publication.patent-delay.notice_days": 45}})
    assert ("projects.P1.parameters.publication.patent-delay.notice_days", "value") in {
        (change.address, str(change.weight)) for change in found.changes
    }


def test_bespoke_wording_that_is_taken_back_shows_the_words_of_the_library(edited: Edited) -> None:
    found = edited({"wording.personnel.visitor-host": None})
    (change,) = found.changes
    assert (change.kind, change.new["en"]) == ("wording", "wording of the library")
    assert ", within sixty (60) days" in "".join(piece.text for piece in change.pieces["en"] if piece.kind == "deleted")


def test_a_section_that_no_card_has_comes_and_goes(edited: Edited) -> None:
    assert only(edited({"additional": []})) == ("section", "substantive", "additional.site-safety")


def test_an_answer_about_the_world_is_substantive(edited: Edited) -> None:
    assert only(edited({"facts.standards": "yes"})) == ("fact", "substantive", "facts.standards")


def test_the_effective_date_moves_what_counts_from_it(edited: Edited) -> None:
    found = edited({"effective-date": "2026-10-31"})
    assert only(found) == ("setting", "value", "effective-date")
    moved = {move.key: move for move in found.dates}
    assert moved["D01"].days == 31
    assert {move.cause for move in found.dates} == {"setting:effective-date"}


def test_a_waiver_given_is_substantive(edited: Edited) -> None:
    waiver = {"rule": "SEC-07", "object": "T-02", "reason": "approval asked for", "by": "counsel", "until": "2027-01-31"}
    assert only(edited({"waivers": [waiver]})) == ("waiver", "substantive", "waivers.SEC-07.T-02")


def test_a_status_is_cosmetic_until_it_signs(edited: Edited) -> None:
    assert only(edited({"status": "draft"})) == ("setting", "cosmetic", "status")
    signed = edited({"status": "signed", "signed-on": "2026-09-15"})
    assert {change.address: str(change.weight) for change in signed.changes} == {"status": "substantive", "signed-on": "value"}


def test_languages_that_change_places_are_moved_and_one_that_falls_away_is_substantive(edited: Edited) -> None:
    assert only(edited({"languages": ["zh", "en"]})) == ("setting", "moved", "languages")
    assert only(edited({"languages": ["en"]})) == ("setting", "substantive", "languages")


def test_a_finding_whose_place_stays_is_neither_new_nor_gone() -> None:
    old = version(OLD)
    new = Version(old.plan, old.library, tuple(old.findings))
    assert compare_plans(old, new).findings == ()
