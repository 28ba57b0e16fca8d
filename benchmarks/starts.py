"""Processes from start to end: help, a Word file, a check, each against importing what any such program imports."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import peers
from benchmarks.plans import CERC, target_plan
from benchmarks.timing import ROOT, Ratio, processes, ratio

CLICK, MODELS = "python -c 'import click'", "python -c 'import pydantic, ruamel.yaml'"
OURS = ROOT / ".venv" / "bin"


def measure(rounds: int) -> list[Ratio]:
    """All of them interleaved; bytecode and the cache of read libraries lie in folders of the benchmark, as after a first run."""
    folder = peers.fresh("starts")
    plan = target_plan(folder / "target.plan.yaml")
    times = processes(_commands(folder, plan), rounds, **_environment(folder))
    uncached = processes(
        {"check, no cache": [str(OURS / "tmp"), "check", str(CERC)], MODELS: _python("import pydantic, ruamel.yaml")},
        max(2, rounds // 2),
        **_environment(folder) | {"TMP_CACHE": "off"},
    )
    return [
        ratio(times, "help", CLICK, name="tmp --help", target=1.3),
        ratio(times, "build en", CLICK, name="tmp build -f docx, cold, English document of the targets", target=3.5),
        ratio(times, "build", CLICK, name="tmp build -f docx, cold, bilingual", target=3.5),
        ratio(times, "check", MODELS, name="tmp check of the CERC demonstration plan, cold, unchanged", target=4.0),
        ratio(times, "check edited", MODELS, name="tmp check of the same plan, edited since the last command", target=4.0),
        ratio(times, "check target", MODELS, name="tmp check of the plan of the targets, cold"),
        ratio(uncached, "check, no cache", MODELS, name="tmp check of the CERC plan, TMP_CACHE=off"),
    ]


def _commands(folder: Path, plan: Path) -> dict[str, list[str]]:
    tmp = str(OURS / "tmp")
    return {
        CLICK: _python("import click"),
        MODELS: _python("import pydantic, ruamel.yaml"),
        "help": [tmp, "--help"],
        "build en": [tmp, "build", str(plan), "-f", "docx", "-q", "--language", "en", "-o", str(folder / "en")],
        "build": [tmp, "build", str(plan), "-f", "docx", "-q", "-o", str(folder / "both")],
        "check": [tmp, "check", str(CERC)],
        "check edited": ["sh", "-c", 'echo "# edited" >> "$1"; exec "$0" check "$1"', tmp, str(_copied(folder))],
        "check target": [tmp, "check", str(plan)],
    }


def _copied(folder: Path) -> Path:
    """The demonstration plan with its tables, to be edited."""
    for path in CERC.parent.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / CERC.name


def _python(code: str) -> list[str]:
    return [str(OURS / "python"), "-c", code]


def _environment(folder: Path) -> dict[str, str]:
    assert sys.platform != "win32"
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "TMP_CACHE": str(folder / "cache")}
