"""Whether every option can be chosen: its needs can be met, and nothing it needs excludes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.reach import complete, exclusions, values_needed
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Option


@check("LIB-09", Severity.ERROR)
def needs_and_conflicts_agree(shelf: Shelf) -> Iterator[Hit]:
    """No option conflicts with itself, with what it needs, or with what the options it needs need; no two of these contradict.

    Why: such an option says yes and no to the same thing.
    """
    library = shelf.library
    excluded = exclusions(library)
    for option in library.options.values():
        company = shelf.always_with(option.id)
        for ident, other in combinations(sorted(company), 2):
            if other in excluded[ident]:
                en = f"it comes with “{ident}” and “{other}”, which exclude each other"
                yield _hit(option, en, f"随其选用的“{ident}”与“{other}”相互排斥")
        yield from _values(shelf, option, company)


def _values(shelf: Shelf, option: Option, company: frozenset[str]) -> Iterator[Hit]:
    wanted: dict[str, str] = {}
    for ident in sorted(company):
        for address, value in values_needed(shelf.library.options[ident]):
            if wanted.setdefault(address, value) != value:
                yield _hit(
                    option,
                    f"{address} would have to be “{wanted[address]}” and “{value}”",
                    f"{address}须同时为“{wanted[address]}”和“{value}”",
                )
        for conflict in shelf.library.options[ident].conflicts:
            unconditional = conflict.value and not conflict.if_fact and not conflict.if_value
            if conflict.value and unconditional and wanted.get(conflict.value[0]) == conflict.value[1]:
                yield _hit(
                    option,
                    f"{conflict.value[0]} = “{conflict.value[1]}” is needed and excluded",
                    f"{conflict.value[0]}取值“{conflict.value[1]}”既被需要又被排斥",
                )


def _hit(option: Option, en: str, zh: str) -> Hit:
    place = Place(option.place.file, option.lines.get("needs", 1))
    fix = ("Drop the need or the conflict.", "删去相应的needs或者conflicts。")
    return Hit(f"{option.id}: {en}", f"{option.id}：{zh}", place, *fix, option.id)


@check("LIB-10", Severity.ERROR)
def every_option_can_be_chosen(shelf: Shelf) -> Iterator[Hit]:
    """For every option there is a set of choices with it that meets every need, holds no conflict and fills the required slots.

    Why: an option that no plan can hold is dead text. Conditions (`if:`) can be avoided by the facts and do not count.
    """
    for option in shelf.library.options.values():
        if complete(shelf.library, [option.id]) is None:
            yield _hit(
                option, "no plan can ever choose it: its needs cannot be met together", "任何计划都无法选用：其需要无法同时满足"
            )
