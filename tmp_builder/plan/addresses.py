"""The address grammar: one way to name a part of a plan, in `--set`, table headings, overrides, JSON and findings.

    title.zh                                             a key
    members.A1.type                                      a key of the row with the id A1
    choices.protection=disclose,china-first              an assignment; a comma makes a list of options
    parameters.protection.disclose.party_to_party_days   the parameter of an option (its own dots belong to its name)
    registers.equipment.EQ-3.accepted_on                 a cell of a register
"""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence
from dataclasses import dataclass
from typing import Any

from tmp_builder.errors import UsageError, nearest

TOP_KEYS = (
    "id version library overlay profile title status dated signed-on languages effective-date sides members facts dates numbering reserved "
    "choices parameters work-plan projects registers wording additional waivers"
).split()
"""The keys of a plan file, in the order in which they are written."""

ROWS = ("sides", "members", "projects", "additional")
"""Keys whose rows are found by their id."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`address=value` as a person typed it."""

    address: str
    value: str


def parse_assignment(text: str) -> Assignment:
    """The two halves of `address=value`. Raises UsageError when there is no `=` or no known first key."""
    address, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text}: there is no “=”", "Write --set address=value, such as --set title.en='Clean Vehicles'.")
    head = address.strip().partition(".")[0]
    if head not in TOP_KEYS:
        raise UsageError(f"--set {text}: unknown key “{head}”{nearest(head, TOP_KEYS)}", f"Known: {', '.join(TOP_KEYS)}.")
    return Assignment(address.strip(), value.strip())


def steps(address: str) -> list[str]:
    """The keys from the top of the file down to the part that `address` names."""
    head, _, rest = address.partition(".")
    if not rest:
        return [head]
    if head in ("parameters", "wording"):
        return [head, rest] if head == "parameters" else _wording(rest)
    if head == "projects":
        project, _, inner = rest.partition(".")
        below = steps(inner) if inner else []
        return [head, project, *below]
    return [head, *rest.split(".")]


def _wording(rest: str) -> list[str]:
    section, _, tail = rest.partition(".")
    option, _, key = tail.partition(".")
    return ["wording", f"{section}.{option}", *([key] if key else [])]


def look_up(data: Any, address: str) -> Any:  # noqa: ANN401
    """What stands at `address` of a plan file's data, or None."""
    here = data
    for step in steps(address):
        here = _step(here, step)
        if here is None:
            return None
    return here


def _step(here: Any, step: str) -> Any:  # noqa: ANN401
    if isinstance(here, MutableMapping):
        return here.get(step)
    if isinstance(here, MutableSequence):
        return next((row for row in here if _row_id(row) == step), None)
    return None


def _row_id(row: Any) -> str:  # noqa: ANN401
    if not isinstance(row, MutableMapping):
        return ""
    key = next((key for key in row if key == "id" or str(key).endswith("_id") or key == "award_no"), "")
    return str(row.get(key, ""))


def assign(data: MutableMapping[str, Any], address: str, value: Any) -> None:  # noqa: ANN401
    """Put `value` at `address`, making the keys and rows on the way; None takes the part out."""
    *above, last = steps(address)
    here: Any = data
    for position, step in enumerate(above):
        below = _step(here, step)
        if below is None:
            if value is None:
                return
            below = _make(here, step, [*above, last][position + 1 :], above[:position])
        here = below
    _put(here, last, value)


def _make(here: Any, step: str, rest: list[str], above: list[str]) -> Any:  # noqa: ANN401
    """A new mapping, list or row for `step`."""
    if isinstance(here, MutableSequence):
        row: dict[str, Any] = {"id": step}
        here.append(row)
        return row
    is_list = (not above and step in ROWS) or above == ["registers"]
    here[step] = [] if is_list and rest else {}
    return here[step]


def _put(here: Any, last: str, value: Any) -> None:  # noqa: ANN401
    if isinstance(here, MutableSequence):
        kept = [row for row in here if _row_id(row) != last]
        here[:] = kept if value is None else [*kept, value]
    elif isinstance(here, MutableMapping):
        if value is None:
            here.pop(last, None)
        else:
            here[last] = value
    else:
        raise UsageError(f"“{last}” cannot be set: a single value stands above it")
