"""The text that a job's papers rest on: of a consortium worked out once in a worker for all rows, of a row with a text of its own for it."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.assemble.assembly import signing_members
from tmp_builder.assemble.ground import Ground
from tmp_builder.batch.fingerprints import digest
from tmp_builder.batch.jobs import Job, Shared
from tmp_builder.batch.merge import changed, merged
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan

MOST_KEPT = 4
"""So many texts a worker keeps at a time: rows that set the same values come one after the other."""


class Text(Struct, frozen=True, dict=True):
    """A plan with rows in it, its findings and its document."""

    plan: Plan
    library: Library
    options: pipeline.Options

    @cached_property
    def checked(self) -> pipeline.Checked:
        """The text with its findings."""
        return pipeline.examine(self.plan, self.library, self.options)

    @cached_property
    def ground(self) -> Ground:
        """What the papers of members rest on; the text is not assembled again where it was checked already."""
        known = "checked" in self.__dict__ and self.options.edition == "clean"
        return Ground(self.plan, self.library, self.checked.document if known else None)

    @cached_property
    def signers(self) -> frozenset[str]:
        """The ids of the members that sign the plan itself."""
        return frozenset(member.id for member in signing_members(self.plan))


def text_of(job: Job, shared: Shared) -> Text:
    """The text of a job: the common one, or the base plan with the row in it. Raises PlanError for values that the plan cannot take."""
    if not job.clauses:
        base = merged(job.plan or shared.plans[job.base], job.members, job.places)
        return _text(base, job, shared)
    key = f"{job.base}:{digest(job.changes)}"
    if key not in shared.kept:
        while len(shared.kept) >= MOST_KEPT:
            shared.kept.pop(next(iter(shared.kept)), None)
        shared.kept[key] = _text(shared.wholes[job.base], job, shared)
    found: Text = shared.kept[key]
    return found


def _text(base: Plan, job: Job, shared: Shared) -> Text:
    library, options = shared.libraries[job.base], shared.options
    return Text(as_asked(changed(base, library, job.changes, job.places), options), library, options)


def as_asked(plan: Plan, options: pipeline.Options) -> Plan:
    """The plan in the languages and with the date of the command line, where that gives any."""
    return replace(plan, dated=options.dated or plan.dated, languages=options.languages or plan.languages)
