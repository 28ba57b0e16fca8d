"""A folder of plans instead of a table: a case for each plan, its text."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.batch import fingerprints
from tmp_builder.batch.jobs import Job, told
from tmp_builder.batch.manifest import Entry
from tmp_builder.batch.members import read_folder
from tmp_builder.batch.request import Base, targets_of
from tmp_builder.batch.sets import Case, Draft
from tmp_builder.errors import InputError, UsageError
from tmp_builder.findings import both


def plans(draft: Draft) -> tuple[Base, ...]:
    """A case for each plan of a folder: its text."""
    request = draft.request
    if set(request.makes) - {"tmp"}:
        raise UsageError(
            both("a folder of plans gives one text a plan", "计划文件夹中每份计划只生成一份文本"),
            both("Papers of members need a table of members and --base PLAN.", "成员文件需要成员表和 --base PLAN。"),
        )
    bases = []
    for row in read_folder(request.members):
        assert row.plan is not None
        try:
            base = Base(row.plan, *pipeline.read(row.plan, request.library))
        except InputError as error:
            draft.cases.append(Case(Entry(f"{row.id}", row.id, place=str(row.place), fault=told(error), code=error.exit_code)))
            continue
        bases.append(base)
        forms = request.options.formats
        targets = tuple(
            replace(each, paths=(f"{base.stem}/{base.stem}.{each.form}",)) for each in targets_of("tmp", "", "", base, forms)
        )
        parts = {"plan": fingerprints.of_plan(base.plan, base.library), "library": base.library.fingerprint, **draft.inputs}
        entry = Entry(base.stem, base.plan.id, name=dict(base.plan.title), folder=base.stem, place=str(row.place), parts=parts)
        draft.cases.append(Case(entry, Job(base.stem, base.plan.id, targets, plan=base.plan)))
    return tuple(bases)
