"""The questions of a section: its slots with their options, what they need and exclude, and the values of what was chosen."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

from tmp_builder.interview.asks import LATER, NONE, Answered, Ask, Choice, Taken
from tmp_builder.interview.blanks import value_steps
from tmp_builder.interview.circumstances import late_steps
from tmp_builder.interview.registers import registers_for
from tmp_builder.interview.state import State, Step
from tmp_builder.library.schema import Relation, SectionSpec, Slot
from tmp_builder.plan.schema import Decision


def steps(state: State) -> Iterator[Step]:
    """Every section in document order: a fact it hangs on, its slots, its values. Sections that are not wanted are hidden."""
    for section in state.library.sections.values():
        hidden = not wanted(state, section)
        for step in _section(state, section):
            yield _hide(step) if hidden else step


def _hide(step: Step) -> Step:
    return Step(step.id, False, step.ask, step.take, step.section, step.group, True, step.slot)


def _section(state: State, section: SectionSpec) -> Iterator[Step]:
    yield from late_steps(state, section.id)
    yield from (_slot(state, section, slot) for slot in asked_slots(state, section))
    yield from value_steps(state, section.id)


def wanted(state: State, section: SectionSpec) -> bool:
    """Whether the interview goes through a section: it must be there or may have to, was begun, or the profile fills it."""
    if section.id in state.plan.choices:
        return True
    required = state.fact(section.required_when)
    if section.required_when == "never":
        return section.id in state.offered
    return required is not False


def live_slots(state: State, section: SectionSpec) -> list[Slot]:
    """The slots of a section that the facts leave open."""
    return [slot for slot in section.slots if not slot.when or state.fact(slot.when) is not False]


def is_forced(slot: Slot) -> bool:
    """A slot that holds its only option whenever the section is there."""
    return slot.pick == "one" and len(slot.options) == 1


def asked_slots(state: State, section: SectionSpec) -> list[Slot]:
    """The slots that are a real decision; the others are filled with the first answer of the section."""
    live = live_slots(state, section)
    return [slot for slot in live if not is_forced(slot)] or live


def is_open(state: State, slot: Slot) -> bool:
    """Whether a slot is still to be decided."""
    decision = state.plan.choices.get(slot.section)
    if decision is None or f"{slot.section}.{slot.id}" in state.notes.pending:
        return True
    return bool(slot.low) and not any(option in slot.options for option in decision.every)


# ── one slot ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _slot(state: State, section: SectionSpec, slot: Slot) -> Step:
    ident = f"slot:{section.id}.{slot.id}"

    def ask() -> Ask:
        many, default = slot.high is None, proposed(state, slot)
        choices = [option_choice(state, slot, option) for option in slot.options]
        if not many and not slot.low:
            choices.append(Choice(NONE, state.word("none-of-these")))
        if not many and slot.low and not default:
            choices.insert(0, Choice(LATER, state.word("leave-later")))
        single = default[0] if default else NONE if not slot.low else LATER
        return Ask(
            ident,
            "many" if many else "one",
            state.label(section.question),
            why=_why(state, section, slot),
            choices=tuple(choices),
            default=default if many else single,
            low=slot.low if many else 0,
            section=section.id,
        )

    def take(answer: Answered) -> Taken:
        picked = [option for option in slot.options if option in (answer if isinstance(answer, tuple) else (answer,))]
        if answer == LATER or (slot.low and not picked):
            return Taken(leave=True)
        return take_slot(state, slot, picked)

    return Step(ident, is_open(state, slot), ask, take, section.id, "sections", slot=slot.id)


def _why(state: State, section: SectionSpec, slot: Slot) -> str:
    words = [] if len(asked_slots(state, section)) == 1 else [state.word("slot", label=state.label(slot.label))]
    if section.required_when not in ("always", "never") and state.fact(section.required_when) is None:
        words.append(state.word("section-unsure"))
    words.append(state.word(f"slot-{slot.pick}"))
    return state.space.join(words)


def option_choice(state: State, slot: Slot, option: str) -> Choice:
    """An option as a line to choose: its label and effect, whom it favours, what speaks for and against it."""
    card = state.library.options[option]
    favours = state.join(state.label(state.library.favours[code]) for code in card.favours)
    note = state.label(card.effect) or state.label(card.use_when)
    marks = [state.word("mark-profile")] if option in state.offered.get(slot.section, ()) else []
    marks += [state.word("mark-needed", option=name) for name in needed_by(state, option)[:1]]
    marks += [state.word("mark-conflict", option=name) for name in conflicts_of(state, option)[:1]]
    return Choice(
        option,
        state.label(card.label),
        f"{note}{state.space}{state.word('favours', whom=favours)}" if favours else note,
        tuple(marks),
    )


def proposed(state: State, slot: Slot) -> tuple[str, ...]:
    """What is ticked at first: what the plan holds; otherwise what the profile or others need, without conflicts."""
    decision = state.plan.choices.get(slot.section, Decision())
    held = tuple(option for option in slot.options if option in decision.options)
    if held or not is_open(state, slot):
        return held
    offered = [option for option in slot.options if option in state.offered.get(slot.section, ())]
    needed = [option for option in slot.options if option not in offered and needed_by(state, option)]
    fitting = [option for option in (*offered, *needed) if not conflicts_of(state, option)]
    kept = fitting if slot.high is None else fitting[: slot.high]
    return tuple(option for option in slot.options if option in kept)


def needed_by(state: State, option: str) -> list[str]:
    """The labels of chosen options that cannot do without `option`."""
    chosen = [state.library.options[other] for other in state.plan.chosen()]
    return [
        state.label(card.label)
        for card in chosen
        for need in card.needs
        if need.any_of == (option,) and applies(state, card.id, need)
    ]


def conflicts_of(state: State, option: str) -> list[str]:
    """The labels of chosen options of other slots that exclude `option`."""
    found = []
    slot = state.library.sections[option.partition(".")[0]].slot_of(option)
    for declared, relation in state.library.conflicts.get(option, ()):
        others = relation.any_of if declared == option else (declared,)
        found += [
            other
            for other in others
            if state.plan.has(other) and other not in slot.options and applies(state, declared, relation)
        ]
    return [state.label(state.library.options[other].label) for other in dict.fromkeys(found)]


def applies(state: State, option: str, relation: Relation) -> bool:
    """Whether the condition of a need or conflict of `option` is met."""
    if relation.if_fact and state.fact(relation.if_fact) is not True:
        return False
    if relation.if_value:
        name, value = relation.if_value
        return str(state.plan.values.get(f"{option}.{name}")) == value
    return True


def filled(state: State, slot: Slot) -> tuple[str, ...]:
    """What an open slot would hold if nobody objected: the profile's options, or its only one."""
    if slot not in live_slots(state, state.library.sections[slot.section]):
        return ()
    return tuple(slot.options) if is_forced(slot) else proposed(state, slot)


