"""What the heading of a column names: a key of the member, an address of the plan, or an output of the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from tmp_builder.batch.jobs import PAPERS
from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, both, listed
from tmp_builder.language import LANGUAGES
from tmp_builder.library.border import known_keys
from tmp_builder.library.schema import Library
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.schema import Plan

FOLDER = "folder"
"""The output name of a column that says into which folder the papers of a row go."""

OUTPUTS = (*PAPERS, FOLDER)
"""Headings that name outputs: a paper with yes or no in the cells, or the folder."""

_SETTINGS = ("dated", "effective-date", "languages", "numbering")
"""Keys of a plan that a row may set as a whole; the others say what the plan is, and are the same for every row."""

_PARTS = ("title", "facts", "dates", "sides", "choices", "parameters", "projects", "registers")
"""Keys of a plan below which a row may set a part."""

_DATES = ("day-rule", "roll", "calendars", "eom-sticky", "time-zone")


class Kind(StrEnum):
    """What a heading names."""

    MEMBER = "member"
    PLAN = "plan"
    OUTPUT = "output"


class Heading(Struct, frozen=True):
    """A heading as written, and what it names."""

    text: str
    kind: Kind


def read_headings(heads: Iterable[tuple[str, Place]], plan: Plan, library: Library) -> tuple[dict[str, Heading], list[Fault]]:
    """The headings by their text; one that names nothing is a fault that offers the nearest name."""
    found: dict[str, Heading] = {}
    faults = []
    for text, place in heads:
        kind = _kind(text, plan, library)
        if kind is None:
            offered = nearest(text, _every(plan, library))
            message = both(
                "the column “{text}” is neither an address nor an output{near}",
                "列“{text}”既不是地址也不是输出{near}",
                text=text,
                near=offered,
            )
            hint = both(
                "Outputs: {outputs}. Keys of a member: {keys}.",
                "输出：{outputs}。成员单位的键：{keys}。",
                outputs=listed(OUTPUTS),
                keys=listed(_member_keys()),
            )
            faults.append(Fault(place, message, hint))
        else:
            found[text] = Heading(text, kind)
    return found, faults


def _kind(text: str, plan: Plan, library: Library) -> Kind | None:
    if text in OUTPUTS:
        return Kind.OUTPUT
    if _is_of_member(text):
        return Kind.MEMBER
    return Kind.PLAN if _is_address(text, plan, library) else None


def _is_address(text: str, plan: Plan, library: Library) -> bool:
    """Whether a row may set this part of a plan. The value itself is checked when the row is merged."""
    if text in _SETTINGS or text in _fixed():
        return True
    head, _, rest = text.partition(".")
    first, _, below = rest.partition(".")
    if head == "choices":
        return rest in library.sections
    if head == "parameters":
        return library.parameter(rest) is not None
    known: dict[str, Iterable[str]] = {
        "sides": (side.id for side in plan.sides),
        "projects": (project.id for project in plan.projects),
        "registers": (spec.id for spec in library.schedules.values()),
    }
    return bool(below) and head in known and first in known[head]


def _fixed() -> tuple[str, ...]:
    """The addresses that are the same in every plan."""
    named = [f"title.{language}" for language in LANGUAGES]
    return (*named, *(f"facts.{name}" for name in NAMED_FACTS), *(f"dates.{name}" for name in _DATES))


def _every(plan: Plan, library: Library) -> Iterator[str]:
    """Every heading there can be, as far as it can be listed."""
    yield from OUTPUTS
    yield from _member_headings()
    yield from _SETTINGS
    yield from _fixed()
    yield from (f"choices.{section}" for section in library.sections)
    yield from (each.address for option in library.options.values() for each in option.parameters.values())
    yield from (f"sides.{side.id}.name.{language}" for side in plan.sides for language in LANGUAGES)
    yield from (f"projects.{project.id}.title.{language}" for project in plan.projects for language in LANGUAGES)


def _member_keys() -> list[str]:
    from tmp_builder.plan.files import MemberFile

    return known_keys(MemberFile, ())


def _is_of_member(text: str) -> bool:
    """A key of a member, or a part below one that takes several values: `name.zh`, `signatory.title.en`."""
    from tmp_builder.plan.files import MemberFile

    parts = text.split(".")
    return all(part in known_keys(MemberFile, parts[:place]) for place, part in enumerate(parts))


def _member_headings() -> set[str]:
    """Every heading that a column of members can have."""
    from tmp_builder.plan.files import MemberFile

    def below(path: tuple[str, ...]) -> Iterator[str]:
        for key in known_keys(MemberFile, path):
            yield ".".join((*path, key))
            yield from below((*path, key))

    return set(below(()))
