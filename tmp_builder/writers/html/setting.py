"""What all modules of this writer share while one document is set: its languages, its layout, and the anchors of its nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from tmp_builder.document.nodes import GONE, Document, Note, Reference
from tmp_builder.document.sides import new_words
from tmp_builder.document.walk import all_texts, clauses
from tmp_builder.language import BCP47

LAYOUTS = ("columns", "stacked")
PAPERS = ("A4", "Letter")

_UNFIT = re.compile(r"[^A-Za-z0-9.]+")


class Setting(Struct, frozen=True):
    """One document in the making; `anchors` gives the HTML id of every node that has one, `notes` those of the house by node."""

    document: Document
    layout: str
    anchors: Mapping[str, str]
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the document, in the order of the columns."""
        return self.document.languages

    @property
    def bilingual(self) -> bool:
        """Whether every text stands there more than once."""
        return len(self.document.languages) > 1

    @property
    def columns(self) -> bool:
        """Whether two languages stand side by side."""
        return self.layout == "columns" and self.bilingual

    def lang(self, language: str) -> str:
        """The `lang` attribute of a text; nothing where the whole page is in this language."""
        return f' lang="{BCP47[language]}"' if self.bilingual else ""

    def anchor(self, node_id: str) -> str:
        """The `id` attribute of a node, if it has an anchor."""
        name = self.anchors.get(node_id)
        return f' id="{name}"' if name else ""


def setting_of(document: Document, layout: str) -> Setting:
    """The setting of a document; raises ValueError for a layout that does not exist."""
    if layout not in LAYOUTS:
        raise ValueError(f"layout {layout!r} is none of {', '.join(LAYOUTS)}")
    notes: dict[str, tuple[Note, ...]] = {}
    for note in document.notes:
        notes[note.target] = (*notes.get(note.target, ()), note)
    return Setting(document, layout, _anchors(document), notes)


def _anchors(document: Document) -> dict[str, str]:
    """A short name for every section, schedule and clause of level 2, and for whatever else is referred to."""
    inlines = (inline for texts in all_texts(document) for text in texts.values() for inline in new_words(text))
    referred = {inline.target for inline in inlines if isinstance(inline, Reference)}
    taken: set[str] = {"contents"}
    found: dict[str, str] = {}
    for node_id in _wanted(document, referred):
        if node_id and node_id not in found:
            found[node_id] = _free(_UNFIT.sub("-", node_id).strip("-.") or "node", taken)
    return found


def _wanted(document: Document, referred: set[str]) -> Iterator[str]:
    yield from (section.id for section in document.sections if section.mark not in GONE)
    if document.signing.title:
        yield document.signing.id
    yield from (schedule.id for schedule in document.schedules if schedule.mark not in GONE)
    yield from (annex.id for annex in document.annexes)
    standing = (clause for clause in clauses(document) if clause.mark not in GONE)
    yield from (clause.id for clause in standing if clause.level == 2 or clause.id in referred)


def _free(name: str, taken: set[str]) -> str:
    """`name`, with a number behind it if something else is called so; never beginning with a digit, which CSS dislikes."""
    name = name if name[0].isalpha() else f"n-{name}"
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    taken.add(free)
    return free
