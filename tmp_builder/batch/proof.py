"""Whether a folder of a batch is as it was built: every file against the manifest, and sets built again and compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from tmp_builder import pipeline
from tmp_builder.batch.fingerprints import digest, of_bytes
from tmp_builder.batch.manifest import FileEntry, Manifest, read_manifest, safe_path
from tmp_builder.batch.request import Request
from tmp_builder.batch.run import Pool, outcomes
from tmp_builder.batch.work import Work, lay_out
from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.writers.formats import PDF_ENGINES

SAMPLE = 5
"""So many sets are built again where not all are asked for."""

AS_BUILT, MISSING, DIFFERS, OUTSIDE = "as-built", "missing", "differs", "outside"


class Held(Struct, frozen=True):
    """A file of the manifest and how it stands: as built, missing, differing, or named outside the folder."""

    file: FileEntry
    state: str


class Rebuilt(Struct, frozen=True):
    """A file that was built again: whether the bytes are those of the manifest; `fault` says why it could not be built."""

    path: str
    same: bool
    fault: str = ""


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a folder. Raises UsageError for a folder that holds none."""
    found = read_manifest(folder)
    if not found.entries:
        raise UsageError(
            both("{folder} holds no manifest of a batch", "{folder}中没有批处理清单", folder=folder),
            both("Name a folder that tmp batch has written, or a file.", "请指定由tmp batch生成的文件夹，或者指定文件。"),
        )
    return found


def held(folder: Path, manifest: Manifest) -> Iterator[Held]:
    """Every file that the manifest names, held against what lies in the folder."""
    for entry in manifest.entries.values():
        for file in entry.files:
            path = safe_path(folder, file.path)
            if path is None:
                yield Held(file, OUTSIDE)
            elif not path.is_file():
                yield Held(file, MISSING)
            else:
                yield Held(file, AS_BUILT if of_bytes(path.read_bytes()) == file.sha256 else DIFFERS)


def sample(manifest: Manifest, many: int | None, endings: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of some sets, chosen by their fingerprints: always the same, and nobody's choice. None takes all.

    With `endings` only sets that hold a text whose file ends so.
    """
    sets = [
        entry
        for entry in manifest.entries.values()
        if not entry.fault and any(not endings or (file.paper == "tmp" and file.path.endswith(endings)) for file in entry.files)
    ]
    ranked = sorted(sets, key=lambda entry: digest([entry.id, entry.parts]))
    return tuple(entry.id for entry in (ranked if many is None else ranked[:many]))


def request_of(
    manifest: Manifest, folder: Path, members: Path, bases: tuple[Path, ...], library: Path | None, **more: Any
) -> Request:
    """What a manifest says it was asked for, with the table and plans at hand. `more` are options that a manifest does not hold."""
    asked, settings = _mapping(manifest.about.get("asked")), _mapping(manifest.about.get("settings"))
    as_of = date.fromisoformat(asked["date"]) if asked.get("date") else None
    options = pipeline.Options(
        formats=tuple(settings.get("formats", ())),
        final=settings.get("final") is True,
        languages=tuple(settings.get("languages", ())),
        dated=as_of,
        layout=str(settings.get("layout", "columns")),
        paper=str(settings.get("paper", "A4")),
        edition=str(settings.get("edition", "clean")),
        audience=str(settings.get("for", "counterparty")),
        protect=settings.get("protect") is True,
        pdf_engine=str(settings.get("pdf-engine", PDF_ENGINES[0])),
        **more,
    )
    if options.house.fingerprint != settings.get("style", ""):
        raise UsageError(
            both("the batch was built with another style of the house", "该批文件生成时使用了其他样式"),
            both("Name the same files with --style.", "请用 --style 指定相同的样式文件。"),
        )
    return Request(
        members, bases, folder, options, tuple(asked.get("make", ())), as_of, library, str(asked.get("name", "{id}")), True
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def rebuilt(request: Request, manifest: Manifest, wanted: tuple[str, ...], make_pool: Any) -> Iterator[Rebuilt]:
    """The files of some sets, built again from table and plan, nothing written, and compared with the manifest."""
    work: Work = lay_out(request)
    jobs = [case.job for case in work.cases if case.job and case.entry.id in wanted]
    for ident in sorted({*wanted} - {job.id for job in jobs}):
        yield Rebuilt(ident, False, both("the table and the plan give no such set any more", "按现有成员表和计划已无此套文件"))
    pool: Pool = make_pool(work.shared)
    for job, outcome in outcomes(jobs, pool):
        for file in manifest.entries[job.id].files:
            target = next((each for each in job.targets if file.path in each.paths), None)
            content = outcome.files.get(target.paths[0]) if target else None
            if content is None:
                yield Rebuilt(file.path, False, outcome.fault or both("it is not made any more", "现已不再生成该文件"))
            else:
                yield Rebuilt(file.path, of_bytes(content) == file.sha256)
