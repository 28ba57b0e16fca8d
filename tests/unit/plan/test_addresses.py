"""One way to name a part of a plan: assignments, looking up, putting in, taking out."""

from __future__ import annotations

from typing import Any

import pytest

from tmp_builder.errors import UsageError
from tmp_builder.plan.addresses import TOP_KEYS, assign, look_up, parse_assignment, steps
from tmp_builder.plan.files import PlanFile


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("title", ["title"]),
        ("title.zh", ["title", "zh"]),
        ("members.A1.name.en", ["members", "A1", "name", "en"]),
        ("choices.ownership", ["choices", "ownership"]),
        ("parameters.term.fixed.term_months", ["parameters", "term.fixed.term_months"]),
        ("projects.P1.tier", ["projects", "P1", "tier"]),
        ("projects.P1.parameters.term.fixed.term_months", ["projects", "P1", "parameters", "term.fixed.term_months"]),
        ("projects.P1.choices.ownership", ["projects", "P1", "choices", "ownership"]),
        ("registers.equipment.EQ-3.accepted_on", ["registers", "equipment", "EQ-3", "accepted_on"]),
        ("wording.ownership.employer.en", ["wording", "ownership.employer", "en"]),
        ("wording.ownership.employer", ["wording", "ownership.employer"]),
    ],
)
def test_an_address_leads_down_step_by_step(address: str, found: list[str]) -> None:
    assert steps(address) == found


def test_the_top_keys_are_those_of_the_file() -> None:
    assert sorted(TOP_KEYS) == sorted(field.alias or name for name, field in PlanFile.model_fields.items())


@pytest.mark.parametrize(
    ("text", "address", "value"),
    [
        ("title.en=Clean Vehicles", "title.en", "Clean Vehicles"),
        (" title.en = Clean = Vehicles ", "title.en", "Clean = Vehicles"),
        ("effective-date=", "effective-date", ""),
    ],
)
def test_an_assignment_is_divided_at_its_first_equals_sign(text: str, address: str, value: str) -> None:
    found = parse_assignment(text)
    assert (found.address, found.value) == (address, value)


@pytest.mark.parametrize(
    ("text", "words"), [("title.en", "there is no “=”"), ("titel.en=x", "did you mean “title”?"), ("=x", "unknown key “”")]
)
def test_an_assignment_that_cannot_be_read(text: str, words: str) -> None:
    with pytest.raises(UsageError, match="--set") as caught:
        parse_assignment(text)
    assert words in caught.value.message


DATA: dict[str, Any] = {
    "title": {"en": "A"},
    "members": [{"id": "A1", "name": {"en": "X"}}],
    "parameters": {"term.fixed.term_months": 60},
    "registers": {
        "equipment": [{"eq_id": "EQ-1", "name": "bench"}],
        "awards": [{"award_no": "N-1"}],
        "technologies": [{"project_id": "P1", "tech_id": "T-1", "tier": "green"}],
        "contacts": [{"name": "Office", "role": "agency"}],
        "accession": [{"member": "A1"}],
    },
}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("title.en", "A"),
        ("title.zh", None),
        ("title.en.deeper", None),
        ("members.A1.name.en", "X"),
        ("members.B1.name", None),
        ("parameters.term.fixed.term_months", 60),
        ("registers.equipment.EQ-1.name", "bench"),
        ("registers.awards.N-1", {"award_no": "N-1"}),
        ("registers.technologies.T-1.tier", "green"),
        ("registers.contacts.Office.role", "agency"),
        ("registers.accession.A1", {"member": "A1"}),
        ("nothing", None),
    ],
)
def test_looking_up(address: str, found: object) -> None:
    assert look_up(DATA, address) == found


@pytest.mark.parametrize(
    ("before", "address", "value", "after"),
    [
        ({}, "title.en", "A", {"title": {"en": "A"}}),
        ({"title": None}, "title.en", "A", {"title": {"en": "A"}}),
        ({}, "members.A1.type", "company", {"members": [{"id": "A1", "type": "company"}]}),
        ({"members": [{"id": "A1"}]}, "members.B1.type", "ngo", {"members": [{"id": "A1"}, {"id": "B1", "type": "ngo"}]}),
        ({"members": [{"id": "A1", "type": "x"}]}, "members.A1.type", "ngo", {"members": [{"id": "A1", "type": "ngo"}]}),
        ({"members": [{"id": "A1"}]}, "members.A1", None, {"members": []}),
        (
            {"members": [{"id": "A1", "a": 1}, {"id": "B1"}]},
            "members.A1",
            {"id": "A1", "a": 2},
            {"members": [{"id": "A1", "a": 2}, {"id": "B1"}]},
        ),
        ({"members": []}, "members.A1", {"name": "X"}, {"members": [{"id": "A1", "name": "X"}]}),
        ({}, "parameters.term.fixed.term_months", 60, {"parameters": {"term.fixed.term_months": 60}}),
        ({"parameters": {"a.b.c": 1}}, "parameters.a.b.c", None, {"parameters": {}}),
        ({}, "projects.P1.parameters.a.b.c", 1, {"projects": [{"id": "P1", "parameters": {"a.b.c": 1}}]}),
        ({}, "wording.a.b.en", "1.", {"wording": {"a.b": {"en": "1."}}}),
        ({}, "dates.roll", "next", {"dates": {"roll": "next"}}),
        ({}, "sides.US.lead", None, {}),
        (
            {"registers": {"equipment": [{"eq_id": "EQ-1"}]}},
            "registers.equipment.EQ-3.accepted_on",
            "2026-10-01",
            {"registers": {"equipment": [{"eq_id": "EQ-1"}, {"eq_id": "EQ-3", "accepted_on": "2026-10-01"}]}},
        ),
        (
            {"registers": {"equipment": []}},
            "registers.equipment.EQ-3.accepted_on",
            "2026-10-01",
            {"registers": {"equipment": [{"eq_id": "EQ-3", "accepted_on": "2026-10-01"}]}},
        ),
        ({}, "registers.contacts.Office.role", "agency", {"registers": {"contacts": [{"name": "Office", "role": "agency"}]}}),
    ],
)
def test_putting_in_and_taking_out(before: dict[str, Any], address: str, value: object, after: dict[str, Any]) -> None:
    assign(before, address, value)
    assert before == after


@pytest.mark.parametrize("address", ["title.en.deeper", "members.A1.name"])
def test_nothing_goes_below_a_single_value(address: str) -> None:
    with pytest.raises(UsageError, match="a single value stands above it"):
        assign({"title": {"en": "A"}, "members": "members.csv"}, address, "x")
