"""Why each option of a section is in a plan or out: by whose choice, what it would take to change, what would follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.errors import TmpError, unknown
from tmp_builder.findings import Finding, both
from tmp_builder.library.schema import Labels, Library, Option, Slot
from tmp_builder.plan.profiles import options_of, values_of
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Misfit, parse

IN, OPEN, OUT = "in", "open", "out"

WHO: dict[str, Labels] = {
    "profile": {"en": "as the profile has it", "zh": "依模板"},
    "person": {"en": "by a person: the profile has it otherwise", "zh": "由人决定：模板另有规定"},
    "chosen": {"en": "by a person: the plan has no profile", "zh": "由人决定：本计划没有模板"},
    "need": {"en": "because another option needs it", "zh": "因其他选项需要"},
    "nobody": {"en": "not decided yet", "zh": "尚未决定"},
}
"""By whose choice an option is where it is."""


class Reason(Struct, frozen=True):
    """One option: `state` in, open or out; `who` decided (a key of `WHO`); the options that need it; what to change.

    `blocked_by` are chosen options that exclude it or hold its place; `appear` and `vanish` the findings that the change
    would bring and take away; `fault` what keeps the changed plan from being assembled.
    """

    option: str
    slot: str
    state: str
    who: str
    needed_by: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    change: str = ""
    appear: tuple[Finding, ...] = ()
    vanish: tuple[Finding, ...] = ()
    fault: str = ""


def reasons(plan: Plan, library: Library, section: str) -> tuple[Reason, ...]:
    """Every option of a section, in slot order. Raises UsageError for a section that does not exist.

    What would follow is not guessed: the plan is changed in memory, with the defaults of cards for values it lacks, and
    examined again.
    """
    if section not in library.sections:
        raise unknown(both("section", "条"), section, library.sections)
    before = pipeline.examine(plan, library).findings
    spec = library.sections[section]
    return tuple(_reason(plan, library, slot, option, before) for slot in spec.slots for option in slot.options)


def _reason(plan: Plan, library: Library, slot: Slot, option: str, before: tuple[Finding, ...]) -> Reason:
    decision = plan.choices.get(slot.section, Decision())
    state = IN if option in decision.options else OPEN if option in decision.open else OUT
    needed = tuple(each.id for each in _needing(plan, library, option))
    blocked = () if state == IN else tuple(_blocking(plan, library, slot, option))
    new = _changed(plan, library, slot, option, leave=state == IN)
    written = ", ".join(each.partition(".")[2] for each in new.choices[slot.section].options)
    appear, vanish, fault = _follows(new, library, before)
    return Reason(
        option=option,
        slot=slot.id,
        state=state,
        who=_who(plan, library, option, state, needed),
        needed_by=needed,
        blocked_by=blocked,
        change=f"choices.{slot.section}: [{written}]",
        appear=appear,
        vanish=vanish,
        fault=fault,
    )


def _who(plan: Plan, library: Library, option: str, state: str, needed: tuple[str, ...]) -> str:
    """By whose choice: what the profile would have, else whoever departed from it, else an option that needs it."""
    if state == OPEN or (state == OUT and not plan.choices.get(option.partition(".")[0], Decision()).every):
        return "nobody"
    profile = library.profiles.get(plan.profile)
    if profile is None:
        return "need" if state == IN and needed else "chosen"
    offered = options_of(profile, library, plan).get(option.partition(".")[0], ())
    if (option in offered) == (state == IN):
        return "profile"
    return "need" if state == IN and needed else "person"


def _needing(plan: Plan, library: Library, option: str) -> Iterator[Option]:
    """The chosen options that need this one, alone or as an alternative nothing else of which is chosen."""
    chosen = set(plan.chosen())
    for ident in plan.chosen():
        for need in library.options[ident].needs:
            if option in need.any_of and not (chosen - {option}) & set(need.any_of):
                yield library.options[ident]


def _blocking(plan: Plan, library: Library, slot: Slot, option: str) -> Iterator[str]:
    """The chosen options that stand in the way: those that exclude it, and those that fill its slot."""
    chosen = set(plan.chosen())
    if slot.high is not None and len([each for each in slot.options if each in chosen]) >= slot.high:
        yield from (each for each in slot.options if each in chosen)
    for owner, relation in library.conflicts.get(option, ()):
        others = relation.any_of if owner == option else (owner,)
        yield from (other for other in others if other in chosen)


def _changed(plan: Plan, library: Library, slot: Slot, option: str, *, leave: bool) -> Plan:
    """The plan without the option, or with it: in a slot for one it takes the place of what is there."""
    decision = plan.choices.get(slot.section, Decision())
    if leave:
        kept = {each for each in decision.options if each != option}
    else:
        gone = set(slot.options) if slot.high == 1 else set()
        kept = {each for each in decision.options if each not in gone} | {option}
    order = library.sections[slot.section].options
    own = Decision(
        tuple(each for each in order if each in kept), tuple(each for each in decision.open if each not in slot.options)
    )
    values = plan.values if leave else {**_defaults(library, option), **plan.values}
    return replace(plan, choices={**plan.choices, slot.section: own}, values=values)


def _defaults(library: Library, option: str) -> Mapping[str, object]:
    """The defaults of an option, typed; what cannot be typed stays open."""
    found = {}
    for address, raw in values_of(None, library, {"": (option,)}).items():
        parameter = library.parameter(address)
        try:
            found[address] = parse(parameter.spec, raw) if parameter else raw
        except Misfit:
            continue
    return found


def _follows(plan: Plan, library: Library, before: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], tuple[Finding, ...], str]:
    """The findings that a changed plan has and the old one had not, those it no longer has, and what keeps it from existing."""
    try:
        after = pipeline.examine(plan, library).findings
    except TmpError as error:
        return (), (), error.message
    old, new = ({_key(finding): finding for finding in findings} for findings in (before, after))
    return (
        tuple(finding for key, finding in new.items() if key not in old),
        tuple(finding for key, finding in old.items() if key not in new),
        "",
    )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.address, finding.clause, finding.text()
