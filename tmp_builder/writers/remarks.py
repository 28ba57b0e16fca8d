"""The notes of a document by where they stand, for formats that have no margin: each with the clause or part it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.document.nodes import Document, Inlines, Note
from tmp_builder.document.walk import clauses
from tmp_builder.language import CLAUSE_REFERENCE, SCHEDULE_REFERENCE, word


def remarks(document: Document, language: str) -> Iterator[tuple[str, tuple[Inlines, ...]]]:
    """Every note with words in `language`: where it stands ("Clause 7.2: "), and its paragraphs."""
    places = _places(document, language)
    for note in document.notes:
        said = spoken_paragraphs(note, language)
        if said:
            where = places.get(note.target, "")
            yield (where + word("colon", language) if where else "", said)


def spoken_paragraphs(note: Note, language: str) -> tuple[Inlines, ...]:
    """The paragraphs of a note that say something in `language`."""
    return tuple(texts[language] for texts in note.paragraphs if texts.get(language))


def _places(document: Document, language: str) -> dict[str, str]:
    """What sections, clauses and schedules are called in a reference, by id."""
    before, after = CLAUSE_REFERENCE[language]
    numbered = [(node.id, node.number) for node in document.sections] + [(node.id, node.number) for node in clauses(document)]
    named = {ident: f"{before}{number}{after}" for ident, number in numbered if number}
    before, after = SCHEDULE_REFERENCE[language]
    return named | {schedule.id: f"{before}{schedule.number}{after}" for schedule in document.schedules}
