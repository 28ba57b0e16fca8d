"""Which plan `tmp new` works on, and who asks in this terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.output import Talk
from tmp_builder.errors import UsageError
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.interview.asks import Ask
    from tmp_builder.interview.drive import Asker

ENDING = ".plan.yaml"


def plan_path(name: Path) -> Path:
    """The plan file that a person means: a bare name gets the ending."""
    if name.is_dir():
        raise UsageError(
            both("{name} is a folder", "{name}是文件夹", name=name),
            both("Name the plan file: tmp new {file}", "请写明计划文件：tmp new {file}", file=name / ("my-plan" + ENDING)),
        )
    if name.suffix in (".yaml", ".yml") or name.exists():
        return name
    return name.with_name(name.name + ENDING)


def asker_for(talk: Talk, *, plain: bool) -> Asker:
    """Who asks: drawn prompts where the terminal can, otherwise plain lines."""
    if not plain and os.environ.get("TERM") != "dumb" and sys.stderr.isatty():
        from tmp_builder.interview.prompts import DrawnAsker

        return DrawnAsker(talk.language, talk.color)
    import shutil

    from tmp_builder.interview.plain import PlainAsker

    return PlainAsker(sys.stdin, sys.stderr, talk.language, lambda: shutil.get_terminal_size().columns)


def choose_plan(talk: Talk, asker: Asker) -> Path:
    """Which plan to work on: one of those in this folder, or a new one with a name."""
    from tmp_builder.interview.asks import Ask, Choice
    from tmp_builder.interview.words import say

    here = sorted(path.name for path in Path().glob(f"*{ENDING}"))
    word = talk.language
    if here:
        choices = (*(Choice(name, say("go-on", word, file=name)) for name in here), Choice("+", say("new-plan", word)))
        chosen = _answer(asker, Ask("plan", "one", say("which-plan", word), choices=choices, default=here[0]))
        if chosen != "+":
            return Path(chosen)
    names = ("alliance", *(f"alliance-{number}" for number in range(2, 1000)))
    default = next(name for name in names if f"{name}{ENDING}" not in here)
    ask = Ask("file", "text", say("file-title", word), why=say("file-why", word), hint=say("file-hint", word), default=default)
    return plan_path(Path(_answer(asker, ask).replace(" ", "-") or default))


def _answer(asker: Asker, ask: Ask) -> str:
    """The answer to a question before the interview: help is the only move there is, stopping leaves no file."""
    from tmp_builder.interview.moves import Kind, Move

    try:
        while isinstance(reply := asker.ask(ask), Move):
            if reply.kind in (Kind.QUIT, Kind.BACK):
                raise click.Abort
            asker.show([each for each in (ask.why, ask.hint) if each])
    except EOFError:
        raise click.Abort from None
    return str(reply).strip()
