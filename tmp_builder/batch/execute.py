"""The work carried out: files put in their places in one step each, every finished set noted at once, the manifest at the end."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.batch.fingerprints import of_bytes
from tmp_builder.batch.jobs import Job, Outcome, Shared, failure, told, worst
from tmp_builder.batch.manifest import Entry, FileEntry, Journal, safe_path, write_manifest
from tmp_builder.batch.run import Pool, outcomes
from tmp_builder.batch.sets import Case
from tmp_builder.batch.work import Work
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.findings import Finding, both
from tmp_builder.plan.writing import write_atomically

LOCK = ".tmp-batch.lock"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""Faults of a disk that the next file would meet as well."""
_MAKE_ROOM = both(
    "Make room and run the same command again: it goes on from here.", "请腾出空间后重新执行同一命令，即可从此处继续。"
)
_ANOTHER = both("Choose another folder with -o.", "请用 -o 另选文件夹。")


class State(StrEnum):
    """What became of a set in this run."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Done(Struct, frozen=True):
    """A set that is settled: what the manifest says of it, what became of it, why it was made."""

    entry: Entry
    state: State
    reasons: tuple[str, ...] = ()


class Run(Struct):
    """The run as far as it has come: every settled set by its id, in the order of the table at the end."""

    work: Work
    settled: dict[str, Done] = field(default_factory=dict)
    stopped: bool = False

    def in_order(self) -> tuple[Done, ...]:
        """The settled sets in the order of the work."""
        return tuple(self.settled[case.entry.id] for case in self.work.cases if case.entry.id in self.settled)

    @property
    def code(self) -> int:
        """The exit code: that of the worst case."""
        return worst([done.entry.code for done in self.settled.values()] or [0])

    def many(self, state: State) -> int:
        """How many sets are in a state."""
        return sum(done.state is state for done in self.settled.values())


MakePool = Callable[[Shared], Pool]


def execute(work: Work, make_pool: MakePool, *, fail_fast: bool = False) -> Iterator[tuple[Run, Done]]:
    """Carry out the work; yields the run and each set as it is settled.

    What is unchanged or faulty comes first. When everything is settled the manifest is written. Interrupted, everything finished
    is on disk and noted, and the same work goes on from there. Raises EngineError where the disk takes no more, UsageError where
    another run is at work in the folder.
    """
    run, journal = Run(work), Journal(work.request.folder)
    with _alone(work.request.folder):
        try:
            for case in work.cases:
                if not case.reasons:
                    done = _settled(case)
                    run.settled[case.entry.id] = done
                    yield run, done
                    if fail_fast and done.state is State.FAILED:
                        run.stopped = True
                        return
            yield from _made(run, make_pool, journal, fail_fast=fail_fast)
            if not run.stopped:
                write_manifest(work.request.folder, work.about, [done.entry for done in run.in_order()])
                journal.close(done=True)
        finally:
            journal.close(done=False)


def _settled(case: Case) -> Done:
    """A case without reasons: faulty, or as it was; then its files, findings and dates are those of before."""
    if case.job is None:
        kept = case.old.files if case.old else ()
        return Done(replace(case.entry, files=kept), State.FAILED)
    old = case.old
    assert old is not None
    new = case.entry
    entry = replace(old, name=new.name, folder=new.folder, place=new.place, missing=new.missing, warnings=new.warnings)
    return Done(entry, State.UNCHANGED)


def _made(run: Run, make_pool: MakePool, journal: Journal, *, fail_fast: bool) -> Iterator[tuple[Run, Done]]:
    work = run.work
    todo = {case.job.id: case for case in work.cases if case.job and case.reasons}
    jobs = sorted((case.job for case in todo.values() if case.job), key=lambda job: job.member != "")
    if not jobs:
        return
    found = outcomes(jobs, make_pool(work.shared))
    with contextlib.closing(found):  # type: ignore[type-var]
        for job, outcome in found:
            done = _put(todo[job.id], job, outcome, work.request.folder)
            run.settled[done.entry.id] = done
            journal.note(done.entry)
            yield run, done
            if fail_fast and done.state is State.FAILED:
                run.stopped = True
                return


def _put(case: Case, job: Job, outcome: Outcome, folder: Path) -> Done:
    """The files of an outcome on disk, and what the manifest says of the set."""
    if not outcome.failed:
        try:
            files = tuple(_files(job, outcome, folder))
        except EngineError as fault:
            if getattr(fault.__cause__, "errno", None) in _FULL:
                raise EngineError(fault.message, _MAKE_ROOM) from fault.__cause__
            outcome = failure(job.id, told(fault), fault.exit_code)
    if outcome.failed:
        old = case.old.files if case.old else ()
        return Done(replace(case.entry, files=old, fault=outcome.fault, code=outcome.code), State.FAILED, case.reasons)
    entry = replace(
        case.entry,
        files=files,
        findings=tuple(map(finding_data, outcome.findings)),
        gaps=outcome.gaps,
        dates=tuple({"day": due.day, "code": due.code, "what": dict(due.what)} for due in outcome.dates),
        skipped=tuple({"paper": paper, "why": dict(why)} for paper, why in outcome.skipped),
        fingerprint=outcome.fingerprint,
        code=outcome.code,
    )
    return Done(entry, State.BUILT, case.reasons)


def _files(job: Job, outcome: Outcome, folder: Path) -> Iterator[FileEntry]:
    for target in job.targets:
        content = outcome.files.get(target.paths[0])
        if content is None:
            continue
        digest = of_bytes(content)
        for path in target.paths:
            put(folder, path, content)
            yield FileEntry(path, target.paper, target.form, digest, len(content))


def put(folder: Path, relative: str, content: bytes) -> None:
    """Put a file into the folder in one step; one that holds the same is left alone. Raises EngineError."""
    path = safe_path(folder, relative)
    if path is None:
        raise EngineError(
            both("{file} would lie outside {folder}", "{file}将位于{folder}之外", file=relative, folder=folder.name), _ANOTHER
        )
    if path.is_dir():
        raise EngineError(both("{file} is a folder and cannot be written", "{file}是文件夹，无法写入", file=relative), _ANOTHER)
    if path.is_file() and path.read_bytes() == content:
        return
    for torn in path.parent.glob(f".{_escaped(path.name[:40])}.*") if path.parent.is_dir() else ():
        torn.unlink(missing_ok=True)  # begun by a run that was killed
    write_atomically(path, content)


def _escaped(name: str) -> str:
    import glob

    return glob.escape(name)


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as the manifest holds it: named by its address, since lines move and paths are nobody's business."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": dict(finding.message),
        "address": finding.address,
        "party": finding.party,
    }


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While this lasts no other run writes into the folder; a run that was killed leaves no lock behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / LOCK).open("a")
    except OSError as error:
        message = both("{folder} cannot be written: {why}", "{folder}无法写入：{why}", folder=folder, why=error.strerror)
        raise EngineError(message, _ANOTHER) from error
    with handle:
        try:
            _lock(handle.fileno())
        except OSError:
            raise UsageError(
                both("another run is at work in {folder}", "另一次运行正在使用{folder}", folder=folder),
                both("Wait for it, or choose another folder with -o.", "请等待其结束，或者用 -o 另选文件夹。"),
            ) from None
        try:
            yield
        finally:
            (folder / LOCK).unlink(missing_ok=True)


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows keeps an open file from being deleted or locked by others
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
