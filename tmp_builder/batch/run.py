"""The run: jobs handed to an executor in small portions, their outcomes as they come, lost workers replaced."""

from __future__ import annotations

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


__all__ = ["Here", "Pool", "Serial", "outcomes", "portion"]
