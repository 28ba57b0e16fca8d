"""From a plan and the library to a document: one module a pass, in the order of `PASSES`."""

from tmp_builder.assemble.assembly import Assembly, begin
from tmp_builder.assemble.define import define
from tmp_builder.assemble.fill import fill
from tmp_builder.assemble.introduce import introduce
from tmp_builder.assemble.number import number
from tmp_builder.assemble.place import place
from tmp_builder.assemble.refer import refer
from tmp_builder.assemble.schedules import schedules
from tmp_builder.assemble.select import select
from tmp_builder.assemble.sign import sign
from tmp_builder.document.nodes import Document
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan

PASSES = (select, place, fill, define, introduce, schedules, number, refer, sign)
"""Each takes an assembly and returns the next; together they are pure: same plan and library, same document."""


def assemble(plan: Plan, library: Library, *, final: bool = False) -> Document:
    """The document of a plan. Gaps and open choices stay visible in it; `final` only changes what the imprint says."""
    assembly = begin(plan, library, final=final)
    for step in PASSES:
        assembly = step(assembly)
    return assembly.document


__all__ = ["PASSES", "Assembly", "assemble"]