# ── what an answer writes ───────────────────────────────────────────────────────────────────────────────────────────


def take_slot(state: State, slot: Slot, picked: Sequence[str]) -> Taken:
    """The changes of the plan when `picked` fill a slot: the choice, what always comes with it, registers it needs."""
    section = state.library.sections[slot.section]
    decision = state.plan.choices.get(section.id, Decision())
    forced = [each.options[0] for each in live_slots(state, section) if is_forced(each)]
    options = {option for option in decision.options if option not in slot.options} | set(picked) | set(forced)
    still_open = tuple(option for option in decision.open if option not in slot.options)
    changes: dict[str, Any] = {f"choices.{section.id}": written(section, options, decision if still_open else None)}
    registers, notices = registers_for(state, [option for option in (*picked, *forced) if not state.plan.has(option)])
    return Taken({**changes, **registers}, notices=notices, pending=_pending(state, section, slot))


def _pending(state: State, section: SectionSpec, slot: Slot) -> dict[str, bool]:
    """The slots of a section begun just now that are still to be asked: nothing in the plan tells them from decided ones."""
    begun = section.id in state.plan.choices
    others = [] if begun else [other for other in asked_slots(state, section) if other.id != slot.id]
    return {**{f"{section.id}.{other.id}": True for other in others}, f"{section.id}.{slot.id}": False}


def written(section: SectionSpec, options: set[str], keep: Decision | None = None) -> Any:
    """Options of a section as the plan file writes them, in slot order; alternatives that are still open are kept."""
    names = [option.partition(".")[2] for option in section.options if option in options]
    if keep is None:
        return names
    open_names = [option.partition(".")[2] for option in keep.open]
    positions = {who: option.partition(".")[2] for who, option in keep.positions.items()}
    entry: dict[str, Any] = {"open": open_names, "settled": names, "positions": positions, "reasons": dict(keep.reasons)}
    return {key: value for key, value in entry.items() if value}


def take_open(state: State, slot: Slot, alternatives: Sequence[str], positions: dict[str, str]) -> Taken:
    """The changes when a slot stays open between `alternatives`, with the position of each side or member."""
    section = state.library.sections[slot.section]
    decision = state.plan.choices.get(section.id, Decision())
    forced = [each.options[0] for each in live_slots(state, section) if is_forced(each)]
    settled = {option for option in decision.options if option not in slot.options} | set(forced)
    held = Decision((), tuple(alternatives), positions, {who: why for who, why in decision.reasons.items() if who in positions})
    return Taken({f"choices.{section.id}": written(section, settled, held)}, pending=_pending(state, section, slot))


def profile_answers(state: State, again: Container[str] = ()) -> dict[str, Any]:
    """The profile's choices for every wanted section that is undecided, or stands in `again`, with what comes along."""
    changes: dict[str, Any] = {}
    for section in state.library.sections.values():
        if (
            wanted(state, section)
            and section.id in state.offered
            and (section.id in again or section.id not in state.plan.choices)
        ):
            live = live_slots(state, section)
            options = {
                option for slot in live for option in slot.options if option in state.offered[section.id] or is_forced(slot)
            }
            if options != set(state.plan.entered(section.id)):
                changes[f"choices.{section.id}"] = written(section, options)
                changes |= registers_for(state, sorted(options))[0]
    return changes
