"""How long a plan takes to check: the alliance of 168 members, and a plan with ten thousand findings, against reading the same plan.

Run with `python benchmarks/checking.py`. Seconds are those of the processor, the least of seven runs in a warm process; the ratios are
what to compare, since the speed of a machine drifts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.plans import changed, save  # noqa: E402
from tests.rules.test_cases import BASE  # noqa: E402
from tmp_builder import pipeline  # noqa: E402

RUNS = 7
ROWS = 900
"""With so many bad rows in each of four registers there are ten thousand findings and more."""

T = TypeVar("T")


def bad_rows(count: int) -> dict[str, list[dict[str, Any]]]:
    """Rows whose dates contradict each other, that name a project which is not there, that lack what they need."""
    results = {"project_id": "P1", "title": "Cell", "kind": "invention", "employers": "A1", "place_of_work": "US"}
    dates = {"made_on": "2026-10-20", "disclosed_on": "2026-10-10", "registered_on": "2026-10-05"}
    item = {"name": "Bench", "provider": "A1", "host": "B1", "title_holder": "A1", "project_id": "P9", "loan": "no"}
    licence = {"licensor": "A1", "kind": "exclusive", "field": "x", "territory": "CN", "granted_on": "2027-01-01"}
    return {
        "registers.results": [{"result_id": f"R-{n}", **results, **dates} for n in range(count)],
        "registers.equipment": [
            {"eq_id": f"E-{n}", **item, "delivered_on": "2027-10-10", "accepted_on": "2027-09-01"} for n in range(count)
        ],
        "registers.grants": [
            {"grant_id": f"G-{n}", "licensee": ("A2", "B1", "B2")[n % 3], "ip": f"R-{n % 50}", **licence, "end": "2026-12-01"}
            for n in range(count)
        ],
        "registers.datasets": [{"dataset_id": f"D-{n}", "owner": "B1", "recipients": "A1", "omic": "yes"} for n in range(count)],
    }


def least(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the processor, the least of the runs, and what came out."""
    taken, out = [], work()
    for _ in range(RUNS):
        begin = time.process_time()
        out = work()
        taken.append(time.process_time() - begin)
    return min(taken), out


def measure(name: str, path: Path) -> None:
    reading, given = least(lambda: pipeline.read(path))
    checking, checked = least(lambda: pipeline.examine(*given))
    print(
        f"{name}: {len(checked.findings)} findings; read {reading:.2f} s, check {checking:.2f} s, together {reading + checking:.2f} s; "
        f"check / read {checking / reading:.1f}"
    )


def main() -> None:
    measure("168 members", ROOT / "examples" / "coastal-climate" / "coastal-climate.plan.yaml")
    with tempfile.TemporaryDirectory() as folder:
        measure("many findings", save(changed(BASE, bad_rows(ROWS)), Path(folder) / "many.plan.yaml"))


if __name__ == "__main__":
    main()
