"""A plan read before and unchanged since, with its tables and its library: kept resolved, so that it is not read and validated again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tmp_builder import kept
from tmp_builder.errors import LibraryError
from tmp_builder.findings import Place
from tmp_builder.library.plain import Form, NotPlain
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan import schema
from tmp_builder.plan.source import PlanSource
from tmp_builder.plan.tables import contained
from tmp_builder.values import Money

_CODE = (
    "plan", "library", "values", "calendar", "document/nodes.py", "document/said.py", "findings.py", "language.py", "errors.py"
)  # fmt: skip
"""Our code that decides what a plan file is read as."""

_ENGINES = ("pydantic", "yaml", "openpyxl")

_FORM = Form(
    schema.Side, schema.Signatory, schema.Member, schema.Decision, schema.RegisterRow, schema.Project, schema.Wording,
    schema.Additional, schema.Waiver, schema.Approval, schema.DateSettings, schema.Plan, Place, Money,
)  # fmt: skip


def read(path: Path, folder: Path | None) -> tuple[schema.Plan, Library] | None:
    """The plan at `path` with the library in `folder`, if an earlier process kept it and nothing has changed since."""
    if not kept.in_use():
        return None
    try:
        library = read_library(folder)
    except LibraryError:
        return None  # said where the plan is read, after the faults of the plan itself
    plan = find(path, library)
    return (plan, library) if plan else None


def find(path: Path, library: Library) -> schema.Plan | None:
    """The plan at `path` as it was resolved against this very library, if neither it nor a table it names has changed; else None."""
    found = kept.find(_key(path, library)) if kept.in_use() and path.is_file() else None
    if found is None:
        return None
    tables, plain = found
    if any(_digest(path.parent / name) != digest for name, digest in tables):
        return None
    plan = _FORM.read(plain)
    assert isinstance(plan, schema.Plan)
    return plan


def keep(source: PlanSource, plan: schema.Plan, library: Library) -> tuple[schema.Plan, Library]:
    """Keep a plan for `find`, and give it back. One with an overlay is not kept: its library is known only when it is read."""
    if kept.in_use() and not source.file.overlay:
        tables = tuple((name, _digest(source.folder / name)) for name in _tables(source))
        with suppress(NotPlain):
            kept.keep(_key(source.path, library), (tables, _FORM.put(plan)))
    return plan, library


def _tables(source: PlanSource) -> Iterator[str]:
    """The tables that the plan names, all within its folder."""
    file = source.file
    for entry in (file.members, file.projects, *file.registers.values()):
        if isinstance(entry, str) and contained(source.folder, entry):
            yield entry


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _key(path: Path, library: Library) -> str:
    where = f"{path}\n{library.fingerprint}\n{','.join(library.replaced)}"
    return kept.key_of("plan", where, _digest(path), kept.program_state(_CODE, _ENGINES))
