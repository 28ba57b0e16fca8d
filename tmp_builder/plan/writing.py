"""Writing a plan file: comments and the order of keys are kept, the file is replaced in one step."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tmp_builder.errors import EngineError, PlanError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.marked import reason_of
from tmp_builder.plan.addresses import TOP_KEYS, assign

SCHEMA_LINE = "# yaml-language-server: $schema=./plan.schema.json"


_BESIDE = re.compile(r"[a-z0-9_]{8}\.part")
"""How the name of a file that is being written ends, behind a dot and the name of what it will be."""
_LEFT_BEHIND = 60
"""A file beside the target that has not been touched for so many seconds belongs to a process that was killed."""

_LINE = 90
"""A list longer than this many characters stands one item a line."""


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 4000  # lines are never broken anew: a change of one value is a change of one line
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def edit(text: str, changes: Mapping[str, Any]) -> str:
    """The plan file `text` with each address of `changes` set (None takes it out); everything else as it was."""
    yaml = _yaml()
    data = yaml.load(text) if text.strip() else {}
    for address, value in changes.items():
        head = address.partition(".")[0]
        is_new = head not in data
        assign(data, address, _inline(value))
        if isinstance(data.get(head), (dict, list)) and not data[head]:
            data[head] = type(data[head])()  # comments on what went would stand where only {} or [] may
        if is_new and head in data:
            _settle(data, head)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def edit_in_place(text: str, changes: Mapping[str, Any]) -> str:
    """As `edit`, but only the pieces of the file that change are read and written anew, which is fast in a file of any length.

    The result is to be held against what stood there (`pieces.same_elsewhere`). A file that cannot be cut is edited as a whole.
    """
    from ruamel.yaml.error import YAMLError

    from tmp_builder.plan.pieces import UncutError, edit_piecewise

    try:
        return edit_piecewise(text, changes, edit)
    except (UncutError, YAMLError):
        return edit(text, changes)


def _settle(data: Any, head: str) -> None:
    """Move a top key that is new to its usual place among the others."""
    if hasattr(data, "insert") and head in TOP_KEYS:
        value = data.pop(head)
        before = [place for place, key in enumerate(data) if key in TOP_KEYS and TOP_KEYS.index(key) < TOP_KEYS.index(head)]
        data.insert(max(before, default=-1) + 1, head, value)


def _inline(value: Any) -> Any:
    """A short list of single values, and a text in two languages, on one line, as people write them."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, Mapping):
        inner = CommentedMap({key: _inline(each) for key, each in value.items()})
        if value and set(value) <= {"en", "zh"}:
            inner.fa.set_flow_style()
        return inner
    if isinstance(value, (list, tuple)):
        row = CommentedSeq(_inline(each) for each in value)
        if value and all(isinstance(each, (str, int)) for each in value) and sum(len(str(each)) + 2 for each in value) < _LINE:
            row.fa.set_flow_style()
        return row
    return value


def new_text(data: Mapping[str, Any]) -> str:
    """A new plan file from plain data, its keys in the usual order."""
    ordered = {key: data[key] for key in TOP_KEYS if key in data}
    out = io.StringIO()
    yaml = _yaml()
    yaml.dump(ordered, out)
    return f"{SCHEMA_LINE}\n{out.getvalue()}"


def merge_rows(text: str, head: str, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """The plan file `text` with `rows` in the list `head`: one that agrees with an old row in all `keys` changes it.

    Only the lines of that list are written anew, with its comments; every other line stays as it is.
    """
    from ruamel.yaml.comments import CommentedSeq

    before, block, after = _cut_out(text, head)
    yaml = _yaml()
    data = (yaml.load(block) or {}) if block else {}
    held = data.get(head) or CommentedSeq()
    for row in rows:
        old = next((old for old in held if _agree(old, row, keys)), None)
        if old is None:
            held.append(_inline(row))
        else:
            _bring_up(old, row)
    data[head] = held
    out = io.StringIO()
    yaml.dump(data, out)
    gap = "" if block or not before.strip() else "\n"
    return before + ("\n" if before and not before.endswith("\n") else "") + gap + out.getvalue() + after


def _cut_out(text: str, head: str) -> tuple[str, str, str]:
    """The text before the key `head`, its own lines, and the text after; at the end of the file where the key is new.

    Raises PlanError for a file that is one flow mapping, which has no lines of its own for a key.
    """
    if text.lstrip().startswith("{"):
        message = "is written as one flow mapping: { … }; a list cannot be added to it"
        raise PlanError([Fault(Place(), message, both("Write one key a line.", "每个键单独写一行。"))])
    begin = re.search(rf"^{re.escape(head)}[ \t]*:", text, re.MULTILINE)
    if begin is None:
        return text, "", ""
    following = re.search(r"^[^\s#\-]", text[begin.end() :], re.MULTILINE)
    end = begin.end() + following.start() if following else len(text)
    return text[: begin.start()], text[begin.start() : end], text[end:]


def _bring_up(old: Any, row: Mapping[str, Any]) -> None:
    """The old row says what the new one says; what is the same is not touched, nor is a comment beside it."""
    for key in [key for key in old if key not in row]:
        del old[key]
    for key, value in row.items():
        if old.get(key) != value:
            old[key] = _inline(value)


def _agree(one: Any, other: Mapping[str, Any], keys: Sequence[str]) -> bool:
    """Whether two rows say the same under every key; one word counts as a list of one, no list as an empty one."""

    def listed(value: Any) -> list[str]:
        return [] if value is None else [value] if isinstance(value, str) else list(value)

    return isinstance(one, Mapping) and all(listed(one.get(key)) == listed(other.get(key)) for key in keys)


def edit_file(path: Path, changes: Mapping[str, Any]) -> None:
    """Set each address of `changes` in the plan file at `path`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanError(
            [Fault(Place(str(path)), both("cannot be read: {reason}", "无法读取：{reason}", reason=reason_of(error)))]
        ) from error
    write_atomically(path, edit(text, changes).encode())


def _mode_of(path: Path) -> int:
    """The permissions of the file that is replaced; those of any new file where there is none."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _beside(target: Path) -> str:
    """How the name of a file begins in which `target` is being written."""
    return f".{target.name[:40]}."


def _sweep(target: Path) -> None:
    """Remove what killed processes left beside `target`, and nothing that another process may still be writing."""
    begin, now = _beside(target), target.stat().st_mtime
    with contextlib.suppress(OSError):  # the file itself is written; what lies beside it can wait
        with os.scandir(target.parent) as found:
            left = [each for each in found if each.name.startswith(begin) and _BESIDE.fullmatch(each.name, len(begin))]
        for each in left:
            if each.is_file(follow_symlinks=False) and each.stat().st_mtime < now - _LEFT_BEHIND:
                Path(each.path).unlink()


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: written beside it, flushed to disk, renamed. A failure leaves the old file as it was."""
    import tempfile

    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_beside(target), suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_mode_of(target))
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sweep(target)
    except OSError as error:
        raise EngineError(
            both("{path} cannot be written: {reason}", "{path}无法写入：{reason}", path=path, reason=reason_of(error)),
            both("Choose another folder with -o, or make it writable.", "请用-o另选文件夹，或者使其可写。"),
        ) from error
