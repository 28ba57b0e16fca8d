"""A plan file cut into pieces: its top keys, and what stands one step below them, so that an edit reads only what it changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from tmp_builder.plan.addresses import ROWS, TOP_KEYS, row_id, steps

Edit = Callable[[str, Mapping[str, Any]], str]

_KEY = re.compile(r"([A-Za-z][A-Za-z-]*):(?=\s|$)")
_BELOW = re.compile(r"  (?:- |-$|(?P<key>[^\s#\-\"'{\[&*!|>%@`?][^:#\"'{}\[\]]*):(?=\s|$))")
_MARGIN = "  "
"""How far rows and entries are indented by this program; files that indent otherwise are edited as a whole."""


class UncutError(Exception):
    """The file is not written in a way that can be cut; it has to be edited as a whole."""


class Piece(Struct, frozen=True):
    """Lines of a file from `start` up to `end`; comments and empty lines after them belong to what follows."""

    key: str
    start: int
    end: int


def edit_piecewise(text: str, changes: Mapping[str, Any], edit: Edit) -> str:
    """`text` with each address of `changes` set by `edit`, which sees only the piece concerned. Raises UncutError.

    Everything outside the piece stays as it is, byte for byte. The cut goes by the look of the lines; whoever reads the result
    holds it against what stood there before (`same_elsewhere`).
    """
    for address, value in changes.items():
        text = _changed(text, address, value, edit)
    return text


def _changed(text: str, address: str, value: Any, edit: Edit) -> str:
    if "\r" in text or not text.endswith("\n"):
        raise UncutError
    lines = [f"{line}\n" for line in text[:-1].split("\n")]
    heads = _heads(lines)
    head, *below = steps(address)
    found = [piece for piece in heads if piece.key == head]
    if not found:
        return _with_new_head(lines, heads, head, address, value, edit)
    if len(found) > 1:
        raise UncutError
    if below and (inner := _inside(lines, found[0], below[0], alone=len(below) == 1, drops=value is None)):
        return _replaced(lines, inner, _edited_below(lines, head, inner, address, value, edit))
    return _replaced(lines, found[0], edit("".join(lines[found[0].start : found[0].end]), {address: value}))


def _heads(lines: list[str]) -> list[Piece]:
    """The top keys with their lines. Whatever else stands at the margin, but for comments, cannot be cut."""
    found: list[Piece] = []
    for number, line in enumerate(lines):
        if line[0] in " \t\n#":
            continue
        key = _KEY.match(line)
        if key is None:
            raise UncutError
        found.append(Piece(key[1], number, len(lines)))
    ends = [piece.start for piece in found[1:]] + [len(lines)]
    return [Piece(piece.key, piece.start, _trimmed(lines, piece.start, end, "")) for piece, end in zip(found, ends, strict=True)]


def _trimmed(lines: list[str], start: int, end: int, margin: str) -> int:
    """The end of a piece without empty lines, and without comments no further in than the piece: they speak of the next one."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", f"{margin}#"))):
        end -= 1
    return end


def _inside(lines: list[str], piece: Piece, name: str, *, alone: bool, drops: bool) -> Piece | None:
    """The row or entry `name` of a piece that is written over several lines; an empty piece at its end where it is new.

    None where the whole piece has to be edited: it stands on one line, or its last entry is taken out.
    """
    parts = _parts(lines, piece)
    held = [part for part in parts if part.key == name]
    if len(held) == 1 and drops and alone:
        return held[0] if len(parts) > 1 else None
    if len(held) == 1:
        return held[0]
    return Piece(name, piece.end, piece.end) if parts and not held and not drops else None


def _parts(lines: list[str], piece: Piece) -> list[Piece]:
    """The rows or entries of a piece; none where it is written in another manner than this program's."""
    if lines[piece.start].split("#")[0].strip() != f"{piece.key}:":
        return []
    inner = range(piece.start + 1, piece.end)
    if any(lines[number][:2].strip() for number in inner if not lines[number].startswith("#")):
        return []
    starts = [number for number in inner if lines[number][2:3] not in ("", " ", "#", "\n") and lines[number][0] == " "]
    ends = [*starts[1:], piece.end] if starts else []
    found = []
    for start, end in zip(starts, ends, strict=True):
        mark = _BELOW.match(lines[start])
        if mark is None:
            return []
        ident = mark["key"] if mark["key"] is not None else _row_id(lines[start:end], piece.key)
        found.append(Piece(ident.strip(), start, _trimmed(lines, start, end, _MARGIN)))
    return found


def _row_id(lines: list[str], head: str) -> str:
    """The id of a row as it is written; empty where it cannot be told without reading the row."""
    if head not in ROWS:
        return ""
    own = re.match(r"  - (?:\{\s*)?id:\s*([A-Za-z0-9_-]+)\s*(?:[,}#]|$)", lines[0])
    later = (re.match(r"    id:\s*([A-Za-z0-9_-]+)\s*(?:#|$)", line) for line in lines[1:])
    return own[1] if own else next((found[1] for found in later if found), "")


def _edited_below(lines: list[str], head: str, inner: Piece, address: str, value: Any, edit: Edit) -> str:
    """The lines of a row or entry after the change."""
    body = "".join(lines[inner.start : inner.end])
    if value is None and len(steps(address)) == 2:
        return ""
    top = f"{head}:\n"
    made = edit(top + body if body else "", {address: value})
    if not made.startswith(top) or not made.removeprefix(top).startswith(_MARGIN):
        raise UncutError
    return made.removeprefix(top)


def _replaced(lines: list[str], piece: Piece, text: str) -> str:
    return "".join([*lines[: piece.start], text, *lines[piece.end :]])


def same_elsewhere(before: Mapping[str, Any], after: Mapping[str, Any], changes: Iterable[str]) -> bool:
    """Whether the data of two files differ at most in the rows, entries and keys that the addresses `changes` name."""
    touched: dict[str, set[str]] = {}
    for address in changes:
        head, *below = steps(address)
        touched.setdefault(head, set()).add(below[0] if below else "")
    return _untouched(before, touched) == _untouched(after, touched)


def _untouched(data: Mapping[str, Any], touched: Mapping[str, set[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in data.items():
        names = touched.get(key, set())
        if "" in names:
            continue
        if isinstance(value, list):
            found[key] = [row for row in value if not (names and isinstance(row, dict) and row_id(row, (key,)) in names)]
        elif isinstance(value, dict):
            found[key] = {name: each for name, each in value.items() if name not in names}
        else:
            found[key] = None if names else value
    return {key: value for key, value in found.items() if value}


def _with_new_head(lines: list[str], heads: list[Piece], head: str, address: str, value: Any, edit: Edit) -> str:
    """The file with a top key that is new, at its usual place among the others."""
    if value is None:
        return "".join(lines)
    if head not in TOP_KEYS:
        raise UncutError
    before = [piece for piece in heads if piece.key in TOP_KEYS and TOP_KEYS.index(piece.key) < TOP_KEYS.index(head)]
    if not before:
        raise UncutError
    at = max(piece.end for piece in before)
    return _replaced(lines, Piece(head, at, at), edit("", {address: value}))
