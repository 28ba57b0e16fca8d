"""The examples in two versions: as they are, and changed the way a user would, as `data/second-versions.yaml` says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.plans import changed, text_of
from tmp_builder import pipeline
from tmp_builder.assemble import assemble
from tmp_builder.document.nodes import Document
from tmp_builder.library.marked import read_marked
from tmp_builder.library.schema import Library
from tmp_builder.plan.addresses import look_up
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.files import PlanFile
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.source import source_from

ROOT = Path(__file__).parents[1]
SAID: dict[str, dict[str, Any]] = yaml.load((ROOT / "tests/data/second-versions.yaml").read_text("utf-8"), yaml.BaseLoader)
EXAMPLES = sorted(SAID)


def example(name: str) -> Path:
    """The plan file of an example."""
    return ROOT / "examples" / name / f"{name}.plan.yaml"


def second_data(plan: Plan, library: Library, name: str) -> dict[str, Any]:
    """The data of the second version: what is set, then what leaves its list, joins one, or moves to the end of one."""
    said = SAID[name]
    data = changed(
        plan_data(plan, library), {address: None if value == "null" else value for address, value in said["set"].items()}
    )
    for address, ident in said.get("without", {}).items():
        _taken(data, address, ident)
    for address, row in said.get("joins", {}).items():
        look_up(data, address).append(row)
    for address, ident in said["last"].items():
        look_up(data, address).append(_taken(data, address, ident))
    return data


def _taken(data: dict[str, Any], address: str, ident: str) -> Any:
    """A row, no longer in its list."""
    rows: list[Any] = look_up(data, address)
    return rows.pop(rows.index(look_up(data, f"{address}.{ident}")))


@cache
def plans(name: str) -> tuple[Plan, Plan, Library]:
    """Both versions of an example, and their library."""
    path = example(name)
    plan, library = pipeline.read(path)
    source = source_from(read_marked(text_of(second_data(plan, library, name)), path.name), path, path.name, PlanFile)
    return plan, resolve(source, library), library


@cache
def documents(name: str) -> tuple[Document, Document]:
    """Both versions of an example, assembled."""
    old, new, library = plans(name)
    return assemble(old, library), assemble(new, library)
