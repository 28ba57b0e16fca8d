"""Batches: the same sets by one worker, by two, and by two of a Dask cluster; a run that finds nothing changed; the memory of a worker."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.plans import target_plan
from benchmarks.timing import ROOT, Ratio
from tmp_builder.batch.execute import execute
from tmp_builder.batch.jobs import Shared
from tmp_builder.batch.processes import pool_of
from tmp_builder.batch.request import Request, parse_makes
from tmp_builder.batch.run import Pool
from tmp_builder.batch.work import lay_out
from tmp_builder.pipeline import Options

FULL = 1000
"""From so many rows on everything is measured: a hundred PDFs three times, and ten thousand Word files."""
MEMBERS = 170
WARM = 6
"""Files before the clock runs: by then every worker has started and loaded what it needs."""

MakePool = Callable[[Shared], Pool]


def measure(count: int) -> Iterator[Ratio]:
    """Everything about batches of the bilingual document of the targets; fewer files and sets of Word files only where `count` is small."""
    folder, full = peers.fresh("batches"), count >= FULL
    base = target_plan(folder / "base.plan.yaml")
    yield from _compared("Word files", MEMBERS if count >= MEMBERS else count, "docx", base, folder)
    yield from _compared("PDFs", 100 if full else max(8, count // 14), "pdf", base, folder)
    yield _again(MEMBERS if count >= MEMBERS else count, "docx,pdf" if full else "docx", base, folder)
    yield from _growth((FULL, 10 * FULL) if full else (), base, folder)
    yield _memory(max(count, 60), base)


def _compared(what: str, count: int, form: str, base: Path, folder: Path) -> Iterator[Ratio]:
    """Seconds of the clock a file, since that is what workers are for; start-up excluded."""
    rows = _rows(folder / f"{form}.csv", count + WARM)

    def rate(name: str, make_pool: MakePool) -> float:
        return _rate(rows, base, folder / f"{form}-{name}", form, make_pool)

    one = rate("one", lambda shared: pool_of(1, shared))
    two = rate("two", lambda shared: pool_of(2, shared))
    times, named = one / two, f"batch of {count:,} bilingual {what}"
    target = 1.8 if form == "pdf" else None
    yield Ratio(
        f"{named}: two workers, times as fast", "one worker", times, times, times, two, target, True, f"{two:.2f} s a file"
    )
    if peers.has("distributed"):
        with _scheduler(folder / "dask") as address:
            dask = rate("dask", _cluster(address))
        same = _hashes(folder / f"{form}-two") == _hashes(folder / f"{form}-dask")
        note = f"{dask:.2f} s a file; {'the same bytes' if same else 'OTHER BYTES'}"
        part, target = dask / two, 1.3 if form == "pdf" else None
        yield Ratio(f"{named}: Dask with two workers", "two processes", part, part, part, dask, target, note=note)


def _rate(rows: Path, base: Path, output: Path, form: str, make_pool: MakePool) -> float:
    """Seconds of the clock for each set after the first `WARM`."""
    options = Options(formats=tuple(form.split(",")))
    request = Request(rows, (base,), output, options, parse_makes("tmp"), None, None)
    begin, number = 0.0, 0
    for number, (_, done) in enumerate(execute(lay_out(request), make_pool), 1):
        if not done.entry.files:
            raise RuntimeError(str(done.entry.fault))
        if number == WARM:
            begin = time.perf_counter()
    return (time.perf_counter() - begin) / (number - WARM)


def _rows(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name.en", "name.zh", "country", "type"])
        table.writerows([f"N{n}", f"Institute {n}", f"第{n}研究所", "GB", "institute"] for n in range(count))
    return path


def _hashes(folder: Path) -> dict[str, str]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {file["path"]: file["sha256"] for entry in manifest["entries"] for file in entry["files"]}


# ── a cluster of this machine ───────────────────────────────────────────────────────────────────────────────────────


def _cluster(address: str) -> MakePool:
    from tmp_builder.batch.cluster import cluster

    return lambda shared: cluster(address, shared)


@contextlib.contextmanager
def _scheduler(folder: Path) -> Iterator[str]:
    """The address of a scheduler with two workers of one thread each."""
    folder.mkdir(parents=True, exist_ok=True)
    at = folder / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    running = [_begun(["scheduler", *common, "--port", "0", "--scheduler-file", str(at)], folder)]
    try:
        while not at.is_file() or not at.stat().st_size:
            time.sleep(0.1)
        address: str = json.loads(at.read_text(encoding="utf-8"))["address"]
        worker = ["worker", address, *common, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / "space")]
        running += [_begun(worker, folder) for _ in range(2)]
        from distributed import Client

        with Client(address) as client:
            client.wait_for_workers(2)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)


def _begun(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log.txt").open("ab") as log:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen([sys.executable, "-m", "dask", *words], stdout=log, stderr=log, env=environment)


# ── nothing changed, many files, memory ─────────────────────────────────────────────────────────────────────────────


def _again(count: int, form: str, base: Path, folder: Path) -> Ratio:
    """The command twice, as a secretariat gives it, start-up included."""
    rows = _rows(folder / "again.csv", count)
    first, second = (_command(rows, base, folder / "again", form) for _ in range(2))
    what = "Word files and PDFs" if "pdf" in form else "Word files"
    part = second / first
    note = f"{first:.0f} s, then {second:.1f} s"
    return Ratio(f"batch of {count:,} ({what}): nothing changed", "the first run", part, part, part, second, 0.03, note=note)


def _command(rows: Path, base: Path, output: Path, form: str) -> float:
    tmp = str(ROOT / ".venv" / "bin" / "tmp")
    command = [tmp, "batch", str(rows), "--base", str(base), "-o", str(output), "--make", "tmp", "-f", form, "-j", "2", "-q"]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-800:])
    return time.perf_counter() - begin


def _growth(counts: tuple[int, ...], base: Path, folder: Path) -> Iterator[Ratio]:
    """Many Word files by two workers: what one takes, against one of a small batch."""
    if not counts:
        return
    few = _rate(_rows(folder / "few.csv", MEMBERS), base, folder / "few", "docx", lambda shared: pool_of(2, shared))
    for count in counts:
        rows = _rows(folder / f"{count}.csv", count)
        many = _rate(rows, base, folder / f"{count}", "docx", lambda shared: pool_of(2, shared))
        part, note = many / few, f"{1000 * many:.0f} ms a file"
        yield Ratio(f"batch of {count:,} Word files, two workers: a file", f"one of {MEMBERS}", part, part, part, many, note=note)


def _memory(count: int, base: Path) -> Ratio:
    """The greatest memory after `count` documents, against that after the first 20."""
    script = (
        "import sys; from pathlib import Path; from tmp_builder import pipeline\n"
        "def most(): return next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "given = pipeline.read(Path(sys.argv[1])); options = pipeline.Options(formats=('docx',))\n"
        "for number in range(1, int(sys.argv[2]) + 1):\n"
        "    pipeline.files(pipeline.examine(*given, options), options)\n"
        "    if number in (20, int(sys.argv[2])): print(most())\n"
    )
    command = [str(ROOT / ".venv" / "bin" / "python"), "-c", script, str(base), str(count)]
    early, late = map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    part, note = late / early, f"{late / 1024:.0f} MB"
    return Ratio(f"peak memory of a worker after {count:,} documents", "after 20", part, part, part, 0, 1.1, note=note)
