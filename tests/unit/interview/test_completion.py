"""Completion: a script for each shell, and what is completed where."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

from tmp_builder.cli import cli
from tmp_builder.cli.completion import SHELLS
from tmp_builder.cli.faults import run
from tmp_builder.library.schema import Library


@pytest.fixture
def completes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Gives the completions of a command line whose last word is incomplete."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("_TMP_COMPLETE", "bash_complete")
    maker = get_completion_class("bash")
    assert maker is not None
    engine = maker(cli, {}, "tmp", "_TMP_COMPLETE")

    def complete(*words: str) -> list[str]:
        return [item.value for item in engine.get_completions(list(words[:-1]), words[-1])]

    return complete


@pytest.mark.parametrize("shell", SHELLS)
def test_there_is_a_script_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["completion", shell]) == 0
    out, err = capsys.readouterr()
    assert "_TMP_COMPLETE" in out
    assert err.startswith("# ")


def test_an_unknown_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["completion", "tcsh"]) == 2
    assert "powershell" in capsys.readouterr().err


def test_plan_files_and_folders_complete_and_nothing_else(completes: object, tmp_path: Path) -> None:
    for name in ("one.plan.yaml", "two.plan.yaml", "other.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "three.plan.yaml").write_text("", encoding="utf-8")
    assert callable(completes)
    assert completes("new", "") == ["one.plan.yaml", "plans/", "two.plan.yaml"]
    assert completes("build", "t") == ["two.plan.yaml"]
    assert completes("check", "plans/") == ["plans/three.plan.yaml"]


def test_sections_profiles_and_option_ids_complete(completes: object, library: Library) -> None:
    assert callable(completes)
    assert completes("new", "--section", "owner") == ["ownership"]
    assert sorted(completes("new", "--profile", "")) == sorted(library.profiles)
    assert sorted(completes("library", "show", "")) == sorted(library.options)


def test_answers_complete_step_by_step(completes: object) -> None:
    assert callable(completes)
    assert "choices.ownership=" in completes("new", "--set", "choices.")
    assert "choices.protection=disclose,us-first" in completes("new", "--set", "choices.protection=disclose,us")
    assert completes("new", "--set", "facts.compet") == [
        f"facts.{name}={answer}" for name in ("competitors", "competitors-or-standards") for answer in ("yes", "no")
    ]
    assert "parameters.term.fixed.term_months=" in completes("new", "--set", "parameters.term.fixed.")
