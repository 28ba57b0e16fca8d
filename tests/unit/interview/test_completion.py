"""Completion: a script for each shell, and what is completed where."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
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
    assert completes("why", "a.plan.yaml", "owner") == ["ownership"]
    assert completes("why", "a.plan.yaml", "ownership.em") == ["ownership.employer"]


def test_what_can_be_explained_completes(completes: object) -> None:
    assert callable(completes)
    assert completes("explain", "ownership.em") == ["ownership.employer"]
    assert completes("explain", "OWN-02") == ["OWN-02"]
    assert completes("explain", "OWN-02", "D5") == ["D50", "D51", "D52", "D53", "D54", "D55"]


def test_answers_complete_step_by_step(completes: object) -> None:
    assert callable(completes)
    assert "choices.ownership=" in completes("new", "--set", "choices.")
    assert "choices.protection=disclose,us-first" in completes("new", "--set", "choices.protection=disclose,us")
    assert completes("new", "--set", "facts.compet") == [
        f"facts.{name}={answer}" for name in ("competitors", "competitors-or-standards") for answer in ("yes", "no")
    ]
    assert "parameters.term.fixed.term_months=" in completes("new", "--set", "parameters.term.fixed.")


# ── the scripts in the shells themselves ────────────────────────────────────────────────────────────────────────────


def _script(shell: str, capsys: pytest.CaptureFixture[str], folder: Path) -> Path:
    """The script of a shell as a file, in a folder with a plan."""
    run(cli, ["completion", shell])
    path = folder / f"completion.{shell}"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    (folder / "alliance.plan.yaml").write_text("id: alliance\n", encoding="utf-8")
    return path


def _in_shell(shell: str, words: list[str], folder: Path) -> str:
    """What a shell prints, with the command `tmp` of this installation first on its path."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    own = folder / "bin"
    own.mkdir(exist_ok=True)
    command = own / "tmp"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tmp_builder "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    root = str(Path(__file__).parents[3])
    path = f"{own}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "PYTHONPATH": root, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([shell, *words], cwd=folder, env=settings, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_accepts_its_script(shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert _in_shell(shell, ["-n", str(_script(shell, capsys, tmp_path))], tmp_path) == ""


def test_fish_completes_commands_sections_and_plan_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    script = _script("fish", capsys, tmp_path)
    asked = "; ".join(f"complete -C {line!r}" for line in ("tmp bui", "tmp new --section owner", "tmp build alli"))
    out = _in_shell("fish", ["-c", f"source {script}; {asked}"], tmp_path)
    assert [line.split("\t")[0] for line in out.splitlines()] == ["build", "ownership", "alliance.plan.yaml"]


def test_bash_completes_sections(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    script = _script("bash", capsys, tmp_path)
    typed = "COMP_WORDS=(tmp new --section owner); COMP_CWORD=3; _tmp_completion tmp; echo ${COMPREPLY[@]}"
    assert _in_shell("bash", ["--norc", "-c", f"source {script}; {typed}"], tmp_path).strip() == "ownership"


def test_zsh_takes_its_script_as_a_completion_of_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    script = _script("zsh", capsys, tmp_path)
    typed = f"autoload -U compinit; compinit -D; source {script}; echo $_comps[tmp]"
    assert _in_shell("zsh", ["-f", "-c", typed], tmp_path).strip() == "_tmp_completion"


def test_the_script_of_powershell_registers_a_completer_and_closes_what_it_opens(capsys: pytest.CaptureFixture[str]) -> None:
    run(cli, ["completion", "powershell"])
    out = capsys.readouterr().out
    assert out.strip().startswith("Register-ArgumentCompleter -Native -CommandName tmp -ScriptBlock {")
    assert "powershell_complete" in out
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", out)
    assert all(bare.count(opens) == bare.count(closes) for opens, closes in ("{}", "()", "[]"))


def test_the_click_that_knows_powershell_is_asked_for() -> None:
    wanted = re.search(r'"click>=(\d+)\.(\d+)"', (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted
    assert (int(wanted[1]), int(wanted[2])) >= (8, 5)
