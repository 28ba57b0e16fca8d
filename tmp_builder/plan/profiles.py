"""Profiles as starts: the choices and values with which a new plan begins."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tmp_builder.library.schema import Library, Profile
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Plan
from tmp_builder.values import Money


def options_of(profile: Profile, library: Library, plan: Plan) -> dict[str, tuple[str, ...]]:
    """What the profile chooses for this plan: its own options and those that come with the plan's facts, in slot order."""
    wanted = {option for options in profile.choices.values() for option in options}
    for when, options in profile.by_fact:
        if all(fact(plan, library, name) is True for name in when):
            wanted |= set(options)
    found = {section.id: tuple(option for option in section.options if option in wanted) for section in library.sections.values()}
    return {section: _one_each(options, library) for section, options in found.items() if options}


def _one_each(options: tuple[str, ...], library: Library) -> tuple[str, ...]:
    """At most as many options as each slot takes, the profile's first."""
    kept: list[str] = []
    for option in options:
        slot = library.sections[option.partition(".")[0]].slot_of(option)
        taken = sum(1 for other in kept if other in slot.options)
        if slot.high is None or taken < slot.high:
            kept.append(option)
    return tuple(kept)


def values_of(profile: Profile | None, library: Library, options: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """A value for every parameter of the options: the profile's, else the card's default; without either it is left out."""
    values: dict[str, Any] = {}
    for chosen in options.values():
        for option in chosen:
            for name, parameter in library.options[option].parameters.items():
                address = f"{option}.{name}"
                if parameter.fact:
                    continue
                if profile and address in profile.parameters:
                    values[address] = profile.parameters[address]
                elif parameter.default is not None:
                    values[address] = as_written(parameter.default)
    return values


def as_written(value: Any) -> Any:
    """A typed value as a plan file writes it."""
    if isinstance(value, Money):
        return f"{value.currency} {value.amount:,}"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, tuple):
        return [as_written(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_written(item) for key, item in value.items()}
    return value
