"""The library as the program holds it: immutable once read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from tmp_builder.document.nodes import Clause
from tmp_builder.errors import LibraryError
from tmp_builder.findings import Place
from tmp_builder.library.prose import Prose
from tmp_builder.values import Spec

Labels = Mapping[str, str]
"""A text per language."""

PICKS = {"one": (1, 1), "at-most-one": (0, 1), "some": (1, None), "any": (0, None)}
"""How many options a slot takes: lowest and highest number, None for no limit."""


class Source(Struct, frozen=True):
    """A statute, treaty or model. `seen`: T in full, E in excerpts, S a seed document, K general knowledge; `checked`: when."""

    code: str
    title: Labels
    seen: str
    checked: str
    url: str = ""
    place: Place = field(default_factory=Place)


class Citation(Struct, frozen=True):
    """A place in a source on which an option rests."""

    source: str
    at: str = ""
    seen: str = ""


class Parameter(Struct, frozen=True):
    """A value that a card needs. `default` is typed, None where there is none; `fact` names the fact it repeats."""

    name: str
    option: str
    spec: Spec
    label: Labels
    help: Labels = field(default_factory=dict)
    default: Any = None
    fact: str = ""

    @property
    def address(self) -> str:
        """Where the plan keeps it: `parameters.section.option.name`."""
        return f"parameters.{self.option}.{self.name}"


class Relation(Struct, frozen=True):
    """A need or a conflict: options (`any_of` as alternatives), a parameter's value or a schedule; perhaps under a condition."""

    any_of: tuple[str, ...] = ()
    value: tuple[str, str] | None = None
    schedule: str = ""
    if_fact: str = ""
    if_value: tuple[str, str] | None = None

    @property
    def unconditional_option(self) -> str:
        """The one option that this relation names without alternative or condition, or nothing."""
        return self.any_of[0] if len(self.any_of) == 1 and not self.if_fact and not self.if_value else ""


class Option(Struct, frozen=True, dict=True):
    """One wording that fills a slot. `texts` hold the prose of each language with the line on which it begins, `lines` tell where
    the parts of the card begin: a key of the front matter, `parameters.NAME`, `text.en`, `guidance.zh`."""

    id: str
    domain_id: str
    label: Labels
    effect: Labels
    use_when: Labels
    favours: tuple[str, ...]
    needs: tuple[Relation, ...]
    conflicts: tuple[Relation, ...]
    overridable: bool
    brings: tuple[str, ...]
    sources: tuple[Citation, ...]
    parameters: Mapping[str, Parameter]
    texts: Mapping[str, tuple[str, int]]
    guidance: Labels
    place: Place
    translated_from: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def parsed(self) -> bytes:
        """The legal text as it is kept, put in by `library.plain`; no part of what the card says."""
        return b""

    @cached_property
    def prose(self) -> Prose:
        """The legal text, parsed when first asked for (or as it is kept, see `library.plain`); its faults stand in it."""
        from tmp_builder.library import plain

        return plain.text_of(self)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The legal text of both languages as clauses with blanks; raises LibraryError if the prose has faults."""
        if self.prose.faults:
            raise LibraryError(self.prose.faults)
        return self.prose.clauses

    @property
    def section(self) -> str:
        """The section it belongs to."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name inside its section."""
        return self.id.partition(".")[2]


class Slot(Struct, frozen=True):
    """A decision inside a section. `when` names the fact under which it is open; empty for always."""

    id: str
    section: str
    label: Labels
    pick: str
    options: tuple[str, ...]
    when: str = ""

    @property
    def low(self) -> int:
        """The least number of options it takes when its section is required."""
        return PICKS[self.pick][0] or 0

    @property
    def high(self) -> int | None:
        """The greatest number of options it takes; None for no limit."""
        return PICKS[self.pick][1]


