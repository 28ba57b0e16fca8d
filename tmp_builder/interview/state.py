"""What every question of the interview looks at: the plan as it stands, the library, the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from tmp_builder.interview.asks import Answered, Ask, Taken
from tmp_builder.interview.guide import Guide
from tmp_builder.interview.notes import Notes
from tmp_builder.interview.words import say
from tmp_builder.library.schema import Labels, Library, Profile
from tmp_builder.plan.facts import fact
from tmp_builder.plan.profiles import options_of
from tmp_builder.plan.schema import Plan


class State(Struct, frozen=True, dict=True):
    """The plan, the library and the interface's language at one moment. `declined` holds what this session no longer offers."""

    plan: Plan
    raw: Mapping[str, Any]
    notes: Notes
    library: Library
    guide: Guide
    language: str
    today: date
    declined: frozenset[str] = frozenset()

    def word(self, name: str, /, **values: object) -> str:
        """The sentence `name` of the interface."""
        return say(name, self.language, **values)

    def label(self, labels: Labels) -> str:
        """A text of the library in the interface's language."""
        return labels.get(self.language) or labels.get("en", "")

    @property
    def space(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "zh" else " "

    def join(self, items: Iterable[str]) -> str:
        """Items in one line, divided as the language does."""
        return ("、" if self.language == "zh" else ", ").join(items)

    @property
    def profile(self) -> Profile | None:
        """The profile that the plan starts from."""
        return self.library.profiles.get(self.plan.profile)

    @cached_property
    def offered(self) -> Mapping[str, tuple[str, ...]]:
        """What the profile chooses for the plan as it stands, by section."""
        return options_of(self.profile, self.library, self.plan) if self.profile else {}

    def fact(self, name: str) -> bool | None:
        """A named fact: yes, no or not yet known."""
        return fact(self.plan, self.library, name)


class Step(Struct, frozen=True):
    """One question of the interview: whether it is open, how it is put, and what an answer means.

    A `hidden` step is only reached from another one, such as the value of a list of values.
    """

    id: str
    open: bool
    ask: Callable[[], Ask]
    take: Callable[[Answered], Taken]
    section: str = ""
    group: str = ""
    hidden: bool = False
    slot: str = field(default="")
