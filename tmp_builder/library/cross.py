"""Everything of a library held against everything: names that lead nowhere, options in no slot or in two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.schema import Library, Option, Relation, SectionSpec


def hold_together(library: Library) -> list[Fault]:
    """Every name in the library that leads nowhere, and every option that stands in no slot or in two."""
    faults: list[Fault] = []
    for section in library.sections.values():
        _hold_section(section, library, faults)
    for option in library.options.values():
        if option.section not in library.sections:
            faults.append(
                Fault(
                    option.place,
                    both(
                        "its section “{section}” has no section.yaml", "所属的“{section}”没有section.yaml", section=option.section
                    ),
                )
            )
        for relation in (*option.needs, *option.conflicts):
            _hold_relation(option, relation, library, faults)
        _unknown(option.favours, library.favours, option.place, "favours: unknown code", faults)
        _unknown([entry.source for entry in option.sources], library.sources, option.place, "unknown source", faults)
    for ident, wording in library.wordings.items():
        _unknown([ident], library.sections, wording.place, "unknown section", faults)
    for profile in library.profiles.values():
        chosen = [option for options in profile.choices.values() for option in options]
        by_fact = [option for _, options in profile.by_fact for option in options]
        _unknown([*chosen, *by_fact, *profile.alternatives], library.options, profile.place, "unknown option", faults)
        for address in profile.parameters:
            if library.parameter(address) is None:
                faults.append(Fault(profile.place, both("unknown parameter “{address}”", "没有参数“{address}”", address=address)))
    return faults


def _unknown(names: Iterable[str], known: Mapping[str, object], place: Place, what: str, faults: list[Fault]) -> None:
    for name in dict.fromkeys(names):
        if name not in known:
            faults.append(
                Fault(
                    place, both("{what} “{name}”{near}", "{what}“{name}”{near}", what=what, name=name, near=nearest(name, known))
                )
            )


def _hold_section(section: SectionSpec, library: Library, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for option in section.options:
        if option not in library.options:
            names = [ident for ident in library.options if ident.startswith(f"{section.id}.")]
            faults.append(
                Fault(
                    section.place,
                    both(
                        "the option “{option}” has no card{near}",
                        "选项“{option}”没有卡片{near}",
                        option=option,
                        near=nearest(option, names),
                    ),
                )
            )
        if option in seen:
            faults.append(
                Fault(
                    section.place,
                    both("the option “{option}” stands in two slots", "选项“{option}”出现在两个选择位", option=option),
                )
            )
        seen.add(option)
    for ident in library.options:
        if ident.startswith(f"{section.id}.") and ident not in seen:
            hint = both("Add it to a slot in section.yaml.", "请在section.yaml中列入一个选择位。")
            faults.append(
                Fault(library.options[ident].place, both("stands in no slot of its section", "未列入所属条的任何选择位"), hint)
            )


def _hold_relation(option: Option, relation: Relation, library: Library, faults: list[Fault]) -> None:
    _unknown(relation.any_of, library.options, option.place, "needs or conflicts: unknown option", faults)
    if relation.schedule and relation.schedule not in library.schedules:
        hint = nearest(relation.schedule, library.schedules)
        faults.append(
            Fault(
                option.place, both("unknown schedule “{name}”{near}", "没有附件“{name}”{near}", name=relation.schedule, near=hint)
            )
        )
    if relation.value:
        address, value = relation.value
        parameter = library.parameter(address)
        if parameter is None:
            faults.append(
                Fault(
                    option.place,
                    both(
                        "needs or conflicts: unknown parameter “{address}”",
                        "needs或conflicts：没有参数“{address}”",
                        address=address,
                    ),
                )
            )
        elif parameter.spec.choices and value not in parameter.spec.choices:
            faults.append(
                Fault(
                    option.place,
                    both(
                        "needs or conflicts: {address} has no value “{value}”",
                        "needs或conflicts：{address}没有取值“{value}”",
                        address=address,
                        value=value,
                    ),
                )
            )
    if relation.if_value and relation.if_value[0] not in option.parameters:
        faults.append(
            Fault(
                option.place,
                both("if-value: the card has no parameter “{name}”", "if-value：卡片没有参数“{name}”", name=relation.if_value[0]),
            )
        )
