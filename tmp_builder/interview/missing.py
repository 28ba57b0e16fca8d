"""The open questions for machines: what is missing, what may be given, and the flag that gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.interview.asks import LATER, NONE, Ask
from tmp_builder.interview.blanks import key_of, parameters_of, suggested
from tmp_builder.interview.registers import MENU
from tmp_builder.interview.sections import is_forced, live_slots
from tmp_builder.interview.session import Session
from tmp_builder.interview.state import State, Step
from tmp_builder.plan.schema import Decision

TABLES = {
    "members": ("id", "name.en", "name.zh", "side", "type", "country", "public-money"),
    MENU: ("id", "title.en", "title.zh", "start", "end"),
}
"""Tables that are no registers, each with the columns it begins with; other keys of a row are columns too."""


class Missing(Struct, frozen=True):
    """An open question for machines: its address, what it takes, what is offered, how to give it.

    `example` is the value that the flag shows where it is not the offered one: the options of a whole section.
    """

    address: str
    kind: str
    text: Mapping[str, str]
    why: Mapping[str, str]
    section: str = ""
    slot: str = ""
    pick: str = ""
    allowed: tuple[str, ...] = ()
    form: str = ""
    offered: Any = None
    example: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """The flag that gives the answer, with an example."""
        offered = self.offered if self.offered not in (None, "", ()) else (self.allowed[0] if self.allowed else "…")
        example = self.example or offered
        value = ",".join(map(str, example)) if isinstance(example, (list, tuple)) else str(example)
        return f"--profile {value}" if self.address == "profile" else f"--set {self.address}={_shell(value)}"


def _shell(value: str) -> str:
    return value if value and all(sign.isalnum() or sign in ",-_.:/…" for sign in value) else f"'{value}'"


def missing_answers(session: Session) -> list[Missing]:
    """Every open question, one for each address and slot, in the order of the interview."""
    other = "zh" if session.language == "en" else "en"
    states = {session.language: session, other: session.speaking(other)}
    asks = {language: {step.id: step.ask() for step in each.steps() if step.open} for language, each in states.items()}
    found = [
        _missing(session.state, step, {language: asks[language][step.id] for language in asks})
        for step in session.open_steps()
        if step.id != "pace"
    ]
    return _with_sections(session.state, [each for group in found for each in group])


def _with_sections(state: State, found: list[Missing]) -> list[Missing]:
    """The questions, those of slots with a value for the whole section: a section that is given is decided as a whole."""
    answers: dict[str, set[str]] = {}
    for each in found:
        if each.slot:
            answers.setdefault(each.section, set()).update(_answers(each))
    whole = {section: _whole(state, section, names) for section, names in answers.items()}
    for each in found:
        if each.slot and not whole[each.section]:  # nothing has to be picked: the first option shows the form
            whole[each.section] = each.allowed[:1]
    return [replace(each, example=whole[each.section]) if each.slot else each for each in found]


def _answers(slot: Missing) -> tuple[str, ...]:
    """What could be picked in a slot: what is offered, else the first option where one is needed."""
    return tuple(slot.offered or ()) or (slot.allowed[:1] if slot.pick in ("one", "some") else ())


def _whole(state: State, section: str, names: set[str]) -> tuple[str, ...]:
    """The options to write for a section, in its order: those picked, those the plan holds, and those without an alternative."""
    spec = state.library.sections[section]
    held = state.plan.choices.get(section, Decision()).options
    forced = [slot.options[0] for slot in live_slots(state, spec) if is_forced(slot)]
    every = {f"{section}.{name}" for name in names} | {*held, *forced}
    return tuple(option.partition(".")[2] for option in spec.options if option in every)


def _missing(state: State, step: Step, asks: Mapping[str, Ask]) -> list[Missing]:
    ask = asks[state.language]
    text = {language: asks[language].title for language in ("en", "zh")}
    why = {language: asks[language].why for language in ("en", "zh")}
    if step.id.startswith("values:"):
        return [_value(state, parameter_id, text) for parameter_id in _unset(state, step.section)]
    if step.id.startswith("guide:"):
        return []
    allowed = tuple(choice.id for choice in ask.choices if choice.id not in (LATER, NONE, "unknown", "guide"))
    offered: Any = None if ask.default in ("", LATER, "unknown", "guide") else ask.default
    if step.slot:
        allowed = tuple(option.partition(".")[2] for option in allowed)
        ticked = (ask.default,) if isinstance(ask.default, str) else ask.default
        offered = [option.partition(".")[2] for option in ticked if option and option not in (NONE, LATER)]
        pick = next(slot.pick for slot in state.library.sections[step.section].slots if slot.id == step.slot)
        return [
            Missing(
                f"choices.{step.section}", "choice", text, why, step.section, step.slot, pick, allowed, offered=offered or None
            )
        ]
    if step.id in ("start", "profile"):
        return [Missing("profile", "choice", text, why, pick="one", allowed=tuple(state.library.profiles), offered=offered)]
    if step.id in TABLES or step.id.startswith("registers."):
        return [_rows(state, step.id, text, why)]
    return [
        Missing(
            step.id,
            "value" if step.section else ask.kind,
            text,
            why,
            step.section,
            allowed=allowed,
            form=ask.hint,
            offered=offered,
        )
    ]


def _rows(state: State, address: str, text: Mapping[str, str], why: Mapping[str, str]) -> Missing:
    """Members, projects or the rows of a register: a file beside the plan; `[]` where a register has none."""
    name = address.removeprefix("registers.")
    own = TABLES.get(name)
    columns = own or [column.name for column in state.library.schedules[name].columns if not column.computed]
    form = f"{name}.csv ({', '.join(columns)}){'' if own else ' | []'}"
    return Missing(address, "rows", text, why, form=form, offered=f"{name}.csv")


def _unset(state: State, section: str) -> list[str]:
    return [
        each.address
        for each in parameters_of(state, section)
        if key_of(each) not in state.plan.values and suggested(state, each) is not None
    ]


def _value(state: State, address: str, why: Mapping[str, str]) -> Missing:
    parameter = state.library.parameter(address.removeprefix("parameters."))
    assert parameter is not None
    allowed = tuple(parameter.spec.choices)
    bounds = (
        ""
        if parameter.spec.low is None and parameter.spec.high is None
        else f" {parameter.spec.low or ''}–{parameter.spec.high or ''}"
    )
    section = parameter.option.partition(".")[0]
    form = f"{parameter.spec.kind}{bounds}"
    return Missing(
        address, "value", parameter.label, why, section, allowed=allowed, form=form, offered=suggested(state, parameter)
    )
