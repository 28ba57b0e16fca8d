"""YAML with the line of every key: read event by event, plain scalars kept as text, duplicate keys, aliases and tags refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tmp_builder.findings import Fault, Place

KeyPath = tuple[str | int, ...]
MAX_BYTES = 2_000_000
"""No file of a library is larger."""
MAX_DEPTH = 30
_NULLS = ("", "~", "null", "Null", "NULL")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML does not allow in a file, as itself."""


@dataclass(slots=True)
class Marked:
    """Plain data (mappings, lists, texts) with the place of each part, and the faults met on the way.

    `lines` holds, for each text, the line on which it begins: below its key where it is written as a block.
    """

    data: Any
    places: dict[KeyPath, Place] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
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
    fault = _unreadable(text, file, first_line)
    if fault:
        marked.faults.append(fault)
        return marked
    try:
        _Reading(marked, file, first_line, yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))).document()
    except _TooDeepError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + first_line, mark.column + 1) if mark else Place(file)
        hint = "Quote a text that holds “: ”, “#”, “,” or brackets."
        marked.data, marked.faults = {}, [Fault(place, f"is no valid YAML: {error.problem}", hint)]
    except (yaml.YAMLError, ValueError) as error:
        marked.data, marked.faults = {}, [Fault(Place(file), f"is no valid YAML: {error}")]
    return marked


def _unreadable(text: str, file: str, first_line: int) -> Fault | None:
    """Why the text is not even looked at."""
    if len(text) > MAX_BYTES:
        return Fault(Place(file), f"is larger than {MAX_BYTES:,} characters", "Split it.")
    found = _FORBIDDEN.search(text)
    if found:
        before = text[: found.start()]
        place = Place(file, before.count("\n") + first_line, len(before) - (before.rfind("\n") + 1) + 1)
        return Fault(place, f"holds the control character U+{ord(found[0]):04X}", "Delete it; it cannot be printed.")
    return None


def read_marked_file(path: Path, shown: str) -> Marked:
    """The data of the YAML file `path`, called `shown` in messages."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return _nothing(shown, f"is larger than {MAX_BYTES:,} bytes", "Split it.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return _nothing(shown, f"cannot be read: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8 text'}")
    return read_marked(text, shown)


def _nothing(shown: str, message: str, hint: str = "") -> Marked:
    return Marked({}, {(): Place(shown)}, faults=[Fault(Place(shown), message, hint)])


class _TooDeepError(Exception):
    """The rest of the file is not looked at: a parser's time grows with its depth."""


@dataclass(slots=True)
class _Reading:
    """From the events of PyYAML's parser to plain data, one pass: no alias is followed, and no depth can exhaust the stack."""

    marked: Marked
    file: str
    first_line: int
    events: Iterator[yaml.Event]

    def document(self) -> None:
        """The data of the one document that a file may hold."""
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                self.marked.data = self._value(event, ())
            elif isinstance(event, yaml.DocumentEndEvent):
                break
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._fault(self._place(event), "begins a second document (---)", "One file holds one document.")
                return

    def _value(self, event: yaml.Event, path: KeyPath) -> Any:
        place = self._place(event)
        self.marked.places.setdefault(path, place)
        if len(path) > MAX_DEPTH:
            self._fault(place, "is nested too deeply")
            raise _TooDeepError
        if isinstance(event, (yaml.CollectionStartEvent, yaml.ScalarEvent)) and event.tag not in (None, "!"):
            self._fault(place, f"has a tag that is not read: {event.tag}", "Write plain values.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.ScalarEvent):
            self.marked.lines[path] = place.line + (event.style in ("|", ">"))
            return None if not event.style and event.value in _NULLS else str(event.value)
        self._fault(place, "uses an alias (*name)", "Write the value out: anchors and aliases are not read.")
        return None

    def _list(self, path: KeyPath) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            out.append(self._value(event, (*path, len(out))))
        return out

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._fault(place, "a key must be one word or text")
                self._value(event, (*path, ""))
                self._value(next(self.events), (*path, ""))
                continue
            key = event.value
            if key in data:
                self._fault(place, f"the key “{key}” stands twice", "Delete one of the two.")
            self.marked.places.setdefault((*path, key), place)
            data[key] = self._value(next(self.events), (*path, key))
        return data

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + self.first_line, mark.column + 1) if mark else Place(self.file)

    def _fault(self, place: Place, message: str, hint: str = "") -> None:
        self.marked.faults.append(Fault(place, message, hint))
