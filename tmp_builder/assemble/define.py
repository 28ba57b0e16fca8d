"""Pass 4: the defined terms that the text uses, and those their meanings use, as the table of definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.wanted import wanted_schedules
from tmp_builder.document.nodes import Column, Row, Section, Table, Term, Text, Texts
from tmp_builder.document.walk import blocks, plain, texts_of
from tmp_builder.language import quote
from tmp_builder.library.schema import TermEntry
from tmp_builder.library.terms import finder

DEFINITIONS = "section:definitions"
_SETS = {"definitions.us-annex": "us-annex", "definitions.eu": "eu"}
"""Definition sets whose words are added to the meanings as equivalents."""


def define(assembly: Assembly) -> Assembly:
    """The table of definitions at the end of the section of definitions."""
    terms = used_terms(assembly)
    if not terms:
        return assembly
    table = _table(assembly, terms)
    sections = tuple(
        replace(section, children=(*section.children, table)) if section.id == DEFINITIONS else section
        for section in assembly.document.sections
    )
    return assembly.with_(sections=sections)


def used_terms(assembly: Assembly) -> list[TermEntry]:
    """The terms used in sections and printed schedules, with those that their meanings use, in the order of the library."""
    library, languages = assembly.library, assembly.plan.languages
    used: set[str] = set()
    for language in languages:
        find = finder(library, language)
        for text in _words(assembly, language):
            used.update(find.used(text))
    by_id = {term.id: term for term in library.terms}
    waiting = list(used)
    while waiting:
        term = by_id[waiting.pop()]
        for language in languages:
            for other in finder(library, language).used(term.meaning[language]):
                if other not in used:
                    used.add(other)
                    waiting.append(other)
    return [term for term in library.terms if term.id in used]


def _words(assembly: Assembly, language: str) -> Iterator[str]:
    for section in assembly.document.sections:
        yield from _section_words(section, language)
    for schedule in wanted_schedules(assembly):
        yield schedule.intro[language]


def _section_words(section: Section, language: str) -> Iterable[str]:
    for block in blocks(section):
        for texts in texts_of(block):
            yield plain(tuple(inline for inline in texts.get(language, ()) if isinstance(inline, Text)))


def _table(assembly: Assembly, terms: list[TermEntry]) -> Table:
    sets = [key for option, key in _SETS.items() if assembly.plan.has(option)]
    rows = tuple(
        Row(
            f"term:{term.id}",
            (
                {language: (Term(term.term[language]),) for language in assembly.plan.languages},
                _meaning(assembly, term, sets),
            ),
        )
        for term in terms
    )
    columns = (Column("term", assembly.words("definitions-term"), 3), Column("meaning", assembly.words("definitions-meaning"), 7))
    return Table("definitions", "definitions", columns, rows)


def _meaning(assembly: Assembly, term: TermEntry, sets: list[str]) -> Texts:
    texts: dict[str, tuple[Text, ...]] = {}
    for language in assembly.plan.languages:
        words = term.meaning[language]
        for key in sets:
            if key in term.equivalents:
                also = quote(term.equivalents[key][language], language)
                words += f" The word {also} means the same." if language == "en" else f"{also}一词与之同义。"
        texts[language] = (Text(words),)
    return texts
