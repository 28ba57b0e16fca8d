"""What single questions make of an answer: dates, numbers, parties, facts, registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.interviews import answer, go_to, press_enter
from tmp_builder.interview.session import Session

Opens = Callable[..., Session]


@pytest.mark.parametrize("typed", ["2027-02-30", "30.2.2027", "tomorrow", "2026-13-01", "二〇二七年"])
def test_a_wrong_date_is_refused_in_words_and_asked_again(open_session: Opens, typed: str) -> None:
    session = open_session(profile="cerc")
    go_to(session, "effective-date")
    outcome = session.answer(typed)
    assert typed in outcome.refused
    assert "2026-09-30" in outcome.refused
    assert session.at == "effective-date"


@pytest.mark.parametrize("typed", ["2027-02-28", "2027/2/28", "2027.02.28", "2027年2月28日"])
def test_dates_are_understood_as_people_write_them(open_session: Opens, typed: str) -> None:
    session = open_session(profile="cerc")
    go_to(session, "effective-date")
    session.answer(typed)
    assert session.state.plan.effective_date == date(2027, 2, 28)


def test_the_effective_date_may_depend_on_conditions(open_session: Opens) -> None:
    session = open_session(profile="smart-openness")
    assert go_to(session, "effective-date").default == "conditional"
    session.answer("conditional")
    assert session.state.plan.conditional


def test_an_effective_date_before_the_draft_is_taken_with_a_word(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "effective-date")
    assert session.answer("2020-01-01").notices
    assert session.state.plan.effective_date == date(2020, 1, 1)


def _term(session: Session) -> None:
    go_to(session, "values:term")
    session.answer("parameters.term.fixed.term_months")


def test_a_number_out_of_range_is_taken_only_when_it_is_typed_twice(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _term(session)
    refused = session.answer("900").refused
    assert "6 to 120" in refused
    assert "900 months" in refused
    assert not session.answer("900").refused
    assert session.state.plan.values["term.fixed.term_months"] == 900


@pytest.mark.parametrize(("typed", "held"), [("48", 48), ("48 months", 48), ("48个月", 48), ("1,2", 12)])
def test_a_number_may_be_typed_with_its_unit(open_session: Opens, typed: str, held: int) -> None:
    session = open_session(profile="cerc")
    _term(session)
    assert not session.answer(typed).refused
    assert session.state.plan.values["term.fixed.term_months"] == held


def test_what_is_no_number_is_refused_with_what_is_expected(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _term(session)
    assert "a number of months, 6 to 120" in session.answer("five years").refused


def test_after_one_value_the_list_of_values_is_shown_again(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _term(session)
    session.answer("48")
    ask = session.current()
    assert ask is not None
    assert ask.id == "values:term"
    assert any("48 months" in choice.label for choice in ask.choices)


def test_rows_of_a_small_table_are_typed_in_one_line(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "parameters.basis.protocol.instruments")
    assert not session.answer("sta_2024 | Science agreement | 2024-12-13 | 2029-08-27; other | Work plan").refused
    rows = session.state.plan.values["basis.protocol.instruments"]
    assert [row["kind"] for row in rows] == ["sta_2024", "other"]
    assert rows[0]["expires"] == date(2029, 8, 27)


# ── parties ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add(session: Session, name: str) -> None:
    go_to(session, "members")
    session.answer("+US")
    answer(session, "members.+US", name)


@pytest.mark.parametrize("name", ["", "   "])
def test_a_party_without_a_name_is_not_added(open_session: Opens, name: str) -> None:
    session = open_session(profile="cerc")
    go_to(session, "members")
    session.answer("+US")
    assert answer(session, "members.+US", name).notices
    assert session.state.plan.members == ()
    ask = session.current()
    assert ask is not None
    assert (ask.id, ask.default) == ("members", "done")


def test_a_party_exists_from_its_name_on_and_its_details_are_asked_at_once(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    assert session.state.plan.members[0].side == "US"
    assert session.state.plan.members[0].country == "US"
    answer(session, "members.A1.name.zh", "湖滨大学")
    answer(session, "members.A1.type", "university")
    answer(session, "members.A1.work-places", "us, cn")
    answer(session, "members.A1.public-money", ("us-federal",))
    member = session.state.plan.members[0]
    assert (member.type, member.work_places, member.public_money) == ("university", ("US", "CN"), ("us-federal",))
    assert session.state.fact("us-federal-money") is True
    for key in ("legal-form", "signatory.name", "signatory.title"):
        assert answer(session, f"members.A1.{key}.en", "").left
    assert session.at == "members"


def _detail(session: Session, ident: str) -> None:
    """Answer what comes before the particulars of the party `ident`."""
    answer(session, f"members.{ident}.name.zh", "湖滨大学")
    answer(session, f"members.{ident}.type", "university")
    answer(session, f"members.{ident}.work-places", "cn")
    answer(session, f"members.{ident}.public-money", ("none",))


def test_what_identifies_a_party_is_asked_in_each_language(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "members")
    session.answer("+CN")
    answer(session, "members.+CN", "Lakeshore University")
    _detail(session, "B1")
    answer(session, "members.B1.legal-form.en", "Public institution")
    answer(session, "members.B1.legal-form.zh", "事业单位")
    answer(session, "members.B1.legal-representative.en", "Li Ming")
    answer(session, "members.B1.legal-representative.zh", "")
    answer(session, "members.B1.signatory.name.en", "")
    answer(session, "members.B1.signatory.title.en", "Vice President")
    answer(session, "members.B1.signatory.title.zh", "副校长")
    assert session.at == "members"
    member = session.state.plan.members[0]
    assert member.legal_form == {"en": "Public institution", "zh": "事业单位"}
    assert member.legal_representative == {"en": "Li Ming"}
    assert member.signatory.name == {}
    assert member.signatory.title == {"en": "Vice President", "zh": "副校长"}


def test_only_parties_organised_in_china_are_asked_for_a_legal_representative(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    assert not [step.id for step in session.steps() if "legal-representative" in step.id]


def test_particulars_passed_over_once_are_not_asked_again_when_the_plan_is_taken_up_again(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    _detail(session, "A1")
    answer(session, "members.A1.legal-form.en", "")
    assert "members.A1.signatory.name.en" in [step.id for step in open_session().open_steps()]
    answer(session, "members.A1.signatory.name.en", "")
    answer(session, "members.A1.signatory.title.en", "")
    assert not [step.id for step in open_session().open_steps() if step.id.startswith("members.A1.")]


def test_a_hyphen_takes_a_particular_out_and_leaves_the_other_language(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    session.write({"members.A1.legal-form": "GmbH"})
    go_to(session, "members.A1.legal-form.zh")
    session.answer("有限责任公司")
    assert session.state.plan.members[0].legal_form == {"en": "GmbH", "zh": "有限责任公司"}
    go_to(session, "members.A1.legal-form.en")
    session.answer("-")
    assert session.state.plan.members[0].legal_form == {"zh": "有限责任公司"}
    go_to(session, "members.A1.legal-form.zh")
    session.answer("-")
    assert session.state.plan.members[0].legal_form == {}


def test_the_same_party_is_not_added_twice(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    go_to(session, "members")
    session.answer("+CN")
    assert "Lakeshore University" in session.answer("Lakeshore University").refused


def test_a_party_can_be_changed_and_removed(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    go_to(session, "members")
    session.answer("-A1")
    answer(session, "members.A1.name.en", "Lakeside University")
    assert session.state.plan.members[0].name["en"] == "Lakeside University"
    go_to(session, "members")
    session.answer("-A1")
    answer(session, "members.A1.name.en", "-")
    assert session.state.plan.members == ()


def test_the_lead_of_a_side_is_asked_after_its_parties(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    _add(session, "Lakeshore University")
    go_to(session, "members")
    session.answer("done")
    answer(session, "sides.US.lead", "A1")
    assert session.state.plan.sides[0].lead == "A1"
    assert session.state.plan.members[0].role == "lead"


def test_an_unknown_country_is_refused(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "sides")
    assert "XX" in session.answer("US, XX").refused
    assert session.answer("US").refused
    assert not session.answer("de, cn").refused
    assert session.state.plan.sides[0].name["en"] == "the Side of Germany"


# ── facts and registers ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fact_that_is_not_known_stays_unknown_and_never_becomes_no(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "facts.data-crosses-borders")
    session.answer("unknown")
    assert session.state.fact("data-crosses-borders") is None
    assert "data-crosses-borders" not in session.state.plan.facts


def test_a_fact_that_is_no_takes_its_section_out(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "facts.equipment-listed")
    session.answer("no")
    assert not [step for step in session.open_steps() if step.section == "equipment"]


def test_details_of_public_money_are_asked_only_if_there_is_any(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "facts.public-money")
    session.answer("yes")
    answer(session, "facts.us-federal-money", "yes")
    answer(session, "facts.doe-money", "no")


def test_an_answer_of_the_guide_is_not_asked_again_as_a_fact(open_session: Opens) -> None:
    session = open_session()
    go_to(session, "guide:competitors")
    session.answer("yes")
    assert session.state.plan.facts == {"competitors": True}
    assert "facts.competitors" not in [ask.id for ask in press_enter(session, until="pace")]


def test_a_register_that_a_choice_needs_is_named_as_empty_with_a_word(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    go_to(session, "slot:basis.basis")
    outcome = session.answer(("basis.protocol", "basis.award-first"))
    assert any("Key Contacts" in notice for notice in outcome.notices)
    assert session.state.plan.registers["contacts"] == ()


def test_a_register_whose_emptiness_would_answer_a_fact_is_asked_for_instead(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    go_to(session, "registers.datasets")
    assert "datasets" not in session.state.plan.registers
    session.answer("none")
    assert session.state.plan.registers["datasets"] == ()


def test_a_register_can_point_to_a_table_that_is_there(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    session.take_rest()
    go_to(session, "registers.datasets")
    session.answer("table")
    assert "data.csv" in answer(session, "registers.datasets.table", "data.csv").refused
    session.store.path.with_name("data.csv").write_text("dataset_id,place\nD1,CN\n", encoding="utf-8")
    assert not session.answer("data.csv").refused
    assert [row.id for row in session.state.plan.registers["datasets"]] == ["D1"]


def test_projects_are_added_by_title_or_left_for_later(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    assert go_to(session, "projects").default == "done"
    session.answer("add")
    answer(session, "projects.+", "Solid-state batteries")
    answer(session, "projects.P1.title.zh", "固态电池")
    assert session.state.plan.projects[0].title == {"en": "Solid-state batteries", "zh": "固态电池"}
