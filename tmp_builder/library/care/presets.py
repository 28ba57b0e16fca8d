"""Whether the profiles are sound: their options stand together, and their values fit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tmp_builder.findings import Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.reach import exclusions, options_needed
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Library, Profile
from tmp_builder.values import Misfit, out_of_range, parse


@check("LIB-11", Severity.ERROR)
def profiles_hold_together(shelf: Shelf) -> Iterator[Hit]:
    """The options of a profile, and those that come with facts, exclude none; they crowd no slot and bring what they need."""
    excluded = exclusions(shelf.library)
    for profile in shelf.library.profiles.values():
        chosen = {option for options in profile.choices.values() for option in options if option in shelf.library.options}
        with_facts = chosen | {option for _, options in profile.by_fact for option in options}
        for option, other in combinations(sorted(with_facts), 2):
            if other in excluded.get(option, ()):
                yield _hit(profile, f"“{option}” and “{other}” exclude each other", f"“{option}”与“{other}”相互排斥")
        for option in sorted(chosen):
            yield from _needs(shelf.library, profile, option, chosen)
        yield from _slots(shelf.library, profile, chosen)


def _hit(profile: Profile, en: str, zh: str) -> Hit:
    return Hit(f"profile {profile.id}: {en}", f"模板{profile.id}：{zh}", profile.place, owner=f"profile:{profile.id}")


def _needs(library: Library, profile: Profile, option: str, chosen: set[str]) -> Iterator[Hit]:
    by_fact = {each for _, options in profile.by_fact for each in options}
    for need in library.options[option].needs:
        options = options_needed(need)
        if options and not need.if_fact and not need.if_value and not set(options) & (chosen | by_fact):
            yield _hit(profile, f"“{option}” needs “{' / '.join(options)}”", f"“{option}”需要“{' / '.join(options)}”")


def _slots(library: Library, profile: Profile, chosen: set[str]) -> Iterator[Hit]:
    for slot in library.slots():
        held = [option for option in slot.options if option in chosen]
        if slot.high is not None and len(held) > slot.high:
            en, zh = (
                f"the slot {slot.section}.{slot.id} takes {slot.high}, it has {', '.join(held)}",
                f"{slot.section}.{slot.id}至多{slot.high}项",
            )
            yield _hit(profile, en, zh)


@check("LIB-12", Severity.ERROR)
def profile_values_fit(shelf: Shelf) -> Iterator[Hit]:
    """The values of a profile are of their kind, lie in their range and belong to options that the profile chooses."""
    for profile in shelf.library.profiles.values():
        chosen = {option for options in profile.choices.values() for option in options}
        for address, raw in profile.parameters.items():
            parameter = shelf.library.parameter(address)
            if parameter is None:
                continue
            if parameter.option not in chosen:
                yield _hit(profile, f"{address} has a value, but its option is not chosen", f"{address}已填值，但未选用其选项")
            try:
                if out_of_range(parameter.spec, parse(parameter.spec, raw)):
                    yield _hit(profile, f"{address}: {raw} lies outside its range", f"{address}：{raw}超出范围")
            except Misfit as misfit:
                yield _hit(profile, f"{address}: {misfit}", f"{address}：取值不合类型（{misfit}）")
