"""What rules look at: a plan, its library, its assembled document, its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from tmp_builder.deadlines import Deadline, deadlines
from tmp_builder.document.nodes import Clause, Document
from tmp_builder.document.walk import clauses, whole_numbers
from tmp_builder.library.schema import Library, Option, SectionSpec
from tmp_builder.plan.facts import fact, facts_of
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.plan.truths import Truth


class Case(Struct, frozen=True, dict=True):
    """One plan under examination. `final` says whether a final document is wanted: gaps then weigh as errors."""

    plan: Plan
    library: Library
    document: Document
    final: bool = False

    @cached_property
    def facts(self) -> Mapping[str, Truth]:
        """Every named fact of the plan."""
        return facts_of(self.plan, self.library)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every date of the plan, as `tmp dates` prints them."""
        return deadlines(self.plan, self.library)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the document."""
        return tuple(clauses(self.document))

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The whole number of every clause by its id, as a finding names it: "7.2(b)"."""
        return whole_numbers(self.document)

    @cached_property
    def seen(self) -> dict[str, tuple[Any, ...]]:
        """What each rule saw, by its code: rules about the findings of others need not look a second time."""
        return {}

    @property
    def begun(self) -> bool:
        """Whether a draft names one party only: nobody concludes a plan alone, so what this one lacks is not answered yet."""
        return not self.final and self.plan.status != "signed" and len(self.plan.members) == 1

    def holds(self, name: str) -> bool:
        """Whether a named fact is known to be true."""
        return fact(self.plan, self.library, name) is True

    def chosen(self) -> Iterator[Option]:
        """The options chosen for certain, in the order of the document."""
        for section in self.library.sections.values():
            for option in section.options:
                if self.plan.has(option):
                    yield self.library.options[option]

    def decision(self, section: SectionSpec) -> Decision:
        """What the plan chooses in a section."""
        return self.plan.choices.get(section.id, Decision())

    def value(self, address: str) -> Any:
        """The typed value of `section.option.parameter`, or None."""
        return self.plan.values.get(address)
