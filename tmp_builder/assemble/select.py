"""Pass 1: which sections enter the document, and what stands in their slots."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly, Pick, PickedSection
from tmp_builder.library.schema import SectionSpec
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Decision


def select(assembly: Assembly) -> Assembly:
    """A section enters when it is required, or when the plan chooses one of its options."""
    picked = [_pick(assembly, section) for section in assembly.library.sections.values()]
    return replace(assembly, picked=tuple(section for section in picked if section is not None))


def _pick(assembly: Assembly, section: SectionSpec) -> PickedSection | None:
    plan = assembly.plan
    decision = plan.choices.get(section.id, Decision())
    kept = plan.reserved if plan.numbering == "reserve" else ()
    required = fact(plan, assembly.library, section.required_when) is True
    reserved = [option for option in section.options if option in kept and option not in decision.every]
    if not required and not decision.every and not reserved:
        return None
    picks = []
    for slot in section.slots:
        pick = Pick(
            slot,
            tuple(option for option in slot.options if option in decision.options),
            tuple(option for option in slot.options if option in decision.open),
            tuple(option for option in slot.options if option in reserved),
        )
        open_slot = not slot.when or fact(plan, assembly.library, slot.when) is not False
        if not pick.missing or (slot.low and open_slot and (required or decision.every)):
            picks.append(pick)
    return PickedSection(section, tuple(picks))
