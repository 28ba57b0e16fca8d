"""The open questions for machines: what is missing, what may be given, and the flag that gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tmp_builder.interview.asks import LATER, NONE, Ask
from tmp_builder.interview.blanks import key_of, parameters_of, suggested
from tmp_builder.interview.session import Session
from tmp_builder.interview.state import State, Step


class Missing(Struct, frozen=True):
    """An open question for machines: its address, what it takes, what is offered, how to give it."""

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

    @property
    def how(self) -> str:
        """The flag that gives the answer, with an example."""
        example = self.offered if self.offered not in (None, "", ()) else (self.allowed[0] if self.allowed else "…")
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
    return [each for group in found for each in group]


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
        offered = (
            []
            if ask.default == NONE
            else [o.partition(".")[2] for o in ((ask.default,) if isinstance(ask.default, str) else ask.default) if o]
        )
        pick = next(slot.pick for slot in state.library.sections[step.section].slots if slot.id == step.slot)
        return [
            Missing(
                f"choices.{step.section}", "choice", text, why, step.section, step.slot, pick, allowed, offered=offered or None
            )
        ]
    if step.id in ("start", "profile"):
        return [Missing("profile", "choice", text, why, pick="one", allowed=tuple(state.library.profiles), offered=offered)]
    if step.id == "members":
        return [
            Missing(
                "members",
                "rows",
                text,
                why,
                form="members.csv (id, name.en, name.zh, side, type, country, public-money)",
                offered="members.csv",
            )
        ]
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
