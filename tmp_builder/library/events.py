"""From the events of PyYAML's parser to plain data with places: what a YAML text may hold, and what is refused in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from tmp_builder.findings import Fault, Place, Words, both
from tmp_builder.library.marked import KeyPath, Marked

MAX_DEPTH = 30
_PROBLEMS = {
    "did not find expected node content": "此处应有内容",
    "did not find expected key": "此处应为键，请检查缩进",
    "did not find expected ',' or ']'": "缺少“,”或“]”",
    "did not find expected ',' or '}'": "缺少“,”或“}”",
    "did not find expected '-' indicator": "此处应以“-”开头，请检查缩进",
    "could not find expected ':'": "缺少“:”",
    "mapping values are not allowed in this context": "此处不得出现“: ”",
    "block sequence entries are not allowed in this context": "此处不得以“- ”开头",
    "found character that cannot start any token": "此处不能以该字符开头",
    "found unexpected end of stream": "引号没有闭合",
    "found unexpected ':'": "此处不得出现“:”",
    "found a tab character that violates indentation": "缩进处使用了制表符",
    "found unknown escape character": "反斜杠之后的字符无效",
    "found undefined anchor": "所引用的锚点不存在",
}
"""The words of the parser in Chinese."""
_NULLS = ("", "~", "null", "Null", "NULL")


def read_events(text: str, marked: Marked, file: str, first_line: int) -> None:
    """The data of `text`, which begins at `first_line` of `file`, into `marked`; never raises: what is wrong stands in its faults."""
    try:
        _Reading(marked, file, first_line, yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))).document()
    except _TooDeepError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + first_line, mark.column + 1) if mark else Place(file)
        hint = both("Quote a text that holds “: ”, “#”, “,” or brackets.", "文字中含有“: ”、“#”、“,”或括号的，请加引号。")
        marked.data, marked.faults = (
            {},
            [Fault(place, both("is no valid YAML: {why}", "不是有效的YAML：{why}", why=_problem(str(error.problem))), hint)],
        )
    except (yaml.YAMLError, ValueError) as error:
        marked.data, marked.faults = {}, [Fault(Place(file), both("is no valid YAML: {why}", "不是有效的YAML：{why}", why=error))]


def _problem(said: str) -> Words:
    """What the parser found wrong; what is not known is left as the parser says it."""
    return Words(said, _PROBLEMS.get(said, said))


class _TooDeepError(Exception):
    """The rest of the file is not looked at: a parser's time grows with its depth."""


class _Reading(Struct):
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
                self._fault(
                    self._place(event),
                    both("begins a second document (---)", "出现第二个文档（---）"),
                    both("One file holds one document.", "一个文件只含一个文档。"),
                )
                return

    def _value(self, event: yaml.Event, path: KeyPath) -> Any:
        place = self._place(event)
        self.marked.places.setdefault(path, place)
        if len(path) > MAX_DEPTH:
            self._fault(place, both("is nested too deeply", "嵌套过深"))
            raise _TooDeepError
        if isinstance(event, (yaml.CollectionStartEvent, yaml.ScalarEvent)) and event.tag not in (None, "!"):
            self._fault(
                place,
                both("has a tag that is not read: {tag}", "含有不予读取的标签：{tag}", tag=event.tag),
                both("Write plain values.", "请直接写值。"),
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        if isinstance(event, yaml.ScalarEvent):
            self.marked.lines[path] = place.line + (event.style in ("|", ">"))
            return None if not event.style and event.value in _NULLS else str(event.value)
        self._fault(
            place,
            both("uses an alias (*name)", "使用了别名（*name）"),
            both("Write the value out: anchors and aliases are not read.", "请写出值本身：不读取锚点和别名。"),
        )
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
                self._fault(place, both("a key must be one word or text", "键须为一个词或一段文字"))
                self._value(event, (*path, ""))
                self._value(next(self.events), (*path, ""))
                continue
            key = event.value
            if key in data:
                self._fault(
                    place,
                    both("the key “{key}” stands twice", "键“{key}”重复出现", key=key),
                    both("Delete one of the two.", "请删去其中之一。"),
                )
            self.marked.places.setdefault((*path, key), place)
            data[key] = self._value(next(self.events), (*path, key))
        return data

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + self.first_line, mark.column + 1) if mark else Place(self.file)

    def _fault(self, place: Place, message: str, hint: str = "") -> None:
        self.marked.faults.append(Fault(place, message, hint))
