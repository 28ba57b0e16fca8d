"""The address grammar: one way to name a part of a plan, in `--set`, table headings, overrides, JSON and findings.

title.zh                                             a key
members.A1.type                                      a key of the row with the id A1
choices.protection=disclose,china-first              an assignment; a comma makes a list of options
parameters.protection.disclose.party_to_party_days   the parameter of an option (its own dots belong to its name)
registers.equipment.EQ-3.accepted_on                 a cell of a register
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

from msgspec import Struct

from tmp_builder.errors import UsageError, nearest
from tmp_builder.findings import both, listed
from tmp_builder.language import LANGUAGES

TOP_KEYS = (
    *("id", "version", "library", "overlay", "profile", "title", "status", "dated", "signed-on", "signed-fingerprint"),
    *("languages", "effective-date", "sides", "members", "facts", "dates", "numbering", "reserved", "choices", "parameters"),
    *("work-plan", "projects", "registers", "wording", "additional", "waivers", "approvals"),
)
"""The keys of a plan file, in the order in which they are written."""

ROWS = ("sides", "members", "projects", "additional")
"""Keys whose rows are found by their id."""

REGISTER_KEYS = {
    **dict.fromkeys(("background", "exclusions"), "item_id"),
    "technologies": "tech_id",
    "metrics": "metric_id",
    "registry": "project_id",
    "contacts": "name",
    "equipment": "eq_id",
    "accession": "member",
    "results": "result_id",
    "datasets": "dataset_id",
    "awards": "award_no",
    "grants": "grant_id",
    "publications": "pub_id",
    "events": "event_id",
}
"""The columns by which rows of the registers are found, as `schedules.yaml` names them."""


class Assignment(Struct, frozen=True):
    """`address=value` as a person typed it."""

    address: str
    value: str


def parse_assignment(text: str) -> Assignment:
    """The two halves of `address=value`. Raises UsageError when there is no `=` or no known first key."""
    address, equals, value = text.partition("=")
    if not equals:
        raise UsageError(
            both("--set {text}: there is no “=”", "--set {text}：缺少“=”", text=text),
            both(
                "Write --set address=value, such as --set title.en='Clean Vehicles'.",
                "写作--set 地址=值，例如--set title.en='Clean Vehicles'。",
            ),
        )
    head = address.strip().partition(".")[0]
    if head not in TOP_KEYS:
        raise UsageError(
            both(
                "--set {text}: unknown key “{head}”{near}",
                "--set {text}：没有键“{head}”{near}",
                text=text,
                head=head,
                near=nearest(head, TOP_KEYS),
            ),
            both("Known: {known}.", "可用：{known}。", known=listed(TOP_KEYS)),
        )
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


def look_up(data: Any, address: str) -> Any:
    """What stands at `address` of a plan file's data, or None."""
    here: Any = data
    above: tuple[str, ...] = ()
    for step in steps(address):
        here = _step(here, step, above)
        if here is None:
            return None
        above = (*above, step)
    return here


def row_id(row: Mapping[str, Any], above: Sequence[str | int]) -> str:
    """The id of a row that stands below the keys `above`; empty where it has none."""
    return key_text(row.get(row_key(above, row)))


def key_text(value: Any) -> str:
    """What the id of a row says; of a name given per language, such as that of a contact, the first one."""
    if isinstance(value, Mapping):
        return next((str(value[language]) for language in LANGUAGES if value.get(language)), "")
    return str(value or "")


def row_key(above: Sequence[str | int], row: Mapping[str, Any] | None = None) -> str:
    """The key that holds the id of a row below the keys `above`: `id`, or the key column of a register."""
    if tuple(above[:1]) != ("registers",):
        return "id"
    known = REGISTER_KEYS.get(str(above[1]), "") if len(above) > 1 else ""
    return known or next((key for key in row or () if str(key).endswith("_id")), "id")


def _step(here: Any, step: str, above: Sequence[str]) -> Any:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and not isinstance(here, str):
        return next((row for row in here if isinstance(row, Mapping) and row_id(row, above) == step), None)
    return None


def assign(data: MutableMapping[str, Any], address: str, value: Any) -> None:
    """Put `value` at `address`, making the keys and rows on the way; None takes the part out."""
    *above, last = steps(address)
    here: Any = data
    for position, step in enumerate(above):
        below = _step(here, step, above[:position])
        if below is None:
            if value is None:
                return
            below = _make(here, step, above[:position])
        here = below
    _put(here, last, value, above)


def _make(here: Any, step: str, above: list[str]) -> Any:
    """A new mapping, list or row for `step`."""
    if isinstance(here, MutableSequence):
        here.append({row_key(above): step})
        return here[-1]
    _refuse_single(here, step)
    here[step] = [] if (not above and step in ROWS) or above == ["registers"] else {}
    return here[step]


def _put(here: Any, last: str, value: Any, above: list[str]) -> None:
    if not isinstance(here, MutableSequence):
        _refuse_single(here, last)
        if value is None:
            here.pop(last, None)
        else:
            here[last] = value
        return
    place = next((index for index, row in enumerate(here) if isinstance(row, Mapping) and row_id(row, above) == last), len(here))
    here[place : place + 1] = [] if value is None else [value]
    if isinstance(value, MutableMapping) and row_key(above, value) not in value:
        here[place] = {row_key(above): last, **value}


def _refuse_single(here: Any, step: str) -> None:
    if not isinstance(here, MutableMapping):
        raise UsageError(
            both("“{step}” cannot be set: a single value stands above it", "“{step}”无法设定：其上一级是单个值", step=step)
        )
