"""What a table of contents lists, the same for every writer: the parts in their order, each with number, title and mark."""

from __future__ import annotations

from typing import TypeAlias

from tmp_builder.document.nodes import Annex, Document, Inlines, Schedule, Section, Signing, Texts
from tmp_builder.writers.flow import reserved
from tmp_builder.writers.numbers import schedule_label, section_label

Listed: TypeAlias = Section | Schedule | Signing | Annex


def listed(document: Document) -> tuple[Listed, ...]:
    """The parts of a document that have an entry, in the order in which they stand."""
    signing = (document.signing,) if document.signing.title else ()
    return (*document.sections, *signing, *document.schedules, *document.annexes)


def number_of(node: Listed, language: str) -> Inlines:
    """The number of a part, in a redline with the one it had; nothing for what has none."""
    match node:
        case Section():
            return section_label(node, language)
        case Schedule():
            return schedule_label(node, language)
        case _:
            return ()


def title_of(node: Listed) -> Texts:
    """The title of a part, or that its number is reserved."""
    return reserved(node.mark) if isinstance(node, Section) and node.reserved else node.title


def mark_of(node: Listed) -> str:
    """What a redline says of the whole part; signatures and annexes have no mark of their own."""
    return node.mark if isinstance(node, (Section, Schedule)) else ""
