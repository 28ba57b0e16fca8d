"""Which schedules a document prints: those its clauses refer to or need, and those that have rows."""

from __future__ import annotations

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.assemble.dates import dates_schedule
from tmp_builder.assemble.place import clauses_of
from tmp_builder.document.nodes import Clause, Reference, Section
from tmp_builder.document.walk import blocks, texts_of
from tmp_builder.library.schema import ScheduleSpec
from tmp_builder.plan.schema import Project


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


def special_options(project: Project) -> tuple[str, ...]:
    """The options whose clauses stand in a project's special terms: those it chooses, and those it gives values of its own."""
    chosen = [option for decision in project.choices.values() for option in decision.every]
    return tuple(dict.fromkeys([*chosen, *(address.rpartition(".")[0] for address in project.values)]))


def _referred(assembly: Assembly) -> set[str]:
    """The schedules that sections and special terms refer to."""
    parts: list[Section | Clause] = [*assembly.document.sections]
    parts += [
        clause
        for project in assembly.plan.projects
        for option in special_options(project)
        for clause in clauses_of(assembly, option)
    ]
    every = [block for part in parts for block in ([part] if isinstance(part, Clause) else []) + list(blocks(part))]
    targets = {
        inline.target
        for block in every
        for texts in texts_of(block)
        for inlines in texts.values()
        for inline in inlines
        if isinstance(inline, Reference)
    }
    return {target.removeprefix("schedule:") for target in targets if target.startswith("schedule:")}
