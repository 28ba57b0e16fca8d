"""The small change of Typst's language: words as string literals, calls, and blocks of them; no word of a plan becomes code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tmp_builder.writers.words import printable

_BREAK = re.compile("\r\n?|\n|\x85|\u2028|\u2029")
_SPECIAL = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")

UNBROKEN = 34
"""More letters without a space would run over the edge of a column."""


def literal(text: str, unbroken: int = UNBROKEN) -> str:
    """`text` as a string of Typst: what no file may hold falls out, a tab is a space, a line break stays one.

    Tokens of more than `unbroken` Latin letters may break after so many; the break shows nowhere and has no width.
    """
    said = _BREAK.sub("\n", printable(text.replace("\t", " ")))
    if len(said) > unbroken:
        said = _long(unbroken).sub("\\1\u200b", said)
    return f'"{said.translate(_SPECIAL)}"'


def call(name: str, *arguments: str) -> str:
    """The call of a function with expressions as its arguments."""
    return f"{name}({','.join(arguments)})"


def block(expressions: Iterable[str]) -> str:
    """Expressions one after another as one."""
    found = list(expressions)
    if len(found) == 1:
        return found[0]
    return "{" + ";".join(found) + "}" if found else '""'


def array(expressions: Iterable[str]) -> str:
    """Expressions as an array, of one also."""
    return "(" + "".join([f"{expression}," for expression in expressions]) + ")"


def spoken(source: str) -> str:
    """Every word inside the strings of a source, for a look at their characters."""
    return " ".join(_ESCAPED.sub(_unescaped, found) for found in _STRING.findall(source))


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]


def _long(unbroken: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s\u2e80-\uffff]{{{unbroken}}})(?=[^\s\u2e80-\uffff])")
