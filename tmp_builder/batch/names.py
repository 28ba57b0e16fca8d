"""Names of folders and files that every system accepts, never outside their folder, and what to do where two are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

LONGEST = 80
"""Characters of a name; with the names of files below it a path stays under what Windows allows."""
LONGEST_BYTES = 200
"""Bytes of a name in UTF-8: most file systems allow 255, and an ending and a temporary name come on top."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"))
)
"""Names that Windows keeps for devices, with any ending."""


def safe_name(text: str, otherwise: str) -> str:
    """`text` as the name of a folder or file on Windows, macOS and Linux; `otherwise` where nothing of it is left.

    The form is NFC. Characters that a system refuses become “-”; blanks and dots at the ends fall away, since Windows drops them
    silently; the names of devices get a “_”.
    """
    name = unicodedata.normalize("NFC", text)
    name = " ".join(_FORBIDDEN.sub("-", name).split())
    name = _cut(name.strip(" .~"))
    if not name.strip("-_. "):
        return otherwise
    return f"{name}_" if name.partition(".")[0].rstrip().upper() in _DEVICES else name


def _cut(name: str) -> str:
    short = name[:LONGEST]
    while len(short.encode()) > LONGEST_BYTES:
        short = short[:-1]
    return short.rstrip(" .~")


def same(name: str) -> str:
    """What two names share that are one on a system which does not tell capitals, widths or accents' forms apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def distinct(wanted: Mapping[str, str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Names that differ on every system, and the keys that wanted the same one.

    `wanted` holds the name by key. Where several want one name, each gets its key behind it, so that the outcome does not depend
    on the order of the rows.
    """
    many = Counter(same(name) for name in wanted.values())
    clashes: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for key, name in wanted.items():
        if many[same(name)] > 1:
            clashes.setdefault(same(name), []).append(key)
            named[key] = _with_key(name, key)
        else:
            named[key] = name
    while True:
        again = Counter(same(name) for name in named.values())
        doubled = [key for key, name in named.items() if again[same(name)] > 1]
        if not doubled:
            break
        for number, key in enumerate(sorted(doubled), 1):
            named[key] = _with_key(named[key], str(number))
    return named, {name: tuple(keys) for name, keys in clashes.items()}


def _with_key(name: str, key: str) -> str:
    tail = f"-{safe_name(key, 'x')}"
    return name[: LONGEST - len(tail)].rstrip(" .~") + tail
