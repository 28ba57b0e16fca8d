"""Characters that no document can print, refused wherever people write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of writing direction: neither language needs them, and they can make a text read otherwise than it is."""


def unprintable(text: str) -> str:
    """The first character of `text` that XML 1.0 forbids or that turns the order of what follows around, or nothing."""
    for character in text:
        code = ord(character)
        control = (code < 0x20 and character not in "\t\n\r") or 0x7F <= code <= 0x9F
        if control or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF) or character in _TURNS:
            return character
    return ""


def unprintable_parts(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of plain data that neither Word nor a PDF can print: its path, and what to say about it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from unprintable_parts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from unprintable_parts(value, (*path, index))
    elif isinstance(data, str) and (bad := unprintable(data)):
        yield path, f"{'.'.join(map(str, path))}: holds the control character U+{ord(bad):04X}"


DELETE_IT = "Delete it; it cannot be printed."
