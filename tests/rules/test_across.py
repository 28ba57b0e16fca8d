"""Runs the cases of the rules across plans (tests/rules/across.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.plans import changed, save
from tests.rules.test_cases import BASE, fits
from tmp_builder.library.marked import read_marked_file
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.rules.across import Held, Shared, check_across
from tmp_builder.rules.across.run import catalogue

HERE = Path(__file__).parent


@dataclass(frozen=True)
class AcrossCase:
    """Plans by name, each with its changes to the base plan, and what one rule finds between them."""

    rule: str
    name: str
    plans: Mapping[str, Mapping[str, Any]]
    finds: list[Mapping[str, Any]]
    base: str = ""


def read_cases() -> Iterator[AcrossCase]:
    marked = read_marked_file(HERE / "across.yaml", "across.yaml")
    assert not marked.faults, marked.faults
    for group in marked.data:
        for row in group["cases"]:
            assert {"name", "plans", "finds"} <= set(row) <= {"name", "plans", "finds", "base"}, row["name"]
            yield AcrossCase(group["rule"], row["name"], row["plans"], row["finds"] or [], row.get("base", ""))


CASES = list(read_cases())


def held(name: str, changes: Mapping[str, Any], library: Library, folder: Path) -> Held:
    path = save(changed(BASE, {"id": name, **changes}), folder / f"{name}.plan.yaml")
    return Held(name, read_plan(path, library), library)


def found_in(case: AcrossCase, library: Library, folder: Path) -> list[Shared]:
    plans = {name: held(name, changes or {}, library, folder) for name, changes in case.plans.items()}
    return check_across(list(plans.values()), plans.get(case.base), [case.rule])


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.rule}: {case.name}") for case in CASES])
def test_a_rule_finds_between_plans_what_its_case_says(case: AcrossCase, library: Library, tmp_path: Path) -> None:
    found = found_in(case, library, tmp_path)
    shown = "\n".join(f"{each.finding.code} {each.plans}: {each.finding.text()}" for each in found)
    assert len(found) == len(case.finds), shown
    for wanted, each in zip(case.finds, found, strict=True):
        assert fits(each.finding, {key: value for key, value in wanted.items() if key != "plans"}), shown
        assert set(each.plans) == set(wanted.get("plans", each.plans))
        assert each.finding.message["zh"] != each.finding.message["en"]
        assert set(each.finding.fix) == {"en", "zh"}
        assert each.finding.place.line > 1


def test_every_rule_across_plans_fires_in_one_case_and_stays_silent_in_another() -> None:
    loud, silent = ({case.rule for case in CASES if bool(case.finds) is fires} for fires in (True, False))
    assert set(catalogue()) == loud == silent


def test_one_plan_alone_contradicts_nothing(library: Library, tmp_path: Path) -> None:
    assert check_across([held("a", {}, library, tmp_path)]) == []
    assert check_across([]) == []


def test_a_plan_that_departs_from_many_is_the_one_a_finding_stands_at(library: Library, tmp_path: Path) -> None:
    base = held("base", {}, library, tmp_path)
    odd = held("odd", {"choices.ownership": ["sponsor"]}, library, tmp_path)
    many = [Held(f"member-{number:03}", replace(base.plan, id=f"member-{number:03}"), library) for number in range(30)]
    (found,) = check_across([*many, odd], codes=["XPL-01"])
    assert found.finding.place.file.endswith("odd.plan.yaml")
    assert "26 more" in found.finding.text("en")
    assert "另外26份" in found.finding.text("zh")


def test_a_house_library_that_defines_a_term_anew_is_named(library: Library, tmp_path: Path) -> None:
    first = library.terms[0]
    anew = replace(first, meaning={"en": "something else", "zh": "其他含义"})
    other = replace(library, terms=(anew, *library.terms[1:]), fingerprint="v1:other")
    a, b = held("a", {}, library, tmp_path), held("b", {}, library, tmp_path)
    (found,) = check_across([a, Held("b", b.plan, other)], codes=["XPL-05"])
    assert first.term["en"] in found.finding.text()
    assert "something else (b)" in found.finding.text()
