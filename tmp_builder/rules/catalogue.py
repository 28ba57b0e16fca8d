"""The catalogue of rules, and the run: every rule over one case, its hits as findings with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.rules.case import Case

GROUPS = (
    "structure",
    "structure_text",
    "structure_release",
    "basis",
    "parties",
    "member_counts",
    "screening",
    "projects",
    "background",
    "background_access",
    "ownership",
    "ownership_territories",
    "ownership_transfers",
    "ownership_conflicts",
    "protection",
    "protection_dates",
    "protection_publication",
    "protection_recordal",
    "licensing",
    "licensing_royalties",
    "licensing_sublicences",
    "licensing_exclusive",
    "licensing_open",
    "licensing_windows",
    "licensing_federal",
    "public_funding",
    "funding_shares",
    "membership",
    "membership_classes",
    "membership_votes",
    "competition",
    "reciprocity",
    "registry",
    "disputes",
    "disputes_meanwhile",
    "law",
    "chronology",
    "stated_numbers",
    "dates",
    "dates_pending",
    "confidentiality",
    "publication",
    "data",
    "data_routes",
    "equipment",
    "equipment_windows",
    "security",
    "security_export",
    "security_reviews",
)
"""The modules of rules, as the domain groups them."""

GENERAL = ("STR-01", "STR-02", "STR-03", "STR-04")
"""Rules that apply the data of the cards; a special rule about the same cause replaces them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw: a sentence and a fix per language, and where. `severity` only where it differs from the rule's.

    `cause` names what is wrong in the plan itself (`slot:ownership.owner`, `need:equipment`, `options:a|b`, `value:address`),
    `also` further names of it: a special rule that reports a cause takes the place of STR-01 to STR-04 about the same cause,
    so that one cause gives one finding. `blocks` marks whatever is built from the plan as blocked.
    """

    en: str
    zh: str
    address: str = ""
    clause: str = ""
    party: str = ""
    fix: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    cause: str = ""
    also: tuple[str, ...] = ()
    blocks: bool = False


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


def rule(
    code: str, severity: Severity, force: Force, source: str
) -> Callable[[Callable[[Case], Iterable[Hit]]], Callable[[Case], Iterable[Hit]]]:
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
    hits = [(rule_, hit) for rule_ in wanted for hit in rule_.look(case)]
    special = {cause for rule_, hit in hits if rule_.code not in GENERAL for cause in (hit.cause, *hit.also) if cause}
    found = [_finding(rule_, hit, case) for rule_, hit in hits if rule_.code not in GENERAL or hit.cause not in special]
    return sorted(found, key=lambda finding: (finding.severity.rank, finding.place, finding.code, finding.address))


def _finding(rule_: Rule, hit: Hit, case: Case) -> Finding:
    return Finding(
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
        blocks=hit.blocks,
    )
