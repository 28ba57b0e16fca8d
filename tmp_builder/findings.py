"""What a check reports: findings of rules, faults of files, and the place of either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error blocks a final document, a warning does not, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note: the order in which findings are listed."""
        return list(Severity).index(self)


class Force(StrEnum):
    """Where a rule gets its authority; findings of law can never be waived."""

    LAW = "law"
    FUNDER = "funder"
    CONTRACT = "contract"
    HOUSE = "house"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: lines and columns count from 1; 0 means the whole file. `cell` names a spreadsheet's cell."""

    file: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}: {self.cell}"
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that cannot be read as what it should be, and what to write instead."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return f"{text}\n  {self.hint}" if self.hint else text


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports about a plan.

    `message` and `fix` hold a sentence per language of the interface; `address` names the part of the plan
    (see `tmp_builder.plan.addresses`), `place` its line; `clause` is the id of the clause concerned, if any. `blocks`: whatever is
    built from the plan carries the mark “blocked”.
    """

    code: str
    severity: Severity
    message: Mapping[str, str]
    address: str = ""
    place: Place = field(default_factory=Place)
    clause: str = ""
    party: str = ""
    fix: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    force: Force = Force.HOUSE
    blocks: bool = False

    def text(self, language: str = "en") -> str:
        """The message in `language`."""
        return self.message.get(language) or self.message["en"]

    def line(self, language: str = "en") -> str:
        """`path:line:column: error OWN-02: message`, as editors read it."""
        return f"{self.place}: {self.severity} {self.code}: {self.text(language)}"
