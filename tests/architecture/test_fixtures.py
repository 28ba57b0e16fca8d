"""The fixtures keep their promises: no socket opens, a golden file that differs is a failure, the base plans are complete."""

from __future__ import annotations

import ast
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tmp_builder.assemble import assemble
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.rules import Case, check

TESTS = Path(__file__).parents[1]
CLOCKS = {"time.time", "time.monotonic", "time.perf_counter", "time.process_time", "time.thread_time"}


def test_no_test_depends_on_how_long_something_takes() -> None:
    """How fast the program is stands in `benchmarks`, as ratios: a busy machine fails no test. A wait may be limited."""
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
                assert CLOCKS.isdisjoint(ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)), path


def test_no_socket_opens() -> None:
    with pytest.raises(AssertionError, match="a socket was opened"):
        socket.create_connection(("example.org", 80))
    with socket.socket() as one, pytest.raises(AssertionError, match="a socket was opened"):
        one.connect(("192.0.2.1", 80))


def test_a_golden_text_that_differs_is_a_failure(golden: Callable[[str, str], None], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        pytest.skip("golden files are being rewritten")
    with pytest.raises(AssertionError, match="does not exist"):
        golden("nothing.txt", "x")


def test_a_folder_is_made_from_texts(build_tree: Callable[[Mapping[str, str]], Path]) -> None:
    root = build_tree({"a/b.txt": "甲\n", "c.txt": ""})
    assert (root / "a" / "b.txt").read_text(encoding="utf-8") == "甲\n"
    assert (root / "c.txt").exists()


def test_the_small_plan_is_complete_in_its_structure(plan_of: Callable[..., Plan], library: Library) -> None:
    plan = plan_of()
    found = check(Case(plan, library, assemble(plan, library), final=True), [f"STR-0{number}" for number in range(1, 9)])
    assert [finding.line() for finding in found] == []


def test_a_change_of_the_small_plan_leaves_the_next_one_alone(plan_of: Callable[..., Plan]) -> None:
    assert plan_of({"title.en": "Other"}).title["en"] == "Other"
    assert plan_of().title["en"] == "Small Consortium"
