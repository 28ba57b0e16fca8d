"""Text folded to the width of a terminal, Chinese characters counted as two columns; nothing is folded into a file."""

from __future__ import annotations

import sys
import unicodedata


def terminal_width(*, err: bool = False) -> int:
    """The columns of the terminal on stdout, or stderr; 0 where that is no terminal and nothing is to be folded."""
    if not (sys.stderr if err else sys.stdout).isatty():
        return 0
    import shutil

    return shutil.get_terminal_size().columns


def columns(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def fold(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    """The text in lines of at most `width` columns; `first` stands before the first line, `rest` before the others."""
    rest = " " * columns(first) if rest is None else rest
    if width <= 0:
        return first + text
    lines, line = [], first
    for piece in _pieces(text):
        if columns(line + piece.rstrip()) > width and line.strip() and line not in (first, rest):
            lines.append(line.rstrip())
            line = rest + piece.lstrip()
        else:
            line += piece
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """What must not be broken: English words with the space after them, Chinese characters with the punctuation around them."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = character in "，。；：、）”》！？.,;:)"
        joined = pieces and (
            closing
            or pieces[-1][-1] in "（“《「"
            or (not wide and not pieces[-1].endswith(" ") and not _is_wide(pieces[-1][-1]))
            or character == " "
        )
        if joined:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
