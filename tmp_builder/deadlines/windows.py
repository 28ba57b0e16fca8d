"""What a rule of the catalogue yields: an anchor, a period from it, and what kind of window that makes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.deadlines.schema import Kind
from tmp_builder.library.schema import Labels


class Mode(StrEnum):
    """How the end of a period is meant: the last day to act, the last day of a right, or the first day of one."""

    BY = "by"
    UNTIL = "until"
    FROM = "from"


class Anchor(Struct, frozen=True):
    """The event from which a period runs. `sign` is what formulas call it (D02), where it is a date of this catalogue.

    `assumed`: the date is the planned one, or the latest the plan allows; the event has not happened.
    """

    words: Labels
    date: date | None = None
    sign: str = ""
    assumed: bool = False
    provisional: bool = False


class Event(Struct, frozen=True):
    """A kind of event in words with a place for what it happened to, and what stands there in general.

    `as_such` says the event in general where that does not read well.
    """

    en: str
    zh: str
    thing: tuple[str, str] = ("", "")
    as_such: tuple[str, str] = ("", "")

    def on(self, day: object, name: str = "", name_zh: str = "", *, assumed: bool = False) -> Anchor:
        """The event of one object. `day` may be any cell: what is no date is no date."""
        words = {"en": self.en.format(name or self.thing[0]).strip(), "zh": self.zh.format(name_zh or name or self.thing[1])}
        return Anchor(words, day if isinstance(day, date) else None, assumed=assumed)

    @property
    def general(self) -> Anchor:
        """The event before it has happened to anything."""
        return Anchor(says(*self.as_such)) if any(self.as_such) else self.on(None)


class Window(Struct, frozen=True):
    """A deadline before it is reckoned. A negative `count` goes back; `count` None is a value the plan does not give yet.

    `caps` are anchors it may not pass. `calendars` replaces the plan's calendars and `law` the plan's way of counting,
    where a statute counts by itself. `roll` is set only where it is not that of the kind. `safe_days` gives the earlier
    day to aim at.
    """

    anchor: Anchor
    count: int | None
    unit: str
    kind: Kind
    source: str
    who: tuple[str, ...] = ()
    mode: Mode | None = None
    label: Labels = field(default_factory=dict)
    object: str = ""
    part: str = ""
    general: bool = False
    caps: tuple[Anchor, ...] = ()
    basis: str = ""
    calendars: tuple[str, ...] = ()
    roll: str = ""
    safe_days: int = 0
    met_on: Any = None
    note: Labels = field(default_factory=dict)

    @property
    def direction(self) -> Mode:
        """The mode, where none is given that of the kind: duties by, rights until."""
        return self.mode or (Mode.UNTIL if self.kind is Kind.RIGHT else Mode.BY)

    def of(self, anchor: Anchor, ident: str, who: tuple[str, ...] = (), **more: Any) -> Window:
        """The same window for one object."""
        return replace(self, anchor=anchor, object=ident, general=False, who=who or self.who, **more)


def says(en: str, zh: str) -> Labels:
    """A text in both languages."""
    return {"en": en, "zh": zh}


def joined(one: Labels, two: Labels) -> Labels:
    """Two notes after one another."""
    if not one or not two:
        return one or two
    return says(f"{one['en']} {two['en']}", f"{one['zh']}{two['zh']}")
