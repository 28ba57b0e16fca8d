"""The blank text of a profile: every blank a labelled gap, open slots as alternatives, empty places for parties and schedules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tmp_builder.assemble import assemble
from tmp_builder.assemble.refer import DANGLING
from tmp_builder.document.nodes import Alternatives, Document, Gap, Inline, Reference, Value
from tmp_builder.document.walk import all_blocks, all_texts, clauses, plain
from tmp_builder.library.schema import Library
from tmp_builder.pipeline import Options, model_text
from tmp_builder.plan.blank import blank_plan
from tmp_builder.plan.facts import NAMED_FACTS, fact

PROFILES = ("cerc", "sematech", "desca", "university-industry", "smart-openness", "hub-and-affiliates", "open-consortium")


def inlines(document: Document) -> Iterator[Inline]:
    for texts in all_texts(document):
        for words in texts.values():
            yield from words


@pytest.mark.parametrize("name", PROFILES)
def test_every_blank_is_a_labelled_gap_in_both_languages(name: str, library: Library) -> None:
    plan = blank_plan(library.profiles[name], library)
    document = assemble(plan, library)
    gaps = {language: [] for language in ("en", "zh")}
    for texts in all_texts(document):
        for language, words in texts.items():
            gaps[language] += [
                inline.address for inline in words if isinstance(inline, Gap) and not inline.address.startswith("title.")
            ]
            assert all(inline.label for inline in words if isinstance(inline, Gap))
    asked = {
        parameter.address
        for option in plan.entered()
        for parameter in library.options[option].parameters.values()
        if not parameter.fact
    }
    assert asked <= set(gaps["en"]), "no parameter is filled or left out, optional ones neither"
    assert {address.removesuffix(".en") for address in gaps["en"]} == {address.removesuffix(".zh") for address in gaps["zh"]}
    assert "effective-date" in gaps["en"] or plan.conditional
    filled = [
        inline.address for inline in inlines(document) if isinstance(inline, Value) and inline.address.startswith("parameters.")
    ]
    assert filled == []


@pytest.mark.parametrize("name", PROFILES)
def test_it_holds_what_the_profile_chooses_and_refers_to_nothing_missing(name: str, library: Library) -> None:
    plan = blank_plan(library.profiles[name], library)
    document = assemble(plan, library)
    chosen = {option for options in library.profiles[name].choices.values() for option in options}
    assert chosen <= {clause.origin for clause in clauses(document)}
    assert [
        inline.target for inline in inlines(document) if isinstance(inline, Reference) and inline.number in ("", DANGLING)
    ] == []
    assert [finding.code for finding in model_text(name, Options()).findings if finding.code != "STR-05"] == []


@pytest.mark.parametrize("name", PROFILES)
def test_parties_signatures_and_schedules_are_empty_places(name: str, library: Library) -> None:
    document = assemble(blank_plan(library.profiles[name], library), library)
    assert len(document.signing.blocks) >= 2
    assert all(isinstance(words[0], Gap) for block in document.signing.blocks for words in block.party.values())
    assert document.schedules
    tables = [block for block in all_blocks(document) if getattr(block, "kind", "") == "register"]
    names = {words for table in tables for row in table.rows for cell in row.cells for words in (plain(cell.get("en", ())),)}
    assert any("●" in words for words in names)


def test_two_sides_of_a_bilateral_profile_bring_what_comes_by_fact(library: Library) -> None:
    for name in ("cerc", "smart-openness"):
        plan = blank_plan(library.profiles[name], library)
        chosen = set(plan.chosen())
        assert {
            "export-control.us-ear",
            "export-control.china-export",
            "protection.dual-clearance",
            "territory.hong-kong-macau-taiwan",
        } <= chosen
        assert plan.side("US") is not None
        assert [side.name for side in plan.sides] == [{}, {}], "their names are gaps"
    assert "export-control.china-export" not in set(blank_plan(library.profiles["sematech"], library).chosen())


def test_a_slot_that_the_profile_leaves_open_stands_as_bracketed_alternatives(library: Library) -> None:
    cerc = library.profiles["cerc"]
    open_profile = replace(
        cerc, choices={section: options for section, options in cerc.choices.items() if section != "background-access"}
    )
    plan = blank_plan(open_profile, library)
    document = assemble(plan, library)
    (found,) = [block for block in all_blocks(document) if isinstance(block, Alternatives)]
    slot = library.sections["background-access"].slots[0]
    assert found.id == f"open:background-access.{slot.id}"
    assert tuple(branch.id for branch in found.branches) == slot.options
    assert plain(found.branches[1].label["zh"]).startswith("备选方案B：")


def test_a_slot_that_may_stay_empty_stays_empty(library: Library) -> None:
    cerc = library.profiles["cerc"]
    without = replace(cerc, choices={section: options for section, options in cerc.choices.items() if section != "governing-law"})
    assert (
        "governing-law" not in blank_plan(without, library).choices
        or not blank_plan(without, library).choices["governing-law"].open
    )


def test_a_closed_circle_has_two_places_and_an_entity_stands_first(library: Library) -> None:
    assert len(blank_plan(library.profiles["university-industry"], library).members) == 2
    entity = blank_plan(library.profiles["sematech"], library)
    assert entity.members[0].type == "consortium-entity"


def test_the_number_of_members_is_not_counted_from_empty_places(library: Library) -> None:
    document = assemble(blank_plan(library.profiles["cerc"], library), library)
    assert "four (4)" not in " ".join(plain(words) for texts in all_texts(document) for words in texts.values())


def test_one_language_is_enough(library: Library) -> None:
    plan = blank_plan(library.profiles["desca"], library, ("zh",))
    document = assemble(plan, library)
    assert document.languages == ("zh",)
    assert fact(plan, library, "bilingual") is False


def test_typical_facts_are_named_facts(library: Library) -> None:
    for profile in library.profiles.values():
        assert set(profile.typical) <= set(NAMED_FACTS)


def test_the_cover_names_the_profile_and_no_draft_number(library: Library) -> None:
    document = assemble(blank_plan(library.profiles["cerc"], library), library)
    lines = [plain(line["en"]) for line in document.cover.lines]
    assert lines == ["Blank model text of the profile “Bilateral research consortium”"]


def test_it_is_the_same_on_every_run(library: Library) -> None:
    one, two = (model_text("cerc", Options(dated=date(2026, 1, 31))).document for _ in range(2))
    assert one == two
    assert Decimal(len(one.sections)) == 31
