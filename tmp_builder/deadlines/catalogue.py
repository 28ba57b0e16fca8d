"""The catalogue of dates D01 to D55, and the reckoning of a plan: one small function a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib import import_module

from msgspec import Struct

from tmp_builder.deadlines.reckon import reckon
from tmp_builder.deadlines.schema import Deadline, by_date
from tmp_builder.deadlines.view import View
from tmp_builder.deadlines.windows import Window, says
from tmp_builder.findings import Words, both
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.schema import Plan

GROUPS = (
    "term",
    "projects",
    "background",
    "disclosure",
    "filing",
    "china",
    "publication",
    "confidentiality",
    "priority",
    "licences",
    "equipment",
    "membership",
    "disputes",
    "authorities",
    "closing",
)
"""The modules of the catalogue."""


class Entry(Struct, frozen=True):
    """A date of the catalogue: its code, what it is called, the function that finds its windows, its page in both languages."""

    code: str
    label: Labels
    look: Callable[[View], Iterable[Window]]
    page: Words


CATALOGUE: dict[str, Entry] = {}

Look = Callable[[View], Iterable[Window]]


def deadline(code: str, en: str, zh: str, page: str) -> Callable[[Look], Look]:
    """Enter the decorated function in the catalogue; its docstring says the rule and where it comes from, `page` in Chinese."""

    def enter(look: Look) -> Look:
        assert code not in CATALOGUE, code
        CATALOGUE[code] = Entry(code, says(en, zh), look, both(" ".join((look.__doc__ or "").split()), page))
        return look

    return enter


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every date by its code; reads the modules when first asked."""
    for group in GROUPS:
        import_module(f"tmp_builder.deadlines.{group}")
    return CATALOGUE


def made(view: View, code: str) -> tuple[Deadline, ...]:
    """The deadlines of one code, reckoned once per view."""
    if code not in view.made:
        entry = catalogue()[code]
        view.made[code] = tuple(reckon(view, code, entry.label, window) for window in entry.look(view))
    return view.made[code]


def deadlines(
    plan: Plan, library: Library, as_of: date | None = None, codes: Iterable[str] | None = None
) -> tuple[Deadline, ...]:
    """Every deadline of a plan (or those of `codes`) in the order of their dates, those without a date at the end.

    A date is there only when the option that creates it is chosen, a statutory one when the plan shows the fact behind
    it. `as_of` marks those that have passed. Pure: the same plan, library and calendar data give the same dates.
    """
    view = View(plan, library, as_of)
    wanted = sorted(catalogue()) if codes is None else list(codes)
    return tuple(sorted((each for code in wanted for each in made(view, code)), key=by_date))


def current(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines without the windows as such that an event has already started: what a list for daily use shows."""
    every = tuple(found)
    started = {(each.code, each.part) for each in every if not each.general}
    return tuple(each for each in every if not (each.general and (each.code, each.part) in started))
