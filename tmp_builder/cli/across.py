"""What several plans contradict each other in, for the commands that look at many plans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tmp_builder.cli.outcomes import Looked
    from tmp_builder.compare.matrix import Entry
    from tmp_builder.findings import Finding
    from tmp_builder.versions import Shelf


def contradictions(
    entries: Sequence[Entry], base: str | None, shelf: Shelf, forces: Sequence[str] = ()
) -> tuple[tuple[Finding, tuple[str, ...]], ...]:
    """The findings of the rules across plans, each with the names of the plans; `base` names the plan the others were made from.

    With `forces` only the findings of these forces.
    """
    from tmp_builder.rules.across import Held, check_across
    from tmp_builder.versions import find

    held = [Held(entry.name, entry.version.plan, entry.version.library) for entry in entries]
    origin = None
    if base:
        version = find(base, shelf).version
        origin = Held(base, version.plan, version.library)
    found = check_across(held, origin)
    return tuple((each.finding, each.plans) for each in found if not forces or each.finding.force in forces)


def with_contradictions(looked: Sequence[Looked], library: Path | None) -> list[Looked]:
    """The plans of a check, each also with what it contradicts the others in; a contradiction stands at the first plan it names."""
    from msgspec.structs import replace

    from tmp_builder import pipeline
    from tmp_builder.plan.source import ENDING
    from tmp_builder.rules.across import Held, check_across

    plans = [each for each in looked if each.fault is None and each.shown.endswith(ENDING)]
    if len(plans) < 2:
        return list(looked)
    held = [Held(each.shown, *pipeline.read(Path(each.shown), library)) for each in plans]
    own: dict[str, list[Finding]] = {}
    for each in check_across(held):
        own.setdefault(each.finding.place.file, []).append(each.finding)
    return [replace(each, findings=(*each.findings, *own.pop(each.shown, []))) for each in looked]
