"""A reader that stops early (`tmp … | head`) cuts what is printed, never what is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "templates" / "demo" / "clean-vehicles.plan.yaml"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Two drafts of one plan in a folder."""
    for table in DEMO.parent.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    text = DEMO.read_text(encoding="utf-8")
    (tmp_path / "a.plan.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.plan.yaml").write_text(text.replace("ownership: [employer]", "ownership: [consortium]"), encoding="utf-8")
    return tmp_path


def _unread(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`tmp …` whose standard output is closed by its reader before a word is printed."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "tmp_builder", *arguments]
        return subprocess.run(command, cwd=folder, stdout=writer, stderr=subprocess.PIPE, timeout=120, check=False)
    finally:
        os.close(writer)


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("diff", "a.plan.yaml", "b.plan.yaml", "--sheet", "s.xlsx"), "s.xlsx"),
        (("diff", "a.plan.yaml", "b.plan.yaml", "-f", "md", "-o", "r.md", "--json"), "r.md"),
        (("matrix", "a.plan.yaml", "b.plan.yaml", "-f", "xlsx", "-o", "m.xlsx"), "m.xlsx"),
        (("dates", "a.plan.yaml", "-f", "csv", "-o", "d.csv"), "d.csv"),
    ],
)
def test_a_closed_pipe_does_not_keep_a_file_from_being_written(plans: Path, arguments: tuple[str, ...], written: str) -> None:
    done = _unread(plans, *arguments)
    assert (plans / written).stat().st_size > 100, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.returncode == (1 if arguments[0] == "diff" else 0)


def test_a_check_nobody_reads_still_says_by_its_exit_code_what_it_found(plans: Path) -> None:
    done = _unread(plans, "check", "a.plan.yaml", "--strict")
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
