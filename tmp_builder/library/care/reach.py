"""Which options can stand together: a search for a set that meets every need, avoids every conflict and fills the slots."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from tmp_builder.library.schema import Library, Option, Relation, Slot

MAX_STEPS = 20_000
"""More branches than any library of this kind needs; beyond, the search gives up and calls the set impossible."""


class _Search(Struct):
    library: Library
    conflicts: Mapping[str, frozenset[str]]
    slots: Mapping[str, Slot]
    strict: bool
    facts: frozenset[str]
    steps: int = 0


def complete(
    library: Library, wanted: Iterable[str], *, strict: bool = False, facts: Collection[str] = ()
) -> frozenset[str] | None:
    """A set of options that holds `wanted`, meets every need, holds no conflict and fills the slots of required sections.

    None when there is none. A section is required always, when a chosen option brings its fact, or when its fact is one of
    `facts`. Conditions of needs can be avoided by the facts of a plan and count only if `strict`.
    Values that options need are not looked at here; see `values_needed`.
    """
    slots = {option: slot for slot in library.slots() for option in slot.options}
    search = _Search(library, exclusions(library), slots, strict, frozenset({"always", *facts}))
    chosen: frozenset[str] = frozenset()
    for option in wanted:
        if not _fits(search, chosen, option):
            return None
        chosen |= {option}
    return next(_completions(search, chosen), None)


def exclusions(library: Library) -> Mapping[str, frozenset[str]]:
    """For each option the options it can never stand with, read in both directions; conditional conflicts do not count."""
    found: dict[str, set[str]] = {ident: set() for ident in library.options}
    for option in library.options.values():
        for relation in option.conflicts:
            if not relation.if_fact and not relation.if_value:
                for other in relation.any_of:
                    found[option.id].add(other)
                    found[other].add(option.id)
    return {ident: frozenset(others) for ident, others in found.items()}


def _fits(search: _Search, chosen: frozenset[str], option: str) -> bool:
    if option in chosen:
        return True
    slot = search.slots.get(option)
    if slot is None or search.conflicts[option] & chosen:
        return False
    return slot.high is None or sum(1 for other in slot.options if other in chosen) < slot.high


def _completions(search: _Search, chosen: frozenset[str]) -> Iterator[frozenset[str]]:
    search.steps += 1
    if search.steps > MAX_STEPS:
        return
    alternatives = _next_decision(search, chosen)
    if alternatives is None:
        yield chosen
        return
    for option in alternatives:
        if _fits(search, chosen, option):
            yield from _completions(search, chosen | {option})


def _next_decision(search: _Search, chosen: frozenset[str]) -> tuple[str, ...] | None:
    """The options of which one must be added: for an unmet need, else for an empty slot; None when nothing is missing."""
    for ident in sorted(chosen):
        for need in search.library.options[ident].needs:
            options = options_needed(need)
            counts = search.strict or not (need.if_fact or need.if_value)
            if options and counts and not set(options) & chosen:
                return options
    entered = {ident.partition(".")[0] for ident in chosen}
    facts = search.facts | {fact for ident in chosen for fact in search.library.options[ident].brings}
    for section in search.library.sections.values():
        if section.required_when in facts or section.id in entered:
            for slot in section.slots:
                if slot.low and not set(slot.options) & chosen:
                    return slot.options
    return None


def options_needed(need: Relation) -> tuple[str, ...]:
    """The options of which a need wants one: those it names, or the one whose parameter it looks at."""
    return (need.value[0].rpartition(".")[0],) if need.value else need.any_of


def values_needed(option: Option) -> tuple[tuple[str, str], ...]:
    """The values of parameters that an option needs without condition: address and value."""
    return tuple(need.value for need in option.needs if need.value and not need.if_fact and not need.if_value)
