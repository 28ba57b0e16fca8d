"""The catalogue of rules, and the run: every rule over one case, its hits as findings with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.rules.case import Case

GROUPS = ("structure",)
"""The modules of rules, as the domain groups them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw: a sentence and a fix per language, and where. `severity` only where it differs from the rule's."""

    en: str
    zh: str
    address: str = ""
    clause: str = ""
    party: str = ""
    fix: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, how much its hits weigh, where its authority lies, the function that looks; `page` explains it."""

    code: str
    severity: Severity
    force: Force
    source: str
    look: Callable[[Case], Iterable[Hit]]
    page: str


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, force: Force, source: str) -> Callable[[Callable[[Case], Iterable[Hit]]], Callable[[Case], Iterable[Hit]]]:
    """Enter the decorated function in the catalogue; its docstring is the rule's page."""

    def enter(look: Callable[[Case], Iterable[Hit]]) -> Callable[[Case], Iterable[Hit]]:
        assert code not in RULES, code
        RULES[code] = Rule(code, severity, force, source, look, look.__doc__ or "")
        return look

    return enter


def catalogue() -> Mapping[str, Rule]:
    """Every rule by its code; reads the modules of rules when first asked."""
    for group in GROUPS:
        import_module(f"tmp_builder.rules.{group}")
    return RULES


def check(case: Case, codes: Iterable[str] | None = None) -> list[Finding]:
    """The findings of every rule (or of `codes`) over a case, errors first, then in the order of the plan file."""
    rules = catalogue()
    wanted = rules.values() if codes is None else [rules[code] for code in codes]
    found = [finding for rule_ in wanted for finding in _findings(rule_, case)]
    return sorted(found, key=lambda finding: (finding.severity.rank, finding.place, finding.code, finding.address))


def _findings(rule_: Rule, case: Case) -> Iterator[Finding]:
    for hit in rule_.look(case):
        yield Finding(
            code=rule_.code,
            severity=hit.severity or rule_.severity,
            message={"en": hit.en, "zh": hit.zh},
            address=hit.address,
            place=case.plan.place(hit.address),
            clause=hit.clause,
            party=hit.party,
            fix=hit.fix,
            source=rule_.source,
            force=rule_.force,
        )
