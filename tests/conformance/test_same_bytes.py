"""Two builds in two processes, with other time zones and hash seeds, give the same bytes in every format."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plans import save, small_plan
from tmp_builder.library.schema import Library

pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)

ROOT = Path(__file__).parents[2]
BUILD = "from tmp_builder.cli import main; main()"


def built(plan: Path, folder: Path, zone: str, seed: str) -> dict[str, str]:
    """The hashes of a build for one's own house, which has comments, and for the other side, by name."""
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    for audience in ("internal", "counterparty"):
        command = [sys.executable, "-c", BUILD, "build", str(plan), "-f", "docx,pdf,html,md,json", "-o", str(folder / audience)]
        subprocess.run([*command, "--for", audience, "-q"], env=environment, capture_output=True, check=False, timeout=300)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_time_zone_and_hash_seed_change_no_byte(library: Library, tmp_path: Path) -> None:
    plan = save(small_plan(library), tmp_path / "small.plan.yaml")
    first = built(plan, tmp_path / "one", "Pacific/Honolulu", "1")
    second = built(plan, tmp_path / "two", "Asia/Shanghai", "4242")
    assert len(first) == 10
    assert first == second
