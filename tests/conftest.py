"""Fixtures of all tests: the library, plans from a small complete one, golden files, folders from texts, no sockets."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.plans import changed, save, small_plan
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.plan.schema import Plan

settings.register_profile("same", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")
"""The same sources give the same answer: examples are not drawn anew at each run, and a slow machine fails nothing."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --accept` rewrites the golden files that differ."""
    parser.addoption("--accept", action="store_true", help="rewrite golden files with what the program makes now")


@pytest.fixture(scope="session")
def library() -> Library:
    """The built-in clause library."""
    return read_library()


@pytest.fixture
def plan_of(library: Library, tmp_path: Path) -> Callable[..., Plan]:
    """Writes the small complete plan with changes to a file and reads it; an address with dots is given in a mapping."""
    base = small_plan(library)

    def make(changes: Mapping[str, Any] | None = None, /, **more: Any) -> Plan:
        return read_plan(save(changed(base, {**(changes or {}), **more}), tmp_path / "small.plan.yaml"), library)

    return make


@pytest.fixture
def build_tree(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Makes files from texts by their paths; gives the folder."""

    def build(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return build


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """golden(name, text): the text is that of the file `golden/name` beside the test; `--accept` writes it."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"{path} does not exist: look at what pytest --accept writes"
        assert text == path.read_text(encoding="utf-8"), f"differs from {path}: look at the change, then pytest --accept"

    return compare


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing the program does needs a network."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
