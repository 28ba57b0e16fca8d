"""YAML with the line of every key: read through PyYAML's composer, plain scalars kept as text, duplicate keys refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tmp_builder.findings import Fault, Place

KeyPath = tuple[str | int, ...]
MAX_BYTES = 2_000_000
"""No file of a library is larger."""
MAX_DEPTH = 30


@dataclass(slots=True)
class Marked:
    """Plain data (mappings, lists, texts) with the place of each part, and the faults met on the way."""

    data: Any
    places: dict[KeyPath, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: KeyPath) -> Place:
        """The place of the part at `path`, or of the nearest part above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place())


def read_marked(text: str, file: str, first_line: int = 1) -> Marked:
    """The data of a YAML text that begins at `first_line` of `file`; never raises: what is wrong stands in `faults`."""
    marked = Marked({})
    marked.places[()] = Place(file, first_line, 1)
    if len(text) > MAX_BYTES:
        marked.faults.append(Fault(Place(file), f"is larger than {MAX_BYTES:,} characters", "Split it."))
        return marked
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        hint = "Quote a text that holds “: ”, “#”, “,” or brackets."
        marked.faults.append(Fault(Place(file, line, mark.column + 1 if mark else 0), f"is no valid YAML: {error.problem}", hint))
        return marked
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        marked.faults.append(Fault(Place(file), f"is no valid YAML: {error}", ""))
        return marked
    if node is not None:
        marked.data = _Walk(marked, file, first_line).plain(node, ())
    return marked


def read_marked_file(path: Path, shown: str) -> Marked:
    """The data of the YAML file `path`, called `shown` in messages."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return Marked({}, {(): Place(shown)}, [Fault(Place(shown), f"cannot be read: {reason}")])
    return read_marked(text, shown)


@dataclass(slots=True)
class _Walk:
    """From PyYAML's nodes to plain data; every node may be met once only, so no alias can blow a small file up."""

    marked: Marked
    file: str
    first_line: int
    met: dict[int, yaml.Node] = field(default_factory=dict)

    def plain(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401
        place = self._place(node)
        self.marked.places.setdefault(path, place)
        if id(node) in self.met:
            self._fault(place, "uses an alias (*name)", "Write the value out: anchors and aliases are not read.")
            return None
        self.met[id(node)] = node
        if len(path) > MAX_DEPTH:
            self._fault(place, "is nested too deeply")
            return None
        if not (node.tag or "").startswith("tag:yaml.org,2002:") or node.tag.endswith(("binary", "merge", "value")):
            self._fault(place, f"has a tag that is not read: {node.tag}", "Write plain values.")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null" and not node.style:
            return None
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(place, "a key must be one word or text")
                continue
            key = str(key_node.value)
            if key in data:
                self._fault(place, f"the key “{key}” stands twice", "Delete one of the two.")
                continue
            self.marked.places[(*path, key)] = place
            data[key] = self.plain(value_node, (*path, key))
        return data

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def _fault(self, place: Place, message: str, hint: str = "") -> None:
        self.marked.faults.append(Fault(place, message, hint))
