"""What an answer brings with it: needs and conflicts as one-key fixes, findings caused or cured, dates that move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.deadlines import deadlines
from tmp_builder.errors import TmpError
from tmp_builder.findings import Finding, Severity
from tmp_builder.interview.asks import Fix, Offer
from tmp_builder.interview.blanks import default_of, key_of, parameters_of
from tmp_builder.interview.sections import applies, filled, is_forced, is_open, wanted, written
from tmp_builder.interview.state import State
from tmp_builder.language import say_date
from tmp_builder.library.schema import Relation
from tmp_builder.plan.schema import Decision

OF_COURSE = ("STR-01", "STR-03", "STR-04", "STR-05")
"""Findings that a plan under way has anyway, or that are offered as fixes."""
MOST_DATES = 4


class Seen(Struct, frozen=True):
    """What was examined at one moment: the findings, and the dates with what they are called."""

    findings: tuple[Finding, ...]
    dates: Mapping[tuple[str, str, str], tuple[date, str]]


def see(state: State) -> Seen:
    """The findings and dates of a plan as it stands; a plan that cannot be assembled yet has none."""
    try:
        findings = pipeline.examine(state.plan, state.library).findings
    except TmpError:
        findings = ()
    return Seen(findings, _dates(state))


def _dates(state: State) -> dict[tuple[str, str, str], tuple[date, str]]:
    found = deadlines(state.plan, state.library)
    return {(each.code, each.object, each.part): (each.date, state.label(each.label)) for each in found if each.date}


def completed(state: State) -> State:
    """The plan as if the profile had answered everything still open: against it, what an answer causes shows without noise."""
    choices = dict(state.plan.choices)
    for section in state.library.sections.values():
        if wanted(state, section):
            pending = {option for slot in section.slots if is_open(state, slot) for option in filled(state, slot)}
            old = choices.get(section.id, Decision())
            if pending:
                choices[section.id] = replace(old, options=tuple(o for o in section.options if o in pending or o in old.options))
    plan = replace(state.plan, choices=choices)
    whole = replace(state, plan=plan)
    values = {
        key_of(each): value
        for section in choices
        for each in parameters_of(whole, section)
        if (value := default_of(whole, each)) is not None
    }
    return replace(whole, plan=replace(plan, values={**values, **plan.values}))


def changed(before: Seen, after: Seen) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The errors that came, and those that went."""
    old, new = _errors(before), _errors(after)
    return tuple(new[key] for key in new if key not in old), tuple(old[key] for key in old if key not in new)


def _errors(seen: Seen) -> dict[tuple[str, str, str, str], Finding]:
    errors = [finding for finding in seen.findings if finding.severity is Severity.ERROR and finding.code not in OF_COURSE]
    return {(finding.code, finding.address, finding.clause, finding.text()): finding for finding in errors}


def moved(state: State, before: Seen, after: Seen) -> tuple[str, ...]:
    """The dates that a change moved, each with the old and the new day; more than a few are only counted."""
    lines = [
        state.word(
            "date-moved",
            name=after.dates[key][1],
            old=say_date(day, state.language),
            new=say_date(after.dates[key][0], state.language),
        )
        for key, (day, _) in before.dates.items()
        if key in after.dates and after.dates[key][0] != day
    ]
    if len(lines) > MOST_DATES:
        lines = [*lines[:MOST_DATES], state.word("dates-more", count=len(lines) - MOST_DATES)]
    return tuple(lines)


# ── needs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def offers(before: State, after: State) -> Iterator[Offer]:
    """Fixes for what the change left without what it needs, or beside what it excludes."""
    known = set(_unmet(before))
    for option, need in _unmet(after):
        if (option, need) not in known and not _comes_later(after, need):
            yield _need(after, option, need)
    seen = set(_clashes(before))
    yield from (_conflict(after, one, other) for one, other in _clashes(after) if (one, other) not in seen)


def _unmet(state: State) -> Iterator[tuple[str, Relation]]:
    """Needs of chosen options for another option or a value that the plan does not have."""
    entered = set(state.plan.entered())
    for option in state.plan.chosen():
        for need in state.library.options[option].needs:
            if need.schedule or not applies(state, option, need):
                continue
            if need.value and str(state.plan.values.get(need.value[0])) != need.value[1]:
                yield option, need
            if need.any_of and not entered & set(need.any_of):
                yield option, need


