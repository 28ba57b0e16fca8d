"""The worker processes of this machine: how results come back, and what a process leaves that dies."""

from __future__ import annotations

import os
import pickle
import signal
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from tmp_builder.batch.jobs import Job, Outcome, Shared, Target
from tmp_builder.batch.processes import Processes, Workers
from tmp_builder.pipeline import Options

SHARED = Shared({}, {}, Options())
JOBS = tuple(Job(f"A{number}", "no base", (Target("tmp", "md", (f"A{number}/a.md",)),)) for number in range(3))


@pytest.fixture
def _no_sockets() -> None:
    """Here processes are begun through a socket of this machine."""


@pytest.fixture
def workers() -> Workers:
    executor = Processes(SHARED, 1).open()
    assert isinstance(executor, Workers)
    return executor


def test_outcomes_come_back_in_their_order_and_no_file_stays(workers: Workers) -> None:
    pool = Processes(SHARED, 1)
    found = pool.send(workers, JOBS).result(120)
    assert [outcome.job for outcome in found] == ["A0", "A1", "A2"]
    assert all(isinstance(outcome, Outcome) and outcome.failed for outcome in found)
    assert list(workers.results.iterdir()) == []
    pool.close(workers, now=False)
    assert not workers.results.exists()


def _dies(folder: str) -> None:
    """In a worker: dies with half of its results written, as one does that the system kills."""
    (Path(folder) / "half").write_bytes(pickle.dumps(("one", "two"))[:9])
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_over_its_results_is_noticed_and_leaves_nothing(workers: Workers) -> None:
    pool = Processes(SHARED, 1)
    with pytest.raises(BrokenExecutor):
        workers.submit(_dies, str(workers.results)).result(120)
    with pytest.raises(BrokenExecutor):
        pool.send(workers, JOBS).result(120)
    pool.close(workers, now=True)
    assert not workers.results.exists()


def test_an_end_at_once_waits_for_nothing_that_is_under_way(workers: Workers) -> None:
    pool = Processes(SHARED, 1)
    pool.send(workers, JOBS).result(120)
    under_way = [pool.send(workers, JOBS) for _ in range(4)]
    pool.close(workers, now=True)
    assert all(answer.done() for answer in under_way)
    assert not workers.results.exists()
