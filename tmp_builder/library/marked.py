"""YAML with the line of every key: read event by event, plain scalars kept as text, duplicate keys, aliases and tags refused."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tmp_builder.findings import Fault, Place, Words, both

KeyPath = tuple[str | int, ...]
MAX_BYTES = 2_000_000
"""No file of a library is larger."""
MAX_DEPTH = 30
_SPLIT = both("Split it.", "请拆分为几个文件。")
_REASONS = {
    errno.ENOENT: "文件不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许此操作",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘为只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接层数过多",
}
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
        hint = both("Quote a text that holds “: ”, “#”, “,” or brackets.", "文字中含有“: ”、“#”、“,”或括号的，请加引号。")
        marked.data, marked.faults = (
            {},
            [Fault(place, both("is no valid YAML: {why}", "不是有效的YAML：{why}", why=_problem(str(error.problem))), hint)],
        )
    except (yaml.YAMLError, ValueError) as error:
        marked.data, marked.faults = {}, [Fault(Place(file), both("is no valid YAML: {why}", "不是有效的YAML：{why}", why=error))]
    return marked


def _unreadable(text: str, file: str, first_line: int) -> Fault | None:
    """Why the text is not even looked at."""
    if len(text) > MAX_BYTES:
        return Fault(Place(file), both("is larger than {size:,} characters", "超过{size:,}个字符", size=MAX_BYTES), _SPLIT)
    found = _FORBIDDEN.search(text)
    if found:
        before = text[: found.start()]
        place = Place(file, before.count("\n") + first_line, len(before) - (before.rfind("\n") + 1) + 1)
        return Fault(
            place,
            both("holds the control character {code}", "含有控制字符{code}", code=f"U+{ord(found[0]):04X}"),
            both("Delete it; it cannot be printed.", "请删去：该字符无法打印。"),
        )
    return None


def read_marked_file(path: Path, shown: str) -> Marked:
    """The data of the YAML file `path`, called `shown` in messages."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return _nothing(shown, both("is larger than {size:,} bytes", "超过{size:,}字节", size=MAX_BYTES), _SPLIT)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else both("it is not UTF-8 text", "不是UTF-8文本")
        return _nothing(shown, both("cannot be read: {reason}", "无法读取：{reason}", reason=reason))
    return read_marked(text, shown)


def _problem(said: str) -> Words:
    """What the parser found wrong; what is not known is left as the parser says it."""
    return Words(said, _PROBLEMS.get(said, said))


def reason_of(error: OSError) -> Words:
    """Why the system refused a file, in words."""
    said = error.strerror or type(error).__name__
    return Words(said, _REASONS.get(error.errno or 0, said))


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
