"""The built-in library: every card reads, and what one card says of another holds."""

from __future__ import annotations

from tmp_builder.document.nodes import Blank
from tmp_builder.library.schema import Library
from tmp_builder.library.terms import forms_of
from tmp_builder.plan.marks import faults_of_text, unknown_facts


def test_every_text_reads_and_every_mark_names_something(library: Library) -> None:
    cards = library.options.values()
    faults = [str(fault) for card in cards for fault in faults_of_text(card.prose, card.place.file, card.parameters, library)]
    assert faults == []
    assert unknown_facts(library) == []


def test_every_name_of_a_clause_is_there(library: Library) -> None:
    known = {clause.id for card in library.options.values() for clause in card.clauses}
    marks = [(card.id, name) for card in library.options.values() for kind, name, _ in card.prose.marks if kind == "clause"]
    assert [pair for pair in marks if pair[1] not in known] == []


def test_no_card_refers_to_an_item_that_prints_as_a_table(library: Library) -> None:
    """A list of records takes the place of its item: it has no number, so no reference can lead to it."""
    tables = {
        clause.id
        for card in library.options.values()
        for clause in card.clauses
        for inline in clause.texts["en"][:1]
        if isinstance(inline, Blank) and inline.name in card.parameters and card.parameters[inline.name].spec.is_records
    }
    assert tables, "the library has such items"
    marks = [(card.id, name) for card in library.options.values() for kind, name, _ in card.prose.marks if kind == "clause"]
    assert [pair for pair in marks if pair[1] in tables] == []


def test_ids_of_all_clauses_are_unique(library: Library) -> None:
    ids = [clause.id for card in library.options.values() for clause in card.clauses]
    assert len(ids) == len(set(ids))


def test_no_form_belongs_to_two_terms(library: Library) -> None:
    for language in ("en", "zh"):
        forms = [(form, term.id) for term in library.terms for form in forms_of(term, language)]
        doubles = {form for form, _ in forms if len({ident for other, ident in forms if other == form}) > 1}
        assert doubles == set()
