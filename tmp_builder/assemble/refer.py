"""Pass 8: references get the number of what they point to, in the manner of each language."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.document.nodes import Document, Inline, Inlines, Reference, Texts
from tmp_builder.document.walk import clauses, map_texts, rebuild
from tmp_builder.language import CLAUSE_REFERENCE, SCHEDULE_REFERENCE

DANGLING = "●"
"""The number of a reference whose target is not in the document; the rule STR-06 reports it."""


def refer(assembly: Assembly) -> Assembly:
    """Every reference with its number."""
    numbers = numbers_of(assembly.document)

    def change(texts: Texts) -> Texts:
        return {language: tuple(_inline(inline, numbers, language) for inline in inlines) for language, inlines in texts.items()}

    sections = tuple(
        replace(section, children=rebuild(section.children, lambda block: (map_texts(block, change),)))
        for section in assembly.document.sections
    )
    schedules = tuple(
        replace(schedule, children=rebuild(schedule.children, lambda block: (map_texts(block, change),)))
        for schedule in assembly.document.schedules
    )
    return assembly.with_(sections=sections, schedules=schedules)


def numbers_of(document: Document) -> Mapping[str, str]:
    """The number of everything that can be referred to, by id."""
    found = {section.id: section.number for section in document.sections}
    found |= {schedule.id: schedule.number for schedule in document.schedules}
    return found | {clause.id: clause.number for clause in clauses(document) if clause.level == 2}


def _inline(inline: Inline, numbers: Mapping[str, str], language: str) -> Inline:
    if not isinstance(inline, Reference):
        return inline
    schedule = inline.target.startswith("schedule:")
    before, after = (SCHEDULE_REFERENCE if schedule else CLAUSE_REFERENCE)[language]
    return Reference(inline.target, before, numbers.get(inline.target, DANGLING), after)


def dangling(inlines: Inlines) -> list[str]:
    """The targets of references that lead nowhere."""
    return [inline.target for inline in inlines if isinstance(inline, Reference) and inline.number == DANGLING]
