"""Named facts: yes, no or not yet known, each from what the plan says; unknown is never "no"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.plans import source_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.conditions import CONDITIONS
from tmp_builder.plan.facts import NAMED_FACTS, fact, facts_of
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.truths import Truth, all_of, any_of


def plan_with(changes: Mapping[str, Any], library: Library) -> Plan:
    """A plan that says nothing but this."""
    return resolve(source_of({"id": "x", "title": "X", **changes}), library)


def member(**keys: Any) -> dict[str, Any]:
    return {"id": "M", "name": "M", **{key.replace("_", "-"): value for key, value in keys.items()}}


def only(*members: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The members and nothing else."""
    return {"members": [{**each, "id": f"M{index}"} for index, each in enumerate(members)], **more}


def rows(register: str, *cells: dict[str, Any]) -> dict[str, Any]:
    return {"registers": {register: list(cells)}}


def dataset(place: str | None, *recipients: str) -> dict[str, Any]:
    return {"dataset_id": "D", "recipients": list(recipients), **({"place": place} if place else {})}


US, CN, DE = member(country="US"), member(country="CN"), member(country="DE")
AWARD = {"award_no": "N", "funder": "us_federal", "recipient": "M0"}

TABLE: list[tuple[str, Truth, dict[str, Any]]] = [
    ("sta-basis", True, {"choices": {"basis": ["protocol"]}}),
    ("sta-basis", False, {"choices": {"basis": ["private"]}}),
    ("sta-basis", None, {}),
    ("sta-basis", None, {"choices": {"basis": {"open": ["protocol", "private"]}}}),
    ("sta-2024", False, {"choices": {"basis": ["private"]}}),
    ("sta-2024", None, {"choices": {"basis": ["protocol"]}}),
    (
        "sta-2024",
        True,
        {"choices": {"basis": ["protocol"]}, "parameters": {"basis.protocol.instruments": [{"kind": "sta_2024"}]}},
    ),
    ("sta-2024", False, {"choices": {"basis": ["protocol"]}, "parameters": {"basis.protocol.instruments": [{"kind": "other"}]}}),
    ("bilingual", True, {"languages": ["en", "zh"]}),
    ("bilingual", False, {"languages": ["zh"]}),
    ("two-sides", False, {"sides": [{"id": "A", "name": "A"}]}),
    ("two-sides", True, {"sides": [{"id": "A", "name": "A"}, {"id": "B", "name": "B"}]}),
    ("chinese-side", True, {"sides": [{"id": "B", "name": "B", "territory": ["CN"]}]}),
    ("chinese-side", False, {"sides": [{"id": "B", "name": "B", "territory": ["DE"]}]}),
    ("more-than-two-members", None, {}),
    ("more-than-two-members", False, only(US, CN)),
    ("more-than-two-members", True, only(US, CN, DE)),
    ("public-money", None, {}),
    ("public-money", None, only(member(public_money=["none"]), US)),
    ("public-money", False, only(member(public_money=["none"]))),
    ("public-money", True, only(member(public_money=["eu"]), US)),
    ("public-money", True, only(member(public_money=["none"]), **rows("awards", AWARD))),
    ("us-federal-money", True, only(member(public_money=["us-federal"]))),
    ("us-federal-money", False, only(member(public_money=["cn-fiscal"]))),
    ("us-federal-money", None, only(US)),
    ("us-federal-money", True, only(US, **rows("awards", AWARD))),
    ("cn-fiscal-money", True, only(member(public_money=["cn-fiscal"]))),
    ("cn-fiscal-money", None, only(US)),
    ("eu-money", True, only(member(public_money=["eu", "us-federal"]))),
    ("eu-money", False, only(member(public_money=["none"]))),
    ("doe-money", None, only(member(public_money=["us-federal"]))),
    ("doe-money", False, only(member(public_money=["none"]))),
    ("doe-money", True, only(US, **rows("awards", {**AWARD, "agency": "US Department of Energy"}))),
    ("doe-money", True, only(US, **rows("awards", {**AWARD, "agency": {"en": "DOE", "zh": "美国能源部"}}))),
    ("doe-money", True, only(US, **rows("awards", {**AWARD, "agency": {"zh": "能源部"}}))),
    ("doe-money", False, only(US, **rows("awards", {**AWARD, "agency": "National Science Foundation"}))),
    ("doe-money", False, only(US, **rows("awards", {**AWARD, "agency": "Doerr Foundation"}))),
    ("doe-money", None, only(US, **rows("awards", AWARD))),
    ("crada", None, {}),
    ("crada", True, {"facts": {"crada": "yes"}}),
    ("us-party", True, only(US)),
    ("us-party", True, only(member(country="DE", work_places=["US"]))),
    ("us-party", False, only(DE)),
    ("us-party", None, only(DE, member())),
    ("us-party", True, only(member(side="A"), sides=[{"id": "A", "name": "A", "territory": ["US"]}])),
    ("cn-party", True, only(CN)),
    ("cn-party", False, only(US)),
    ("us-and-cn", True, only(US, CN)),
    ("us-and-cn", False, only(US)),
    ("us-and-cn", None, only(US, member())),
    ("us-work", None, only(US)),
    ("us-work", True, only(member(work_places=["US"]), member())),
    ("us-work", None, only(member(work_places=["CN"]), member())),
    ("us-work", False, only(member(work_places=["CN"]))),
    ("us-work", True, only(US, projects=[{"id": "P", "work-places": ["US"]}])),
    ("us-work", None, only(US, projects=[{"id": "P", "work-places": ["CN"]}, {"id": "Q"}])),
    ("cn-work", True, only(member(work_places=["US", "CN"]))),
    ("cn-work", False, only(member(work_places=["US"]))),
    ("work-in-both", True, only(member(work_places=["US", "CN"]))),
    ("work-in-both", False, only(member(work_places=["US"]))),
    ("cn-employer", True, only(CN)),
    ("cn-employer", False, only(member(country="US", work_places=["CN"]))),
    ("cn-employer", None, only(member())),
    ("university-member", True, only(US, member(type="university"))),
    ("university-member", None, only(US)),
    ("university-member", False, only(member(type="company"))),
    ("private-member", True, only(member(type="company"))),
    ("private-member", True, only(member(type="institute", state_owned="no"))),
    ("private-member", False, only(member(type="institute", state_owned="yes"))),
    ("private-member", None, only(member(type="institute"))),
    ("private-member", False, only(member(type="university"))),
    ("entity-member", True, only(member(type="consortium-entity"))),
    ("entity-member", False, only(member(type="ngo"))),
    ("joint-ownership-possible", True, {"choices": {"ownership": ["employer"]}}),
    ("joint-ownership-possible", False, {"choices": {"ownership": ["sponsor"]}}),
    ("joint-ownership-possible", None, {}),
    (
        "joint-ownership-possible",
        True,
        only(US, CN, choices={"ownership": ["sponsor"]}, **rows("results", {"result_id": "R", "employers": ["M0", "M1"]})),
    ),
    (
        "joint-ownership-possible",
        False,
        only(US, CN, choices={"ownership": ["sponsor"]}, **rows("results", {"result_id": "R", "employers": ["M0"]})),
    ),
    ("title-not-by-territory", True, {"choices": {"ownership": ["employer"]}}),
    ("title-not-by-territory", False, {"choices": {"ownership": ["territory-split"]}}),
    ("data-crosses-borders", None, {}),
    ("data-crosses-borders", False, rows("datasets")),
    ("data-crosses-borders", True, only(US, CN, **rows("datasets", dataset("CN", "M0", "M1")))),
    ("data-crosses-borders", False, only(US, CN, **rows("datasets", dataset("CN", "M1")))),
    ("data-crosses-borders", None, only(US, CN, **rows("datasets", dataset(None, "M0")))),
    ("data-crosses-borders", None, only(US, member(), **rows("datasets", dataset("US", "M0", "M1")))),
    ("equipment-listed", None, {}),
    ("equipment-listed", False, rows("equipment")),
    ("equipment-listed", True, rows("equipment", {"eq_id": "E"})),
    ("competitors", None, only(US, CN)),
    ("competitors", True, only(US, {**CN, "competes-with": ["M0"]})),
    ("competitors", False, only(US, facts={"competitors": "no"})),
    ("standards", None, {}),
    ("standards", True, {"choices": {"competition": ["frand"]}}),
    ("standards", False, {"facts": {"standards": "no"}}),
    ("competitors-or-standards", True, {"facts": {"competitors": "no", "standards": "yes"}}),
    ("competitors-or-standards", False, {"facts": {"competitors": "no", "standards": "no"}}),
    ("competitors-or-standards", None, {"facts": {"competitors": "no"}}),
    ("sensitive-technology", None, rows("technologies", {"tech_id": "T", "tier": "green"})),
    ("sensitive-technology", True, rows("technologies", {"tech_id": "T", "tier": "yellow"})),
    ("sensitive-technology", True, rows("technologies", {"tech_id": "T", "us_class": "3A001"})),
    ("sensitive-technology", False, {"facts": {"sensitive-technology": "no"}}),
    ("yellow-project", None, {}),
    ("yellow-project", True, {"projects": [{"id": "P", "tier": "yellow"}, {"id": "Q"}]}),
    ("yellow-project", None, {"projects": [{"id": "P", "tier": "green"}, {"id": "Q"}]}),
    ("yellow-project", False, {"projects": [{"id": "P", "tier": "red"}]}),
    ("reciprocity-promised", True, {"choices": {"reciprocity": ["metrics-soft"]}}),
    ("reciprocity-promised", None, {"choices": {"reciprocity": []}}),
    ("reciprocity-promised", False, {"choices": {"reciprocity": [], "data": []}}),
    ("money-flows", True, {"choices": {"benefits": ["pool"]}}),
    ("money-flows", None, {"choices": {"benefits": []}}),
    ("foreign-filing", None, {}),
    ("foreign-filing", True, {"projects": [{"id": "P", "filing-wishes": ["US", "CN"]}]}),
    ("foreign-filing", None, {"projects": [{"id": "P", "filing-wishes": ["US"]}]}),
    ("foreign-filing", False, {"facts": {"foreign-filing": "no"}}),
]


