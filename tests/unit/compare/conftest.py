"""Two drafts of the bundled example with fourteen changes between them, and the command line in a folder that holds them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tmp_builder.assemble import assemble
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.compare import PlanChanges, Version, compare_plans
from tmp_builder.compare.redline import redline
from tmp_builder.compare.redline.clauses import ClauseChange, clause_changes
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.source import read_source
from tmp_builder.plan.writing import edit
from tmp_builder.versions import Shelf, find

DRAFTS = Path(__file__).parents[2] / "data" / "drafts"
OLD, NEW = DRAFTS / "old.plan.yaml", DRAFTS / "new.plan.yaml"

Call = Callable[..., tuple[int, str, str]]
Edited = Callable[[Mapping[str, object]], PlanChanges]


@cache
def library() -> Library:
    return read_library()


@cache
def shelf() -> Shelf:
    return Shelf(read=library())


@cache
def version(path: Path) -> Version:
    return find(str(path), shelf()).version


@pytest.fixture(scope="session")
def drafts() -> PlanChanges:
    return compare_plans(version(OLD), version(NEW))


def told(changes: PlanChanges) -> tuple[ClauseChange, ...]:
    """What the redline of two plans says clause by clause."""
    old, new = (assemble(version.plan, version.library) for version in (changes.old, changes.new))
    return clause_changes(redline(old, new), changes)


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """edited({"choices.ownership": ["employer"]}): the comparison of the first draft with itself after these changes; no findings."""
    from tmp_builder.plan.reader import resolve

    def compare(changes: Mapping[str, object]) -> PlanChanges:
        for path in DRAFTS.glob("*.csv"):
            shutil.copy(path, tmp_path)
        target = tmp_path / "edited.plan.yaml"
        target.write_text(edit(OLD.read_text(encoding="utf-8"), changes), encoding="utf-8")
        new = Version(resolve(read_source(target), library()), library())
        return compare_plans(Version(version(OLD).plan, library()), new)

    return compare


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The drafts in a folder of their own, from which the command is called."""
    for path in DRAFTS.iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def _read(path: Path | None = None, overlay: Path | None = None) -> Library:
    return library() if path is None and overlay is None else read_library(path, overlay)


@pytest.fixture
def tmp(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """tmp("diff", …): exit code, stdout, stderr. The built-in library is read once for all calls."""
    monkeypatch.setattr("tmp_builder.versions.read_library", _read)

    def call(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        code = run(cli, ["--ui-language", language, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def git(folder: Path, *arguments: str, day: str = "2026-09-15", author: str = "Counsel of the US Side") -> None:
    """Git in `folder`, with author and day given; nothing of the machine's settings is used."""
    stamp = f"{day}T12:00:00+0000"
    who = {"NAME": author, "EMAIL": "counsel@example.org", "DATE": stamp}
    given = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in who.items()}
    given |= {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "HOME": str(folder),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=given)
