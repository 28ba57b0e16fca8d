"""Open questions, profiles as starts, and the facts that print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.plans import source_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.printed import PRINTED_FACTS, address_of, gap_address, label_of, printed_fact
from tmp_builder.plan.profiles import as_written, options_of, values_of
from tmp_builder.plan.questions import open_questions
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan
from tmp_builder.values import Money, Spec, parse

PlanOf = Callable[..., Plan]


def plan_with(changes: Mapping[str, Any], library: Library) -> Plan:
    return resolve(source_of({"id": "x", "title": "X", **changes}), library)


# ── open questions ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_complete_plan_leaves_no_question(plan_of: PlanOf, library: Library) -> None:
    assert list(open_questions(plan_of(), library)) == []


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"title.zh": ""}, "title.zh"),
        ({"effective-date": None}, "effective-date"),
        ({"choices.ownership": None}, "choices.ownership"),
        ({"choices.ownership": []}, "choices.ownership"),
        ({"parameters.protection.disclose.party_to_party_days": None}, "parameters.protection.disclose.party_to_party_days"),
        ({"facts": {"competitors": None}}, "facts.competitors-or-standards"),
    ],
)
def test_what_is_taken_out_is_asked_for(changes: dict[str, Any], address: str, plan_of: PlanOf, library: Library) -> None:
    assert address in [question.address for question in open_questions(plan_of(changes), library)]


@pytest.mark.parametrize(
    "changes",
    [
        {"effective-date": "conditional"},
        {"choices.governance": []},
        {"choices.competition": []},
        {"choices.governing-law": None},
        {"parameters.public-funding.us-reservation.title_approval_ref": None},
        {"title.zh": "", "languages": ["en"]},
    ],
)
def test_what_need_not_be_there_is_not_asked_for(changes: dict[str, Any], plan_of: PlanOf, library: Library) -> None:
    assert list(open_questions(plan_of(changes), library)) == []


def test_a_question_carries_what_is_allowed_and_what_the_profile_offers(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of({"choices.ownership": None, "parameters.term.fixed.term_months": None})
    questions = {question.address: question for question in open_questions(plan, library)}
    owner, months = questions["choices.ownership"], questions["parameters.term.fixed.term_months"]
    assert (owner.kind, owner.pick, owner.offered) == ("choice", "one", ["ownership.employer"])
    assert [answer.id for answer in owner.answers] == list(library.sections["ownership"].slots[0].options)
    assert (months.kind, months.spec and months.spec.kind) == ("value", "months")


def test_an_empty_plan_is_asked_about_itself_its_facts_and_every_required_section(library: Library) -> None:
    questions = list(open_questions(plan_with({"title": {}}, library), library))
    addresses = [question.address for question in questions]
    assert addresses[:4] == ["title.en", "title.zh", "members", "effective-date"]
    asked = {question.section for question in questions if question.kind == "choice"}
    assert asked == {section.id for section in library.sections.values() if section.required_when == "always"}
    assert "facts.sta-basis" in addresses, "it decides whether sections are needed"


def test_every_question_speaks_both_languages(library: Library) -> None:
    for question in open_questions(plan_with({"title": {}}, library), library):
        texts = [question.text, question.why, *(answer.label for answer in question.answers)]
        assert all(set(text) == {"en", "zh"} and all(text.values()) for text in texts), question.address


# ── profiles ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_profile_chooses_no_more_than_each_slot_takes(library: Library) -> None:
    for profile in library.profiles.values():
        chosen = options_of(profile, library, plan_with({"choices": {"basis": "protocol"}}, library))
        for slot in library.slots():
            held = [option for option in chosen.get(slot.section, ()) if option in slot.options]
            assert slot.high is None or len(held) <= slot.high, (profile.id, slot.id, held)


def test_options_come_with_the_facts_of_the_plan(library: Library) -> None:
    cerc = library.profiles["cerc"]
    without = options_of(cerc, library, plan_with({}, library))
    with_us = options_of(cerc, library, plan_with({"members": [{"id": "A", "name": "A", "country": "US"}]}, library))
    assert "export-control.us-ear" not in without["export-control"]
    assert "export-control.us-ear" in with_us["export-control"]


@pytest.mark.parametrize(
    "name", ["cerc", "desca", "hub-and-affiliates", "open-consortium", "sematech", "smart-openness", "university-industry"]
)
def test_the_values_of_a_profile_can_be_read_again(name: str, library: Library) -> None:
    profile = library.profiles[name]
    values = values_of(profile, library, options_of(profile, library, plan_with({}, library)))
    assert values
    for address, raw in values.items():
        parameter = library.parameter(address)
        assert parameter is not None
        assert parse(parameter.spec, raw) is not None


@pytest.mark.parametrize(
    ("spec", "value", "written"),
    [
        (Spec("money"), Money(Decimal("1000000"), "USD"), "USD 1,000,000"),
        (Spec("fraction"), Fraction(2, 3), "2/3"),
        (Spec("fraction"), Fraction(1), "1/1"),
        (Spec("percent"), Decimal("2.5"), 2.5),
        (Spec("percent"), Decimal(10), 10),
        (Spec("list", of=Spec("integer")), (1, 2), [1, 2]),
        (Spec("territory"), ("CN", "US"), ["CN", "US"]),
        (Spec("text"), {"en": "a", "zh": "甲"}, {"en": "a", "zh": "甲"}),
    ],
)
def test_a_typed_value_is_written_as_it_can_be_read(spec: Spec, value: Any, written: Any) -> None:
    assert as_written(value) == written
    assert parse(spec, written) == value


# ── facts that print ────────────────────────────────────────────────────────────────────────────────────────────────

SAID = [
    ("title", "Small Consortium", "小联盟"),
    ("effective-date", "1 October 2026", "2026年10月1日"),
    ("dated", "15 September 2026", "2026年9月15日"),
    ("members", "Lakeshore University and Binhai University", "湖滨大学和滨海大学"),
    ("member-count", "two (2)", "二（2）"),
    ("leads", "Lakeshore University and Binhai University", "湖滨大学和滨海大学"),
    ("side-a.name", "the US Side", "美方"),
    ("side-a.lead", "Lakeshore University", "湖滨大学"),
    ("side-a.territory", "the United States of America", "美利坚合众国"),
    ("side-b.name", "the Chinese Side", "中方"),
    ("side-b.lead", "Binhai University", "滨海大学"),
    ("side-b.territory", "the Chinese mainland", "中国大陆"),
    ("entity", "", ""),
    ("languages", "English and Chinese", "英文和中文"),
    ("calendars", "the Chinese mainland and the United States of America", "中国大陆和美利坚合众国"),
    ("instruments", "Agreement on Cooperation", "合作协定"),
]


@pytest.mark.parametrize(("name", "english", "chinese"), SAID)
def test_a_printed_fact_in_both_languages(name: str, english: str, chinese: str, plan_of: PlanOf, library: Library) -> None:
    plan = plan_of()
    assert printed_fact(plan, library, name, "en") == english
    assert printed_fact(plan, library, name, "zh") == chinese


def test_an_empty_plan_prints_nothing_and_says_where_it_is_missing(library: Library) -> None:
    plan = plan_with({"title": {}, "languages": ["en"]}, library)
    silent = set(PRINTED_FACTS) - {"languages", "day-rule"}
    assert {name for name in PRINTED_FACTS if not printed_fact(plan, library, name, "en")} == silent
    assert all(address_of(name) and label_of(name, "zh") for name in PRINTED_FACTS)


@pytest.mark.parametrize(
    ("changes", "name", "address"),
    [
        ({"title.zh": ""}, "title", "title.zh"),
        ({"members.A1.name.zh": ""}, "members", "members.A1.name.zh"),
        ({"members.B1.name.zh": ""}, "side-b.lead", "members.B1.name.zh"),
        ({"sides.US.name.zh": ""}, "side-a.name", "sides.US.name.zh"),
        ({"sides.US.lead": ""}, "side-a.lead", "sides.US.lead"),
        ({"effective-date": None}, "effective-date", "effective-date"),
    ],
)
def test_a_gap_leads_to_the_part_that_is_missing(
    changes: dict[str, Any], name: str, address: str, plan_of: PlanOf, library: Library
) -> None:
    plan = plan_of(changes)
    assert printed_fact(plan, library, name, "zh") == ""
    assert gap_address(plan, name, "zh") == address


def test_a_conditional_date_prints_its_condition(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of({"effective-date": "conditional"})
    assert "last of the agreed conditions" in printed_fact(plan, library, "effective-date", "en")
    assert "条件" in printed_fact(plan, library, "effective-date", "zh")
