"""Growth: the time of a Word file and of a PDF by the number of their sections, and of a check by the number of members."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from benchmarks.plans import ALLIANCE, CERC
from tmp_builder import pipeline

SECTIONS = (5, 10, 20, 31)
MEMBERS = (10, 40, 80, 168)


@dataclass(frozen=True, slots=True)
class Curve:
    """Seconds of the processor by how many there are of something."""

    name: str
    of: str
    points: tuple[tuple[int, float], ...]


def measure(*, full: bool) -> list[Curve]:
    """The best of three for each point; PDFs of all sizes in the full run, else of three."""
    options = pipeline.Options()
    checked = pipeline.examine(*pipeline.read(CERC))
    document = checked.document
    cut = {count: replace(document, sections=document.sections[:count], schedules=()) for count in SECTIONS}
    pages = SECTIONS if full else SECTIONS[:3]
    return [
        Curve("Word file", "sections", _points(SECTIONS, lambda count: pipeline.write(cut[count], "docx", options))),
        Curve("PDF", "sections", _points(pages, lambda count: pipeline.write(cut[count], "pdf", options), rounds=1)),
        Curve("check", "members", _members()),
    ]


def _members() -> tuple[tuple[int, float], ...]:
    plan, library = pipeline.read(ALLIANCE)
    return _points(MEMBERS, lambda count: pipeline.examine(replace(plan, members=plan.members[:count]), library))


def _points(counts: tuple[int, ...], work: Callable[[int], Any], rounds: int = 3) -> tuple[tuple[int, float], ...]:
    return tuple((count, min(_seconds(work, count) for _ in range(rounds))) for count in counts)


def _seconds(work: Callable[[int], Any], count: int) -> float:
    begin = time.process_time()
    work(count)
    return time.process_time() - begin
