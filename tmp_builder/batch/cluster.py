"""The pool of a Dask cluster: what jobs share is sent once, its workers do the jobs, and those of a lost worker are done by another."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.batch.cluster_scheduler import ANSWER, GLANCE, PATIENCE, compare, connected, reach, wait_for_worker, workers_of
from tmp_builder.batch.cluster_worker import packed, portion_there, setup, unpacked
from tmp_builder.batch.jobs import Job, Outcome, Shared, failure

# ── the executor ────────────────────────────────────────────────────────────────────────────────────────────────────


class Link(Executor):
    """A connection to a cluster whose workers agree with this machine, and the data of one batch on its way to them.

    What a lost worker was doing the scheduler gives to another, the shared data too. A future breaks (BrokenExecutor) where the
    scheduler or every worker is gone, a worker that came later differs, or a task cost several workers their life.
    """

    def __init__(self, client: Any, data: Any, workers: int) -> None:
        self.client, self.data, self.workers = client, data, workers
        self._tasks: dict[Future[Any], _Task] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether it was let go."""
        return self._ended.is_set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call the function with the shared data before the other arguments.

        `deadly` is what came of it where it ran with nothing beside it and its workers died all the same.
        """
        if self._ended.is_set():
            raise BrokenExecutor
        answer: Future[Any] = Future()
        deadly = kwargs.pop("deadly", None)
        try:
            task = self.client.submit(fn, self.data, *args, pure=False, **kwargs)
        except Exception as error:  # whatever it is, nothing was handed over
            raise BrokenExecutor from error
        with self._lock:
            alone = not self._tasks
            for other in self._tasks.values():
                other.alone = False
            self._tasks[answer] = _Task(task, deadly, alone)
        task.add_done_callback(partial(self._settle, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of everything; what a worker has begun it finishes, and throws away."""
        if self._ended.is_set():
            return
        self._ended.set()
        with self._lock:
            tasks = [each.future for each in self._tasks.values()]
        with contextlib.suppress(Exception):
            self.client.cancel(tasks)
        with contextlib.suppress(Exception):
            self.client.close(timeout=ANSWER)

    def _settle(self, answer: Future[Any], future: Any) -> None:
        """Pass on what became of a task, and let its worker forget it. Runs in a thread of the client."""
        from distributed import KilledWorker

        with self._lock:
            task = self._tasks.pop(answer)
        found, error = _what_became(future)
        if isinstance(error, KilledWorker):
            found, error = (task.deadly, None) if task.alone and task.deadly else (None, BrokenExecutor("its workers died"))
        elif found is None and error is None:
            error = BrokenExecutor("the task was lost, or its worker differs")
        with contextlib.suppress(InvalidStateError):
            answer.set_exception(error) if error else answer.set_result(found)
        future.release()

    def _watch(self) -> None:
        """Count the workers now and then; with none left for long, nothing that is on its way will ever come back."""
        seen = time.monotonic()
        while not self._ended.wait(GLANCE):
            self.workers = len(workers_of(self.client))
            seen = time.monotonic() if self.workers else seen
            if time.monotonic() - seen > PATIENCE:
                with self._lock:
                    answers = list(self._tasks)
                for answer in answers:
                    with contextlib.suppress(InvalidStateError):
                        answer.set_exception(BrokenExecutor("no worker is left"))


class _Task(Struct):
    """A task on its way, what it amounts to if it kills its workers, and whether nothing was ever beside it."""

    future: Any
    deadly: Any
    alone: bool


def _what_became(future: Any) -> tuple[Any, BaseException | None]:
    """The result of a task or what it raised; neither where it was lost."""
    try:
        if future.status == "finished":
            return future.result(timeout=PATIENCE), None
        return None, future.exception(timeout=PATIENCE) if future.status == "error" else None
    except Exception as fault:  # the connection went, or the scheduler
        return None, BrokenExecutor(str(fault))


# ── the pool ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Cluster(Struct):
    """The workers of a scheduler, each with the same program, engines and fonts as this machine."""

    address: str
    shared: Shared
    here: Mapping[str, str]
    ready: Link | None = None

    @property
    def workers(self) -> int:
        """How many workers there are at this moment; they may come and go."""
        return max(2, self.ready.workers if self.ready else 0)

    def open(self) -> Executor:
        """The connection, or a new one where that was lost. Raises EngineError as `cluster` does."""
        if self.ready is None or self.ready.ended:
            self.ready = _linked(self.address, self.shared, self.here)
        return self.ready

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        """Hand a portion to the cluster."""
        given_up = "its worker died each time it was made: too little memory, or a fault of an engine"
        deadly = (failure(jobs[0].id, given_up, 70),) if len(jobs) == 1 else None
        work: Callable[..., Any] = portion_there
        return executor.submit(work, self.here, jobs, deadly=deadly)

    def close(self, executor: Executor, *, now: bool) -> None:
        """Leave the cluster; it goes on for others."""
        executor.shutdown(wait=not now, cancel_futures=now)


def cluster(address: str, shared: Shared) -> Cluster:
    """The pool of a scheduler, connected.

    Raises EngineError where no scheduler answers, it has no workers, or a worker would make other files than this machine; UsageError
    for an address that is none.
    """
    reach(address)
    options = replace(shared.options, font_dirs=tuple(folder.resolve() for folder in shared.options.font_dirs))
    shared = replace(shared, options=options)
    pool = Cluster(address, shared, setup(options))
    pool.open()
    return pool


def _linked(address: str, shared: Shared, here: Mapping[str, str]) -> Link:
    client = connected(address)
    try:
        workers = wait_for_worker(client, address)
        compare(client, here, shared.options)
        return Link(client, client.submit(unpacked, packed(shared), pure=False), len(workers))
    except BaseException:
        with contextlib.suppress(Exception):
            client.close(timeout=ANSWER)
        raise


__all__ = ["Cluster", "Link", "cluster", "reach"]
