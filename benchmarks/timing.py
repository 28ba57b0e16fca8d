"""Work measured side by side: every round runs each candidate once, so that a change of the machine's speed meets all alike."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"

Times = Mapping[str, list[float]]
"""Seconds of the processor of each round, by candidate."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much of another's time a candidate takes: the median of the rounds' ratios, with the least and the greatest.

    `target` is what should be reached; `least` says that more is better. `peer` names what is compared with.
    """

    name: str
    peer: str
    median: float
    low: float
    high: float
    seconds: float
    target: float | None = None
    least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a target."""
        if self.target is None:
            return None
        return self.median >= self.target if self.least else self.median <= self.target


def interleaved(candidates: Mapping[str, Callable[[], Any]], rounds: int, warm: int = 1) -> dict[str, list[float]]:
    """Seconds of the processor of every candidate in every round, after `warm` rounds that do not count."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(warm + rounds):
        for name, work in candidates.items():
            gc.collect()
            begin = time.process_time()
            work()
            if number >= warm:
                taken[name].append(time.process_time() - begin)
    return taken


def processes(candidates: Mapping[str, Sequence[str]], rounds: int, **environment: str) -> dict[str, list[float]]:
    """As `interleaved`, each candidate a process of its own; the time of its children counts. Nothing of it may fail but ours on findings."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(1 + rounds):
        for name, command in candidates.items():
            seconds = process(command, **environment)
            if number:
                taken[name].append(seconds)
    return taken


def process(command: Sequence[str], **environment: str) -> float:
    """Seconds of the processor that a process takes with its children. Raises RuntimeError when it cannot do its work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]}: {done.stderr[-500:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(
    times: Times, ours: str, peer: str, *, name: str = "", target: float | None = None, least: bool = False, note: str = ""
) -> Ratio:
    """One candidate's time as a part of another's, round by round."""
    every = [mine / other for mine, other in zip(times[ours], times[peer], strict=True)]
    return Ratio(name or ours, peer, median(every), min(every), max(every), median(times[ours]), target, least, note)
