"""A batch on a real Dask scheduler with worker processes of this machine: same bytes, lost workers, workers that differ, nobody there."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.batch.conftest import files_of, states, until_built

pytest.importorskip("distributed", reason="distributed is not installed; scripts/setup.sh dev installs it")

MANY = 16
STAND_IN = """
import importlib.metadata as metadata
original = metadata.version
metadata.version = lambda name: "0.1" if name == "lxml" else original(name)
"""


@dataclass
class Local:
    """A scheduler and workers on this machine, each a process of its own, on ports that were free."""

    folder: Path
    address: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self, *words: str, folder: Path | None = None) -> subprocess.Popen[bytes]:
        first = [str(folder)] if folder else []
        path = {"PYTHONPATH": os.pathsep.join([*first, *filter(None, [os.environ.get("PYTHONPATH")])])}
        with (self.folder / f"{len(self.running)}.log").open("wb") as log:
            self.running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", *words], cwd=self.folder, env={**os.environ, **path}, stdout=log, stderr=log
                )
            )
        return self.running[-1]

    def scheduler(self) -> subprocess.Popen[bytes]:
        at = self.folder / "scheduler.json"
        process = self.begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(at))
        until(lambda: at.is_file() and at.stat().st_size > 0, self)
        self.address = json.loads(at.read_text())["address"]
        return process

    def worker(self, folder: Path | None = None) -> subprocess.Popen[bytes]:
        """One more worker, which nobody starts anew when it dies; it has joined when this returns."""
        known = {"--host": "127.0.0.1", "--nthreads": "1", "--local-directory": str(self.folder / "space")}
        options = [word for pair in known.items() for word in pair]
        process = self.begin("worker", self.address, *options, "--no-nanny", "--no-dashboard", folder=folder)
        log = self.folder / f"{len(self.running) - 1}.log"
        until(lambda: b"Registered to" in log.read_bytes(), self)
        return process

    def end(self) -> None:
        for process in reversed(self.running):
            with contextlib.suppress(OSError):
                process.kill()
            process.wait(30)


def until(true: Callable[[], bool], local: Local) -> None:
    patience = time.monotonic() + 60
    while not true():
        if time.monotonic() > patience:
            pytest.fail("\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(local.folder.glob("*.log"))))
        time.sleep(0.05)


@pytest.fixture
def _no_sockets() -> None:
    """Here sockets are what is tested: to a scheduler on this machine."""


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    """A scheduler without workers yet; whatever is started ends with the test."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Local(folder)
    try:
        found.scheduler()
        yield found
    finally:
        found.end()


@pytest.fixture
def many(base: Path) -> Path:
    """A table of members beside the base plan."""
    rows = [f"M{number:03},Member {number},成员{number},US,US,company" for number in range(MANY)]
    path = base.parent / "members.csv"
    path.write_text("\n".join(["id,name.en,name.zh,side,country,type", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def batch(many: Path, base: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Begins the batch into a folder, with more words."""

    def begin(into: str, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tmp_builder", "--ui-language", "en", "batch", str(many), "--base", str(base)]
        papers = ["--make", "tmp,accession,extract", "-f", "docx", "-o", str(tmp_path / into)]
        return subprocess.Popen([*command, *papers, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return begin


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_costs_nothing_and_every_byte_is_that_of_the_process_pool(
    local: Local, batch: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    doomed = local.worker()
    local.worker()
    process = batch("there", "--scheduler", local.address, "--json")
    said = until_built(process, 3)
    doomed.kill()
    out, err = process.communicate(timeout=300)
    assert process.returncode in (0, 1), err
    assert set(states(said + out).values()) == {"built"}, err
    assert len(states(said + out)) == MANY + 1
    assert doomed.wait(30) == -signal.SIGKILL

    here = batch("here", "-j", "2", "--json")
    here.communicate(timeout=300)
    assert here.returncode == process.returncode
    files = files_of(tmp_path / "there")
    assert len([name for name in files if name.endswith(".docx")]) == MANY * 3
    assert files == files_of(tmp_path / "here")


@pytest.mark.slow
def test_after_an_interrupt_and_after_the_scheduler_died_the_same_command_goes_on(
    local: Local, batch: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    local.worker()
    process = batch("out", "--scheduler", local.address, "--json")
    until_built(process, 2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "The same command goes on from here." in err
    assert "Traceback" not in err

    process = batch("out", "--scheduler", local.address, "--json")
    until_built(process, 2)
    local.running[0].kill()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 5
    assert f"no scheduler answers at {local.address}" in err
    assert "Traceback" not in err

    out, err = batch("out", "-j", "1", "--json").communicate(timeout=300)
    assert sorted(states(out)) == sorted([*(f"alliance/M{number:03}" for number in range(MANY)), "alliance/*"])
    assert list(states(out).values()).count("unchanged") >= 4, err
    assert set(states(out).values()) == {"unchanged", "built"}


@pytest.mark.slow
def test_a_worker_that_would_make_other_files_is_named_with_what_differs_and_nothing_is_written(
    local: Local, batch: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text(STAND_IN)
    local.worker()
    local.worker(other)
    process = batch("out", "--scheduler", local.address)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5
    assert "1 of 2 workers would make other files than this machine: tcp://127.0.0.1:" in err
    assert "lxml 0.1, here " in err
    assert err.count(", here ") == 1
    assert not list((tmp_path / "out").rglob("*.docx"))


@pytest.mark.slow
def test_a_worker_without_the_program_is_named(local: Local, batch: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text("import sys\nsys.modules['tmp_builder'] = None\n")
    local.worker(other)
    process = batch("out", "--scheduler", local.address)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5
    assert "1 of 1 workers" in err
    assert "tmp-builder is missing, or another version" in err


def test_a_scheduler_without_workers_is_one_error(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    from tmp_builder.batch import cluster_scheduler
    from tmp_builder.errors import EngineError

    monkeypatch.setattr(cluster_scheduler, "FIRST_WORKER", 0.2)
    client = cluster_scheduler.connected(local.address)
    try:
        with pytest.raises(EngineError, match="has no workers"):
            cluster_scheduler.wait_for_worker(client, local.address)
    finally:
        client.close()


def test_who_listens_but_is_no_scheduler_is_one_error_within_seconds() -> None:
    from tmp_builder.batch.cluster_scheduler import connected, reach
    from tmp_builder.errors import EngineError

    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(server.accept()[0])

        threading.Thread(target=listen, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        reach(address)
        with pytest.raises(EngineError, match="no scheduler answers"):
            connected(address)
        server.shutdown(socket.SHUT_RDWR)
        for each in taken:
            each.close()
