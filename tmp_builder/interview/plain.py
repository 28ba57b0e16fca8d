"""Plain prompts: numbered choices, no cursor movement; for screen readers, recordings and simple terminals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from tmp_builder.interview.asks import Answered, Ask, Choice
from tmp_builder.interview.lines import wrap
from tmp_builder.interview.listing import joined
from tmp_builder.interview.moves import Move, parse_move
from tmp_builder.interview.words import say

CLEAR = ("-", "—")
"""Typed alone, it empties a default."""


class PlainAsker(Struct):
    """Asks on `out` and reads lines from `inp`; `columns` tells how wide the terminal is."""

    inp: TextIO
    out: TextIO
    language: str
    columns: Callable[[], int]
    told: bool = False

    def word(self, name: str, /, **values: object) -> str:
        """A sentence of the interface."""
        return say(name, self.language, **values)

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def line(self, text: str = "", indent: str = "", first: str | None = None) -> None:
        """Write a text, wrapped."""
        for line in wrap(text, self.columns(), indent, first):
            self.out.write(f"{line}\n")

    def tell(self, text: str) -> None:
        """Say one thing after an answer."""
        self.line(text, "  ", "  " if text.startswith("!") else "- ")
        self.out.flush()

    def show(self, lines: list[str]) -> None:
        """Write a longer text as it is."""
        for text in lines:
            mark, _, words = text.partition(" ")
            body = words if mark in ("#", "##") else text
            self.line(
                body.strip(), " " * (len(body) - len(body.lstrip()) + 2 * (mark == "*")), " " * (len(body) - len(body.lstrip()))
            )
        self.out.flush()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, ask: Ask) -> Answered | Move:
        """Write the question with its choices, and read lines until one is an answer or a move."""
        self._question(ask)
        while True:
            text = self._read(self._prompt(ask))
            move = parse_move(text)
            if move:
                return move
            answer = self._answer(ask, text)
            if answer is not None:
                return answer

    def _question(self, ask: Ask) -> None:
        self.line()
        if not self.told:
            self.line(self.word("plain-keys"))
            self.told = True
        if ask.heading:
            self.line(ask.heading)
        self.line(ask.title)
        for text in (ask.why, ask.hint):
            if text:
                self.line(text, "  ")
        chosen = ask.default if isinstance(ask.default, tuple) else (ask.default,)
        for number, choice in enumerate(ask.choices, 1):
            self._choice(number, choice, choice.id in chosen)

    def _choice(self, number: int, choice: Choice, default: bool) -> None:
        marks = [*choice.marks, *([self.word("plain-default")] if default else [])]
        label = f"{choice.label} [{joined(marks, self.language)}]" if marks else choice.label
        self.line(label, "     ", f"{number:>3}. ")
        if choice.note:
            self.line(choice.note, "       ")

    def _prompt(self, ask: Ask) -> str:
        numbers = {choice.id: str(number) for number, choice in enumerate(ask.choices, 1)}
        if ask.kind == "many":
            ticked = ",".join(numbers[ident] for ident in ask.default if ident in numbers)
            return self.word("plain-many", default=ticked or "0")
        if ask.kind == "one":
            return self.word("plain-one", default=numbers.get(str(ask.default), "1"))
        return self.word("plain-text", default=ask.default) if ask.default else self.word("plain-text-empty")

    def _read(self, prompt: str) -> str:
        self.out.write(prompt)
        self.out.flush()
        text = self.inp.readline()
        if not text:
            raise EOFError
        return text.rstrip("\r\n")

    def _answer(self, ask: Ask, text: str) -> Answered | None:
        """What a line means: Enter takes the default; None where it is no answer."""
        text = text.strip()
        if ask.kind == "text":
            cleared = text in CLEAR and ask.default and not ask.id.startswith("members.")
            return "" if cleared else text or str(ask.default)
        if not text:
            return ask.default if ask.default or ask.kind == "many" else ask.choices[0].id
        picked = self._numbers(ask, text)
        if picked is None or (ask.kind == "one" and len(picked) != 1):
            self.tell(f"! {self.word('plain-number', count=len(ask.choices))}")
            return None
        if ask.kind == "one":
            return picked[0]
        if len(picked) < ask.low:
            self.tell(f"! {self.word('too-few', low=ask.low)}")
            return None
        return picked

    def _numbers(self, ask: Ask, text: str) -> tuple[str, ...] | None:
        """The ids behind typed numbers, or None where one is no number of a choice."""
        words = [word for word in text.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if word]
        if words == ["0"] and ask.kind == "many":
            return ()
        if not all(word.isdecimal() and 1 <= int(word) <= len(ask.choices) for word in words):
            return None
        wanted = {int(word) for word in words}
        return tuple(choice.id for number, choice in enumerate(ask.choices, 1) if number in wanted)
