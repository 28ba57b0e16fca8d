"""Runs the cases of every rule (tests/rules/cases/*.yaml; README.md describes their format)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from tests.plans import changed, save
from tmp_builder.assemble import assemble
from tmp_builder.document.nodes import Document
from tmp_builder.findings import Finding
from tmp_builder.library.marked import read_marked_file
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.rules import Case, check
from tmp_builder.rules.catalogue import catalogue

HERE = Path(__file__).parent
BASE = read_marked_file(HERE / "base.plan.yaml", "base.plan.yaml").data
KEYS = {"name", "plan", "finds", "final"}
FOUND_KEYS = {"code", "address", "severity", "clause", "party", "says", "fix"}


@dataclass(frozen=True)
class RuleCase:
    """One row of a table: the changes to the base plan, and every finding of the rule that they lead to."""

    rule: str
    name: str
    plan: Mapping[str, Any]
    finds: list[Mapping[str, Any]]
    final: bool = False


def read_cases(path: Path) -> Iterator[RuleCase]:
    """The cases of one file; a slip in the file itself fails the collection, with its line."""
    marked = read_marked_file(path, path.name)
    assert not marked.faults, marked.faults
    for number, group in enumerate(marked.data):
        assert set(group) == {"rule", "cases"}, marked.place((number,))
        for index, row in enumerate(group["cases"]):
            where = marked.place((number, "cases", index))
            assert {"name", "finds"} <= set(row) <= KEYS, f"{where}: keys {sorted(row)}"
            finds = row["finds"] or []
            assert all({"code", "says"} <= set(find) <= FOUND_KEYS for find in finds), f"{where}: keys of finds"
            yield RuleCase(group["rule"], row["name"], row.get("plan") or {}, finds, row.get("final") == "yes")


CASES = [case for path in sorted((HERE / "cases").glob("*.yaml")) for case in read_cases(path)]


def findings_of(
    changes: Mapping[str, Any], library: Library, folder: Path, *, final: bool = False, codes: list[str] | None = None
) -> list[Finding]:
    """What rules find in the base plan with `changes`."""
    plan = read_plan(save(changed(BASE, changes), folder / "case.plan.yaml"), library)
    document = cast(Document, Later(lambda: assemble(plan, library, final=final)))
    return check(Case(plan, library, document, final), codes)


class Later:
    """A document that is assembled when a rule first looks at it; most rules look at the plan alone."""

    def __init__(self, make: Callable[[], Document]) -> None:
        self._make = cache(make)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.rule}: {case.name}") for case in CASES])
def test_a_rule_finds_what_its_case_says_and_nothing_else(case: RuleCase, library: Library, tmp_path: Path) -> None:
    found = findings_of(case.plan, library, tmp_path, final=case.final, codes=[case.rule])
    shown = "\n".join(f"{finding.code} {finding.address}: {finding.text()}" for finding in found)
    assert len(found) == len(case.finds), f"{len(case.finds)} expected, found:\n{shown}"
    left = list(found)
    for wanted in case.finds:
        match = next((finding for finding in left if fits(finding, wanted)), None)
        assert match, f"nothing fits {wanted} among:\n{shown}"
        left.remove(match)


def fits(finding: Finding, wanted: Mapping[str, Any]) -> bool:
    """Whether a finding has what the case asks for; what it does not ask for is free."""
    plain = {"code", "address", "severity", "clause", "party"} & set(wanted)
    texts = {"says": finding.message, "fix": finding.fix}
    return all(str(getattr(finding, key)) == wanted[key] for key in plain) and all(
        _says(text, wanted[key]) for key, text in texts.items() if key in wanted
    )


def _says(message: Mapping[str, str], wanted: Any) -> bool:
    """A text stands in the English message; a list means every one of it; a mapping asks language by language."""
    by_language = wanted if isinstance(wanted, Mapping) else {"en": wanted}
    return all(
        part in message.get(language, "")
        for language, parts in by_language.items()
        for part in ([parts] if isinstance(parts, str) else parts)
    )


def test_the_base_plan_has_no_finding_even_as_a_final_document(library: Library, tmp_path: Path) -> None:
    assert [finding.line() for finding in findings_of({}, library, tmp_path, final=True)] == []


def test_every_rule_fires_in_one_case_and_stays_silent_in_another() -> None:
    loud = {case.rule for case in CASES if case.finds}
    silent = {case.rule for case in CASES if not case.finds}
    assert sorted(set(catalogue()) - (loud & silent)) == []
    assert sorted({case.rule for case in CASES} - set(catalogue())) == []


def test_the_name_of_a_case_stands_once_for_its_rule() -> None:
    names = [(case.rule, case.name) for case in CASES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_finding_of_a_case_speaks_both_languages(library: Library, tmp_path: Path) -> None:
    """One loud case a rule: message in both languages, a fix in both or in none, a place in the plan file."""
    for rule in sorted({case.rule for case in CASES}):
        case = next(case for case in CASES if case.rule == rule and case.finds)
        for finding in findings_of(case.plan, library, tmp_path, final=case.final, codes=[rule]):
            assert set(finding.message) == {"en", "zh"}
            assert all(finding.message.values()), rule
            assert set(finding.fix) in ({"en", "zh"}, set()), rule
            assert finding.place.file.endswith(".plan.yaml"), rule
