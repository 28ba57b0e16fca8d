"""Words as any file may hold them: without control characters, and on one line where a line is what counts."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile("[ \t\n\r\x85\u2028\u2029]+")


def printable(text: str) -> str:
    """`text` without the characters that no file may hold."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """`text` with every run of spaces and line breaks as one space; a space at either end stays."""
    return _SPACE.sub(" ", printable(text))
