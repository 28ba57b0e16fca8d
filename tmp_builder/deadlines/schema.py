"""A deadline: a date of a plan with its rule, its formula, its working, and who has to act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from tmp_builder.library.schema import Labels


class Kind(StrEnum):
    """What ends or falls due: a window in which somebody has a right, a duty to act, or a period that a law sets."""

    RIGHT = "right"
    DUTY = "duty"
    STATUTORY = "statutory"


class Deadline(Struct, frozen=True):
    """One date, or the words of one whose anchor is not known yet.

    `code` is D01 to D55; `object` the id of the project, result, item, grant or member concerned (empty: the plan as a
    whole); `part` tells several dates of one code and object apart. `general`: the window as such, before any event has
    started it; `open`: the plan does not give its length yet. `who` holds ids of members and names of roles (see `who`).
    `source` is the option that creates it, empty where only the law does; `basis` the law.

    `date` is what counts; where it was moved off a day of rest, `moved_from` is the day itself. `clipped` is the day
    asked for in a month too short for it ("2027-02-31"). `assumed`: counted from a planned or latest date, the event not
    having happened. `safe` is an earlier day to aim at where a right is lost for good; `latest_send` the day to send a
    notice by; `met_on` when the plan says it was done.
    """

    code: str
    label: Labels
    kind: Kind
    rule: Labels
    formula: Labels
    working: Labels
    date: dt.date | None
    source: str
    object: str = ""
    part: str = ""
    general: bool = False
    open: bool = False
    who: tuple[str, ...] = ()
    basis: str = ""
    pending: Labels = field(default_factory=dict)
    provisional: bool = False
    assumed: bool = False
    clipped: str = ""
    moved_from: dt.date | None = None
    non_working: Labels = field(default_factory=dict)
    latest_send: dt.date | None = None
    safe: dt.date | None = None
    met_on: dt.date | None = None
    note: Labels = field(default_factory=dict)
    passed: bool = False

    @property
    def key(self) -> str:
        """What tells this deadline from every other of the plan, and stays the same when its date changes: "D39:EQ-3:window"."""
        return ":".join(filter(None, (self.code, self.object, self.part)))

    @property
    def whole_plan(self) -> bool:
        """Whether it concerns the plan as a whole and no single row of a register."""
        return not self.object

    def data(self) -> Mapping[str, Any]:
        """The deadline as plain values for JSON, dates in ISO form; keys are never translated."""
        return {
            "key": self.key,
            "code": self.code,
            "part": self.part,
            "object": self.object,
            "label": dict(self.label),
            "kind": str(self.kind),
            "rule": dict(self.rule),
            "formula": dict(self.formula),
            "working": dict(self.working),
            "date": _iso(self.date),
            "pending": dict(self.pending),
            "who": list(self.who),
            "source": self.source,
            "basis": self.basis,
            "provisional": self.provisional,
            "assumed": self.assumed,
            "clipped": self.clipped,
            "moved_from": _iso(self.moved_from),
            "non_working": dict(self.non_working),
            "latest_send": _iso(self.latest_send),
            "safe": _iso(self.safe),
            "met_on": _iso(self.met_on),
            "note": dict(self.note),
            "passed": self.passed,
            "general": self.general,
            "open": self.open,
        }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def by_date(deadline: Deadline) -> tuple[bool, dt.date, str, str, str]:
    """The order of a list: by date, those without one at the end; then by code, object and part."""
    return (deadline.date is None, deadline.date or dt.date.min, deadline.code, deadline.object, deadline.part)
