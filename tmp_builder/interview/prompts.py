"""Drawn prompts: a list to move in, boxes to tick, a line to type. The one door to questionary and prompt_toolkit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import click
import questionary
from msgspec import Struct
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from tmp_builder.interview.asks import Answered, Ask
from tmp_builder.interview.lines import shorten, width, wrap
from tmp_builder.interview.listing import Listing
from tmp_builder.interview.moves import KEYS, Kind, Move, parse_move
from tmp_builder.interview.plain import CLEAR
from tmp_builder.interview.words import say

STYLE = Style([("pointed", "bold"), ("mark", "italic"), ("error", "bold"), ("qmark", "fg:default"), ("answer", "fg:default")])
"""Bold and italic only: they read on light and dark screens, and nothing is said by colour alone."""

WIDEST = 100
"""Lines longer than this are tiring to read, however wide the terminal is."""
LEAST_LIST = 5


class DrawnAsker(Struct):
    """Asks on a terminal that can move its cursor. `color` False draws without any attribute."""

    language: str
    color: bool | None = None
    told: int = 0

    def word(self, name: str, /, **values: object) -> str:
        """A sentence of the interface."""
        return say(name, self.language, **values)

    @property
    def columns(self) -> int:
        """How wide lines may be."""
        return min(shutil.get_terminal_size().columns - 1, WIDEST)

    @property
    def rows(self) -> int:
        """How many lines the screen has."""
        return shutil.get_terminal_size().lines

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, text: str = "", *, bold: bool = False, dim: bool = False) -> None:
        styled = click.style(text, bold=bold or None, dim=dim or None) if text and self.color is not False else text
        click.echo(styled, err=True)

    def tell(self, text: str) -> None:
        """Say one thing after an answer."""
        serious = text.startswith("!")
        for line in wrap(text.removeprefix("!").strip(), self.columns, "    ", "  ! " if serious else "  · "):
            self._write(line, bold=serious)
            self.told += 1

    def show(self, lines: list[str]) -> None:
        """Show a longer text, one screen at a time."""
        laid = [laid_line for text in lines for laid_line in self._laid(text)]
        page = max(self.rows - 2, 5)
        self._write()
        for number, (line, bold) in enumerate(laid, 1):
            self._write(line, bold=bold)
            if number % page == 0 and number < len(laid) and not self._more():
                return

    def _laid(self, text: str) -> list[tuple[str, bool]]:
        mark, _, words = text.partition(" ")
        if mark in ("#", "##"):
            return [(line, True) for line in wrap(words, self.columns)]
        indent = " " * (len(text) - len(text.lstrip()))
        return [
            (line, False) for line in wrap(text.strip(), self.columns, f"{indent}  " if mark in ("*", "-") else indent, indent)
        ]

    def _more(self) -> bool:
        """Wait between two screens; False when the person has read enough."""
        click.echo(self.word("more"), err=True, nl=False)
        key = click.getchar()
        click.echo("\r" + " " * width(self.word("more")) + "\r", err=True, nl=False)
        if key in ("\x03", "\x04"):
            raise KeyboardInterrupt
        return key.lower() not in ("q", "\x1b")

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, ask: Ask) -> Answered | Move:
        """Draw the question and read what the person does."""
        used = self._head(ask) + self.told  # what was told after the last answer stays on the screen above the list
        self.told = 0
        reply = self._text(ask) if ask.kind == "text" else self._list(ask, used)
        if not isinstance(reply, Move):
            said = self._said(ask, reply)
            if said:
                self._write("  " + shorten(f"→ {said}", self.columns - 2), bold=True)
        return reply

    def _said(self, ask: Ask, reply: Answered) -> str:
        """The answer in words, as it stays on the screen."""
        if not isinstance(reply, tuple):
            return choice.label if (choice := ask.choice(reply)) else reply
        labels = [choice.label if (choice := ask.choice(ident)) else ident for ident in reply]
        return ("、" if self.language == "zh" else ", ").join(labels) or self.word("nothing")

    def _head(self, ask: Ask) -> int:
        """Write heading, question and reason; returns how many lines they took."""
        lines: list[tuple[str, bool, bool]] = [("", False, False)]
        if ask.heading:
            rule = f"── {ask.heading} "
            lines.append((rule + "─" * max(0, self.columns - width(rule)), False, True))
        lines += [(line, True, False) for line in wrap(ask.title, self.columns)]
        lines += [(line, False, True) for text in (ask.why, ask.hint) if text for line in wrap(text, self.columns)]
        for text, bold, dim in lines:
            self._write(text, bold=bold, dim=dim)
        return len(lines)

    def _text(self, ask: Ask) -> Answered | Move:
        bindings = KeyBindings()

        @bindings.add(Keys.Tab)
        def _edit(event: KeyPressEvent) -> None:
            if not event.current_buffer.text:
                event.current_buffer.insert_text(str(ask.default))

        for sign in (sign for sign, kind in KEYS.items() if kind is not Kind.MENU):
            bindings.add(sign, filter=Condition(lambda: not get_app().current_buffer.text))(
                lambda event: event.app.exit(result=event.data)
            )

        default = [("class:placeholder", f"[{shorten(str(ask.default), 50)}]")] if ask.default else ""
        hint = shorten(self.word("keys-text" if ask.default else "keys-text-empty"), self.columns)
        question = questionary.text(
            "",
            qmark=f"{hint}\n>",  # above the line that is typed: some terminals never show anything below it
            style=STYLE,
            key_bindings=bindings,
            placeholder=default,
            color_depth=self._depth(),
            erase_when_done=True,
        )
        text = str(question.unsafe_ask()).strip()
        move = parse_move(text)
        if move:
            return move
        if text in CLEAR and ask.default and not ask.id.startswith("members."):
            return ""
        return text or str(ask.default)

    def _depth(self) -> ColorDepth | None:
        return ColorDepth.DEPTH_1_BIT if self.color is False else None

    def _list(self, ask: Ask, used: int) -> Answered | Move:
        many = ask.kind == "many"
        listing = Listing(ask, self.language)
        hint = shorten(self.word("keys-many" if many else "keys-one"), self.columns)
        room = max(self.rows - used - 3, LEAST_LIST)

        def tokens() -> StyleAndTextTuples:
            return [(style, f"{text}\n") for style, text in listing.lines(self.columns, room)]

        control = FormattedTextControl(
            tokens, get_cursor_position=lambda: Point(0, listing.line_of(self.columns, room)), show_cursor=False
        )
        body = Window(control, height=lambda: Dimension(max=room), dont_extend_height=True, always_hide_cursor=True)
        foot = Window(
            FormattedTextControl(lambda: [("class:error", listing.error)] if listing.error else [("class:hint", hint)]), height=1
        )
        app: Application[Any] = Application(
            layout=Layout(HSplit([body, Window(height=1), foot])),
            key_bindings=list_keys(listing, self.word),
            style=STYLE,
            color_depth=self._depth(),
            erase_when_done=True,
            mouse_support=False,
        )
        reply: Answered | Move = app.run()
        return reply


def list_keys(listing: Listing, word: Callable[..., str]) -> KeyBindings:
    """The keys of a list: arrows and figures point, the space bar ticks, Enter takes, `? < > /` are moves."""
    bindings = KeyBindings()

    def bind(keys: list[Any], act: Callable[[KeyPressEvent], object]) -> None:
        for key in keys:
            bindings.add(key)(act)

    def enter(event: KeyPressEvent) -> None:
        reply = listing.reply()
        if reply is None:
            listing.error = word("too-few", low=listing.ask.low)
        else:
            event.app.exit(result=reply)

    def move(event: KeyPressEvent) -> None:
        kind = KEYS[event.data]
        event.app.exit(result=Move(kind, listing.pointed if kind is Kind.HELP else ""))

    bind([Keys.Down, "j", Keys.ControlN], lambda _event: listing.step(+1))
    bind([Keys.Up, "k", Keys.ControlP], lambda _event: listing.step(-1))
    bind([Keys.PageDown], lambda _event: listing.step(+8, stop=True))
    bind([Keys.PageUp], lambda _event: listing.step(-8, stop=True))
    bind([Keys.Home], lambda _event: listing.point(0))
    bind([Keys.End], lambda _event: listing.point(len(listing.ask.choices) - 1))
    bind([str(figure) for figure in range(1, 10)], lambda event: listing.point(int(event.data) - 1))
    bind([" "], lambda _event: listing.tick())
    bind([Keys.Enter], enter)
    bind(list(KEYS), move)
    bind([Keys.Left], lambda event: event.app.exit(result=Move(Kind.BACK)))
    bind([Keys.Right], lambda event: event.app.exit(result=Move(Kind.FORWARD)))
    bind([Keys.ControlC], lambda event: event.app.exit(exception=KeyboardInterrupt()))
    bind([Keys.ControlD], lambda event: event.app.exit(exception=EOFError()))
    return bindings
