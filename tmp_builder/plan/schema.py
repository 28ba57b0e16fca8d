"""The plan as the program holds it: typed, immutable, every address with its place in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from tmp_builder.findings import Place
from tmp_builder.library.schema import Labels


class Side(Struct, frozen=True):
    """The members of one country or region."""

    id: str
    name: Labels
    territory: tuple[str, ...] = ()
    lead: str = ""


class Signatory(Struct, frozen=True):
    """Who signs for a member: name and title per language; what is missing is left for the pen."""

    name: Labels = field(default_factory=dict)
    title: Labels = field(default_factory=dict)


class Member(Struct, frozen=True):
    """An organisation bound by the plan. `cells` hold every column of its schedule that the plan fills, by column name."""

    id: str
    name: Labels
    side: str = ""
    type: str = ""
    role: str = "member"
    country: str = ""
    public_money: tuple[str, ...] = ()
    work_places: tuple[str, ...] = ()
    competes_with: tuple[str, ...] = ()
    signatory: Signatory = field(default_factory=Signatory)
    legal_form: Labels = field(default_factory=dict)
    registration_no: str = ""
    legal_representative: Labels = field(default_factory=dict)
    address: Labels = field(default_factory=dict)
    status: str = "active"
    cells: Mapping[str, Any] = field(default_factory=dict)


class Decision(Struct, frozen=True):
    """What is chosen in a section: full option ids. In an open choice `open` holds the alternatives, `options` what is settled."""

    options: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    positions: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def every(self) -> tuple[str, ...]:
        """Chosen and alternative options."""
        return (*self.options, *self.open)


class RegisterRow(Struct, frozen=True):
    """A row of a register: its id and its typed cells by column name."""

    id: str
    cells: Mapping[str, Any]
    address: str = ""


class Project(Struct, frozen=True):
    """A project with the facts rules and dates read, the texts of its ten headings and its own choices and values."""

    id: str
    title: Labels
    members: tuple[str, ...] = ()
    work_places: tuple[str, ...] = ()
    funding_type: str = ""
    kind: str = ""
    tier: str = ""
    basic_research: bool | None = None
    start: date | None = None
    end: date | None = None
    filing_wishes: tuple[str, ...] = ()
    headings: Mapping[str, Labels] = field(default_factory=dict)
    choices: Mapping[str, Decision] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[str, Any] = field(default_factory=dict)


class Wording(Struct, frozen=True):
    """Bespoke text for an option: the text per language with the line on which it begins."""

    option: str
    texts: Mapping[str, tuple[str, int]]
    replaces: str = ""
    features: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)


class Additional(Struct, frozen=True):
    """A section that no card has, placed after the section `after`."""

    id: str
    after: str
    title: Labels
    texts: Mapping[str, tuple[str, int]]
    features: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)


class Waiver(Struct, frozen=True):
    """A written exception from a rule."""

    rule: str
    object: str
    reason: str
    by: str
    until: date
    approval_ref: str = ""


class Approval(Struct, frozen=True):
    """What a reviewer decided about one change, tied to the words that were decided upon.

    `of` is the address of the change; `clauses` are the options whose words it changed (`P1:ownership.employer` in the special terms
    of a project), empty where no clause says it. `fingerprint` holds one for each language of those words, or that of the plan's own
    data under `plan`; `removed` says that the words, or the data, had been taken out. `decision` is approve, reject or ask.
    """

    of: str
    decision: str
    by: str
    given_on: date
    clauses: tuple[str, ...] = ()
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    removed: bool = False
    reason: str = ""


class DateSettings(Struct, frozen=True):
    """How windows are counted in the whole document."""

    day_rule: str = "corresponding-day"
    roll: str = "none"
    calendars: tuple[str, ...] = ()
    eom_sticky: bool = False
    time_zone: str = ""


class Plan(Struct, frozen=True, dict=True):
    """The decisions of one agreement. `values` holds typed parameters by `section.option.name`.

    `template` marks the blank text of a profile (see `tmp_builder.plan.blank`): nothing in it is a fact yet.
    """

    id: str
    title: Labels
    version: int = 1
    library: str = ""
    profile: str = ""
    status: str = "draft"
    dated: date | None = None
    signed_on: date | None = None
    signed_fingerprint: str = ""
    languages: tuple[str, ...] = ("en", "zh")
    effective_date: date | None = None
    conditional: bool = False
    sides: tuple[Side, ...] = ()
    members: tuple[Member, ...] = ()
    facts: Mapping[str, bool | None] = field(default_factory=dict)
    dates: DateSettings = field(default_factory=DateSettings)
    numbering: str = "close-up"
    reserved: tuple[str, ...] = ()
    choices: Mapping[str, Decision] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    work_plan: tuple[RegisterRow, ...] = ()
    projects: tuple[Project, ...] = ()
    registers: Mapping[str, tuple[RegisterRow, ...]] = field(default_factory=dict)
    wording: Mapping[str, Wording] = field(default_factory=dict)
    additional: tuple[Additional, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    approvals: tuple[Approval, ...] = ()
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    template: bool = False

    def place(self, address: str) -> Place:
        """Where `address` stands: the file and line of it, or of the nearest part above it."""
        while address:
            if address in self.places:
                return self.places[address]
            address = address.rpartition(".")[0]
        return Place(self.file, 1, 1) if self.file else Place()

    def chosen(self, section: str | None = None) -> Iterator[str]:
        """The options chosen for certain (not those of open choices), of one section or of all."""
        decisions = self.choices.values() if section is None else [self.choices.get(section, Decision())]
        return (option for decision in decisions for option in decision.options)

    def entered(self, section: str | None = None) -> Iterator[str]:
        """The options chosen or still open, of one section or of all."""
        decisions = self.choices.values() if section is None else [self.choices.get(section, Decision())]
        return (option for decision in decisions for option in decision.every)

    def has(self, option: str) -> bool:
        """Whether `option` is chosen for certain."""
        return option in self.choices.get(option.partition(".")[0], Decision()).options

    def member(self, ident: str) -> Member | None:
        """The member with this id, or None."""
        return next((member for member in self.members if member.id == ident), None)

    def side(self, ident: str) -> Side | None:
        """The side with this id, or None."""
        return next((side for side in self.sides if side.id == ident), None)

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of a register; empty when it has none."""
        return self.registers.get(register, ())

    def unlisted(self, schedule: str) -> str:
        """The address under which the rows of a schedule are still awaited; empty where the plan lists them, or says that
        there are none. Forms and computed schedules await nothing."""
        own = {"members": self.members, "projects": self.projects or self.work_plan, "accession": True, "dates": True}
        if own.get(schedule) or schedule in self.registers:
            return ""
        return schedule if schedule in own else f"registers.{schedule}"
