"""Where each value of a plan comes from: a flag, a file, the plan itself, its profile, the default of a card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from tmp_builder.interview.blanks import key_of, parameters_of, suggested
from tmp_builder.interview.sections import is_forced, live_slots, wanted
from tmp_builder.interview.session import Session
from tmp_builder.interview.state import State
from tmp_builder.plan.addresses import look_up

FLAG, FILE, PLAN, PROFILE, DEFAULT, OPEN = "flag", "file", "plan", "profile", "default", "open"
"""The strongest first: --set, --answers, the plan itself, its profile, a card's default, nowhere yet."""


class Origin(Struct, frozen=True):
    """One key of the plan with its value and where it comes from."""

    address: str
    value: Any
    origin: str


def origins(session: Session, flags: Iterable[str], file: Iterable[str], plan: Mapping[str, Any]) -> Iterator[Origin]:
    """Every key that the plan has or wants, with its value and its origin; `plan` is the plan's data before flags and file."""
    state, flagged, filed = session.state, set(flags), set(file)
    for address, offered, origin in _wanted(state):
        held = look_up(state.raw, address)
        if held in (None, ""):
            yield Origin(address, offered, origin if offered is not None else OPEN)
        elif _named(address, flagged):
            yield Origin(address, held, FLAG)
        elif _named(address, filed):
            yield Origin(address, held, FILE)
        else:
            yield Origin(address, held, PLAN if look_up(plan, address) is not None else origin)


def _named(address: str, given: set[str]) -> bool:
    """Whether an address, or a part above or below it, was given."""
    return any(address == each or address.startswith(f"{each}.") or each.startswith(f"{address}.") for each in given)


def _wanted(state: State) -> Iterator[tuple[str, Any, str]]:
    """Addresses with what the profile or a default offers for them, and which of the two it is."""
    yield "profile", None, OPEN
    yield "languages", ["en", "zh"], DEFAULT
    yield from ((f"title.{language}", None, OPEN) for language in state.plan.languages)
    for address in ("dated", "effective-date", "sides", "members", "dates.day-rule", "dates.calendars"):
        yield address, None, OPEN
    yield from ((f"facts.{name}", None, OPEN) for name in state.plan.facts)
    for section in state.library.sections.values():
        if wanted(state, section):
            names = [option.partition(".")[2] for option in state.offered.get(section.id, ())]
            forced = [slot.options[0].partition(".")[2] for slot in live_slots(state, section) if is_forced(slot)]
            yield f"choices.{section.id}", names or forced or None, PROFILE if names else DEFAULT
            for parameter in parameters_of(state, section.id):
                own = bool(state.profile and key_of(parameter) in state.profile.parameters)
                yield parameter.address, suggested(state, parameter), PROFILE if own else DEFAULT
