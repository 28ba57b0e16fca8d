"""Pass 7: the numbers of sections, clauses and schedules; equal in every language and every format."""

from __future__ import annotations

from itertools import count

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.document.nodes import Alternatives, Block, Clause
from tmp_builder.language import label

Counter = "count[int]"


def number(assembly: Assembly) -> Assembly:
    """Sections 1, 2, …; their clauses 7.1, 7.2, …; below them (a), (i). Clauses of a schedule: S3.1."""
    sections = tuple(
        replace(section, number=str(index), children=_numbered(section.children, str(index)))
        for index, section in enumerate(assembly.document.sections, 1)
    )
    schedules = tuple(
        replace(schedule, number=str(index), children=_numbered(schedule.children, f"S{index}"))
        for index, schedule in enumerate(assembly.document.schedules, 1)
    )
    return assembly.with_(sections=sections, schedules=schedules)


def _numbered(blocks: tuple[Block, ...], prefix: str, counter: count[int] | None = None) -> tuple[Block, ...]:
    counter = counter or count(1)
    return tuple(_block(block, prefix, counter) for block in blocks)


def _block(block: Block, prefix: str, counter: count[int]) -> Block:
    match block:
        case Clause(level=2):
            mine = f"{prefix}.{next(counter)}"
            return replace(block, number=mine, children=_below(block.children, 3))
        case Clause():
            return replace(block, number=label(next(counter), block.level), children=_below(block.children, block.level + 1))
        case Alternatives():
            branches = tuple(replace(branch, children=_numbered(branch.children, prefix, counter)) for branch in block.branches)
            return replace(block, branches=branches)
        case _:
            return block


def _below(blocks: tuple[Block, ...], level: int) -> tuple[Block, ...]:
    counter = count(1)
    return tuple(_block(block, "", counter) if isinstance(block, Clause) and block.level == level else block for block in blocks)
