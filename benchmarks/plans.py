"""The plans that are measured: the document of the targets, cut out of an example; that with bad rows; those of the examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from benchmarks.timing import ROOT
from tmp_builder.library.marked import read_marked_file

ALLIANCE = ROOT / "examples" / "coastal-climate" / "coastal-climate.plan.yaml"
"""168 members, with tables."""

CERC = ROOT / "templates" / "demo" / "clean-vehicles.plan.yaml"
"""The demonstration plan: every section, 30,000 English words, 56,000 Chinese characters."""

WHOLE = ROOT / "examples" / "quiet-rotors" / "quiet-rotors.plan.yaml"
LEFT_OUT = ("joint-ownership", "benefits", "data", "equipment", "competition", "membership", "improvements")
FEWER = {"protection": 2, "governance": 1, "disputes": 1, "exit": 2, "liability": 2, "confidentiality": 1, "personnel": 1}
"""Without those sections, and with so many options in these, 20 sections of about 9,000 English words remain."""


def target_plan(path: Path, **changes: Any) -> Path:
    """The plan of the targets, written to `path`: 20 sections and the registers of their schedules left out; `changes` replace keys."""
    data = _data(WHOLE)
    data["choices"] = {section: options for section, options in data["choices"].items() if section not in LEFT_OUT}
    for section, count in FEWER.items():
        data["choices"][section] = data["choices"][section][:count]
    kept = {f"{section}.{option}" for section, options in data["choices"].items() for option in options}
    data["parameters"] = {address: value for address, value in data["parameters"].items() if address.rpartition(".")[0] in kept}
    data.pop("registers", None)
    return written({**data, **changes}, path)


def later_draft(path: Path) -> Path:
    """The next draft of that plan: an option less, two more, another title, other values; so a fifth of its sections changes."""
    whole, data = _data(WHOLE), _data(target_plan(path))
    for section in ("exit", "confidentiality"):
        data["choices"][section] = whole["choices"][section]
    data["choices"]["protection"] = data["choices"]["protection"][:1]
    options = {f"{section}.{option}" for section, names in data["choices"].items() for option in names}
    values = {address: value for address, value in whole["parameters"].items() if address.rpartition(".")[0] in options}
    data["parameters"] = values | {"term.fixed.term_months": "36", "governance.ip-committee.meet_months": "4"}
    data["title"] = {"en": "Quieter Rotors Research Programme", "zh": "更低噪声叶轮研究项目"}
    data["version"] = str(int(data["version"]) + 1)
    return written(data, path)


def written(data: dict[str, Any], path: Path) -> Path:
    """A plan file with this data."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
    return path


def _data(path: Path) -> dict[str, Any]:
    marked = read_marked_file(path, path.name)
    assert not marked.faults, marked.faults
    data: dict[str, Any] = marked.data
    return data


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


def many_findings(path: Path, rows: int = 900) -> Path:
    """A plan with ten thousand findings and more: so many bad rows in each of four registers."""
    from tests.plans import changed, save
    from tests.rules.test_cases import BASE

    return save(changed(BASE, bad_rows(rows)), path)
