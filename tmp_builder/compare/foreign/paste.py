"""What to paste into a plan, as YAML: entries below `choices:`, `parameters:` and `wording:`, each with the clause it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tmp_builder.compare.report import Line
from tmp_builder.library.schema import Labels
from tmp_builder.plan.addresses import TOP_KEYS, steps

KINDS: dict[str, Labels] = {
    "option": {"en": "reads as another option", "zh": "与另一选项的文本相同"},
    "value": {"en": "a value changed", "zh": "数值变更"},
    "wording": {"en": "bespoke wording", "zh": "专门拟定的文本"},
}


class Entry(Struct, frozen=True):
    """One proposal as it is pasted: a comment that says where it comes from, and its edits."""

    comment: str
    edits: Mapping[str, Any]


def paste_lines(entries: Sequence[Entry]) -> Iterator[Line]:
    """The YAML text, grouped by the key of the plan file that each entry belongs below."""
    for key in TOP_KEYS:
        mine = [(entry, [each for each in entry.edits.items() if steps(each[0])[0] == key]) for entry in entries]
        if not any(edits for _, edits in mine):
            continue
        yield Line(f"{key}:", look="head")
        for entry, edits in mine:
            if edits:
                yield from (Line(f"  # {line}") for line in entry.comment.splitlines())
                yield from _below(key, edits)


def _below(key: str, edits: Sequence[tuple[str, Any]]) -> Iterator[Line]:
    if key == "additional":
        for ident in dict.fromkeys(steps(address)[1] for address, _ in edits):
            yield Line(f"  - id: {ident}")
            for address, value in edits:
                if steps(address)[1] == ident:
                    yield from _entry(steps(address)[2], value, 4)
        return
    for address, value in edits:
        yield from _entry(".".join(steps(address)[1:]), value, 2)


def _entry(name: str, value: Any, indent: int) -> Iterator[Line]:
    space = " " * indent
    if isinstance(value, Mapping) and any("\n" in str(each) for each in value.values()):
        yield Line(f"{space}{name}:")
        for key, each in value.items():
            yield from _entry(key, each, indent + 2)
    elif isinstance(value, str) and "\n" in value:
        yield Line(f"{space}{name}: |")
        yield from (Line(f"{space}  {line}" if line else "") for line in value.rstrip("\n").split("\n"))
    else:
        yield Line(f"{space}{name}: {json.dumps(value, ensure_ascii=False)}")
