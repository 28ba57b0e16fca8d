"""Characters that no document can print, refused wherever people write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tmp_builder.findings import Words, both

_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of writing direction: neither language needs them, and they can make a text read otherwise than it is."""
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_TURNS}]")


def unprintable(text: str) -> str:
    """The first character of `text` that XML 1.0 forbids or that turns the order of what follows around, or nothing."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else ""


def unprintable_parts(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Words]]:
    """Every text of plain data that neither Word nor a PDF can print: its path, and what to say about it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from unprintable_parts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from unprintable_parts(value, (*path, index))
    elif isinstance(data, str) and (bad := unprintable(data)):
        yield (
            path,
            both(
                "{where}: holds the control character {code}",
                "{where}：含有控制字符{code}",
                where=".".join(map(str, path)),
                code=f"U+{ord(bad):04X}",
            ),
        )


DELETE_IT = both("Delete it; it cannot be printed.", "请删去：该字符无法打印。")
