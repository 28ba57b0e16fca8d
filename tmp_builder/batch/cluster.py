"""The pool of a Dask cluster: what jobs share is sent once, its workers do the jobs, and those of a lost worker are done by another."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from typing import Any

from tmp_builder.batch.cluster_worker import packed, portion_there, setup, unpacked
from tmp_builder.batch.jobs import Job, Outcome, Shared, failure
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.findings import Words, both, listed

ANSWER = 4
"""Seconds within which a scheduler answers."""
FIRST_WORKER = 10
"""Seconds that a scheduler without workers is given at the beginning."""
PATIENCE = 60
"""Seconds without any worker, and without an answer of a worker to what it is asked at the beginning, until the run ends."""
GLANCE = 2
"""Seconds between two looks at who is there."""
_MOST_NAMED = 5
"""So many workers that differ are named."""

_ADDRESS = re.compile(r"(?:tcp|tls)://(?P<host>\[[0-9a-fA-F:.]+\]|[^\s/:@\[\]]+):(?P<port>[0-9]{1,5})")


# ── the scheduler ───────────────────────────────────────────────────────────────────────────────────────────────────


def reach(address: str) -> None:
    """Whether a batch can be sent to a scheduler, found out before the work is laid out.

    Raises UsageError for an address that is none, EngineError where the package is missing or nobody answers.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) < 65536:
        raise UsageError(
            both("--scheduler: “{address}” is no address of a scheduler", "--scheduler：“{address}”不是调度器地址", address=address),
            both(
                "Write it as the scheduler prints it, such as tcp://10.0.0.7:8786 or tls://10.0.0.7:8786.",
                "请照调度器显示的形式填写，例如tcp://10.0.0.7:8786或者tls://10.0.0.7:8786。",
            ),
        )
    if find_spec("distributed") is None:
        raise EngineError(
            both("a cluster needs the package distributed, which is not installed", "使用集群需要distributed软件包，但尚未安装"),
            both("Install it: pip install 'tmp-builder[cluster]'", "请安装：pip install 'tmp-builder[cluster]'"),
        )
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), ANSWER).close()
    except OSError as error:
        raise _unreachable(address, error) from error


def _unreachable(address: str, error: Exception) -> EngineError:
    said = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    return EngineError(
        both("no scheduler answers at {address}: {error}", "{address}处没有调度器应答：{error}", address=address, error=said),
        both(
            "Start one (dask scheduler), or leave out --scheduler to use this machine. What is finished stays; the same command goes on.",
            "请启动调度器（dask scheduler），或者去掉 --scheduler 改用本机。已完成的保留，再次运行同一命令即可继续。",
        ),
    )


def _connected(address: str) -> Any:
    """A client of the scheduler. What a library would print beside our messages is silenced: we say what it means."""
    from distributed import Client

    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared below, worker by worker
            return Client(address, timeout=ANSWER, name="tmp-batch", set_as_default=False)
    except (OSError, TypeError, ValueError, ImportError, RuntimeError) as error:
        raise _unreachable(address, error) from error


def _wait_for_worker(client: Any, address: str) -> dict[str, int]:
    until = time.monotonic() + FIRST_WORKER
    while True:
        workers = _workers(client)
        if workers:
            return workers
        if time.monotonic() > until:
            raise EngineError(
                both("the scheduler at {address} has no workers", "{address}处的调度器没有工作进程", address=address),
                both(
                    "Start some: dask worker {address} --nthreads 1 --nworkers 4. What is finished stays; the same command goes on.",
                    "请启动：dask worker {address} --nthreads 1 --nworkers 4。已完成的保留，再次运行同一命令即可继续。",
                    address=address,
                ),
            )
        time.sleep(GLANCE / 10)


def _workers(client: Any) -> dict[str, int]:
    """The address of every worker, and how many threads it has; none where the scheduler does not answer."""
    try:
        return dict(client.nthreads(callback_timeout=PATIENCE))
    except Exception:  # a connection breaks in many ways
        return {}


# ── workers held against this machine ───────────────────────────────────────────────────────────────────────────────


def _compare(client: Any, here: Mapping[str, str], shared: Shared) -> None:
    """Hold the setup of every worker against the one of this machine. Raises EngineError that names the workers that differ."""
    there = client.run(setup, shared.options, on_error="return", callback_timeout=PATIENCE)
    others = [both("{name}: {what}", "{name}：{what}", name=name, what=said) for name, said in _differing(there, here)]
    if not others:
        return
    more = len(others) - _MOST_NAMED
    rest = both("; and {more} more", "；另有{more}个", more=more) if more > 0 else Words("", "")
    shown = others[:_MOST_NAMED]
    raise EngineError(
        both(
            "{many} of {all} workers would make other files than this machine: {shown}{rest}",
            "{all}个工作进程中有{many}个会生成与本机不同的文件：{shown}{rest}",
            many=len(others),
            all=len(there),
            shown=Words("; ".join(shown), "；".join(each.zh for each in shown)),
            rest=rest,
        ),
        both(
            "Give them the same program, packages, templates and fonts (one container image serves best), then start them anew.",
            "请为其配备相同的程序、软件包、模板和字体（最好使用同一容器镜像），然后重新启动。",
        ),
    )


def _differing(there: Mapping[str, Any], here: Mapping[str, str]) -> Iterator[tuple[str, Words]]:
    """Each worker that differs, and in what."""
    for name in sorted(there):
        found = there[name]
        if isinstance(found, ModuleNotFoundError | AttributeError):
            yield name, both("tmp-builder is missing, or another version ({error})", "未安装tmp-builder或者版本不同（{error}）", error=found)
        elif isinstance(found, Exception):
            yield name, both("it does not answer ({error})", "没有应答（{error}）", error=f"{type(found).__name__}: {found}")
        elif found != here:
            parts = [part for part in {**here, **found} if here.get(part) != found.get(part)]
            yield name, listed(
                both(
                    "{part} {there}, here {here}",
                    "{part} {there}（本机为{here}）",
                    part=part,
                    there=found.get(part) or "-",
                    here=here.get(part) or "-",
                )
                for part in parts
            )


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
            found, error = (task.deadly, None) if task.alone and task.deadly else (None, BrokenExecutor(str(error)))
        elif found is None and error is None:
            error = BrokenExecutor("the task was lost, or its worker differs")
        with contextlib.suppress(InvalidStateError):
            answer.set_exception(error) if error else answer.set_result(found)
        future.release()

    def _watch(self) -> None:
        """Count the workers now and then; with none left for long, nothing that is on its way will ever come back."""
        seen = time.monotonic()
        while not self._ended.wait(GLANCE):
            self.workers = len(_workers(self.client))
            seen = time.monotonic() if self.workers else seen
            if time.monotonic() - seen > PATIENCE:
                with self._lock:
                    answers = list(self._tasks)
                for answer in answers:
                    with contextlib.suppress(InvalidStateError):
                        answer.set_exception(BrokenExecutor("no worker is left"))


@dataclass(slots=True)
class _Task:
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


@dataclass(slots=True)
class Cluster:
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
        return executor.submit(portion_there, self.here, jobs, deadly=deadly)

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
    client = _connected(address)
    try:
        workers = _wait_for_worker(client, address)
        _compare(client, here, shared)
        return Link(client, client.submit(unpacked, packed(shared), pure=False), len(workers))
    except BaseException:
        with contextlib.suppress(Exception):
            client.close(timeout=ANSWER)
        raise


__all__ = ["Cluster", "Link", "cluster", "reach"]