@pytest.mark.parametrize(
    ("name", "truth", "changes"), TABLE, ids=[f"{name}-{truth}-{index}" for index, (name, truth, _) in enumerate(TABLE)]
)
def test_a_fact_follows_from_the_plan(name: str, truth: Truth, changes: dict[str, Any], library: Library) -> None:
    assert fact(plan_with(changes, library), library, name) is truth


def test_the_table_shows_every_fact_known_and_otherwise() -> None:
    truths = {name: {truth for each, truth, _ in TABLE if each == name} for name in NAMED_FACTS}
    assert [name for name, seen in truths.items() if True not in seen or len(seen) < 2] == []


def test_what_is_computed_is_stronger_than_what_is_answered(library: Library) -> None:
    plan = plan_with({**only(US), "facts": {"us-party": "no", "cn-party": "yes"}}, library)
    assert (fact(plan, library, "us-party"), fact(plan, library, "cn-party")) == (True, False)


def test_an_answer_without_a_value_stays_unknown(library: Library) -> None:
    assert fact(plan_with({"facts": {"crada": None}}, library), library, "crada") is None


def test_always_and_never_are_facts(library: Library) -> None:
    plan = plan_with({}, library)
    assert (fact(plan, library, "always"), fact(plan, library, "never")) == (True, False)


def test_all_facts_come_at_once(library: Library) -> None:
    assert set(facts_of(plan_with({}, library), library)) == set(NAMED_FACTS)


@pytest.mark.parametrize(
    ("truths", "one", "every"),
    [
        ([], False, True),
        ([True, None], True, None),
        ([False, None], None, False),
        ([True, False], True, False),
        ([True, True], True, True),
        ([False, False], False, False),
        ([None], None, None),
    ],
)
def test_three_values_are_joined(truths: list[Truth], one: Truth, every: Truth) -> None:
    assert any_of(truths) is one
    assert all_of(truths) is every


def test_every_question_exists_in_both_languages() -> None:
    assert all(set(each.question) == {"en", "zh"} and all(each.question.values()) for each in NAMED_FACTS.values())


def test_every_fact_is_said_as_half_a_sentence_in_both_languages() -> None:
    assert set(CONDITIONS) == set(NAMED_FACTS)
    for name, words in CONDITIONS.items():
        assert re.fullmatch(r"[^.?]+", words["en"]), name
        assert re.fullmatch(r"[^。？]+", words["zh"]), name
