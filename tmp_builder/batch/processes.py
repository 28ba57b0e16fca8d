"""Worker processes of this machine, each with the engines loaded once; what they make comes back through files of this run."""

from __future__ import annotations

import gc
import pickle
import shutil
import tempfile
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct

from tmp_builder.batch.jobs import Job, Outcome, Shared
from tmp_builder.batch.run import Here, Pool, portion

_shared: Shared | None = None
"""In a worker: what all its jobs share."""


class Workers(ProcessPoolExecutor):
    """The processes of one run, and the folder through which their results come back.

    The way back of an executor is a pipe that all its processes share. One that dies while it sends leaves half a result in it, for whose
    other half the parent waits for ever. So only names of files travel there: so few bytes are written at once or not at all.
    """

    def __init__(self, workers: int, context: Any, shared: Shared) -> None:
        self.results = Path(tempfile.mkdtemp(prefix="tmp-batch-"))
        super().__init__(workers, mp_context=context, initializer=_begin, initargs=(shared, str(self.results)))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes end, and forget what they left behind."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        shutil.rmtree(self.results, ignore_errors=True)


class Processes(Struct, frozen=True):
    """A pool of so many worker processes."""

    shared: Shared
    workers: int

    def open(self) -> Executor:
        """New processes; where the system can, copies of one that has loaded the engines already."""
        import multiprocessing

        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["tmp_builder.batch.warm"])
        return Workers(self.workers, context, self.shared)

    def send(self, executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
        """Hand a portion to a process."""
        assert isinstance(executor, Workers)
        answer: Future[tuple[Outcome, ...]] = Future()
        executor.submit(_portion_here, jobs, str(executor.results)).add_done_callback(lambda came: _fetch(came, answer))
        return answer

    def close(self, executor: Executor, *, now: bool) -> None:
        """Let the processes end; `now` at once."""
        processes = list((getattr(executor, "_processes", None) or {}).values())
        if now:
            for process in processes:
                process.terminate()
        executor.shutdown(wait=True, cancel_futures=True)
        for process in processes:
            process.join(5)


def _fetch(came: Future[str], answer: Future[tuple[Outcome, ...]]) -> None:
    """Pass on what a process made, or why it made nothing."""
    if came.cancelled():
        answer.cancel()
        return
    try:
        path = Path(came.result())
        outcomes: tuple[Outcome, ...] = pickle.loads(path.read_bytes())  # written by a worker of this run, for this user alone
        path.unlink()
    except Exception as error:
        answer.set_exception(error)
    else:
        answer.set_result(outcomes)


def _portion_here(jobs: tuple[Job, ...], folder: str) -> str:
    """In a worker: the name of the file that holds the outcomes of some jobs."""
    assert _shared is not None
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(portion(jobs, _shared), file, pickle.HIGHEST_PROTOCOL)
    return file.name


def _begin(shared: Shared, folder: str) -> None:
    """What a worker does first: keep the shared data, leave interrupts to its parent, end when its parent does."""
    import signal
    import threading

    global _shared  # noqa: PLW0603 - a worker has one batch
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    gc.freeze()


def _end_with_parent(folder: str) -> None:
    """A parent that is killed cannot tell its workers; they notice, and take away what it did not fetch."""
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def pool_of(workers: int, shared: Shared) -> Pool:
    """The pool for so many workers: with one, this process."""
    return Here(shared) if workers <= 1 else Processes(shared, workers)


__all__ = ["Processes", "Workers", "pool_of"]
