"""The safe repairs of a plan: an option that another one needs is added with its defaults; never a fact, never a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.library.schema import Labels, Library, Option
from tmp_builder.plan.profiles import values_of
from tmp_builder.plan.schema import Decision, Plan

MOST_ROUNDS = 20
"""A chain of needs is never longer; a library that needs in a circle ends here."""


class Repair(Struct, frozen=True):
    """What a repair adds: the changes to the plan file, a sentence for each option it adds; `signed` where nothing may change."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[Labels, ...] = ()
    signed: bool = False


def repairs(plan: Plan, library: Library) -> Repair:
    """The options that chosen options need and the plan lacks, with the defaults of their cards.

    Only where there is nothing to decide: one option is needed unconditionally by name (no alternatives), its slot has
    room, it excludes nothing that is chosen, its section is not open, and the plan is not signed. Values that the plan
    has already are kept; values without a default stay open. The repair of a need may need more, so the chain is followed.
    """
    if plan.status == "signed":
        return Repair(signed=True)
    now, said, changes = plan, [], {}
    for _ in range(MOST_ROUNDS):
        step = next(_missing(now, library), None)
        if step is None:
            break
        needing, needed = step
        now = _with(now, needed, library)
        values = _defaults(plan, needed, library)
        changes[f"choices.{needed.section}"] = _written(now, needed.section)
        changes |= {f"parameters.{address}": value for address, value in values.items()}
        said.append(_sentence(needing, needed, len(values)))
    return Repair(changes, tuple(said))


def _missing(plan: Plan, library: Library) -> Iterator[tuple[Option, Option]]:
    """Chosen options with an option each needs, lacks, and that can be added safely."""
    entered = set(plan.entered())
    for ident in plan.chosen():
        for need in library.options[ident].needs:
            wanted = need.unconditional_option
            if wanted and wanted not in entered and _fits(plan, library.options[wanted], library):
                yield library.options[ident], library.options[wanted]


def _fits(plan: Plan, option: Option, library: Library) -> bool:
    """Whether an option can be added without displacing or contradicting anything."""
    decision = plan.choices.get(option.section, Decision())
    slot = library.sections[option.section].slot_of(option.id)
    taken = [each for each in slot.options if each in decision.every]
    chosen = set(plan.entered())
    excluded = {other for _, relation in library.conflicts.get(option.id, ()) for other in relation.any_of}
    declared = {owner for owner, _ in library.conflicts.get(option.id, ()) if owner != option.id}
    room = slot.high is None or len(taken) < slot.high
    return room and not decision.open and not (excluded | declared) & (chosen - {option.id})


def _with(plan: Plan, option: Option, library: Library) -> Plan:
    decision = plan.choices.get(option.section, Decision())
    order = library.sections[option.section].options
    held = tuple(each for each in order if each == option.id or each in decision.options)
    return replace(plan, choices={**plan.choices, option.section: replace(decision, options=held)})


def _written(plan: Plan, section: str) -> list[str]:
    return [option.partition(".")[2] for option in plan.choices[section].options]


def _defaults(plan: Plan, option: Option, library: Library) -> dict[str, Any]:
    """The defaults of the card that the plan does not answer yet."""
    found = values_of(None, library, {option.section: (option.id,)})
    return {address: value for address, value in found.items() if address not in plan.values}


def _sentence(needing: Option, needed: Option, values: int) -> Labels:
    with_values = {
        "en": f" with {values} default value{'s' if values != 1 else ''}" if values else "",
        "zh": f"，填入{values}个默认值" if values else "",
    }
    return {
        "en": f"added {needed.id} “{needed.label['en']}”{with_values['en']}: {needing.id} needs it",
        "zh": f"已增加{needed.id}“{needed.label['zh']}”{with_values['zh']}：{needing.id}需要该项",
    }


def repair_file(path: Path, library: Path | None = None) -> Repair:
    """Put right in the plan file at `path` what is safe, and say what was done; comments and the order of keys are kept."""
    from tmp_builder.plan.writing import edit_file

    plan, found = pipeline.read(path, library)
    repair = repairs(plan, found)
    if repair.changes:
        edit_file(path, repair.changes)
    return repair
