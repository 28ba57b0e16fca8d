"""A list on the screen as data: which line is pointed at, what is ticked, which lines are drawn in how much room."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from tmp_builder.interview.asks import Answered, Ask, Choice
from tmp_builder.interview.lines import shorten, width, wrap

POINTER, POINTER_PLAIN = "❯", ">"
BOXES = {True: "[x]", False: "[ ]"}


class Listing(Struct, dict=True):
    """The choices of a question while a person moves among them."""

    ask: Ask
    language: str
    at: int = 0
    ticked: set[str] = field(default_factory=set)
    error: str = ""

    def __post_init__(self) -> None:
        chosen = self.ask.default if isinstance(self.ask.default, tuple) else (self.ask.default,)
        ids = [choice.id for choice in self.ask.choices]
        self.ticked = {ident for ident in chosen if ident in ids} if self.ask.kind == "many" else set()
        self.at = next((number for number, ident in enumerate(ids) if ident in chosen), 0) if self.ask.kind == "one" else 0

    @property
    def pointed(self) -> str:
        """The id of the choice under the cursor."""
        return self.ask.choices[self.at].id if self.ask.choices else ""

    def step(self, by: int, *, stop: bool = False) -> None:
        """Move the cursor; past an end it comes in at the other, unless `stop`."""
        count = len(self.ask.choices)
        self.at = max(0, min(count - 1, self.at + by)) if stop else (self.at + by) % count
        self.error = ""

    def point(self, at: int) -> None:
        """Put the cursor on a line, if there is one."""
        if at < len(self.ask.choices):
            self.at, self.error = at, ""

    def tick(self) -> None:
        """Tick or untick the choice under the cursor; the one that stands alone excludes the others."""
        if self.ask.kind != "many":
            return
        self.ticked ^= {self.pointed}
        if self.ask.alone and self.pointed in self.ticked:
            self.ticked = {self.pointed} if self.pointed == self.ask.alone else self.ticked - {self.ask.alone}
        self.error = ""

    def reply(self) -> Answered | None:
        """The answer when Enter is pressed; None where too little is ticked."""
        if self.ask.kind == "one":
            return self.pointed
        picked = tuple(choice.id for choice in self.ask.choices if choice.id in self.ticked)
        return None if picked and len(picked) < self.ask.low else picked

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def lines(self, columns: int, room: int) -> list[tuple[str, str]]:
        """The lines to draw, each with its style: every note where all fit into `room`, otherwise the pointed choice's only."""
        out: list[tuple[str, str]] = []
        every = self._all_fit(columns, room)
        for number, choice in enumerate(self.ask.choices):
            pointed = number == self.at
            out.append(("class:pointed" if pointed else "", self._label(choice, pointed, columns)))
            if every or pointed:
                out += [("class:note", line) for line in self._note(choice, columns)]
        return out

    def line_of(self, columns: int, room: int) -> int:
        """The line that has to stay on the screen: the last one of the pointed choice."""
        every = self._all_fit(columns, room)
        above = sum(1 + (len(self._note(choice, columns)) if every else 0) for choice in self.ask.choices[: self.at])
        here = len(self._note(self.ask.choices[self.at], columns)) if self.ask.choices else 0
        return above + min(here, max(room - 1, 0))

    def _all_fit(self, columns: int, room: int) -> bool:
        return sum(1 + len(self._note(choice, columns)) for choice in self.ask.choices) <= room

    def _label(self, choice: Choice, pointed: bool, columns: int) -> str:
        box = f"{BOXES[choice.id in self.ticked]} " if self.ask.kind == "many" else ""
        marks = f"  [{joined(choice.marks, self.language)}]" if choice.marks else ""
        return shorten_label(f"{POINTER if pointed else ' '} {box}", choice.label, marks, columns)

    def _note(self, choice: Choice, columns: int) -> list[str]:
        indent = "      " if self.ask.kind == "many" else "    "
        return wrap(choice.note, columns, indent) if choice.note else []


def joined(marks: Sequence[str], language: str) -> str:
    """What marks a choice, one after the other."""
    return ("、" if language == "zh" else ", ").join(marks)


def shorten_label(head: str, label: str, marks: str, columns: int) -> str:
    """A line of a list; where it is too long the label is cut, not its marks, unless they fill the line."""
    room = columns - width(head) - width(marks)
    if room < 24:
        return (
            shorten(f"{head}{label}{marks}", columns)
            if not head.startswith(" ")
            else f"{head}{shorten(label + marks, columns - width(head))}"
        )
    return f"{head}{shorten(label, room)}{marks}"
