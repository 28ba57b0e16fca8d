"""Checking plans in a warm process: the alliance of 168 members, and a plan with ten thousand findings, against reading the same plan."""

from __future__ import annotations

from pathlib import Path

from benchmarks import peers
from benchmarks.plans import ALLIANCE, many_findings
from benchmarks.timing import Ratio, interleaved, ratio
from tmp_builder import pipeline


def measure(rounds: int) -> list[Ratio]:
    """Both plans."""
    folder = peers.fresh("checking")
    plans = {"168 members": ALLIANCE, "many findings": many_findings(folder / "many.plan.yaml")}
    return [_measured(name, path, rounds) for name, path in plans.items()]


def _measured(name: str, path: Path, rounds: int) -> Ratio:
    given = pipeline.read(path)
    found = len(pipeline.examine(*given).findings)
    times = interleaved({"read": lambda: pipeline.read(path), "check": lambda: pipeline.examine(*given)}, rounds)
    return ratio(times, "check", "read", name=f"check of a plan read before: {name}", note=f"findings: {found}")
