"""What a prompt shows and gives back, as data: a question with its choices, an answer, a fix that is offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from tmp_builder.findings import Finding

Answered = str | tuple[str, ...]
"""An answer as the prompt gives it: an id or a text, or several ids where several may be ticked."""

LATER = "later"
"""The id of the choice that leaves a question open."""
NONE = "none"
"""The id of the choice that takes no option of a slot."""
HEAD = "head"
"""The kind of a question that only takes notice."""


class Choice(Struct, frozen=True):
    """One line to choose, in the language of the interface: its id, label, a note of one line, and short marks."""

    id: str
    label: str
    note: str = ""
    marks: tuple[str, ...] = ()


class Ask(Struct, frozen=True):
    """One question as it is put, in the language of the interface.

    `kind` is `one` (pick one choice), `many` (tick any number, at least `low`) or `text`. `heading` tells where in the interview
    it stands, `why` why it is asked, `hint` the form of an answer. Enter takes `default`; an empty one leaves the question open.
    Of several ticks the choice `alone` excludes the others.
    """

    id: str
    kind: str
    title: str
    heading: str = ""
    why: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    default: Answered = ""
    low: int = 0
    section: str = ""
    alone: str = ""

    def choice(self, ident: str) -> Choice | None:
        """The choice with this id, or None."""
        return next((choice for choice in self.choices if choice.id == ident), None)


class Fix(Struct, frozen=True):
    """A repair that is offered after an answer: its label, and what it would write."""

    label: str
    changes: Mapping[str, Any]


class Offer(Struct, frozen=True):
    """A consequence of an answer with its repairs; the first one is offered for Enter. `stay` names doing nothing."""

    text: str
    fixes: tuple[Fix, ...]
    stay: str


class Taken(Struct, frozen=True):
    """What a step makes of an answer: changes of the plan file by address, or a refusal in words."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    notices: tuple[str, ...] = ()
    goto: str = ""
    pending: Mapping[str, bool] = field(default_factory=dict)
    guide: Mapping[str, str] | None = None
    decline: str = ""
    leave: bool = False
    leaves: tuple[str, ...] = ()
    tour: str = ""
    rest: bool = False


class Outcome(Struct, frozen=True):
    """What came of an answer: words to tell, repairs to offer, findings that it caused or cured."""

    refused: str = ""
    notices: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    caused: tuple[Finding, ...] = ()
    cured: tuple[Finding, ...] = ()
    dates: tuple[str, ...] = ()
    left: bool = False
