"""Every date of the catalogue against cases worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.plans import changed, small_plan, source_of
from tmp_builder.deadlines import Deadline, catalogue, deadlines
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import resolve

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def texts(value: Any) -> Any:
    """Dates as a plan file writes them."""
    if isinstance(value, dict):
        return {key: texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [texts(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def reckoned(case: dict[str, Any], library: Library) -> dict[str, Deadline]:
    changes = {"projects": [{"id": "P1", "title": "One"}], **texts(case["set"])}
    plan = resolve(source_of(changed(small_plan(library), changes)), library)
    found = deadlines(plan, library)
    by_key = {each.key: each for each in found}
    assert len(by_key) == len(found), "two deadlines have the same key"
    return by_key


@pytest.mark.parametrize("case", CASES, ids=[case["because"][:60] for case in CASES])
def test_the_dates_are_those_worked_out_by_hand(case: dict[str, Any], library: Library) -> None:
    found = reckoned(case, library)
    for key, wanted in case["gives"].items():
        assert key in found, f"{key} is missing; there are {', '.join(found)}"
        fields = wanted if isinstance(wanted, dict) else {"date": wanted}
        for name, value in fields.items():
            seen = getattr(found[key], name)
            seen = seen.get("en", "") if isinstance(seen, dict) else list(seen) if isinstance(seen, tuple) else seen
            assert seen == value, f"{key}.{name}: {case['because']} ({found[key].working})"


@pytest.mark.parametrize("case", [case for case in CASES if case.get("none")], ids=lambda case: case["because"][:60])
def test_dates_without_their_choice_or_fact_are_not_there(case: dict[str, Any], library: Library) -> None:
    assert not set(case["none"]) & set(reckoned(case, library))


def test_every_code_from_d01_to_d55_is_in_the_catalogue_and_in_a_case() -> None:
    every = {f"D{number:02}" for number in range(1, 56)}
    assert set(catalogue()) == every
    assert {key.partition(":")[0] for case in CASES for key in case["gives"]} == every
