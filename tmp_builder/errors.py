"""Everything that can go wrong, as one tree of exceptions.

TmpError                 a message, where, and what to do next            exit
├── UsageError           the command was called wrongly                     2
├── InputError           faults in a file, all of them at once              3
│   ├── LibraryError     … in a card, a section, a list of terms
│   └── PlanError        … in a plan, a members table, a register
├── IncompletePlanError  gaps or open choices where none are allowed        4
└── EngineError          a font or an engine is missing, or the output
                         cannot be written                                  5
"""

from __future__ import annotations

from collections.abc import Iterable

from tmp_builder.findings import Fault, Words, both, listed


class TmpError(Exception):
    """A fault that the program explains; `hint` says what to do next, `exit_code` is the process's.

    Both are in both languages of the interface where they are made by `both`.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UsageError(TmpError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class InputError(TmpError):
    """One or more faults in files that people wrote; carries every one of them, in the order of their places."""

    exit_code = 3
    what = "file"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.place))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class LibraryError(InputError):
    """Faults in the clause library."""

    what = "library"


class PlanError(InputError):
    """Faults in a plan or in a table that it names."""

    what = "plan"


class IncompletePlanError(TmpError):
    """Gaps or open choices in a document that allows none."""

    exit_code = 4


class EngineError(TmpError):
    """A font or an engine is missing, or the output cannot be written."""

    exit_code = 5


def unknown(what: str, name: object, known: Iterable[str]) -> UsageError:
    """The error that a command was given a name which is none; `what` is called in both languages (`both`)."""
    names = list(known)
    near = nearest(str(name), names)
    message = both("unknown {what} “{name}”{near}", "没有{what}“{name}”{near}", what=what, name=name, near=near)
    return UsageError(message, both("Known: {known}.", "可用：{known}。", known=listed(names)))


def nearest(word: str, candidates: Iterable[str]) -> Words:
    """', did you mean “x”?' for the candidate most like `word`, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return both(", did you mean “{name}”?", "，是否应为“{name}”？", name=found[0]) if found else Words("", "")
