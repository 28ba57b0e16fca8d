"""How the files of a set stand: as built, changed inputs, missing, edited since; what may be written over and what not."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.batch.fingerprints import changes, of_bytes
from tmp_builder.batch.jobs import Job
from tmp_builder.batch.manifest import Entry, safe_path
from tmp_builder.findings import Words, both
from tmp_builder.writers.ours import is_ours


def reasons(entry: Entry, job: Job, old: Entry | None, folder: Path, *, force: bool) -> tuple[tuple[str, ...], str]:
    """Why a set has to be made, by names of `fingerprints.CHANGED`, none where it is as it was; and why it cannot be made."""
    recorded = {file.path: file.sha256 for file in old.files} if old else {}
    outside = [path for target in job.targets for path in target.paths if safe_path(folder, path) is None]
    if outside:
        return (), both(
            "{file} would lie outside the folder of the batch; take away the link or choose another folder (-o)",
            "{file}将位于批处理文件夹之外；请移除该链接，或者用 -o 另选文件夹",
            file=outside[0],
        )
    foreign = [] if force else [path for path in _there(job, folder) if not _may_go(folder / path, recorded.get(path, ""))]
    if foreign:
        return (), _edited(foreign)
    return _why(entry, old, recorded, folder, force=force), ""


def _edited(foreign: list[str]) -> Words:
    more = len(foreign) - 1
    return both(
        "edited since it was built, or not ours: {file}{many}; move it away, or use --force",
        "生成后被修改，或者并非本程序生成：{file}{many}；请将其移走，或者使用 --force",
        file=foreign[0],
        many=both(" and {more} more", "等{all}个文件", more=more, all=more + 1) if more else Words("", ""),
    )


def _there(job: Job, folder: Path) -> list[str]:
    return [path for target in job.targets for path in target.paths if (folder / path).exists()]


def _may_go(path: Path, recorded: str) -> bool:
    """A file as built, or one of ours that nobody edited."""
    return not path.is_dir() and (of_bytes(path.read_bytes()) == recorded or is_ours(path))


def _why(entry: Entry, old: Entry | None, recorded: dict[str, str], folder: Path, *, force: bool) -> tuple[str, ...]:
    if force:
        return ("forced",)
    if old is None:
        return ("new",)
    if old.fault:
        return ("failed",)
    found = list(changes(old.parts, entry.parts))
    for path, digest in recorded.items():
        place = safe_path(folder, path)
        if place is None or not place.is_file():
            return (*found, "missing")
        if of_bytes(place.read_bytes()) != digest:
            return (*found, "differs")
    return tuple(found)
