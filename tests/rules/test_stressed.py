"""One complete plan of each profile with twenty and more errors planted in it: what the rules find, and that the fixes leave no error.

`stressed/<profile>.yaml`: `base` is a complete example, `changes` what is set in its text (addresses as `--set` takes them), `finds` every
finding that follows from the text of the rules, each with one line of reasoning, `standing` those that the example has by itself,
`fixed` what puts the errors right. `changed` beside a finding says why an expectation was corrected; `aside` names rules that are left
to their own cases. A rule that the catalogue does not hold yet is left out, and its code is printed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tmp_builder.assemble import assemble
from tmp_builder.findings import Finding, Severity
from tmp_builder.library.marked import read_marked_file
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.plan.writing import edit
from tmp_builder.rules import Case, check
from tmp_builder.rules.catalogue import catalogue

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEYS = {"base", "changes", "finds", "standing", "fixed", "final"}
FIND_KEYS = {"code", "at", "severity", "says", "why", "changed"}
ASIDE = {"TIM-03"}
"""Left to its cases: a note on every date of a plan that falls on a day off."""


@dataclass(frozen=True)
class Stressed:
    """One file: a complete plan, what is done to it, what has to be found."""

    profile: str
    base: Path
    changes: Mapping[str, Any]
    fixed: Mapping[str, Any]
    finds: tuple[Mapping[str, Any], ...]
    planted: tuple[Mapping[str, Any], ...]
    final: bool


def read_stressed(path: Path) -> Stressed:
    """One file; a slip in it fails the collection."""
    marked = read_marked_file(path, path.name)
    assert not marked.faults, marked.faults
    data = marked.data
    assert {"base", "changes", "finds", "fixed"} <= set(data) <= KEYS, sorted(data)
    planted, standing = tuple(data["finds"]), tuple(data.get("standing") or ())
    assert all({"code", "at", "severity", "says", "why"} <= set(find) <= FIND_KEYS for find in (*planted, *standing)), path.name
    final = data.get("final") == "yes"
    return Stressed(path.stem, ROOT / data["base"], data["changes"], data["fixed"], (*planted, *standing), planted, final)


ALL = {path.stem: read_stressed(path) for path in sorted((HERE / "stressed").glob("*.yaml"))}

each_profile = pytest.mark.parametrize("profile", ALL)


@cache
def library() -> Library:
    return read_library()


def check_changed(stressed: Stressed, changes: Mapping[str, Any], folder: Path) -> list[Finding]:
    """What the rules find in the example with `changes`, its tables beside it."""
    shutil.copytree(stressed.base.parent, folder, dirs_exist_ok=True)
    path = folder / stressed.base.name
    path.write_text(edit(stressed.base.read_text(encoding="utf-8"), changes), encoding="utf-8")
    plan = read_plan(path, library())
    return check(Case(plan, library(), assemble(plan, library(), final=stressed.final), stressed.final))


@cache
def stressed_findings(profile: str) -> tuple[Finding, ...]:
    """The findings of a stressed plan, without those left aside."""
    stressed = ALL[profile]
    with tempfile.TemporaryDirectory() as folder:
        found = check_changed(stressed, stressed.changes, Path(folder))
    return tuple(finding for finding in found if finding.code not in ASIDE)


@each_profile
def test_the_rules_find_every_planted_error_and_nothing_else(profile: str) -> None:
    stressed = ALL[profile]
    missing = sorted({find["code"] for find in stressed.finds} - set(catalogue()))
    if missing:
        print(f"{profile}: not in the catalogue yet, left out: {', '.join(missing)}")
    wanted = [find for find in stressed.finds if find["code"] in catalogue()]
    found = stressed_findings(profile)
    expected = Counter((find["code"], find["at"]) for find in wanted)
    seen = Counter((finding.code, finding.address) for finding in found)
    lost, extra = expected - seen, seen - expected
    shown = "\n".join(f"  {finding.severity} {finding.code} {finding.address}: {finding.text()}" for finding in found)
    assert not lost, f"not found: {sorted(lost.elements())}\nnot expected: {sorted(extra.elements())}\nfound:\n{shown}"
    assert not extra, f"not expected: {sorted(extra.elements())}\nfound:\n{shown}"


@each_profile
def test_a_finding_weighs_and_says_what_its_expectation_says(profile: str) -> None:
    stressed = ALL[profile]
    left = list(stressed_findings(profile))
    wrong = []
    for find in sorted(
        (find for find in stressed.finds if find["code"] in catalogue()), key=lambda find: -len(find["says"] or ())
    ):
        match = next((finding for finding in left if _fits(finding, find)), None)
        if match is None:
            wrong.append(dict(find))
        else:
            left.remove(match)
    assert not wrong, "\n".join(
        f"{find['code']} {find['at']} {find['severity']} {find['says']}: {_texts(left, find)}" for find in wrong
    )


def _texts(findings: list[Finding], find: Mapping[str, Any]) -> list[str]:
    return [f"{finding.severity}: {finding.text()}" for finding in findings if finding.code == find["code"]]


def _fits(finding: Finding, find: Mapping[str, Any]) -> bool:
    return (finding.code, finding.address, str(finding.severity)) == (find["code"], find["at"], find["severity"]) and all(
        piece in finding.text() for piece in find["says"] or ()
    )


@each_profile
def test_after_the_fixes_no_error_is_left(profile: str, tmp_path: Path) -> None:
    stressed = ALL[profile]
    found = check_changed(stressed, {**stressed.changes, **stressed.fixed}, tmp_path)
    assert [
        f"{finding.code} {finding.address}: {finding.text()}" for finding in found if finding.severity is Severity.ERROR
    ] == []


@each_profile
def test_every_file_plants_at_least_twenty_different_errors_and_says_why(profile: str) -> None:
    stressed = ALL[profile]
    assert len({find["code"] for find in stressed.planted}) >= 20
    assert all(find["why"] for find in stressed.finds)


def test_there_is_a_stressed_plan_for_each_profile() -> None:
    assert sorted(ALL) == sorted(library().profiles)


def test_together_the_files_touch_nine_rules_of_ten() -> None:
    touched = {find["code"] for stressed in ALL.values() for find in stressed.finds}
    assert len(touched & set(catalogue())) >= 0.9 * len(catalogue())
