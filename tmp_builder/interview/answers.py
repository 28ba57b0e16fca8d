"""Answers without a prompt: from flags, from a file, from defaults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tmp_builder.errors import PlanError, UsageError, nearest
from tmp_builder.findings import Fault, Place, both, listed
from tmp_builder.interview.asks import LATER
from tmp_builder.interview.member import read_codes
from tmp_builder.interview.opening import CONDITIONAL, says_conditional
from tmp_builder.interview.parties import side_rows
from tmp_builder.interview.session import Session
from tmp_builder.interview.state import Step
from tmp_builder.interview.values import read_day, read_value
from tmp_builder.library.marked import read_marked_file
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import TOP_KEYS, parse_assignment
from tmp_builder.values import Misfit

_LISTS = (
    "languages",
    "public-money",
    "work-places",
    "territory",
    "calendars",
    "competes-with",
    "affiliates",
    "consortia",
    "reserved",
)
"""Keys that hold a list: commas divide what is typed for them."""

_NOTHING: Mapping[str, Any] = {"": None, "[]": []}
"""What takes a part out of the plan, and what says that a list has no rows."""

_MERGED = ("title", "facts", "dates", "choices", "parameters", "registers", "wording")
"""Keys of an answers file that are taken key by key; the others replace what is there."""


def read_sets(texts: Iterable[str], library: Library) -> dict[str, Any]:
    """The assignments of `--set address=value`, typed for the plan file; an empty value takes the part out. Raises UsageError."""
    found: dict[str, Any] = {}
    for text in texts:
        assignment = parse_assignment(text)
        found[assignment.address] = _typed(assignment.address, assignment.value, library)
    return found


def _typed(address: str, text: str, library: Library) -> Any:
    """What the plan file writes for a value that was typed behind `address=`."""
    if text in _NOTHING:
        return _NOTHING[text]
    head, _, rest = address.partition(".")
    if address == "sides":
        return side_rows(library, read_codes(text))
    if address in ("dated", "effective-date"):
        return CONDITIONAL if address != "dated" and says_conditional(text) else read_day(text) or text
    if head == "parameters":
        return _parameter(address, rest, text, library)
    if head == "choices" or (head != "facts" and address.rpartition(".")[2] in _LISTS):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _parameter(address: str, key: str, text: str, library: Library) -> Any:
    parameter = library.parameter(key)
    if parameter is None:
        known = [each.address for option in library.options.values() for each in option.parameters.values()]
        raise UsageError(
            both(
                "--set {address}: unknown parameter{near}",
                "--set {address}：没有此参数{near}",
                address=address,
                near=nearest(address, known),
            ),
            both("Write parameters.section.option.name=value.", "写作parameters.section.option.name=值。"),
        )
    try:
        return read_value(parameter.spec, text)
    except Misfit as misfit:
        raise UsageError(both("--set {address}: {why}", "--set {address}：{why}", address=address, why=misfit.words)) from None


def read_answers(path: Path) -> dict[str, Any]:
    """The answers of a YAML file in the form of a plan, any part of it, by address. Raises PlanError with every fault."""
    marked = read_marked_file(path, str(path))
    faults = list(marked.faults)
    if not faults and not isinstance(marked.data, dict):
        faults.append(
            Fault(
                Place(str(path), 1),
                both("holds no keys with values", "没有键和值"),
                both("Write it like a plan file: title: …, choices: ….", "请按计划文件的写法：title: …、choices: …。"),
            )
        )
    data: Mapping[str, Any] = marked.data if isinstance(marked.data, dict) else {}
    for key in data:
        if key.partition(".")[0] not in TOP_KEYS:
            faults.append(
                Fault(
                    marked.place((key,)),
                    both("unknown key “{key}”{near}", "没有键“{key}”{near}", key=key, near=nearest(key, TOP_KEYS)),
                    both("Known: {known}.", "可用：{known}。", known=listed(TOP_KEYS)),
                )
            )
    if faults:
        raise PlanError(faults)
    return dict(_flat(data))


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if key in _MERGED and isinstance(value, Mapping):
            yield from ((f"{key}.{name}", inner) for name, inner in value.items())
        elif key != "id":
            yield key, value


# ── filling in without asking ───────────────────────────────────────────────────────────────────────────────────────


def fill(session: Session) -> None:
    """Take the default of every open question that has one; the others stay open. The profile itself is never a default."""
    session.quiet = True
    while session.state.plan.profile and _fill_once(
        session
    ):  # answers open new questions: a fact brings a section, an option its values
        pass
    session.quiet = False
    session.at = ""
    session.go_on()


def _fill_once(session: Session) -> bool:
    """One round over the open questions; False when it changed nothing."""
    before = session.state.raw
    for step in session.open_steps():
        if not step.slot and not step.id.startswith("values:"):
            _take_default(session, step)
    session.take_rest()
    for step in session.open_steps():
        _take_default(session, step)
    return session.state.raw != before


def _take_default(session: Session, step: Step) -> None:
    ask = step.ask()
    if ask.default and ask.default not in (LATER, "unknown") and step.id not in ("members", "start", "pace"):
        session.at = step.id
        session.answer(ask.default)
