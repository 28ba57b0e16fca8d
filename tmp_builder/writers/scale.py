"""A timeline laid out: the span of years, and where on it every mark stands; drawn by each writer in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from tmp_builder.document.nodes import Timeline

MOST = 12
"""No more years have a tick of their own; a longer span has one for every second, third … year."""


class Point(Struct, frozen=True):
    """A day with all that is written at it; `at` is its place between the ends of the line, from 0 to 1."""

    day: date
    labels: tuple[str, ...]
    at: float


class Scale(Struct, frozen=True):
    """The line from the first of January of `first` to that of `end`, with a tick every `step` years."""

    first: int
    end: int
    step: int

    @property
    def years(self) -> range:
        """The years with a tick, the last one at the end of the line."""
        return range(self.first, self.end + 1, self.step)

    def at(self, day: date) -> float:
        """Where a day stands between the ends, from 0 to 1."""
        start, end = date(self.first, 1, 1), date(self.end, 1, 1)
        return (day - start).days / (end - start).days


def scale_of(timeline: Timeline) -> Scale:
    """The scale of a timeline with at least one mark: whole years, no more than `MOST` ticks apart."""
    days = [date.fromisoformat(mark.day) for mark in timeline.marks]
    first, last = min(days).year, max(days).year
    step = -(-(last + 1 - first) // MOST)
    return Scale(first, first + step * -(-(last + 1 - first) // step), step)


def points(timeline: Timeline, scale: Scale) -> Iterator[Point]:
    """The days of a timeline in order, each once, with its labels, none twice."""
    marks = sorted(timeline.marks, key=lambda mark: mark.day)
    for day, group in groupby(marks, lambda mark: date.fromisoformat(mark.day)):
        yield Point(day, tuple(dict.fromkeys(mark.label for mark in group)), scale.at(day))
