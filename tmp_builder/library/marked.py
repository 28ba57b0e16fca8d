"""YAML with the line of every key: read event by event, plain scalars kept as text, duplicate keys, aliases and tags refused."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tmp_builder.findings import Fault, Place, Words, both

KeyPath = tuple[str | int, ...]
MAX_BYTES = 2_000_000
"""No file of a library is larger."""
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
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML does not allow in a file, as itself."""


class Marked(Struct):
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
    from tmp_builder.library.events import read_events

    read_events(text, marked, file, first_line)
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


def reason_of(error: OSError) -> Words:
    """Why the system refused a file, in words."""
    said = error.strerror or type(error).__name__
    return Words(said, _REASONS.get(error.errno or 0, said))


def _nothing(shown: str, message: str, hint: str = "") -> Marked:
    return Marked({}, {(): Place(shown)}, faults=[Fault(Place(shown), message, hint)])
