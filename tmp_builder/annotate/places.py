"""Where in a document a finding belongs, and references to the places of a document."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tmp_builder.assemble.refer import numbers_of
from tmp_builder.document.nodes import Document, Reference
from tmp_builder.document.walk import clauses
from tmp_builder.findings import Finding
from tmp_builder.language import CLAUSE_REFERENCE, SCHEDULE_REFERENCE

_OF_SCHEDULES = {"members": "members", "projects": "projects", "work-plan": "projects"}
"""Parts of a plan that print as a schedule, beside its registers."""


class Places(Struct, frozen=True):
    """The numbered nodes of a document by id, and for each option its first clause."""

    numbers: Mapping[str, str]
    ids: frozenset[str]
    first: Mapping[str, str]

    def target(self, finding: Finding) -> str:
        """The node that a finding is about: its clause, else the part that its address names; empty for the whole plan."""
        wanted = (finding.clause, self.first.get(finding.clause, ""), *self._addressed(finding.address))
        return next((node for node in wanted if node in self.ids), "")

    def _addressed(self, address: str) -> tuple[str, ...]:
        head, _, rest = address.partition(".")
        part = rest.partition(".")[0]
        if head in ("parameters", "wording"):
            option = ".".join(rest.split(".")[:2])
            return (self.first.get(option, ""), f"section:{part}")
        if head == "choices":
            return (f"section:{part.partition('=')[0]}",)
        return (f"schedule:{part if head == 'registers' else _OF_SCHEDULES.get(head, '')}",)

    def reference(self, node: str, language: str) -> Reference | None:
        """A live reference to a section, a clause of level 2 or a schedule; None for anything else."""
        if not self.numbers.get(node):
            return None
        before, after = (SCHEDULE_REFERENCE if node.startswith("schedule:") else CLAUSE_REFERENCE)[language]
        return Reference(node, before, self.numbers[node], after)


def places_of(document: Document) -> Places:
    """The places of a document."""
    numbers = numbers_of(document)
    first: dict[str, str] = {}
    for clause in clauses(document):
        if clause.level == 2:
            first.setdefault(clause.origin, clause.id)
    return Places(numbers, frozenset(numbers) | {clause.id for clause in clauses(document)}, first)
