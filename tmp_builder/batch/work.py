"""The work of a batch laid out: for each row its job, its files and whether anything changed since they were built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import tmp_builder
from tmp_builder.batch import fingerprints
from tmp_builder.batch.jobs import Shared
from tmp_builder.batch.manifest import Manifest, read_manifest
from tmp_builder.batch.members import MemberRow, read_members
from tmp_builder.batch.membership import Counts, LeftOut, count, unknown_consortia
from tmp_builder.batch.plan_folder import plans
from tmp_builder.batch.request import Base, Request, read_bases
from tmp_builder.batch.sets import Case, Draft, consortium
from tmp_builder.batch.standing import reasons
from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.library.schema import Labels


class Work(Struct, frozen=True):
    """All cases of a batch, what their jobs share, and what a reader must know. `about` heads the manifest."""

    request: Request
    shared: Shared
    cases: tuple[Case, ...]
    about: Mapping[str, Any]
    counts: Counts
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Labels, ...] = ()
    left_over: tuple[str, ...] = ()


def lay_out(request: Request) -> Work:
    """The work that the request asks for, held against what its folder holds already. Nothing is written.

    Raises InputError for a table or base plan that cannot be used, UsageError for what makes no sense.
    """
    of_folder = request.members.is_dir()
    bases = () if of_folder else read_bases(request.bases, request.library)
    if not of_folder and not bases:
        raise UsageError(
            both("a table of members needs a base plan", "成员表需要配合基础计划使用"),
            both(
                "Name one: tmp batch members.xlsx --base alliance.plan.yaml -o out",
                "请指定：tmp batch members.xlsx --base alliance.plan.yaml -o out",
            ),
        )
    old = read_manifest(request.folder)
    draft = Draft(request, _inputs(request), old)
    if of_folder:
        bases = plans(draft)
    else:
        rows = read_members(request.members, bases[0].plan, bases[0].library)
        for base in bases:
            consortium(draft, base, rows, several=len(bases) > 1)
        draft.notes += list(_unknown(rows, bases))
    libraries = {base.plan.id: base.library for base in bases}
    shared = Shared(draft.plans, libraries, request.options, request.as_of, draft.wholes)
    pdf = _pdf_inputs(draft.cases, request)
    cases = tuple(_held(_with_inputs(case, pdf), old, request) for case in draft.cases)
    return Work(
        request,
        shared,
        cases,
        _about(request, bases, draft, pdf),
        count(draft.members),
        tuple(draft.left_out),
        tuple(draft.notes),
        _left_over(old, cases, request.folder),
    )


def _inputs(request: Request) -> dict[str, str]:
    """The fingerprints that all sets share."""
    return {
        "templates": fingerprints.of_templates(),
        "program": fingerprints.of_program(),
        "options": fingerprints.of_options(request.options, request.as_of),
    }


def _pdf_inputs(cases: Sequence[Case], request: Request) -> dict[str, str]:
    """The fingerprints that count where a PDF is made; they are looked for only where one is."""
    if not any(_prints(case) for case in cases):
        return {}
    fonts = fingerprints.of_fonts(request.options)
    return {"fonts": fonts, "layout": fingerprints.layout_engine(request.options)}


def _prints(case: Case) -> bool:
    return case.job is not None and any(target.form == "pdf" for target in case.job.targets)


def _with_inputs(case: Case, pdf: Mapping[str, str]) -> Case:
    return replace(case, entry=replace(case.entry, parts={**case.entry.parts, **pdf})) if _prints(case) else case


def _about(request: Request, bases: Sequence[Base], draft: Draft, pdf: Mapping[str, str]) -> dict[str, Any]:
    """What heads the manifest: inputs and versions, names of files without their folders."""
    named = (
        []
        if request.members.is_dir()
        else [
            {"id": base.plan.id, "file": base.path.name, "sha256": _of_file(base.path), "draft": base.plan.version}
            for base in bases
        ]
    )
    table = [] if request.members.is_dir() else [{"file": request.members.name, "sha256": _of_file(request.members)}]
    counts = count(draft.members)
    return {
        "program": f"tmp-builder {tmp_builder.__version__}",
        "engines": fingerprints.engines() | ({"pango": pdf["layout"]} if pdf.get("layout") else {}),
        "libraries": sorted({f"{base.library.label} {base.library.fingerprint}" for base in bases}),
        "base": named,
        "members": table,
        "asked": {
            "make": list(request.makes),
            "name": request.naming,
            "date": request.as_of.isoformat() if request.as_of else "",
        },
        "settings": {
            **request.options.settings,
            "formats": list(request.options.formats),
            "for": request.options.audience,
            "languages": list(request.options.languages),
        },
        "memberships": counts.memberships,
        "institutions": counts.institutions,
        "inputs": dict(draft.inputs),
        "texts": dict(draft.texts),
    }


def _of_file(path: Path) -> str:
    return fingerprints.of_bytes(path.read_bytes())


def _unknown(rows: Sequence[MemberRow], bases: Sequence[Base]) -> Iterator[Labels]:
    """Consortia that rows name and for which no base plan was given."""
    given = [base.plan for base in bases]
    found: dict[str, int] = {}
    for row in rows:
        for name in unknown_consortia(row, given):
            found[name] = found.get(name, 0) + 1
    for name, many in sorted(found.items()):
        yield {
            "en": f"{many} {'row names' if many == 1 else 'rows name'} the consortium “{name}”, for which no --base is given",
            "zh": f"{many}行列有联盟“{name}”，但未以 --base 给出其计划",
        }


# ── what is there already ───────────────────────────────────────────────────────────────────────────────────────────


def _held(case: Case, old: Manifest, request: Request) -> Case:
    """The case with the reasons to make it; one with a fault, or over whose files nothing may be written, has no job."""
    before = old.entries.get(case.entry.id)
    if case.job is None:
        return replace(case, old=before)
    why, fault = reasons(case.entry, case.job, before, request.folder, force=request.force)
    if fault:
        return Case(replace(case.entry, fault=fault, code=5), None, (), before)
    return replace(case, reasons=why, old=before)


def _left_over(old: Manifest, cases: Sequence[Case], folder: Path) -> tuple[str, ...]:
    """Files of earlier runs that belong to no set any more and still lie there."""
    wanted = {path for case in cases if case.job for target in case.job.targets for path in target.paths}
    failed = {case.entry.id for case in cases if case.job is None}
    earlier = [file.path for ident, entry in old.entries.items() if ident not in failed for file in entry.files]
    return tuple(path for path in earlier if path not in wanted and (folder / path).is_file())
