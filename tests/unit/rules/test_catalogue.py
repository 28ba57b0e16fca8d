"""The catalogue: what each rule tells of itself, and the order of what a run finds."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from tmp_builder.assemble import assemble
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.rules import Case, check
from tmp_builder.rules.catalogue import catalogue

PlanOf = Callable[..., Plan]


def case(plan: Plan, library: Library) -> Case:
    return Case(plan, library, assemble(plan, library))


def test_the_page_of_a_rule_says_why_with_a_bad_and_a_good_example() -> None:
    for code, rule in catalogue().items():
        assert re.fullmatch(r"[A-Z]{3}-\d\d", code), code
        assert rule.page.strip().partition("\n\n")[0].endswith("."), code
        assert all(word in rule.page for word in ("Why:", "Bad:", "Good:")), code
        assert rule.source, code
        assert isinstance(rule.force, Force)


def test_errors_come_first_then_the_order_of_the_file(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of(
        {"choices.ownership": [], "parameters.term.fixed.term_months": None, "parameters.term.renewal.max_renewals": "6"}
    )
    found = check(case(plan, library))
    assert {finding.code for finding in found} >= {"STR-02", "STR-05"}
    assert [finding.severity.rank for finding in found] == sorted(finding.severity.rank for finding in found)
    errors = [finding.place for finding in found if finding.severity is Severity.ERROR]
    assert errors == sorted(errors)


def test_only_the_rules_asked_for_are_run(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of({"choices.ownership": [], "parameters.term.renewal.max_renewals": "6"})
    assert {finding.code for finding in check(case(plan, library), ["STR-02"])} == {"STR-02"}


def test_a_finding_carries_what_its_rule_says_of_itself(plan_of: PlanOf, library: Library) -> None:
    (finding,) = check(case(plan_of({"parameters.term.renewal.max_renewals": "6"}), library), ["STR-02"])
    rule = catalogue()["STR-02"]
    assert (finding.severity, finding.force, finding.source) == (rule.severity, rule.force, rule.source)
    assert finding.place.line > 1
    assert finding.line("en").startswith(f"{finding.place}: error STR-02: ")
    assert finding.line("zh").startswith(f"{finding.place}: 错误 STR-02: ")


def test_looking_changes_nothing(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of()
    before = replace(plan)
    assert check(case(plan, library)) == check(case(plan, library))
    assert plan == before
