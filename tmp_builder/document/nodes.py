"""The nodes of a document: what an agreement can consist of, with a text per language on each node.

Inline nodes stand inside a text; block nodes carry texts. Numbers are plain strings that the pass `number` writes, equal in all
languages: "7" (section), "7.2", "(a)", "(i)", "3" (schedule). Writers print them; none computes them.

A redline is a document with marks. `mark` of a block says what happened to it as a whole: "" (it stands in both versions), inserted,
deleted, moved-from, moved-to; everything below it has the same mark, and its words stand in a `Change`. `was` of a numbered node that
stands in both versions is its number in the old one, where that differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

# ── inline ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Text(Struct, frozen=True):
    """Plain words."""

    text: str


class Term(Struct, frozen=True):
    """A defined term at the place where it is defined: printed bold."""

    text: str


class Blank(Struct, frozen=True):
    """A place for a parameter of the card; the pass `fill` replaces it by a value, a table or a gap."""

    name: str


class FactBlank(Struct, frozen=True):
    """A place for a printed fact (`fact:title`), replaced by the pass `fill`."""

    name: str


class Value(Struct, frozen=True):
    """What the plan says, in words; `address` is the part of the plan it came from."""

    text: str
    address: str = ""


class Gap(Struct, frozen=True):
    """A value that the plan does not give yet: printed bracketed and highlighted, `[label ●]`."""

    label: str
    address: str = ""


class Reference(Struct, frozen=True):
    """A live reference to the node `target`: prints before + number + after, where `number` is the node's own.

    `target` is the id of a section ("section:confidentiality"), a clause ("protection.disclose#members") or a schedule
    ("schedule:equipment"). The pass `refer` writes the three texts.
    """

    target: str
    before: str = ""
    number: str = ""
    after: str = ""


class Change(Struct, frozen=True):
    """Words that one of two versions has and the other has not. `kind` is one of `INSERTED`, `DELETED`, `MOVED_FROM`, `MOVED_TO`."""

    kind: str
    inlines: Inlines


Inline: TypeAlias = Text | Term | Blank | FactBlank | Value | Gap | Reference | Change
Inlines: TypeAlias = tuple[Inline, ...]
Texts: TypeAlias = Mapping[str, Inlines]
"""A text per language: {"en": (Text("Each Member shall …"),), "zh": (…)}."""

NO_TEXTS: Texts = {}

INSERTED, DELETED, MOVED_FROM, MOVED_TO = "inserted", "deleted", "moved-from", "moved-to"
GONE = (DELETED, MOVED_FROM)
"""The marks of what the new version has not (there)."""
COME = (INSERTED, MOVED_TO)
"""The marks of what the old version has not (there)."""


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Clause(Struct, frozen=True):
    """A numbered unit: level 2 (7.2), 3 ((a)) or 4 ((i)). `origin` is the option, wording or register it came from.

    `reserved` marks a number that is kept although its text has fallen out.
    """

    id: str
    level: int
    texts: Texts
    children: tuple[Block, ...] = ()
    origin: str = ""
    number: str = ""
    reserved: bool = False
    was: str = ""
    mark: str = ""


class Paragraph(Struct, frozen=True):
    """Words without a number: a further paragraph of a clause, the introduction of a schedule, a note.

    `style` is one of body, intro, note, subheading.
    """

    id: str
    texts: Texts
    style: str = "body"
    mark: str = ""


class Column(Struct, frozen=True):
    """A column of a table; `weight` is its share of the width."""

    id: str
    header: Texts
    weight: int = 1


class Row(Struct, frozen=True):
    """A row of a table; `detail` runs below the cells over the whole width, if it has any text."""

    id: str
    cells: tuple[Texts, ...]
    detail: Texts = field(default_factory=dict)
    mark: str = ""


class Table(Struct, frozen=True):
    """A table with a header row. `kind` is `register` (a schedule's), `records` (a parameter's) or `definitions`.

    A definitions table has two columns, term and meaning; its rows are in the order of the first language.
    """

    id: str
    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Texts = field(default_factory=dict)
    mark: str = ""


class Branch(Struct, frozen=True):
    """One of the alternatives of an open choice: its option, a label that says who wants it, and its clauses."""

    id: str
    label: Texts
    children: tuple[Block, ...]


class Alternatives(Struct, frozen=True):
    """An open choice: the bracketed alternatives for one slot. Its clauses are numbered through, one after another."""

    id: str
    branches: tuple[Branch, ...]
    mark: str = ""


class Mark(Struct, frozen=True):
    """A point of a timeline: its day in ISO form, and what is written beside it, the same in every language."""

    day: str
    label: str


class Timeline(Struct, frozen=True):
    """A drawing of days on a line of years; `alternative` says the same in words, for those who do not see it."""

    id: str
    marks: tuple[Mark, ...]
    alternative: Texts
    mark: str = ""


Block: TypeAlias = Clause | Paragraph | Table | Alternatives | Timeline


class Section(Struct, frozen=True):
    """A topic of the agreement: numbering level 1, with a heading."""

    id: str
    title: Texts
    children: tuple[Block, ...] = ()
    number: str = ""
    reserved: bool = False
    was: str = ""
    mark: str = ""


class Schedule(Struct, frozen=True):
    """An annexed part with its own number: "Schedule 3"."""

    id: str
    title: Texts
    children: tuple[Block, ...] = ()
    number: str = ""
    was: str = ""
    mark: str = ""


class Annex(Struct, frozen=True):
    """An unnumbered part behind the schedules that is no part of the agreement, such as the open points of a draft."""

    id: str
    title: Texts
    children: tuple[Block, ...] = ()


class Note(Struct, frozen=True):
    """A remark for one's own house beside the node `target`, beside the title if that is empty; never in a file that is sent out.

    `kind` is `drafting`, or the severity of the finding that it repeats: `error`, `warning`, `note`.
    """

    target: str
    kind: str
    paragraphs: tuple[Texts, ...]


class SignatureLine(Struct, frozen=True):
    """One line of a signature block: what is to be filled in, and the value where the plan has it."""

    label: Texts
    value: Texts = field(default_factory=dict)
    mark: str = ""


class SignatureBlock(Struct, frozen=True):
    """Where one party signs; never split over two pages."""

    id: str
    party: Texts
    lines: tuple[SignatureLine, ...]
    mark: str = ""


class Signing(Struct, frozen=True):
    """The signature page: heading, the sentence above the blocks, the blocks."""

    id: str
    title: Texts
    intro: Texts
    blocks: tuple[SignatureBlock, ...]


class CoverParty(Struct, frozen=True):
    """A party on the cover: its name and in what capacity it takes part."""

    name: Texts
    role: Texts
    mark: str = ""


class Cover(Struct, frozen=True):
    """The cover: title, kind of document, parties, status lines and the legal notice at its foot."""

    title: Texts
    kind: Texts
    parties: tuple[CoverParty, ...]
    lines: tuple[Texts, ...]
    notice: Texts = field(default_factory=dict)


class Imprint(Struct, frozen=True):
    """What headers, footers and properties say of a document: which plan, which draft, which library.

    `fingerprint` is that of the text, `recipe` that of the recipe inside the file. `compared` says of a redline which versions it
    compares.
    """

    plan: str
    version: str
    status: str
    dated: str
    library: str
    final: bool
    program: str
    fingerprint: str = ""
    blocked: bool = False
    confidential: bool = False
    recipe: str = ""
    compared: Texts = field(default_factory=dict)


class Document(Struct, frozen=True):
    """An assembled agreement. `languages` in the order of the columns; `annexes` and `notes` are no part of its text.

    A `sheet` is a working paper on as few pages as it can be: no cover, no table of contents, small type.
    """

    id: str
    languages: tuple[str, ...]
    cover: Cover
    sections: tuple[Section, ...]
    schedules: tuple[Schedule, ...]
    signing: Signing
    imprint: Imprint
    annexes: tuple[Annex, ...] = ()
    notes: tuple[Note, ...] = ()
    sheet: bool = False


Node: TypeAlias = Block | Row | Branch | Section | Schedule | Annex | SignatureBlock | Signing
