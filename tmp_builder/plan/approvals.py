"""What an approval is tied to: the words of clauses, or the plan's own data where no clause says it; and whether they still stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct

from tmp_builder.document.canonical import fingerprint
from tmp_builder.document.nodes import Document
from tmp_builder.document.said import fingerprint_of_words
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import look_up
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.schema import Approval, Plan

DATA = "plan"
"""The key under which the fingerprint of the plan's own data stands, beside those of languages."""

WHOLE = ("work-plan", "waivers", "registers.contacts")
"""Lists whose rows have no id of their own: an approval of a row is tied to the whole list."""


class Standing(StrEnum):
    """How an approval stands to the plan: it holds; the words changed since; what it approved is not in the plan."""

    HOLDS = "holds"
    LAPSED = "lapsed"
    ABSENT = "absent"


class Ground(Struct, frozen=True, dict=True):
    """What approvals of one plan are held against: the plan, its library and its document in the languages that are looked at."""

    plan: Plan
    library: Library
    document: Document

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The data of the plan, without the approvals themselves."""
        return {key: value for key, value in plan_data(self.plan, self.library).items() if key != "approvals"}

    def fingerprint(self, of: str, clauses: Sequence[str]) -> dict[str, str]:
        """The fingerprints of what stands now: by language those of the clauses' words, else that of the data at `of`.

        Empty where nothing stands: the clauses are not in the document, or nothing is at the address.
        """
        if clauses:
            found = {language: self._words(clauses, language) for language in self.document.languages}
            return found if all(found.values()) else {}
        value = self._value(of)
        return {} if value is None else {DATA: fingerprint(value)}

    def standing(self, approval: Approval) -> Standing:
        """Whether an approval still holds.

        A document in fewer languages than were approved is looked at in those it has; one in a language that was not approved
        has words nobody decided upon.
        """
        now = self.fingerprint(approval.of, approval.clauses)
        if approval.removed:
            return Standing.LAPSED if now else Standing.HOLDS
        if not now:
            return Standing.ABSENT
        return Standing.HOLDS if all(approval.fingerprint.get(key) == value for key, value in now.items()) else Standing.LAPSED

    def _words(self, clauses: Sequence[str], language: str) -> str:
        """One fingerprint for all clauses; empty where one of them has no words."""
        each = [fingerprint_of_words(self.document, ident, language) for ident in clauses]
        if not all(each):
            return ""
        return each[0] if len(each) == 1 else fingerprint(each)

    def _value(self, of: str) -> Any:
        whole = next((name for name in WHOLE if of == name or of.startswith(f"{name}.")), of)
        return look_up(self.data, whole)
