"""A table to be filled in by people and read back: its columns, what each row says, and what may be written where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct, field

Labels: TypeAlias = Mapping[str, str]
Paragraphs: TypeAlias = tuple[Labels, ...]
"""The paragraphs of a cell, each with a text per language."""


class FormColumn(Struct, frozen=True):
    """A column with its heading and its share of the width. `fill` is what people write in it: nothing, choice, text or date."""

    id: str
    heading: Labels
    weight: int
    fill: str = ""
    choices: Mapping[str, Labels] = field(default_factory=dict)


class FormRow(Struct, frozen=True):
    """What a row says by column; `reference` ties it to what it is about, readable in any program."""

    cells: Mapping[str, Paragraphs]
    reference: str


class Form(Struct, frozen=True):
    """The form as a whole. `identity` says to what it belongs; `notes` stand above the table, `rest` below it under its heading."""

    identity: str
    name: Labels
    title: Labels
    notes: Paragraphs
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    rest_heading: Labels
    rest: Paragraphs
    languages: tuple[str, ...]
    kind: Labels
    reference: Labels
    placeholders: Mapping[str, Labels]
    dated: date | None = None

    def said(self, labels: Labels) -> tuple[tuple[str, str], ...]:
        """A text with its language in each language of the form; once where all say the same."""
        found: dict[str, str] = {}
        for language in self.languages:
            if labels.get(language):
                found.setdefault(labels[language], language)
        return tuple((language, text) for text, language in found.items())

    def lines(self, paragraphs: Paragraphs) -> list[tuple[str, str]]:
        """The paragraphs of a cell, all in the first language, then those that say something else in the next."""
        pairs = [(language, labels.get(language, "")) for language in self.languages for labels in paragraphs]
        seen: dict[str, str] = {}
        for language, text in pairs:
            if text:
                seen.setdefault(text, language)
        return [(language, text) for text, language in seen.items()]