class SectionSpec(Struct, frozen=True):
    """A topic of the library. `required_when` is `always`, `never` or the name of a fact."""

    id: str
    domain_id: str
    title: Labels
    question: Labels
    required_when: str
    slots: tuple[Slot, ...]
    guidance: Labels
    place: Place

    @property
    def options(self) -> tuple[str, ...]:
        """The ids of its options, in slot order."""
        return tuple(option for slot in self.slots for option in slot.options)

    def slot_of(self, option: str) -> Slot:
        """The slot that `option` belongs to."""
        return next(slot for slot in self.slots if option in slot.options)


class Wording(Struct, frozen=True):
    """How agreements from elsewhere head and word a section: headings and characteristic phrases, in each language."""

    headings: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    place: Place = field(default_factory=Place)


class TermEntry(Struct, frozen=True):
    """A defined term: its word, other accepted forms, near misses, its meaning, what other definition sets call it."""

    id: str
    term: Labels
    forms: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]
    meaning: Labels
    equivalents: Mapping[str, Labels]
    sources: tuple[Citation, ...]
    place: Place


class RegisterColumn(Struct, frozen=True):
    """A column of a register. `shown` is table, detail or never; `of` the register that a `row` column points to."""

    name: str
    kind: str
    label: Labels
    shown: str = "detail"
    required: bool = False
    internal: bool = False
    computed: bool = False
    many: bool = False
    bilingual: bool = False
    values: Mapping[str, Labels] = field(default_factory=dict)
    of: str = ""


class ScheduleSpec(Struct, frozen=True):
    """A schedule and the register that fills it."""

    id: str
    domain_id: str
    title: Labels
    intro: Labels
    none: Labels
    key: str
    columns: tuple[RegisterColumn, ...]
    internal: bool = False
    headings: tuple[tuple[str, Labels], ...] = ()
    plan_columns: tuple[RegisterColumn, ...] = ()
    leaving_columns: tuple[RegisterColumn, ...] = ()
    place: Place = field(default_factory=Place)

    def column(self, name: str) -> RegisterColumn | None:
        """The column called `name`, or None."""
        every = (*self.columns, *self.plan_columns, *self.leaving_columns)
        return next((column for column in every if column.name == name), None)


class Profile(Struct, frozen=True):
    """A preset that mirrors a real arrangement; the start of a plan. `by_fact`: options that come with facts of the plan.

    `typical`: the facts as they usually are where this profile is used, for its blank template.
    """

    id: str
    domain_id: str
    name: Labels
    mirrors: Labels
    use_when: Labels
    caution: Labels
    choices: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Any]
    alternatives: tuple[str, ...]
    sides: bool
    by_fact: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    sources: tuple[Citation, ...]
    typical: Mapping[str, bool] = field(default_factory=dict)
    place: Place = field(default_factory=Place)


class Library(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """The clause library: everything of the folder `clauses/`, read once and never changed."""

    name: str
    version: str
    fingerprint: str
    sections: Mapping[str, SectionSpec]
    options: Mapping[str, Option]
    terms: tuple[TermEntry, ...]
    schedules: Mapping[str, ScheduleSpec]
    sources: Mapping[str, Source]
    disagreements: tuple[Mapping[str, str], ...]
    favours: Mapping[str, Labels]
    profiles: Mapping[str, Profile]
    territories: Mapping[str, Labels]
    replaced: tuple[str, ...] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name and version, as the plan's `library:` and the footer say it."""
        return f"{self.name} {self.version}"

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[tuple[str, Relation], ...]]:
        """For each option the conflicts that concern it, read in both directions: (the option that declares it, the relation)."""
        found: dict[str, list[tuple[str, Relation]]] = {}
        for option in self.options.values():
            for relation in option.conflicts:
                found.setdefault(option.id, []).append((option.id, relation))
                for other in relation.any_of:
                    found.setdefault(other, []).append((option.id, relation))
        return {key: tuple(value) for key, value in found.items()}

    def parameter(self, address: str) -> Parameter | None:
        """The parameter `section.option.name`, or None."""
        option, _, name = address.rpartition(".")
        return self.options[option].parameters.get(name) if option in self.options else None

    def slots(self) -> Iterator[Slot]:
        """Every slot, in document order."""
        return (slot for section in self.sections.values() for slot in section.slots)
