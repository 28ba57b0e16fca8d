"""Runs the pages of this folder: every `$ tmp …` in a console block gives what stands below it, and the exit code in brackets.

A page begins in a folder with `complete.plan.yaml` and `fonts-none.conf`, and, where it speaks of them, `drafts/`, two drafts
of a plan. A block headed ```yaml file=NAME writes a file; one ```yaml change=OLD to=NEW writes the plan NEW, which is OLD with
these addresses changed. In expected output, `…` stands for any words of one line, a line `…` for any lines; `[exit 3]` is the
exit code (none is 0). Besides `tmp`, `ls` and `cat` are known; settings of the environment before `tmp` make it a process of
its own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from tests.plans import changed, save
from tests.rules.test_cases import BASE
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.library.marked import read_marked

PAGES = sorted(Path(__file__).parent.glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.M | re.S)
NO_FONTS = '<?xml version="1.0"?><fontconfig><cachedir>fonts-cache</cachedir></fontconfig>\n'


@dataclass(frozen=True)
class Step:
    """A command of a page with its line, what it shall print and how it shall end."""

    line: int
    command: str
    output: str
    exit: int


def steps(block: str, line: int) -> list[Step]:
    """The commands of a console block."""
    found = []
    for part in re.finditer(r"^\$ ([^\n]+)\n((?:(?!\$ )[^\n]*\n)*)", block, re.M):
        output, _, code = part[2].partition("[exit ")
        found.append(Step(line + block[: part.start()].count("\n"), part[1], output, int(code.partition("]")[0] or 0)))
    return found


def call(command: str) -> tuple[str, int]:
    """What a command prints (both streams, in their order) and its exit code."""
    words = shlex.split(command)
    settings = {
        key: value.replace("$PWD", str(Path.cwd()))
        for key, value in (word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    }
    words = words[len(settings) :]
    if words[0] == "ls":
        return "".join(f"{path}\n" for path in sorted(Path(words[1] if len(words) > 1 else ".").iterdir())), 0
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8"), 0
    assert words[0] == "tmp", command
    if settings:
        program = [sys.executable, "-m", "tmp_builder", *words[1:]]
        done = subprocess.run(
            program,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )
        return done.stdout, done.returncode
    both = StringIO()
    with redirect_stdout(both), redirect_stderr(both):
        code = run(cli, words[1:])
    return both.getvalue(), code


def pattern(output: str) -> str:
    """Expected output as a regular expression."""
    lines = [".*?\n" if line == "…" else re.escape(line).replace("…", "[^\n]*") + "\n" for line in output.splitlines()]
    return "".join(lines).replace(".*?\n", "(?:[^\n]*\n)*?")


def made_from(text: str, about: dict[str, str], page: str) -> bool:
    """Whether a block of a page is a file or a change of one; it is then written as the page says."""
    if "file" in about:
        Path(about["file"]).parent.mkdir(parents=True, exist_ok=True)
        Path(about["file"]).write_text(text, encoding="utf-8")
    elif "change" in about:
        old = read_marked(Path(about["change"]).read_text(encoding="utf-8"), about["change"]).data
        save(changed(old, read_marked(text, page).data), Path(about["to"]))
    return "file" in about or "change" in about


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_of_the_guide_says_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }.items():
        monkeypatch.setenv(name, value)
    save(BASE, Path("complete.plan.yaml"))
    Path("fonts-none.conf").write_text(NO_FONTS, encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    if "drafts/" in text:
        shutil.copytree(Path(__file__).parents[1] / "data" / "drafts", "drafts")
    for block in _BLOCK.finditer(text):
        line = text[: block.start()].count("\n") + 2
        about = dict(word.split("=", 1) for word in block[2].split())
        if made_from(block[3], about, page.name):
            continue
        if block[1] == "console":
            for step in steps(block[3], line):
                printed, code = call(step.command)
                if code != step.exit or not re.fullmatch(pattern(step.output), printed):
                    shown = f"expected:\n{step.output}[exit {step.exit}]\nprinted:\n{printed}[exit {code}]"
                    pytest.fail(f"{page.name}:{step.line}: $ {step.command}\n{shown}", pytrace=False)
