"""Batches: 170 rows on one worker and on two, the run that finds nothing changed, and the memory of a worker."""

from __future__ import annotations

import csv
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.plans import WHOLE
from benchmarks.timing import ROOT, Ratio

TMP = str(ROOT / ".venv" / "bin" / "tmp")


PDFS = 1000
"""From so many rows on PDFs are measured as well: they take an hour."""


def measure(count: int) -> Iterator[Ratio]:
    """Word files of so many rows, and the memory of a worker; beyond `PDFS` rows also 170 sets of Word file and PDF."""
    folder = peers.fresh("batches")
    yield from _workers(f"{count:,} Word files", _rows(folder / "members.csv", count), folder, "docx")
    yield _memory(max(count, 60))
    if count >= PDFS:
        yield from _workers("170 Word files and PDFs", _rows(folder / "sets.csv", 170), folder, "docx,pdf", target=1.8)


def _rows(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name.en", "name.zh", "country", "type"])
        table.writerows([f"N{n}", f"Institute {n}", f"第{n}研究所", "GB", "institute"] for n in range(count))
    return path


def _workers(what: str, rows: Path, folder: Path, form: str, target: float | None = None) -> list[Ratio]:
    """One worker and two in seconds of the clock, since that is what two are for; then the run that finds nothing to do."""
    one = _run(rows, folder / f"{rows.stem}-{form.replace(',', '-')}-1", form, 1)
    two = _run(rows, folder / f"{rows.stem}-{form.replace(',', '-')}-2", form, 2)
    again = _run(rows, folder / f"{rows.stem}-{form.replace(',', '-')}-2", form, 2)
    note = f"seconds of the clock; {one:.1f} s on one worker, start-up included"
    found = [
        Ratio(
            f"batch, {what}: two workers, times as fast", "one worker", one / two, one / two, one / two, two, target, True, note
        ),
        Ratio(f"batch, {what}: nothing changed", "the first run", again / two, again / two, again / two, again, 0.03),
    ]
    return found


def _run(rows: Path, output: Path, form: str, workers: int) -> float:
    command = [TMP, "batch", str(rows), "--base", str(WHOLE), "-o", str(output), "--make", "tmp", "-f", form, "-j", str(workers)]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-800:])
    return time.perf_counter() - begin


def _memory(count: int) -> Ratio:
    """The greatest memory after `count` documents, against that after the first 20."""
    script = (
        "import resource, sys; from pathlib import Path; from tmp_builder import pipeline\n"
        "given = pipeline.read(Path(sys.argv[1])); options = pipeline.Options(formats=('docx',))\n"
        "for number in range(1, int(sys.argv[2]) + 1):\n"
        "    pipeline.files(pipeline.examine(*given, options), options)\n"
        "    if number in (20, int(sys.argv[2])): print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    command = [str(ROOT / ".venv" / "bin" / "python"), "-c", script, str(WHOLE), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    early, late = (int(line) for line in done.stdout.split())
    part = late / early
    note = f"{late / 1024:.0f} MB"
    return Ratio(f"peak memory of a worker after {count} documents", "after 20", part, part, part, 0, 1.1, note=note)
