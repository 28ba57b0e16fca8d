"""Help comes at once: no engine is loaded to print it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "pydantic",
    "docx",
    "lxml",
    "weasyprint",
    "jinja2",
    "markdown_it",
    "ruamel",
    "openpyxl",
    "questionary",
    "fontTools",
    "yaml",
    "holidays",
)
ROOT = Path(__file__).parents[2]


def imported(*arguments: str) -> set[str]:
    """The top-level modules that a run of the program imports, by Python's own account."""
    program = [sys.executable, "-X", "importtime", "-m", "tmp_builder", *arguments]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr[-500:]
    return {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")
    }


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ()], ids=["--help", "--version", "nothing"])
def test_help_and_version_load_no_engine(arguments: tuple[str, ...]) -> None:
    modules = imported(*arguments)
    assert "click" in modules
    assert sorted(modules & set(HEAVY)) == []


def test_the_help_of_a_command_loads_no_writer() -> None:
    assert sorted(imported("build", "--help") & {"docx", "weasyprint", "jinja2", "pydantic", "openpyxl"}) == []


def test_a_check_loads_no_writer() -> None:
    modules = imported("check", str(ROOT / "tests" / "rules" / "base.plan.yaml"))
    assert sorted(modules & {"docx", "weasyprint", "jinja2", "openpyxl", "questionary"}) == []


def test_importing_the_package_loads_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import tmp_builder"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not re.search(r"\| +(click|pydantic|yaml)\b", done.stderr)
