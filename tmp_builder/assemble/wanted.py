"""Which schedules a document prints: those its clauses refer to or need, and those that have rows."""

from __future__ import annotations

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.dates import dates_schedule
from tmp_builder.document.nodes import Reference
from tmp_builder.document.walk import blocks, texts_of
from tmp_builder.library.schema import ScheduleSpec


def wanted_schedules(assembly: Assembly) -> list[ScheduleSpec]:
    """The schedules to print, in the order of the library, the dates last; internal ones never."""
    wanted = _referred(assembly) | {name for name, rows in assembly.plan.registers.items() if rows}
    wanted |= {"projects"} if assembly.plan.projects or assembly.plan.work_plan else set()
    for picked in assembly.picked:
        for pick in picked.picks:
            for option in (*pick.options, *pick.open):
                wanted |= {need.schedule for need in assembly.library.options[option].needs if need.schedule and not need.if_fact}
    registers = [spec for spec in assembly.library.schedules.values() if spec.id in wanted and not spec.internal]
    return [*registers, *dates_schedule(assembly)]


def _referred(assembly: Assembly) -> set[str]:
    found: set[str] = set()
    for section in assembly.document.sections:
        for block in blocks(section):
            for texts in texts_of(block):
                for inlines in texts.values():
                    for inline in inlines:
                        if isinstance(inline, Reference) and inline.target.startswith("schedule:"):
                            found.add(inline.target.removeprefix("schedule:"))
    return found
