"""Fixtures of the tests of commands: the command line as a function, in an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tmp_builder.cli import cli
from tmp_builder.cli.faults import run

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tmp(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """tmp("check", "a.plan.yaml"): exit code, stdout, stderr; called in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        code = run(cli, ["--ui-language", language, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call
