"""The run: jobs handed to an executor in small portions, their outcomes as they come, lost workers replaced."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Any, Protocol

from msgspec import Struct, field

from tmp_builder.batch.jobs import Job, Outcome, Shared, failure, run
from tmp_builder.errors import EngineError
from tmp_builder.findings import Words, both

PORTION = 4
"""So much weight travels at once: several Word files, or one PDF."""
RECYCLE = 500
"""After so many jobs a worker makes room for a new one: what engines and fonts keep does not grow for ever."""
DEATHS = 2
"""A job whose worker dies so often, with no other job beside it, is given up."""
MOST_BREAKS = 12
"""So many workers may die one after another with nothing done in between."""
_KILLER = both(
    "its worker died each time it was made: too little memory, or a fault of an engine",
    "每次生成时工作进程均异常退出：内存不足，或者引擎故障",
)


class Pool(Protocol):
    """Where jobs are done. Any `concurrent.futures.Executor` fits: `open` makes one, `send` hands it a portion."""

    @property
    def workers(self) -> int:
        """How many portions are done at once."""

    def open(self) -> Executor:
        """A new executor, also after one was lost."""

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        """Hand a portion to the executor."""

    def close(self, executor: Executor, *, now: bool) -> None:
        """Let the executor end; `now`: whatever it is doing."""


class Serial(Executor):
    """Does at once what it is given, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Here(Struct, frozen=True):
    """No other process: one job after the other in this one."""

    shared: Shared
    workers: int = 1

    def open(self) -> Executor:
        """An executor that does at once what it is given."""
        return Serial()

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        """Do the portion."""
        return executor.submit(portion, jobs, self.shared)

    def close(self, executor: Executor, *, now: bool) -> None:
        """Nothing is left to end."""


def portion(jobs: tuple[Job, ...], shared: Shared) -> tuple[Outcome, ...]:
    """The outcomes of some jobs, in their order. This is what travels to a worker."""
    return tuple(run(job, shared) for job in jobs)


class _State(Struct):
    """What is still to be handed out, what is on its way, and what was on its way when a worker died.

    `alone` says that a suspect is on its way with nothing beside it.
    """

    waiting: deque[tuple[Job, ...]]
    suspects: deque[Job] = field(default_factory=deque)
    flying: dict[Future[tuple[Outcome, ...]], tuple[Job, ...]] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)
    alone: bool = False
    sent: int = 0
    breaks: int = 0

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.waiting or self.suspects or self.flying)

    def lost(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome]]:
        """These were on their way when a worker died. Each is tried again by itself; one that then kills its worker is given up."""
        self.breaks += 1
        if self.breaks > MOST_BREAKS:
            raise EngineError(
                both("the workers die as soon as they begin", "工作进程一启动即退出"),
                both("Use one process (-j 1); it says what is wrong.", "请改用单进程（-j 1），即可看到原因。"),
            )
        for job in jobs:
            self.deaths[job.id] = self.deaths.get(job.id, 0) + self.alone
            if self.deaths[job.id] >= DEATHS:
                yield (
                    job,
                    failure(job.id, _KILLER, 70),
                )
            else:
                self.suspects.append(job)
        self.alone, self.sent = False, 0


def outcomes(jobs: Sequence[Job], pool: Pool) -> Iterator[tuple[Job, Outcome]]:
    """Each job with its outcome, in the order in which they are done.

    Who stops asking, or is interrupted, ends the workers. A worker that dies costs nothing but time; a job that kills its worker
    every time is an outcome of its own. Raises EngineError where no worker lives long enough to do anything.
    """
    state = _State(deque(_portions(jobs, pool.workers)))
    executor = pool.open()
    done = False
    try:
        while state.busy:
            if state.sent >= RECYCLE * pool.workers and not state.flying:
                pool.close(executor, now=False)
                executor, state.sent = pool.open(), 0
            lost = _fill(state, pool, executor)
            if state.flying and not lost:
                ready, _ = wait(state.flying, return_when=FIRST_COMPLETED)
                for future in [each for each in state.flying if each in ready]:
                    sent = state.flying.pop(future)
                    found = _result(future, sent)
                    lost += sent if found is None else ()
                    state.breaks = state.breaks if found is None else 0
                    yield from found or ()
            if lost:
                lost += tuple(job for sent in state.flying.values() for job in sent)
                state.flying.clear()
                pool.close(executor, now=True)
                yield from state.lost(lost)
                executor = pool.open()
        done = True
    finally:
        pool.close(executor, now=not done)


