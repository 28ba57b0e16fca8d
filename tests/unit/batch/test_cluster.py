"""The pool of a cluster without one: addresses, what is missing, tasks that are lost or kill their workers."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from typing import Any

import pytest

from tmp_builder.batch import cluster_scheduler, cluster_worker
from tmp_builder.batch.cluster import Link
from tmp_builder.batch.cluster_scheduler import compare, reach
from tmp_builder.batch.cluster_worker import packed, portion_there, setup, unpacked
from tmp_builder.batch.jobs import Job, Shared, Target
from tmp_builder.cli.batch import pool_for
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.pipeline import Options

SHARED = Shared({}, {}, Options())
JOB = Job("A1", "base", (Target("tmp", "md", ("A1/a.md",)),))


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "tcp://host", "tcp://host:0", "tcp://host:70000", "http://host:80", "inproc://x:1"]
)
def test_an_address_that_is_none_is_refused_with_one_that_is(address: str) -> None:
    with pytest.raises(UsageError, match=r"tcp://10\.0\.0\.7:8786") as refused:
        reach(address)
    assert "不是调度器地址" in refused.value.message.zh


def test_nobody_there_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(where: tuple[str, int], _patience: float) -> None:
        assert where == ("::1", 8786)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(EngineError, match=r"no scheduler answers at tcp://\[::1\]:8786: .*refused\n.*dask scheduler"):
        reach("tcp://[::1]:8786")
    with pytest.raises(EngineError, match="certificates stand in Dask's own configuration"):
        reach("tls://[::1]:8786")


def test_a_missing_package_is_an_error_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_scheduler, "find_spec", lambda _name: None)
    with pytest.raises(EngineError, match=r"pip install 'tmp-builder\[cluster\]'"):
        reach("tcp://127.0.0.1:8786")


def test_a_number_of_processes_and_a_scheduler_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="-j and --scheduler"):
        pool_for(2, "tcp://127.0.0.1:8786")


def test_what_jobs_share_arrives_as_it_was_and_nothing_else_is_taken_for_it() -> None:
    import pickle
    import zlib

    assert unpacked(packed(SHARED)) == SHARED
    with pytest.raises(TypeError):
        unpacked(zlib.compress(pickle.dumps("x")))


def test_a_worker_that_differs_from_who_asks_makes_nothing() -> None:
    assert portion_there(SHARED, {**setup(SHARED.options), "lxml": "0"}, (JOB,)) is None
    (outcome,) = portion_there(SHARED, setup(SHARED.options), (JOB,)) or ()
    assert outcome.job == "A1"
    assert outcome.code == 70  # there is no such plan: the job was tried


def test_what_a_worker_works_out_stays_with_it_when_the_data_travels_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Shared] = []

    def note(jobs: tuple[Job, ...], shared: Shared) -> tuple[Any, ...]:
        shared.kept["text"] = shared.kept.get("text", 0) + 1
        seen.append(shared)
        return jobs

    monkeypatch.setattr(cluster_worker, "portion", note)
    came = Shared({}, {}, Options())
    for _ in range(2):
        portion_there(came, setup(came.options), (JOB,))
    assert came.kept == {}
    assert seen[0] is seen[1]
    assert seen[0].kept == {"text": 2}
    portion_there(Shared({}, {}, Options(paper="Letter")), setup(Options(paper="Letter")), (JOB,))
    assert seen[2].kept == {"text": 1}
    assert seen[2].options.paper == "Letter"


class Asked:
    """A client whose workers give an answer each."""

    def __init__(self, *answers: Any) -> None:
        self.answers = answers

    def run(self, _function: Callable[..., Any], *_args: Any, **_more: Any) -> dict[str, Any]:
        return {f"tcp://w{number}:1": answer for number, answer in enumerate(self.answers)}


def test_workers_are_compared_part_by_part_and_those_that_differ_are_named() -> None:
    here = {"lxml": "6.1", "fonts": "aa"}
    compare(Asked(here, dict(here)), here, Options())
    with pytest.raises(EngineError) as differs:
        compare(
            Asked(here, {"lxml": "6.0", "fonts": "aa"}, Exception("ModuleNotFoundError('no tmp_builder')"), OSError("gone")),
            here,
            Options(),
        )
    said = differs.value.message
    assert said.startswith("3 of 4 workers")
    assert "tcp://w1:1: lxml 6.0, here 6.1; tcp://w2:1: tmp-builder is missing" in said
    assert "tcp://w3:1: it does not answer (OSError('gone'))" in said
    assert "tcp://w0:1" not in said
    assert "lxml 6.0（本机为6.1）" in said.zh


# ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Task:
    """A task of a client, settled by the test."""

    def __init__(self) -> None:
        self.status, self.value, self.released = "pending", None, False
        self.told: Callable[[Task], None] = lambda _task: None

    def add_done_callback(self, told: Callable[[Task], None]) -> None:
        self.told = told

    def settle(self, status: str, value: Any = None) -> None:
        self.status, self.value = status, value
        self.told(self)

    def result(self, timeout: float) -> Any:
        return self.value

    def exception(self, timeout: float) -> Any:
        return self.value

    def release(self) -> None:
        self.released = True


class Client:
    """A client that hands its tasks to the test."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.closed = 0

    def submit(self, *_args: Any, **_more: Any) -> Task:
        self.tasks.append(Task())
        return self.tasks[-1]

    def nthreads(self, **_more: Any) -> dict[str, int]:
        return {"tcp://w:1": 1}

    def cancel(self, tasks: list[Task]) -> None:
        for task in tasks:
            task.settle("cancelled")

    def close(self, **_more: Any) -> None:
        self.closed += 1


