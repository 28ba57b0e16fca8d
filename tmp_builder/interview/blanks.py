"""The values of chosen options: those with a default on one screen, the others asked one by one, with unit and range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from tmp_builder.interview.asks import LATER, Answered, Ask, Choice, Taken
from tmp_builder.interview.lines import shorten
from tmp_builder.interview.state import State, Step
from tmp_builder.interview.values import allowed, as_typed, read_value, shown, typed
from tmp_builder.library.schema import Parameter
from tmp_builder.plan.profiles import as_written
from tmp_builder.values import Misfit, Spec, out_of_range

TAKE = "take"


def value_steps(state: State, section: str) -> Iterator[Step]:
    """Values without a default one by one, then all of the section on one screen."""
    parameters = list(parameters_of(state, section))
    plain = [parameter for parameter in parameters if suggested(state, parameter) is None and not parameter.spec.optional]
    yield from (_value(state, section, parameter, own=parameter in plain) for parameter in parameters)
    if len(parameters) > len(plain):
        yield _screen(state, section, parameters)


def parameters_of(state: State, section: str) -> Iterator[Parameter]:
    """The parameters of everything chosen or still open in a section that the plan has to supply."""
    for option in state.plan.entered(section):
        yield from (parameter for parameter in state.library.options[option].parameters.values() if not parameter.fact)


def key_of(parameter: Parameter) -> str:
    """The parameter as the plan keeps it: section.option.name."""
    return f"{parameter.option}.{parameter.name}"


def suggested(state: State, parameter: Parameter) -> Any:
    """What is offered for a parameter as the plan file writes it: the profile's value, else the card's, else None."""
    profile = state.profile
    if profile and key_of(parameter) in profile.parameters:
        return as_written(typed(parameter.spec, profile.parameters[key_of(parameter)]))
    return as_written(parameter.default) if parameter.default is not None else None


def default_of(state: State, parameter: Parameter) -> Any:
    """The typed value that is offered for a parameter, or None."""
    raw = suggested(state, parameter)
    return None if raw is None else typed(parameter.spec, raw)


def missing(state: State, section: str) -> dict[str, Any]:
    """The offered values that the plan does not hold yet, by address."""
    found = {
        parameter.address: suggested(state, parameter)
        for parameter in parameters_of(state, section)
        if key_of(parameter) not in state.plan.values
    }
    return {address: value for address, value in found.items() if value is not None}


# ── all values of a section ─────────────────────────────────────────────────────────────────────────────────────────


def _screen(state: State, section: str, parameters: list[Parameter]) -> Step:
    ident = f"values:{section}"
    open_values = missing(state, section)

    def ask() -> Ask:
        take = Choice(TAKE, state.word("values-take" if open_values else "values-keep"))
        lines = [_line(state, parameter) for parameter in parameters]
        title = state.word("values-title", section=state.label(state.library.sections[section].title))
        return Ask(ident, "one", title, why=state.word("values-why"), choices=(take, *lines), default=TAKE, section=section)

    def answer(given: Answered) -> Taken:
        return Taken(dict(open_values)) if given == TAKE else Taken(goto=str(given))

    return Step(ident, bool(open_values), ask, answer, section, "sections")


def _line(state: State, parameter: Parameter) -> Choice:
    """A value as a line: what it is, its present or offered value, its range."""
    held = state.plan.values.get(key_of(parameter))
    value = shown(state, parameter.spec, held) if held is not None else _offer(state, parameter)
    bounds = allowed(state, parameter.spec)
    said = (
        [state.word("sentence", text=f"{bounds[:1].upper()}{bounds[1:]}")] if bounds and parameter.spec.kind != "choice" else []
    )
    said += [state.label(parameter.help)] if parameter.help else []
    note = state.space.join([*said, state.word("value-why", option=_option(state, parameter))])
    label = state.label(parameter.label)
    colon = state.space if label.endswith(("?", "？")) else state.word("colon")
    return Choice(parameter.address, f"{label}{colon}{shorten(value, 46)}", note)


def _offer(state: State, parameter: Parameter) -> str:
    value = suggested(state, parameter)
    if value is None:
        return state.word("value-optional" if parameter.spec.optional else "value-open")
    try:
        return shown(state, parameter.spec, typed(parameter.spec, value))
    except Misfit:
        return str(value)


# ── one value ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _value(state: State, section: str, parameter: Parameter, *, own: bool) -> Step:
    unset = key_of(parameter) not in state.plan.values
    back = "" if own else f"values:{section}"

    def take(answer: Answered) -> Taken:
        if answer in ("", (), LATER):
            return Taken(leave=True, goto=back)
        return _read(state, parameter, answer, back)

    return Step(
        parameter.address, own and unset, lambda: value_ask(state, parameter, section), take, section, "sections", hidden=not own
    )


def value_ask(state: State, parameter: Parameter, section: str) -> Ask:
    """The question for one value: a choice, ticks, or a text with its form, unit and range."""
    spec, held = parameter.spec, state.plan.values.get(key_of(parameter))
    raw = as_written(held) if held is not None else suggested(state, parameter)
    ask = Ask(
        id=parameter.address,
        kind="text",
        title=state.label(parameter.label),
        why=state.space.join(
            part for part in (state.label(parameter.help), state.word("value-why", option=_option(state, parameter))) if part
        ),
        section=section,
    )
    items = _items(state, parameter)
    if not items and _item(parameter).kind == "party":
        only = Choice(LATER, state.word("leave-later"), state.word("no-parties"))
        return replace(ask, kind="one", choices=(only,), default=LATER)
    if items and spec.kind == "list":
        return replace(ask, kind="many", choices=items, default=tuple(str(item) for item in raw or ()))
    if items:
        first = () if raw else (Choice(LATER, state.word("leave-later")),)
        return replace(ask, kind="one", choices=(*first, *items), default=_choice_id(raw) if raw else LATER)
    return replace(ask, hint=allowed(state, spec), default=as_typed(spec, raw) if raw is not None else "")


def _option(state: State, parameter: Parameter) -> str:
    return state.label(state.library.options[parameter.option].label)


def _choice_id(raw: Any) -> str:
    return {True: "yes", False: "no"}.get(raw, str(raw)) if isinstance(raw, bool) else str(raw)


def _items(state: State, parameter: Parameter) -> tuple[Choice, ...]:
    """What can be picked for a value that takes one or several of a closed list; nothing where text is typed."""
    item = _item(parameter)
    if item.kind == "choice":
        return tuple(Choice(key, state.label(choice.label), _said(state, choice.say)) for key, choice in item.choices.items())
    if item.kind == "party":
        return tuple(Choice(member.id, state.label(member.name) or member.id) for member in state.plan.members)
    return ()


def _item(parameter: Parameter) -> Spec:
    """What one entry of a value is: of a plain list its items, otherwise the value itself."""
    spec = parameter.spec
    return spec.of if spec.kind == "list" and spec.of and not spec.columns else spec


def _said(state: State, say: Mapping[str, str]) -> str:
    words = state.label(say) if say else ""
    return state.word("value-says", words=words) if words else ""


def _read(state: State, parameter: Parameter, answer: Answered, back: str) -> Taken:
    spec = parameter.spec
    try:
        raw = read_value(spec, answer)
        value = typed(spec, raw)
    except Misfit:
        return Taken(refused=state.word("misfit", form=allowed(state, spec) or state.word("form-text")))
    unknown = [code for code in _codes(spec.kind, value) if code not in state.library.territories]
    if unknown:
        return Taken(refused=state.word("unknown-territory", code=unknown[0]))
    mark = f"{parameter.address}={answer}"
    if out_of_range(spec, value) and mark not in state.declined:
        return Taken(
            refused=state.word("out-of-range", value=shown(state, spec, value), range=allowed(state, spec)), decline=mark
        )
    return Taken({parameter.address: raw}, goto=back)


def _codes(kind: str, value: Any) -> tuple[str, ...]:
    return tuple(value) if kind == "territory" else ()
