"""What the interview remembers in the plan file itself: comment lines below the header that travel with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

_PENDING = "# tmp new will still ask: "
_GUIDE = "# tmp new, answers of the decision guide: "
_WORD = re.compile(r"[A-Za-z0-9_.:+-]{1,130}")
_LINES = 12
"""The notes stand in the first lines of the file."""


class Notes(Struct, frozen=True):
    """Questions begun and not finished (`pending`), and answers of the decision guide (None: not begun)."""

    pending: tuple[str, ...] = ()
    guide: Mapping[str, str] | None = field(default=None)

    def changed(self, pending: Mapping[str, bool], guide: Mapping[str, str] | None) -> Notes:
        """These notes with entries added (True) or taken out (False), and the guide's answers where they are given."""
        kept = [name for name in self.pending if pending.get(name, True)]
        kept += [name for name, wanted in pending.items() if wanted and name not in kept]
        return Notes(tuple(kept), self.guide if guide is None else guide)


def read_notes(text: str) -> Notes:
    """The notes at the head of a plan file; what is not understood is passed over."""
    pending: tuple[str, ...] = ()
    guide: dict[str, str] | None = None
    for line in text.splitlines()[:_LINES]:
        if line.startswith(_PENDING):
            pending = tuple(word for word in line.removeprefix(_PENDING).split(", ") if _WORD.fullmatch(word))
        elif line.startswith(_GUIDE.rstrip()):
            pairs = (pair.partition("=") for pair in line.removeprefix(_GUIDE.rstrip()).split())
            guide = {question: answer for question, _, answer in pairs if answer}
    return Notes(pending, guide)


def without_notes(text: str) -> str:
    """The plan file without its notes."""
    lines = text.splitlines(keepends=True)
    head = [line for line in lines[:_LINES] if not line.startswith((_PENDING.rstrip(), _GUIDE.rstrip()))]
    return "".join([*head, *lines[_LINES:]])


def with_notes(text: str, notes: Notes) -> str:
    """The plan file with these notes below its header line."""
    lines = without_notes(text).splitlines(keepends=True)
    added = []
    if notes.guide is not None:
        added.append(f"{_GUIDE.rstrip()} {' '.join(f'{key}={value}' for key, value in notes.guide.items())}".rstrip() + "\n")
    if notes.pending:
        added.append(f"{_PENDING}{', '.join(notes.pending)}\n")
    at = 1 if lines and lines[0].startswith("# yaml-language-server") else 0
    return "".join([*lines[:at], *added, *lines[at:]])
