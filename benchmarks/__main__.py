"""`python -m benchmarks [--full] [--only NAME]`: everything measured in one process tree; the page in `docs` is written anew."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence

from benchmarks import peers
from benchmarks.timing import Ratio

MEASURED = ("word", "paper", "starts", "checking", "comparison", "batches")
"""The groups in the order of the table; each is a module with `measure`."""


def main() -> None:
    """Install the peers, go on in their environment, measure, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also what takes long: batches of PDFs, a thousand documents")
    parser.add_argument("--only", choices=MEASURED, help="one group; prints it and leaves the page alone")
    given = parser.parse_args()
    if not sys.prefix.startswith(str(peers.PYTHON.parents[1])):
        peers.install()
        os.execv(str(peers.PYTHON), [str(peers.PYTHON), "-m", "benchmarks", *sys.argv[1:]])
    groups = [given.only] if given.only else MEASURED
    ratios = [each for name in groups for each in _group(name, full=given.full)]
    if not given.only:
        from benchmarks import growth, page

        page.write(ratios, growth.measure(full=given.full), absent(), "make bench-full" if given.full else "make bench")


def _group(name: str, *, full: bool) -> Sequence[Ratio]:
    begin = time.perf_counter()
    found = []
    for each in _measures(full=full)[name]():
        found.append(each)
        print(f"{each.name:64s} {each.median:8.3f}  ({each.low:.3f}–{each.high:.3f})  {each.note}", flush=True)
    print(f"  {name}: {time.perf_counter() - begin:.0f} s", flush=True)
    return found


def _measures(*, full: bool) -> dict[str, Callable[[], Iterable[Ratio]]]:
    from benchmarks import batches, checking, comparison, paper, starts, word

    return {
        "word": lambda: word.measure(25 if full else 11),
        "paper": lambda: paper.measure(7 if full else 3),
        "starts": lambda: starts.measure(15 if full else 7),
        "checking": lambda: checking.measure(9 if full else 5),
        "comparison": lambda: comparison.measure(9 if full else 5),
        "batches": lambda: batches.measure(full=full),
    }


def absent() -> list[str]:
    """The peers that are not there."""
    modules = [name for name in peers.WANTED if not peers.has(name)]
    programs = [name for name, found in (("Chromium", peers.program("chromium", "google-chrome")),) if not found]
    programs += [] if peers.program("soffice", "libreoffice") else ["LibreOffice"]
    return [*modules, *programs, *([] if peers.node_docx() else ["npm docx"])]


if __name__ == "__main__":
    main()
