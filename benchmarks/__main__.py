"""`python -m benchmarks [--full] [--quick] [--only NAME]`: everything measured in one process tree; the page in `docs` is written anew."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from collections.abc import Mapping, Sequence

from benchmarks import peers
from benchmarks.timing import Ratio

MEASURED = ("word", "paper", "starts", "checking", "comparison", "batches")
"""The groups in the order of the table; each is a module with `measure`."""

USUAL = {"word": 11, "paper": 3, "starts": 7, "checking": 5, "comparison": 5, "batches": 170}
QUICK = {"word": 3, "paper": 1, "starts": 3, "checking": 1, "comparison": 3, "batches": 20}
FULL = {"word": 25, "paper": 7, "starts": 15, "checking": 9, "comparison": 9, "batches": 1000}
"""How many rounds; for batches how many rows, of which from 1,000 on PDFs are made as well."""


def main() -> None:
    """Install the peers, go on in their environment, measure, write the page from these figures and those kept of other groups."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also what takes long: batches of PDFs, a thousand documents")
    parser.add_argument("--quick", action="store_true", help="the fewest rounds that give a spread")
    parser.add_argument("--only", choices=(*MEASURED, "growth", "page"), action="append", help="these groups (repeatable)")
    given = parser.parse_args()
    if not sys.prefix.startswith(str(peers.PYTHON.parents[1])):
        peers.install()
        os.execv(str(peers.PYTHON), [str(peers.PYTHON), "-m", "benchmarks", *sys.argv[1:]])
    from benchmarks import growth, page

    rounds = FULL if given.full else QUICK if given.quick else USUAL
    wanted = given.only or [*MEASURED, "growth"]
    for name in MEASURED:
        if name in wanted:
            page.keep(name, _group(name, rounds))
    if "growth" in wanted:
        page.keep_curves(growth.measure(full=given.full))
    page.write(MEASURED, absent())


def _group(name: str, rounds: Mapping[str, int]) -> Sequence[Ratio]:
    begin, found = time.perf_counter(), []
    for each in importlib.import_module(f"benchmarks.{name}").measure(rounds[name]):
        found.append(each)
        print(f"{each.name:64s} {each.median:8.3f}  ({each.low:.3f}–{each.high:.3f})  {each.note}", flush=True)
    print(f"  {name}: {time.perf_counter() - begin:.0f} s", flush=True)
    return found


def absent() -> list[str]:
    """The peers that are not there."""
    modules = [name for name in peers.WANTED if not peers.has(name)]
    programs = [name for name, found in (("Chromium", peers.program("chromium", "google-chrome")),) if not found]
    programs += [] if peers.program("soffice", "libreoffice") else ["LibreOffice"]
    return [*modules, *programs, *([] if peers.node_docx() else ["npm docx"])]


if __name__ == "__main__":
    main()
