"""A job of a batch as plain data that travels to any worker, and what comes back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from tmp_builder.errors import EngineError, IncompletePlanError, InputError, TmpError
from tmp_builder.findings import Fault, Finding, Place, Words, both, spoken
from tmp_builder.library.schema import Labels, Library
from tmp_builder.pipeline import Options
from tmp_builder.plan.schema import Member, Plan

PAPERS = ("tmp", "accession", "signature-page", "extract", "calendar", "cover-note")
"""What a row can get, in the order in which a set is read."""

SEVERITY = (0, 1, 4, 3, 5, 70, 130)
"""Exit codes from the best to the worst: a batch ends with its worst case."""

HEAVY = 20
"""The weight of a PDF beside that of a Word file: what decides how many jobs travel together."""


class Target(Struct, frozen=True):
    """One file to make: which paper, in which format, and every place below the folder of the batch where it is put."""

    paper: str
    form: str
    paths: tuple[str, ...]


class Job(Struct, frozen=True):
    """What is to be made of one base plan for one row, or the common text of all rows.

    `base` names the plan in `Shared`, unless the job brings a `plan` of its own. `clauses` is the fingerprint of the clauses of the
    common text, in which every row stands already; it is empty where the row has a text of its own: then `members` take the place of
    those with their ids or are appended. `changes` are values by address; `places` say where they were written. `note` names the
    files that lie in the row's set: what its cover note lists.
    """

    id: str
    base: str
    targets: tuple[Target, ...]
    member: str = ""
    members: tuple[Member, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    clauses: str = ""
    plan: Plan | None = None
    note: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> int:
        """How long it takes beside other jobs; 1 is a Word file."""
        return sum(HEAVY if target.form == "pdf" else 1 for target in self.targets)


class Shared(Struct, frozen=True):
    """What all jobs of a batch share; it travels once to every worker.

    `plans` holds each base as it is; `wholes` the same with every member of the table, for papers that need the common text. `kept` is
    what a worker has worked out once (`texts`); it does not travel.
    """

    plans: Mapping[str, Plan]
    libraries: Mapping[str, Library]
    options: Options
    as_of: date | None = None
    wholes: Mapping[str, Plan] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


class Due(Struct, frozen=True):
    """A date that concerns a member: its day in ISO form, the code of the rule, what it is."""

    day: str
    code: str
    what: Labels


class Outcome(Struct, frozen=True):
    """What became of a job. `files` holds the content by the first path of its target.

    `fault` says why nothing was made, `code` is the exit code that stands for it: 1 also for a draft with errors.
    """

    job: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    gaps: int = 0
    dates: tuple[Due, ...] = ()
    fingerprint: str = ""
    skipped: tuple[tuple[str, Labels], ...] = ()
    fault: str = ""
    code: int = 0

    @property
    def failed(self) -> bool:
        """Whether nothing was made."""
        return bool(self.fault)


def worst(codes: object) -> int:
    """The worst of some exit codes: 130 > 70 > 5 > 3 > 4 > 1 > 0."""
    found = [int(code) for code in codes]  # type: ignore[attr-defined]
    return max(found, key=lambda code: SEVERITY.index(code) if code in SEVERITY else SEVERITY.index(70), default=0)


def run(job: Job, shared: Shared) -> Outcome:
    """Make the files of a job. Never raises for what can be said in a sentence: a job that fails is an outcome, not the end."""
    from tmp_builder.batch.papers import make

    try:
        return make(job, shared)
    except (InputError, IncompletePlanError, EngineError, TmpError) as fault:
        return failure(job.id, told(fault), fault.exit_code)
    except MemoryError:
        return failure(
            job.id, both("there is not enough memory for it; use fewer workers (-j)", "内存不足；请减少工作进程数（-j）"), 5
        )
    except Exception as fault:
        return failure(job.id, _unexpected(fault), 70)


def failure(job: str, fault: str, code: int) -> Outcome:
    """The outcome of a job that came to nothing. A fault of use inside a row is bad input: 3."""
    return Outcome(job, fault=fault, code=3 if code == 2 else code)


def told(fault: TmpError) -> Words:
    """What a known fault says, with its hint, in both languages."""
    if isinstance(fault, InputError):
        return all_told(fault.faults)
    return Words(*("\n  ".join(filter(None, (spoken(fault.message, lang), spoken(fault.hint, lang)))) for lang in ("en", "zh")))


def all_told(faults: Iterable[Fault]) -> Words:
    """Faults of a file one below the other, in both languages."""
    every = tuple(faults)
    return Words(*("\n".join(each.text(lang) for each in every) for lang in ("en", "zh")))


def _unexpected(fault: Exception) -> Words:
    import traceback
    from pathlib import Path

    last = traceback.extract_tb(fault.__traceback__)[-1]
    return both(
        "an unexpected fault, {kind} at {file}:{line}: {fault}",
        "程序发生意外故障，{kind}，位置{file}:{line}：{fault}",
        kind=type(fault).__name__,
        file=Path(last.filename).name,
        line=last.lineno,
        fault=fault,
    )