@pytest.fixture
def link() -> Any:
    found = Link(Client(), None, 2)
    yield found
    found.shutdown()


def killed() -> Exception:
    worker = pytest.importorskip("distributed").scheduler.WorkerState
    from distributed import KilledWorker

    return KilledWorker("task", worker.__new__(worker), 3)


def test_a_result_is_passed_on_and_its_worker_may_forget_it(link: Link) -> None:
    answer: Future[Any] = link.submit(len)
    link.client.tasks[0].settle("finished", (1,))
    assert answer.result(1) == (1,)
    assert link.client.tasks[0].released


@pytest.mark.parametrize(("status", "value"), [("cancelled", None), ("lost", None), ("finished", None)])
def test_a_task_that_is_lost_or_met_a_worker_that_differs_breaks(link: Link, status: str, value: Any) -> None:
    answer: Future[Any] = link.submit(len)
    link.client.tasks[0].settle(status, value)
    with pytest.raises(BrokenExecutor):
        answer.result(1)


def test_what_a_task_raises_is_raised(link: Link) -> None:
    answer: Future[Any] = link.submit(len)
    link.client.tasks[0].settle("error", MemoryError("much"))
    with pytest.raises(MemoryError):
        answer.result(1)


def test_only_a_task_that_was_alone_is_blamed_for_the_death_of_its_workers(link: Link) -> None:
    error = killed()
    beside = link.submit(len, deadly="given up")
    also = link.submit(len, deadly="given up")
    link.client.tasks[0].settle("error", error)
    link.client.tasks[1].settle("error", error)
    for answer in (beside, also):
        with pytest.raises(BrokenExecutor):
            answer.result(1)
    alone = link.submit(len, deadly="given up")
    link.client.tasks[2].settle("error", error)
    assert alone.result(1) == "given up"
    several = link.submit(len)
    link.client.tasks[3].settle("error", error)
    with pytest.raises(BrokenExecutor):
        several.result(1)


def test_after_its_end_a_link_takes_nothing_and_ends_once(link: Link) -> None:
    on_its_way = link.submit(len)
    link.shutdown()
    link.shutdown()
    assert link.client.closed == 1
    with pytest.raises(BrokenExecutor):
        on_its_way.result(1)
    with pytest.raises(BrokenExecutor):
        link.submit(len)


def test_with_no_worker_for_long_everything_on_its_way_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    from tmp_builder.batch import cluster

    monkeypatch.setattr(cluster, "GLANCE", 0.01)
    monkeypatch.setattr(cluster, "PATIENCE", 0.05)
    monkeypatch.setattr(Client, "nthreads", lambda self, **_more: {})
    found = Link(Client(), None, 2)
    try:
        with pytest.raises(BrokenExecutor, match="no worker is left"):
            found.submit(len).result(10)
    finally:
        found.shutdown()
