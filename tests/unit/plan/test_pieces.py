"""Edits in place: only the piece that changes is read and written; the rest stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans import small_plan
from tmp_builder.library.marked import read_marked
from tmp_builder.library.reader import read_library
from tmp_builder.plan.pieces import UncutError, edit_piecewise, same_elsewhere
from tmp_builder.plan.writing import edit, edit_in_place, new_text

TEXT = """\
# yaml-language-server: $schema=./plan.schema.json
# Our plan; agreed on 3 May.
id: small
title: {en: Small, zh: 小}   # both languages
sides:
  - {id: US, name: {en: the US Side}, territory: [US]}
  # the second side
  - {id: CN, name: {zh: 中方}, territory: [CN]}

members:
  - id: A1
    name: "Lakeshore"   # the lead
    type: university
  # who came second
  - name: 'Binhai'
    id: B1

# what was chosen
choices:
  # the owner was hard to agree
  ownership: employer        # since draft 4

  protection: [disclose, china-first]
  # the end of the choices
parameters:
  protection.disclose.party_to_party_days: 60  # days
# the end
"""

CHANGES: list[dict[str, Any]] = [
    {"title.en": "Smaller"},
    {"choices.ownership": "sponsor"},
    {"choices.term": ["fixed", "renewal"]},
    {"choices.protection": None},
    {"parameters.protection.disclose.party_to_party_days": 90},
    {"parameters.protection.disclose.agency_months": 2},
    {"parameters.protection.disclose.party_to_party_days": None},
    {"members.A1.type": "company"},
    {"members.B1.name": {"en": "Binhai University", "zh": "滨海大学"}},
    {"members.C1": {"id": "C1", "name": {"en": "Third: one", "zh": "第三家"}}},
    {"members.A1": None},
    {"members.D1.address.en": "1 Shore Road #2"},
    {"sides.CN.lead": "B1"},
    {"sides.US": None},
    {"facts.competitors": "no"},
    {"effective-date": "2026-09-30"},
    {"registers.equipment": []},
    {"projects.P1": {"id": "P1", "title": {"en": "A", "zh": "甲"}}},
    {"wording.ownership.employer.en": "1. {#a} A.\n\n2. {#b} # no comment\n"},
    {"choices.ownership": None, "choices.protection": None, "title": {"en": "x"}},
]


@pytest.mark.parametrize("changes", CHANGES, ids=", ".join)
def test_an_edit_in_place_says_the_same_as_an_edit_of_the_whole(changes: Mapping[str, Any]) -> None:
    before = read_marked(TEXT, "p").data
    after = read_marked(edit_in_place(TEXT, changes), "p").data
    assert after == read_marked(edit(TEXT, changes), "p").data
    assert same_elsewhere(before, after, changes)


@pytest.mark.parametrize("changes", CHANGES[:-1], ids=", ".join)
def test_lines_that_are_not_concerned_stay_as_they_are(changes: Mapping[str, Any]) -> None:
    after = edit_piecewise(TEXT, changes, edit).splitlines()
    comments = {"  # who came second", "# what was chosen", "  # the end of the choices", "# the end", "  # the second side"}
    assert comments <= set(after)
    gone = [line for line in TEXT.splitlines() if line not in after]
    assert len(gone) <= 3, gone


def test_a_change_of_one_value_reads_only_its_own_lines() -> None:
    seen: list[str] = []

    def watched(text: str, changes: Mapping[str, Any]) -> str:
        seen.append(text)
        return edit(text, changes)

    edit_piecewise(TEXT, {"members.A1.type": "company"}, watched)
    edit_piecewise(TEXT, {"choices.ownership": "sponsor"}, watched)
    edit_piecewise(TEXT, {"members.C1": {"id": "C1"}}, watched)
    assert seen == [
        'members:\n  - id: A1\n    name: "Lakeshore"   # the lead\n    type: university\n',
        "choices:\n  ownership: employer        # since draft 4\n",
        "",
    ]


def test_a_new_row_comes_before_the_words_about_the_next_part() -> None:
    after = edit_in_place(TEXT, {"members.C1": {"id": "C1"}})
    assert "    id: B1\n  - id: C1\n\n# what was chosen\nchoices:" in after


def test_a_new_key_stands_at_its_usual_place() -> None:
    after = edit_in_place(TEXT, {"facts.competitors": "no"})
    assert list(read_marked(after, "p").data) == ["id", "title", "sides", "members", "facts", "choices", "parameters"]


@pytest.mark.parametrize(
    "text",
    [
        'id: x\ntitle: "one\nchoices: two"\nchoices: {}\n',  # a text that goes on at the margin
        "id: x\nmembers: [\n{id: A1}\n]\nchoices: {}\n",
        "{id: x, choices: {ownership: employer}}\n",
        "id: x\r\nchoices:\r\n  ownership: employer\r\n",
        "id: x\nchoices:\n    ownership: employer\n",
        "id: x\nchoices:\n  ownership: employer",
        "- id\n",
        "id: x\nmembers:\n- id: A1\n- id: B1\nchoices: {}\n",
    ],
)
def test_a_file_of_another_look_is_edited_all_the_same(text: str) -> None:
    changes = {"choices.ownership": "sponsor"}
    before = read_marked(text, "p").data
    if not isinstance(before, dict):
        with pytest.raises(UncutError):
            edit_piecewise(text, changes, edit)
        return
    after = read_marked(edit_in_place(text, changes), "p")
    if after.faults or not same_elsewhere(before, after.data, changes):
        after = read_marked(edit(text, changes), "p")
    assert after.data["choices"] == {"ownership": "sponsor"}
    assert same_elsewhere(before, after.data, changes)


def test_a_change_beside_the_one_wanted_is_noticed() -> None:
    before = {"members": [{"id": "A1", "type": "company"}, {"id": "B1"}], "choices": {"term": "fixed"}, "version": "1"}
    assert same_elsewhere(before, {**before, "version": "2"}, ["version"])
    assert not same_elsewhere(before, {**before, "version": "2"}, ["choices.term"])
    assert not same_elsewhere(before, {**before, "members": [{"id": "A1"}]}, ["members.A1.type"])
    assert same_elsewhere(before, {**before, "members": [{"id": "A1"}, {"id": "B1"}]}, ["members.A1.type"])
    assert not same_elsewhere(before, {**before, "choices": {}}, ["choices.ownership"])


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x85\u2028\u2029\ufeff", exclude_categories=["Cc", "Cs"]), max_size=30
)
_ADDRESSES = st.sampled_from(
    [
        "title.en",
        "members.A1.name.en",
        "members.N1.name.zh",
        "facts.standards",
        "choices.term",
        "registers.awards",
        "wording.term.fixed.en",
    ]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(_ADDRESSES, _WORDS), min_size=1, max_size=4))
def test_any_words_come_back_as_they_were_written(answers: list[tuple[str, str]]) -> None:
    data = small_plan(read_library())
    text = new_text(data)
    for address, words in answers:
        before, text = text, edit_in_place(text, {address: words})
        assert same_elsewhere(read_marked(before, "p").data, read_marked(text, "p").data, [address])
    assert read_marked(text, "p").data == read_marked(edit(new_text(data), dict(answers)), "p").data
