"""The help of every command in Chinese: nothing but names and examples is left in English, and no line is too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tmp_builder.cli import COMMANDS, cli
from tmp_builder.cli.faults import run
from tmp_builder.cli.width import columns

ENGLISH = re.compile(r"[A-Za-z][a-z]+,? [a-z]+,? [a-z]+")
"""Three words in a row: a sentence rather than a name."""


def _pages() -> Iterator[tuple[str, ...]]:
    context = click.Context(cli)
    yield ()
    for name in COMMANDS:
        command = cli.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words) or "tmp") for words in _pages()])
def test_the_help_is_in_chinese(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(cli, ["--ui-language", "zh", *words, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line for line in lines[lines.index("") :] if not re.match(r" +(tmp|bash|zsh|fish|PowerShell) ", line)]
    assert [line for line in shown if ENGLISH.search(line)] == []
    assert [line for line in shown if columns(line) > 80 and " " in line.strip()] == []
    assert lines[0].startswith("用法：tmp")


def test_examples_are_not_broken(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run(cli, ["--ui-language", "zh", "new", "--help"])
    example = "    tmp new clean-vehicles --profile cerc --defaults --set title.en='Clean Vehicles' --no-input"
    assert example in capsys.readouterr().out.splitlines()
