"""The run over any executor: order of trouble, lost workers, jobs that kill their worker, an end that leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tmp_builder.batch.jobs import Job, Outcome, Shared, Target, worst
from tmp_builder.batch.run import Serial, outcomes
from tmp_builder.errors import EngineError
from tmp_builder.pipeline import Options

SHARED = Shared({}, {}, Options())


@dataclass
class Fake:
    """A pool whose portions are answered by a function; it can die."""

    answer: Callable[[Job], Outcome]
    workers: int = 2
    opened: int = 0
    closed: list[bool] = field(default_factory=list)

    def open(self) -> Executor:
        self.opened += 1
        return Serial()

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        return executor.submit(lambda: tuple(self.answer(job) for job in jobs))

    def close(self, executor: Executor, *, now: bool) -> None:
        self.closed.append(now)


def jobs_of(many: int) -> list[Job]:
    return [Job(f"A{number}", "base", (Target("tmp", "md", (f"A{number}/a.md",)),)) for number in range(many)]


def test_every_job_has_one_outcome_and_the_workers_end() -> None:
    pool = Fake(lambda job: Outcome(job.id))
    found = list(outcomes(jobs_of(23), pool))
    assert [job.id for job, _ in found] == [f"A{number}" for number in range(23)]
    assert all(job.id == outcome.job for job, outcome in found)
    assert pool.closed == [False]


def test_a_worker_that_dies_once_costs_nothing() -> None:
    died: list[str] = []

    def answer(job: Job) -> Outcome:
        if job.id == "A5" and not died:
            died.append(job.id)
            raise BrokenExecutor
        return Outcome(job.id)

    pool = Fake(answer)
    found = [(job.id, outcome.fault) for job, outcome in outcomes(jobs_of(12), pool)]
    assert sorted(found) == sorted((f"A{number}", "") for number in range(12))
    assert pool.opened == 2


def test_a_job_that_kills_its_worker_every_time_is_given_up_and_the_rest_is_done() -> None:
    def answer(job: Job) -> Outcome:
        if job.id == "A5":
            raise BrokenExecutor
        return Outcome(job.id)

    found = {job.id: outcome for job, outcome in outcomes(jobs_of(12), Fake(answer))}
    assert len(found) == 12
    assert [ident for ident, outcome in found.items() if outcome.failed] == ["A5"]
    assert found["A5"].code == 70
    assert "its worker died" in found["A5"].fault


def test_workers_that_never_live_are_one_clear_error() -> None:
    def answer(job: Job) -> Outcome:
        raise BrokenExecutor

    with pytest.raises(EngineError, match="die as soon as they begin"):
        list(outcomes(jobs_of(40), Fake(answer)))


def test_who_stops_asking_ends_the_workers_at_once() -> None:
    pool = Fake(lambda job: Outcome(job.id))
    found = outcomes(jobs_of(20), pool)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert pool.closed == [True]


def test_a_fault_nobody_foresaw_is_the_outcome_of_its_jobs() -> None:
    def answer(job: Job) -> Outcome:
        raise ValueError("not again")

    (found,) = [outcome for _, outcome in outcomes(jobs_of(1), Fake(answer))]
    assert (found.code, found.failed) == (70, True)
    assert "ValueError: not again" in found.fault


def test_any_executor_fits() -> None:
    class Threads(Fake):
        def open(self) -> Executor:
            self.opened += 1
            return ThreadPoolExecutor(2)

        def close(self, executor: Executor, *, now: bool) -> None:
            executor.shutdown(wait=True, cancel_futures=now)

    found = {job.id for job, _ in outcomes(jobs_of(30), Threads(lambda job: Outcome(job.id)))}
    assert len(found) == 30


@pytest.mark.parametrize(
    ("codes", "code"), [([0, 1, 3], 3), ([1, 4], 4), ([3, 5, 4], 5), ([5, 70], 70), ([70, 130], 130), ([0], 0), ([4, 3], 3)]
)
def test_a_batch_ends_with_its_worst(codes: list[int], code: int) -> None:
    assert worst(codes) == code
