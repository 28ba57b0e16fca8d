"""The blank text of a profile as a plan: its choices made, every value, name and date still a gap."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Library, Profile, SectionSpec
from tmp_builder.plan.facts import fact
from tmp_builder.plan.profiles import options_of
from tmp_builder.plan.schema import Decision, Member, Plan, Project, RegisterRow, Side

BLANK = "blank"
"""The id of the one empty row of each schedule of a blank text."""
_OWN_FORMS = ("members", "projects", "accession")


def blank_plan(profile: Profile, library: Library, languages: Sequence[str] = LANGUAGES) -> Plan:
    """The plan behind the model text that a programme office hands out.

    It chooses what the profile chooses, with what usually comes by fact; a slot that the profile leaves open stands with all its
    options as alternatives; parties, projects and schedules have one empty place each.
    """
    plan = Plan(
        id=f"{profile.id}-template",
        title={},
        library=library.label,
        profile=profile.id,
        languages=tuple(languages),
        sides=_sides(profile),
        members=_members(profile),
        facts={**profile.typical},
        projects=(Project("P1", {}),),
        work_plan=(RegisterRow(BLANK, {}, "work-plan.blank"),),
        template=True,
    )
    chosen = options_of(profile, library, plan)
    plan = replace(plan, choices={section: Decision(options) for section, options in chosen.items()})
    plan = replace(plan, conditional=plan.has("term.conditional"))
    plan = replace(plan, choices=_with_alternatives(plan, library))
    return replace(plan, registers=_empty_rows(plan, library))


def _sides(profile: Profile) -> tuple[Side, ...]:
    """Two Sides, those of the arrangement that such a profile mirrors, where it has Sides."""
    return (Side("US", {}, ("US",), "A1"), Side("CN", {}, ("CN",), "B1")) if profile.sides else ()


def _members(profile: Profile) -> tuple[Member, ...]:
    """Places for parties: a Lead and a Member for each Side; else three Members (two in a pair), the entity first."""
    if profile.sides:
        return tuple(
            Member(ident, {}, side=side, role=role, cells={"role": role})
            for ident, side, role in (("A1", "US", "lead"), ("A2", "US", "member"), ("B1", "CN", "lead"), ("B2", "CN", "member"))
        )
    count = 2 if profile.typical.get("more-than-two-members") is False else 3
    entity = "parties.entity" in profile.choices.get("parties", ())
    return tuple(
        Member(f"M{number}", {}, type="consortium-entity" if entity and number == 1 else "", cells={"role": "member"})
        for number in range(1, count + 1)
    )


def _with_alternatives(plan: Plan, library: Library) -> dict[str, Decision]:
    """The choices with every slot that must be filled and is not as an open choice between all its options."""
    choices = dict(plan.choices)
    for section in library.sections.values():
        left_open = _left_open(plan, library, section)
        if left_open:
            choices[section.id] = Decision(plan.choices.get(section.id, Decision()).options, left_open)
    return choices


def _left_open(plan: Plan, library: Library, section: SectionSpec) -> tuple[str, ...]:
    chosen = plan.choices.get(section.id, Decision()).options
    if not chosen and fact(plan, library, section.required_when) is not True:
        return ()
    return tuple(
        option
        for slot in section.slots
        if slot.low and not set(slot.options) & set(chosen) and not (slot.when and fact(plan, library, slot.when) is False)
        for option in slot.options
    )


def _empty_rows(plan: Plan, library: Library) -> dict[str, tuple[RegisterRow, ...]]:
    """One empty row for each schedule that the chosen options refer to or need, so that its columns can be seen."""
    wanted = {name for option in plan.entered() for name in schedules_of(library, option)}
    return {
        name: (RegisterRow(BLANK, {}, f"registers.{name}.{BLANK}"),)
        for name in library.schedules
        if name in wanted and name not in _OWN_FORMS and not library.schedules[name].internal
    }


def schedules_of(library: Library, option: str) -> set[str]:
    """The schedules that an option's text refers to, and those it needs."""
    card = library.options[option]
    named = {name for kind, name, _ in card.prose.marks if kind == "schedule"}
    return named | {need.schedule for need in card.needs if need.schedule and not need.if_fact}
