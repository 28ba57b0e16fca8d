"""Writing a plan file: comments and the order of keys are kept, the file is replaced in one step."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tmp_builder.errors import EngineError, PlanError
from tmp_builder.findings import Fault, Place
from tmp_builder.plan.addresses import TOP_KEYS, assign

SCHEMA_LINE = "# yaml-language-server: $schema=./plan.schema.json"


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
        if is_new and head in data:
            _settle(data, head)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


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


def edit_file(path: Path, changes: Mapping[str, Any]) -> None:
    """Set each address of `changes` in the plan file at `path`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanError([Fault(Place(str(path)), f"cannot be read: {error.strerror}")]) from error
    write_atomically(path, edit(text, changes).encode())


def _mode_of(path: Path) -> int:
    """The permissions of the file that is replaced; those of any new file where there is none."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: written beside it, flushed to disk, renamed. A failure leaves the old file as it was."""
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
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
    except OSError as error:
        raise EngineError(
            f"{path} cannot be written: {error.strerror}", "Choose another folder with -o, or make it writable."
        ) from error
