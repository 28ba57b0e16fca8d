"""Everything of a library held against everything: names that lead nowhere, options in no slot or in two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place
from tmp_builder.library.schema import Library, Option, Relation, SectionSpec


def hold_together(library: Library) -> list[Fault]:
    """Every name in the library that leads nowhere, and every option that stands in no slot or in two."""
    faults: list[Fault] = []
    for section in library.sections.values():
        _hold_section(section, library, faults)
    for option in library.options.values():
        if option.section not in library.sections:
            faults.append(Fault(option.place, f"its section “{option.section}” has no section.yaml"))
        for relation in (*option.needs, *option.conflicts):
            _hold_relation(option, relation, library, faults)
        _unknown(option.favours, library.favours, option.place, "favours: unknown code", faults)
        _unknown([entry.source for entry in option.sources], library.sources, option.place, "unknown source", faults)
    for profile in library.profiles.values():
        chosen = [option for options in profile.choices.values() for option in options]
        by_fact = [option for _, options in profile.by_fact for option in options]
        _unknown([*chosen, *by_fact, *profile.alternatives], library.options, profile.place, "unknown option", faults)
        for address in profile.parameters:
            if library.parameter(address) is None:
                faults.append(Fault(profile.place, f"unknown parameter “{address}”"))
    return faults


def _unknown(names: Iterable[str], known: Mapping[str, object], place: Place, what: str, faults: list[Fault]) -> None:
    for name in dict.fromkeys(names):
        if name not in known:
            faults.append(Fault(place, f"{what} “{name}”{nearest(name, known)}"))


def _hold_section(section: SectionSpec, library: Library, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for option in section.options:
        if option not in library.options:
            names = [ident for ident in library.options if ident.startswith(f"{section.id}.")]
            faults.append(Fault(section.place, f"the option “{option}” has no card{nearest(option, names)}"))
        if option in seen:
            faults.append(Fault(section.place, f"the option “{option}” stands in two slots"))
        seen.add(option)
    for ident in library.options:
        if ident.startswith(f"{section.id}.") and ident not in seen:
            hint = "Add it to a slot in section.yaml."
            faults.append(Fault(library.options[ident].place, "stands in no slot of its section", hint))


def _hold_relation(option: Option, relation: Relation, library: Library, faults: list[Fault]) -> None:
    _unknown(relation.any_of, library.options, option.place, "needs or conflicts: unknown option", faults)
    if relation.schedule and relation.schedule not in library.schedules:
        hint = nearest(relation.schedule, library.schedules)
        faults.append(Fault(option.place, f"unknown schedule “{relation.schedule}”{hint}"))
    if relation.value:
        address, value = relation.value
        parameter = library.parameter(address)
        if parameter is None:
            faults.append(Fault(option.place, f"needs or conflicts: unknown parameter “{address}”"))
        elif parameter.spec.choices and value not in parameter.spec.choices:
            faults.append(Fault(option.place, f"needs or conflicts: {address} has no value “{value}”"))
    if relation.if_value and relation.if_value[0] not in option.parameters:
        faults.append(Fault(option.place, f"if-value: the card has no parameter “{relation.if_value[0]}”"))
