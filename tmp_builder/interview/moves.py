"""The moves that every prompt allows besides an answer, and how they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from tmp_builder.interview.asks import Ask, Choice
from tmp_builder.interview.words import say


class Kind(StrEnum):
    """What a move does."""

    HELP = "help"
    BACK = "back"
    FORWARD = "forward"
    MENU = "menu"
    JUMP = "jump"
    SEARCH = "search"
    PREVIEW = "preview"
    FINDINGS = "findings"
    LATER = "later"
    OPEN = "open"
    REST = "rest"
    REVIEW = "review"
    QUIT = "quit"


class Move(Struct, frozen=True):
    """A move, perhaps with what was typed behind it: a section, words to search, the choice under the cursor."""

    kind: Kind
    argument: str = ""


KEYS = {
    "?": Kind.HELP,
    "？": Kind.HELP,
    "<": Kind.BACK,
    "《": Kind.BACK,
    ">": Kind.FORWARD,
    "》": Kind.FORWARD,
    "/": Kind.MENU,
    "、": Kind.MENU,
}
"""Single characters: pressed on a list, or typed alone where a text is asked. The full-width ones come from Chinese keyboards."""

_NAMES = {
    "帮助": Kind.HELP,
    "返回": Kind.BACK,
    "前进": Kind.FORWARD,
    "跳转": Kind.JUMP,
    "搜索": Kind.SEARCH,
    "预览": Kind.PREVIEW,
    "问题": Kind.FINDINGS,
    "待定": Kind.LATER,
    "并列": Kind.OPEN,
    "其余": Kind.REST,
    "总览": Kind.REVIEW,
    "退出": Kind.QUIT,
}


def parse_move(text: str) -> Move | None:
    """The move that a person typed (`?`, `<`, `/jump ownership`), or None where the text is an answer."""
    text = text.strip()
    if text in KEYS:
        return Move(KEYS[text])
    if not text.startswith(("/", "、")):
        return None
    name, _, argument = text[1:].partition(" ")
    if name in _NAMES:
        return Move(_NAMES[name], argument.strip())
    found = [kind for kind in Kind if name and kind.value.startswith(name.lower())]
    return Move(found[0], argument.strip()) if found else None


def menu(ask: Ask, *, slot: bool, rest: bool, language: str) -> Ask:
    """The list of moves, as a question: what is possible from `ask`. `slot` says whether options are chosen there."""
    choices = tuple(
        Choice(kind.value, say(f"move-{kind.value}", language), f"/{kind.value}") for kind in _possible(ask, slot, rest)
    )
    return Ask("menu", "one", say("menu-title", language), choices=choices, default=choices[0].id, heading=ask.heading)


def _possible(ask: Ask, slot: bool, rest: bool) -> Iterator[Kind]:
    yield from (Kind.BACK, Kind.FORWARD, Kind.HELP, Kind.JUMP, Kind.SEARCH)
    if ask.section:
        yield Kind.PREVIEW
    yield from (Kind.FINDINGS, Kind.LATER)
    if slot:
        yield Kind.OPEN
    if rest:
        yield Kind.REST
    yield from (Kind.REVIEW, Kind.QUIT)