def _comes_later(state: State, need: Relation) -> bool:
    """Whether the interview will still ask for what is needed, with a mark that says who needs it."""
    return any(_still_asked(state, option) for option in need.any_of)


def _still_asked(state: State, option: str) -> bool:
    section = state.library.sections[option.partition(".")[0]]
    slot = section.slot_of(option)
    if is_forced(slot):
        return section.id not in state.plan.choices and wanted(state, section)
    return wanted(state, section) and is_open(state, slot)


def _need(state: State, option: str, need: Relation) -> Offer:
    label = state.label(state.library.options[option].label)
    stay = state.word("fix-stay")
    if need.value:
        address, value = need.value
        said = _said(state, address, value)
        text = state.word("fix-needs", option=label, what=said)
        return Offer(text, (Fix(state.word("fix-set", what=said), {f"parameters.{address}": value}),), stay)
    wanted_labels = [state.label(state.library.options[other].label) for other in need.any_of]
    text = state.word("fix-needs", option=label, what=" / ".join(f"“{each}”" for each in wanted_labels))
    return Offer(text, tuple(_add(state, other) for other in need.any_of), stay)


def _add(state: State, option: str) -> Fix:
    """The fix that brings an option in; it takes the place of another where its slot holds only one."""
    section = state.library.sections[option.partition(".")[0]]
    slot, decision = section.slot_of(option), state.plan.choices.get(section.id, Decision())
    label = state.label(state.library.options[option].label)
    rivals = [other for other in slot.options if other in decision.options and slot.high == 1]
    word = "fix-replace" if rivals else "fix-add"
    old = state.join(state.label(state.library.options[other].label) for other in rivals)
    return Fix(state.word(word, option=label, id=option, old=old), with_options(state, section.id, [option], rivals))


def with_options(state: State, section: str, more: Iterable[str], fewer: Iterable[str]) -> dict[str, Any]:
    """The change that adds options to a section and takes others out."""
    decision = state.plan.choices.get(section, Decision())
    options = (set(decision.options) | set(more)) - set(fewer)
    return {f"choices.{section}": written(state.library.sections[section], options, decision if decision.open else None)}


# ── conflicts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _clashes(state: State) -> Iterator[tuple[str, str]]:
    """Pairs of which one excludes the other: an option, and an option or a value (as `address=value`)."""
    for option in state.plan.chosen():
        for conflict in state.library.options[option].conflicts:
            if applies(state, option, conflict):
                yield from ((option, other) for other in conflict.any_of if state.plan.has(other))
                if (
                    conflict.value
                    and str(state.plan.values.get(conflict.value[0])) == conflict.value[1]
                    and _in_force(state, conflict.value[0])
                ):
                    yield option, "=".join(conflict.value)


def _in_force(state: State, address: str) -> bool:
    """Whether the option that a value belongs to is chosen."""
    return state.plan.has(address.rpartition(".")[0])


def _conflict(state: State, one: str, other: str) -> Offer:
    """Dropping either of the two; a value is named in words and its option dropped."""
    address, is_value, value = other.partition("=")
    second = address.rpartition(".")[0] if is_value else other
    labels = {option: state.label(state.library.options[option].label) for option in (one, second)}
    fixes = tuple(
        Fix(state.word("fix-drop", option=labels[option], id=option), with_options(state, option.partition(".")[0], (), [option]))
        for option in (second, one)
    )
    said = _said(state, address, value) if is_value else labels[second]
    return Offer(state.word("fix-conflict", one=labels[one], other=said), fixes, state.word("fix-stay"))


def _said(state: State, address: str, value: str) -> str:
    """A value in words: “Exclusive in the field = Yes”."""
    parameter = state.library.parameter(address)
    if parameter is None:
        return f"{address} = {value}"
    chosen = parameter.spec.choices.get(value)
    return f"{state.label(parameter.label)} = {state.label(chosen.label) if chosen else value}"
