"""Lines for a terminal: wrapped by width, with Chinese characters two columns wide."""

from __future__ import annotations

import re
import unicodedata

_PIECES = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’][，。、；：！？）》」』】”’]*|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’]+|\s+"
)
"""Where a line may break: between words, and after each Chinese character with the punctuation that follows it."""


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrap(text: str, columns: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most `columns`, each beginning with `indent`, the first one with `first` where it differs."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _wrap(paragraph, max(columns, width(indent) + 10), indent, indent if first is None or lines else first)
    return lines


def _wrap(text: str, columns: int, indent: str, first: str) -> list[str]:
    lines, line = [], first
    fresh = True
    for piece in _PIECES.findall(text):
        if not fresh and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line, fresh = indent, True
        if fresh and piece.isspace():
            continue
        line += piece
        fresh = False
    return [*lines, line.rstrip()]


def shorten(text: str, columns: int) -> str:
    """The text on one line, cut with an ellipsis where it is longer than `columns`."""
    text = " ".join(text.splitlines())
    if width(text) <= columns:
        return text
    out = ""
    for sign in text:
        if width(out) + width(sign) > columns - 1:
            break
        out += sign
    return f"{out.rstrip()}…"


def pad(text: str, columns: int) -> str:
    """The text with blanks behind it up to `columns`."""
    return text + " " * max(0, columns - width(text))
