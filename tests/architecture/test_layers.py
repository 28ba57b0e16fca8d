"""The shape of the program: layers, one door for each engine, small modules, short functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tmp_builder"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.relative_to(PACKAGE).parts)

DOORS: dict[str, tuple[str, ...]] = {
    "docx": ("writers/docx/", "readers/"),
    "weasyprint": ("writers/pdf/",),
    "jinja2": ("writers/html/",),
    "markdown_it": ("library/",),
    "ruamel": ("plan/",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "questionary": ("interview/prompts",),
    "prompt_toolkit": ("interview/prompts",),
    "holidays": ("calendar/",),
    "icalendar": ("writers/ics",),
}
"""The folders or modules that may know an engine."""

MORE_DOORS: dict[tuple[str, str], str] = {
    ("click", "interview/prompts.py"): "plain questions, where no terminal can be driven",
    ("weasyprint", "cli/doctor.py"): "says whether the engine starts, and which version it is",
}
"""Further doors, each with its reason."""

LONG_MODULES: dict[str, str] = {
    "plan/facts.py": "the one table of named facts, with how each is computed",
    "document/nodes.py": "every node of a document, to be read in one place",
    "interview/words_asking.py": "the words of every question, in both languages",
    "library/schema.py": "everything a library consists of, to be read in one place",
}
"""Modules over 300 lines, each with its reason."""

LONG_FUNCTIONS: dict[str, str] = {
    "cli/batch.py:command": "the options of a command are its arguments",
    "cli/build.py:command": "the options of a command are its arguments",
    "deadlines/disputes.py:interim_and_award": "three windows, each spelt out",
    "interview/missing.py:_missing": "one answer for each kind of question",
    "library/folders.py:_assemble": "one line for each file of a library",
    "plan/reader.py:resolve": "one line for each key of a plan",
}
"""Functions over 45 lines, each with its reason."""

MOST_LINES, LONGEST_FUNCTION = 300, 45
REFUSED_NAMES = ("utils", "util", "helpers", "helper", "common", "core", "manager", "misc")


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines, its docstring not counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0]
            documented = (
                isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
            )
            about = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            yield f"{shown(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - about


def test_upper_layers_know_lower_ones_and_never_the_reverse() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    if not program.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("engine", DOORS)
def test_an_engine_has_one_door(engine: str) -> None:
    knowing = [shown(path) for path in MODULES if engine in set(imports_of(path))]
    strangers = [name for name in knowing if not name.startswith(DOORS[engine]) and (engine, name) not in MORE_DOORS]
    assert strangers == []


def test_no_module_is_long() -> None:
    long = {shown(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES}
    assert sorted(long - set(LONG_MODULES)) == []
    assert [name for name in LONG_MODULES if not (PACKAGE / name).is_file()] == [], "an exception for nothing"


def test_no_function_is_long() -> None:
    long = {name: lines for path in MODULES for name, lines in functions_of(path) if lines > LONGEST_FUNCTION}
    assert {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS} == {}
    known = {name for path in MODULES for name, _ in functions_of(path)}
    assert sorted(set(LONG_FUNCTIONS) - known) == [], "an exception for nothing"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in MODULES if path.stem in REFUSED_NAMES or path.parent.name in REFUSED_NAMES] == []


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    for path in MODULES:
        about = ast.get_docstring(tree(path)) or ""
        assert about, shown(path)
        assert about.partition("\n")[0].endswith((".", "?", ":")), f"{shown(path)}: {about.partition(chr(10))[0]}"


def test_records_are_structs() -> None:
    """A dataclass compiles its methods anew in every process: a hundred of them take longer than a small command."""
    for path in MODULES:
        imported = {node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
        assert "dataclasses" not in imported, shown(path)


def test_nothing_reads_the_clock_below_the_command_line() -> None:
    """Dates, languages and paths are arguments; only the command line may ask what day it is."""
    for path in MODULES:
        if shown(path).startswith(("cli/", "interview/")):
            continue
        calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
        clocks = {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "time.time", "random.random", "uuid.uuid4"}
        assert sorted(calls & clocks) == [], shown(path)
