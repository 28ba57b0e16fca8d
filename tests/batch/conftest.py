"""A base plan that two leads sign, a table beside it, and the command run on them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.plans import changed, save, small_plan
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.library.schema import Library

HEAD = ("id", "name.en", "name.zh", "side", "country", "type", "screening-date", "screening-result", "folder")
ROWS = {
    "C1": ("C1", "Acme Research", "艾克研究", "US", "US", "company", "2026-08-01", "clear", "Dept/1: a."),
    "C2": ("C2", "Northern University", "北方大学", "CN", "CN", "university", "2026-08-01", "clear", "北方大学"),
    "C3": ("C3", "=1+1", "丙公司", "CN", "CN", "company", "", "", "same"),
    "C4": ("C4", "Fourth", "丁公司", "CN", "CN", "company", "2026-08-01", "clear", "SAME"),
}


@pytest.fixture
def base(library: Library, tmp_path: Path) -> Path:
    """The small plan as one that two leads sign for all, in a folder of its own."""
    folder = tmp_path / "in"
    folder.mkdir()
    return save(_led(small_plan(library)), folder / "alliance.plan.yaml")


def _led(data: Mapping[str, Any]) -> dict[str, Any]:
    """With leads and accession forms; what the plan has beside them stays."""
    sides = [
        {"id": "US", "name": {"en": "the US Side", "zh": "美方"}, "territory": ["US"], "lead": data["members"][0]["id"]},
        {"id": "CN", "name": {"en": "the Chinese Side", "zh": "中方"}, "territory": ["CN"], "lead": data["members"][1]["id"]},
    ]
    choices = {"choices.parties": ["leads"], "choices.membership": ["approval", "accession"], "id": "alliance", "sides": sides}
    values = {"parameters.membership.accession.effective": "signature", "parameters.parties.leads.flowdown_days": 60}
    return changed(data, {**choices, **values, "dated": "2026-09-15"})


@pytest.fixture
def table(base: Path) -> Callable[..., Path]:
    """Writes a table of the named rows, or of rows given whole, beside the plan."""

    def write(*rows: str | tuple[str, ...]) -> Path:
        path = base.parent / "members.csv"
        lines = [HEAD, *(ROWS[row] if isinstance(row, str) else row for row in rows)]
        path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def tmp(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs `tmp batch members.csv --base … -o out -j 1 …`; gives code, stdout, stderr."""

    def call(*more: str, output: bool = True) -> tuple[int, str, str]:
        into = ["-o", str(tmp_path / "out")] if output else []
        table = str(base.parent / "members.csv")
        code = run(cli, ["--ui-language", "en", "batch", table, "--base", str(base), *into, "-j", "1", *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, without the report, which tells of the last run."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("report.")
    }


def until_built(process: subprocess.Popen[str], sets: int) -> str:
    """What was printed up to this many sets built."""
    assert process.stdout is not None
    lines: list[str] = []
    while sum('"state": "built"' in line for line in lines) < sets:
        line = process.stdout.readline()
        assert line, process.stderr.read() if process.stderr else ""
        lines.append(line)
    return "".join(lines)


def states(out: str) -> dict[str, str]:
    """What became of each set, by its id, from the lines that the command prints for programs."""
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return {row["id"]: row["state"] for row in rows if "id" in row}
