"""A batch that is killed, itself or one of its workers, and goes on: real processes, many members."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.conftest import states, until_built

pytestmark = pytest.mark.slow

MANY = 24


@pytest.fixture
def many(base: Path) -> Path:
    """A table of members beside the base plan."""
    lines = ["id,name.en,name.zh,side,country,type"]
    lines += [f"M{number:03},Member {number},成员{number},US,US,company" for number in range(MANY)]
    path = base.parent / "members.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def begin(many: Path, base: Path, tmp_path: Path, temporary: Path) -> Callable[[], subprocess.Popen[str]]:
    """Begins the batch with two workers."""
    papers = ["--make", "tmp,accession,extract", "-f", "docx", "-j", "2", "--json"]

    def start() -> subprocess.Popen[str]:
        command = [
            sys.executable,
            "-m",
            "tmp_builder",
            "batch",
            str(many),
            "--base",
            str(base),
            "-o",
            str(tmp_path / "out"),
            *papers,
        ]
        there = {**os.environ, "TMPDIR": str(temporary)}
        return subprocess.Popen(command, env=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the processes put what they throw away."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def children(ident: int) -> list[int]:
    """The processes below one, as the system lists them."""
    found, above = [], [ident]
    while above:
        parent = above.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            below = [int(each) for each in task.read_text().split()]
            found += below
            above += below
    return found


def alive(ident: int) -> bool:
    try:
        return Path(f"/proc/{ident}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes where Linux shows them")
def test_killed_twice_and_a_worker_once_it_ends_with_every_set_and_no_torn_file(
    begin: Callable[[], subprocess.Popen[str]], tmp_path: Path, temporary: Path
) -> None:
    for stop in (signal.SIGKILL, signal.SIGTERM):
        process = begin()
        until_built(process, 4)
        below = children(process.pid)
        process.send_signal(stop)
        process.communicate(timeout=60)
        if stop is signal.SIGTERM:
            assert process.returncode == 130
        patience = time.monotonic() + 30
        while any(map(alive, below)) and time.monotonic() < patience:
            time.sleep(0.1)
        assert not any(map(alive, below))
    last = begin()
    said = until_built(last, 4)
    workers = [each for each in children(last.pid) if "spawn_main" not in Path(f"/proc/{each}/cmdline").read_text()]
    os.kill(workers[-1], signal.SIGKILL)
    out, err = last.communicate(timeout=300)
    found = states(said + out)
    assert len(found) == MANY + 1, err
    assert set(found.values()) <= {"built", "unchanged"}
    assert list(found.values()).count("unchanged") >= 8

    folder = tmp_path / "out"
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["entries"]
    named = {file["path"] for entry in entries for file in entry["files"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - named == {"manifest.json", "report.xlsx", "report.html"}

    again = begin()
    out, _ = again.communicate(timeout=300)
    assert set(states(out).values()) == {"unchanged"}
    assert list(temporary.glob("tmp-batch-*")) == []
