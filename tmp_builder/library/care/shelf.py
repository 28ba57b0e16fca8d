"""What the checks of a library look at: the library, the names it may use, the day, and all its words as passages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct

from tmp_builder.document.nodes import Clause
from tmp_builder.library.care.passages import Passage, passages_of_card, passages_of_data
from tmp_builder.library.schema import Library, Option


class Shelf(Struct, frozen=True, dict=True):
    """A library under examination.

    `printed` and `named` are the facts that prose and conditions may use; `as_of` the day on which sources are judged old
    (None: their age is not looked at).
    """

    library: Library
    printed: Collection[str] = ()
    named: Collection[str] = ()
    as_of: date | None = None

    @cached_property
    def readable(self) -> tuple[Option, ...]:
        """The options whose prose has no fault, in document order; the others are LIB-01's."""
        ordered = [option for section in self.library.sections.values() for option in section.options]
        return tuple(self.library.options[ident] for ident in ordered if not self.library.options[ident].prose.faults)

    @cached_property
    def main(self) -> frozenset[str]:
        """The options that decide something: those of slots that take one, at most one or some. The others are add-ons."""
        return frozenset(option for slot in self.library.slots() if slot.pick != "any" for option in slot.options)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the library: cards first, then sections, terms, schedules, profiles."""
        cards = [passage for option in self.library.options.values() for passage in passages_of_card(option)]
        return (*cards, *passages_of_data(self.library))

    @cached_property
    def by_owner(self) -> dict[str, list[Passage]]:
        """The passages of each card."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.owner, []).append(passage)
        return found

    def passages_in(self, *kinds: str, language: str = "") -> Iterator[Passage]:
        """The passages of some kinds (and of one language)."""
        return (each for each in self.passages if each.kind in kinds and language in ("", each.language))

    @cached_property
    def items(self) -> dict[str, frozenset[str]]:
        """The names of the items of each option."""
        return {option.id: frozenset(_names(option.clauses)) for option in self.readable}

    def always_with(self, option: str) -> frozenset[str]:
        """The option with those that stand wherever it stands: what it needs without condition, what these need, and so on."""
        found: set[str] = set()
        waiting = [option]
        while waiting:
            ident = waiting.pop()
            if ident not in found and ident in self.library.options:
                found.add(ident)
                waiting += [need.unconditional_option for need in self.library.options[ident].needs if need.unconditional_option]
        return frozenset(found)


def _names(clauses: tuple[Clause, ...]) -> Iterator[str]:
    return (clause.id.partition("#")[2] for clause in clauses)
