"""The peers in an environment of their own, below `build/bench`: what cannot be installed or found is said and left out."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from benchmarks.timing import BUILD, ROOT

PYTHON = BUILD / "venv" / "bin" / "python"
WANTED = ("docxtpl", "redlines", "matplotlib", "typst")
_STAMP = BUILD / "venv" / "peers.txt"


def install() -> None:
    """The environment with our own packages in sight, so that one process holds the program and its peers."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(BUILD / "venv")], check=True)
        folder = BUILD / "venv" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        (folder / "ours.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n", encoding="utf-8")
    if not _STAMP.exists() or _STAMP.read_text(encoding="utf-8") != "\n".join(WANTED):
        for name in WANTED:
            subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", name], check=False, capture_output=True)
        _STAMP.write_text("\n".join(WANTED), encoding="utf-8")
    if shutil.which("npm") and not (BUILD / "node_modules" / "docx").exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(BUILD), "docx"]
        subprocess.run(command, check=False, capture_output=True)


def has(module: str) -> bool:
    """Whether a Python peer is there."""
    return importlib.util.find_spec(module) is not None


def program(*names: str) -> str:
    """The first of these programs that is there; empty for none."""
    return next((found for name in names if (found := shutil.which(name))), "")


def node_docx() -> bool:
    """Whether Node.js and its package `docx` are there."""
    return bool(program("node")) and (BUILD / "node_modules" / "docx").exists()


def fresh(name: str) -> Path:
    """An empty folder for the files of one measurement."""
    folder = BUILD / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
