"""The papers made for a member: the accession form says what the clause asks for, and nothing internal; the note lists the set."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.assemble import assemble
from tmp_builder.assemble.accession import OPTION, accession_form, clauses_fingerprint, needs_form
from tmp_builder.assemble.cover_note import cover_note
from tmp_builder.document.nodes import Table
from tmp_builder.errors import UsageError
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Decision, Plan

DEMO = Path(__file__).parents[3] / "templates" / "demo" / "clean-vehicles.plan.yaml"


@pytest.fixture(scope="module")
def demo() -> tuple[Plan, Library]:
    return pipeline.read(DEMO)


def text_of(document: object) -> str:
    return pipeline.write(document, "md", pipeline.Options()).decode()  # type: ignore[arg-type]


def test_the_form_has_every_item_of_the_form_in_the_schedule(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    table = accession_form(plan, library, "B2").sections[0].children[0]
    assert isinstance(table, Table)
    items = [column.name for column in library.schedules["accession"].columns if column.shown != "never"]
    assert [row.id.removeprefix("entries.") for row in table.rows] == items


def test_the_form_names_the_clauses_it_accepts_by_a_fingerprint_that_members_do_not_change(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    told = clauses_fingerprint(assemble(plan, library))
    assert told in text_of(accession_form(plan, library, "B2"))
    joined = replace(plan, members=(*plan.members, replace(plan.members[-1], id="Z9")))
    assert clauses_fingerprint(assemble(joined, library)) == told


def test_the_form_rests_on_the_numbers_of_the_plan_and_prints_no_result_of_a_screening(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    numbers = {
        clause.id: clause.number
        for section in assemble(plan, library).sections
        for clause in section.children
        if hasattr(clause, "number")
    }
    text = text_of(accession_form(plan, library, "B2"))
    assert f"under Clause {numbers[f'{OPTION}#form']} of that Plan" in text
    assert f"依第{numbers[f'{OPTION}#no-retroactivity']}条" in text
    member = plan.member("B2")
    assert member is not None
    assert str(member.cells["screening_date"]) not in text
    assert "| Screening done<br>已完成筛查 |  |" in text


def test_without_a_clause_on_accession_there_is_no_form(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    without = replace(plan, choices={**plan.choices, "membership": Decision(())})
    with pytest.raises(UsageError, match="no clause on accession"):
        accession_form(without, library, "B2")


def test_who_signs_the_plan_or_only_observes_needs_no_form(demo: tuple[Plan, Library]) -> None:
    plan, _ = demo
    member = plan.member("B2")
    assert member is not None
    assert needs_form(plan, member, frozenset({"A1", "B1"}))
    assert not needs_form(plan, member, frozenset({"B2"}))
    assert not needs_form(plan, replace(member, role="observer"), frozenset())


def test_the_note_lists_the_files_and_what_to_sign(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    text = text_of(cover_note(plan, library, "B2", [("tmp", "a.docx"), ("accession", "b.docx")]))
    assert "| Accession Form<br>加入书 | b.docx |" in text
    assert "sixty (60) days" in text
    assert "signature page" not in text
    assert "Clean Vehicles Consortium" in text


def test_a_member_that_nobody_knows_is_refused_with_the_nearest(demo: tuple[Plan, Library]) -> None:
    plan, library = demo
    with pytest.raises(UsageError, match="no member has the id “B22”"):
        cover_note(plan, library, "B22", [])