def _portions(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, ...]]:
    """Light jobs together, heavy ones alone; never so many together that a worker is left without any."""
    most = max(1, len(jobs) // max(1, workers * 4))
    batch: list[Job] = []
    for job in jobs:
        if batch and (sum(each.weight for each in batch) + job.weight > PORTION or len(batch) >= most):
            yield tuple(batch)
            batch = []
        batch.append(job)
    if batch:
        yield tuple(batch)


def _fill(state: _State, pool: Pool, executor: Executor) -> tuple[Job, ...]:
    """Hand out as much as keeps every worker busy; suspects one at a time. What an executor that is broken did not take comes back."""
    room = pool.workers * 2 if pool.workers > 1 else 1
    while len(state.flying) < room and state.sent < RECYCLE * pool.workers:
        if state.flying and (state.alone or state.suspects):
            break
        state.alone = bool(state.suspects)
        if not state.suspects and not state.waiting:
            break
        jobs = (state.suspects.popleft(),) if state.suspects else state.waiting.popleft()
        try:
            state.flying[pool.send(executor, jobs)] = jobs
        except (BrokenExecutor, RuntimeError):
            state.alone = False
            return jobs
        state.sent += len(jobs)
    return ()


def _result(future: Future[tuple[Outcome, ...]], jobs: tuple[Job, ...]) -> list[tuple[Job, Outcome]] | None:
    """What came back; None where the jobs were lost with their worker."""
    try:
        return list(zip(jobs, future.result(), strict=True))
    except BrokenExecutor:
        return None
    except Exception as error:
        return [(job, failure(job.id, _no_answer(error), 70)) for job in jobs]


def _no_answer(error: Exception) -> Words:
    return both(
        "the worker did not answer: {kind}: {error}", "工作进程没有应答：{kind}：{error}", kind=type(error).__name__, error=error
    )


# ── processes of this machine ───────────────────────────────────────────────────────────────────────────────────────

_shared: Shared | None = None
"""In a worker: what all its jobs share."""


class Processes(Struct, frozen=True):
    """Worker processes of this machine, each with the engines loaded once."""

    shared: Shared
    workers: int

    def open(self) -> Executor:
        """New processes; where the system can, copies of one that has loaded the engines already."""
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["tmp_builder.batch.warm"])
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin, initargs=(self.shared,))

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        """Hand a portion to a process."""
        return executor.submit(_portion_here, jobs)

    def close(self, executor: Executor, *, now: bool) -> None:
        """Let the processes end; `now` at once."""
        processes = list((getattr(executor, "_processes", None) or {}).values())
        if now:
            for process in processes:
                process.terminate()
            _give_up_torn_results(executor)
        executor.shutdown(wait=True, cancel_futures=True)
        for process in processes:
            process.join(5)


def _give_up_torn_results(executor: Executor) -> None:
    """A worker that was ended while it sent a result leaves half of it: who reads on waits for ever while this process could write."""
    writer = getattr(getattr(executor, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()


def _begin(shared: Shared) -> None:
    """What a worker does first: keep the shared data, leave interrupts to its parent, end when its parent does."""
    import signal
    import threading

    global _shared  # noqa: PLW0603 - a worker has one batch
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its workers; they notice."""
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _portion_here(jobs: tuple[Job, ...]) -> tuple[Outcome, ...]:
    assert _shared is not None
    return portion(jobs, _shared)


def pool_of(workers: int, shared: Shared) -> Pool:
    """The pool for so many workers: with one, this process."""
    return Here(shared) if workers <= 1 else Processes(shared, workers)


__all__ = ["Here", "Pool", "Processes", "outcomes", "pool_of", "portion"]
