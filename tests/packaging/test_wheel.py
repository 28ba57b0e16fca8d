"""The wheel holds what the repository holds: every module and every file of data, and works where nothing else is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ("clauses", "templates")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: the builder is installed already."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--skip-dependency-check",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would lay it out."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return folder


def tracked(*folders: str) -> list[str]:
    """The files of the repository below some folders."""
    done = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no checkout of a repository")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_wheel_holds_every_tracked_file_of_the_program_and_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        held = set(package.namelist())
    data = [f"tmp_builder/data/{name}" for name in tracked(*DATA)]
    assert data
    assert sorted({*data, *tracked("tmp_builder")} - held) == []


def test_the_data_in_the_wheel_is_that_of_the_repository_byte_for_byte(unpacked: Path) -> None:
    for name in tracked(*DATA):
        assert (unpacked / "tmp_builder" / "data" / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_wheel_holds_no_tests_and_no_leftovers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
    assert [
        name
        for name in names
        if name.endswith(".pyc") or "__pycache__" in name or name.startswith(("tests/", "docs/", "examples/"))
    ] == []


def run(folder: Path, code: str, site: Path) -> str:
    """What a program prints that sees the unpacked wheel and its dependencies, but not the checkout."""
    path = [str(site), *(entry for entry in sys.path if "site-packages" in entry or not entry.startswith(str(ROOT)))]
    program = f"import sys; sys.path = {path!r}\n{code}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_unpacked_wheel_reads_its_own_library(unpacked: Path, tmp_path: Path) -> None:
    code = (
        "import tmp_builder; from tmp_builder.datafiles import data_folder; from tmp_builder.library.reader import read_library\n"
        "print(tmp_builder.__file__); print(data_folder('clauses')); print(len(read_library().options))"
    )
    module, data, options = run(tmp_path, code, unpacked).splitlines()
    assert Path(module).is_relative_to(unpacked)
    assert Path(data) == unpacked / "tmp_builder" / "data" / "clauses"
    assert int(options) == len(list((ROOT / "clauses").glob("*/*.md")))


def test_the_unpacked_wheel_builds_the_example(unpacked: Path, tmp_path: Path) -> None:
    code = (
        "from tmp_builder.cli import cli; from tmp_builder.cli.faults import run\n"
        "print(run(cli, ['demo', 'try', '-f', 'md,html,docx']))"
    )
    assert run(tmp_path, code, unpacked).splitlines()[-1] == "0"
    assert {path.suffix for path in (tmp_path / "try").iterdir()} >= {".md", ".html", ".docx", ".yaml"}
