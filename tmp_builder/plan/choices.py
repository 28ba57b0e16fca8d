"""Choices and values of a plan: options resolved against the library, values typed by their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tmp_builder.errors import nearest
from tmp_builder.findings import Place, both, listed
from tmp_builder.plan.ledger import Ledger
from tmp_builder.plan.schema import Decision
from tmp_builder.values import Misfit, parse

if TYPE_CHECKING:
    from tmp_builder.plan.files import ChoiceEntry, OpenChoiceFile

Keys = tuple[str | int, ...]


def decisions(entries: Mapping[str, ChoiceEntry], ids: list[str], where: Keys, ledger: Ledger) -> dict[str, Decision]:
    """What is chosen in each section; `ids` are the sides and members that may hold a position."""
    found = {}
    for section, entry in entries.items():
        ledger.known(section, ledger.library.sections, "section", *where, section)
        if section in ledger.library.sections:
            found[section] = _decision(section, entry, ids, (*where, section), ledger)
    return found


def _decision(section: str, entry: ChoiceEntry, ids: list[str], where: Keys, ledger: Ledger) -> Decision:
    from tmp_builder.plan.files import OpenChoiceFile

    if isinstance(entry, OpenChoiceFile):
        return _open(section, entry, ids, where, ledger)
    options = tuple(_option(section, name, where, ledger) for name in entry)
    for option in sorted({option for option in options if options.count(option) > 1}):
        ledger.fault(
            ledger.source.place(*where), both("the option “{option}” stands twice", "选项“{option}”重复出现", option=option)
        )
    return Decision(options)


def _open(section: str, entry: OpenChoiceFile, ids: list[str], where: Keys, ledger: Ledger) -> Decision:
    for who, wanted in entry.positions.items():
        ledger.known(who, ids, "side or member", *where, "positions")
        _option(section, wanted, (*where, "positions"), ledger)
    return Decision(
        options=tuple(_option(section, name, (*where, "settled"), ledger) for name in entry.settled),
        open=tuple(_option(section, name, (*where, "open"), ledger) for name in entry.open),
        positions={who: full_id(section, wanted) for who, wanted in entry.positions.items()},
        reasons=entry.reasons,
    )


def full_id(section: str, name: str) -> str:
    """The id of an option, written with its section or without."""
    return name if name.startswith(f"{section}.") else f"{section}.{name}"


def _option(section: str, name: str, where: Keys, ledger: Ledger) -> str:
    full = full_id(section, name)
    if full not in ledger.library.options:
        names = [option.partition(".")[2] for option in ledger.library.sections[section].options]
        short = name.removeprefix(f"{section}.")
        hint = both(
            "The section “{section}” offers: {names}.", "“{section}”可选：{names}。", section=section, names=listed(names)
        )
        ledger.fault(
            ledger.source.place(*where),
            both(
                "unknown option “{name}” in {section}{near}",
                "{section}中没有选项“{name}”{near}",
                name=name,
                section=section,
                near=nearest(short, names),
            ),
            hint,
        )
    return full


def values(entries: Mapping[str, Any], ids: list[str], where: Keys, ledger: Ledger) -> dict[str, Any]:
    """Typed values by `section.option.parameter`; `ids` are the members that a value may name."""
    found: dict[str, Any] = {}
    for address, raw in entries.items():
        parameter = ledger.library.parameter(address)
        place = ledger.source.place(*where, address)
        if parameter is None:
            _unknown(address, place, ledger)
        elif parameter.fact:
            ledger.fault(
                place,
                both(
                    "{address} repeats a fact of the plan ({fact}) and is not written",
                    "{address}重复了计划已载明的事实（{fact}），无须填写",
                    address=address,
                    fact=parameter.fact,
                ),
                both("Delete the line.", "请删去该行。"),
            )
        elif raw not in (None, ""):
            try:
                found[address] = parse(parameter.spec, raw)
                ledger.names_in(parameter.spec, found[address], ids, place, address)
            except Misfit as misfit:
                ledger.fault(place, both("{address}: {why}", "{address}：{why}", address=address, why=misfit.words))
    return found


def _unknown(address: str, place: Place, ledger: Ledger) -> None:
    options = ledger.library.options
    option, _, name = address.rpartition(".")
    if option in options:
        known = options[option].parameters
        hint = (
            both("{option} has: {known}.", "{option}的参数：{known}。", option=option, known=listed(known))
            if known
            else both("{option} has no parameters.", "{option}没有参数。", option=option)
        )
        ledger.fault(
            place,
            both("unknown parameter “{address}”{near}", "没有参数“{address}”{near}", address=address, near=nearest(name, known)),
            hint,
        )
    else:
        hint = both(
            "Write section.option.parameter: 60, such as protection.disclose.party_to_party_days: 60.",
            "写作section.option.parameter: 60，例如protection.disclose.party_to_party_days: 60。",
        )
        ledger.fault(
            place,
            both(
                "unknown parameter “{address}”{near}", "没有参数“{address}”{near}", address=address, near=nearest(option, options)
            ),
            hint,
        )
