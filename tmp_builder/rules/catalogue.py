"""The catalogue of rules, and the run: every rule over one case, its hits as findings with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct, field

from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.rules.case import Case

GROUPS = (
    "structure.cards",
    "structure.gaps",
    "structure.text",
    "structure.release",
    "basis.instruments",
    "parties.sides",
    "parties.counts",
    "parties.screening",
    "projects.gates",
    "background.lists",
    "background.access",
    "ownership.owners",
    "ownership.territories",
    "ownership.transfers",
    "ownership.conflicts",
    "protection.clearances",
    "protection.filing_days",
    "protection.publication",
    "protection.recordal",
    "licensing.classes",
    "licensing.royalties",
    "licensing.sublicences",
    "licensing.exclusive",
    "licensing.open_statements",
    "licensing.windows",
    "licensing.federal",
    "funding.clauses",
    "funding.shares",
    "membership.joining",
    "membership.classes",
    "membership.votes",
    "competition.conduct",
    "reciprocity.metrics",
    "reciprocity.registry",
    "disputes.final_step",
    "disputes.meanwhile",
    "law.law_and_language",
    "dates.chronology",
    "dates.stated_numbers",
    "dates.moved_days",
    "dates.pending",
    "confidentiality.secrets",
    "confidentiality.publication",
    "data.datasets",
    "data.routes",
    "equipment.hosts",
    "equipment.windows",
    "security.tier_list",
    "security.export",
    "security.reviews",
    "approvals",
)
"""The modules of rules, as the domain groups them."""

GENERAL = ("STR-01", "STR-02", "STR-03", "STR-04")
"""Rules that apply the data of the cards; a special rule about the same cause replaces them."""


class Hit(Struct, frozen=True):
    """What a rule saw: a sentence and a fix per language, and where. `severity` only where it differs from the rule's.

    `cause` names what is wrong in the plan itself (`slot:ownership.owner`, `need:equipment`, `options:a|b`, `value:address`),
    `also` further names of it: a special rule that reports a cause takes the place of STR-01 to STR-04 about the same cause,
    so that one cause gives one finding. A hit that `follows` a cause falls away where another rule reports that cause: what
    would put the one right puts the other right. `blocks` marks whatever is built from the plan as blocked.
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
    follows: tuple[str, ...] = ()
    blocks: bool = False


def exclusion(one: str, other: str) -> str:
    """The cause of two options, or an option and `address = value`, that exclude each other, whichever is named first."""
    return f"options:{'|'.join(sorted((one, other)))}"


class Rule(Struct, frozen=True):
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


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by its code; reads the modules of rules when first asked."""
    for group in GROUPS:
        import_module(f"tmp_builder.rules.{group}")
    return RULES


def check(case: Case, codes: Iterable[str] | None = None) -> list[Finding]:
    """The findings of every rule (or of `codes`) over a case, errors first, then in the order of the plan file."""
    rules = catalogue()
    wanted = rules.values() if codes is None else [rules[code] for code in codes]
    hits = [(rule_, hit) for rule_ in wanted for hit in _seen(rule_, case)]
    found = [_finding(rule_, hit, case) for rule_, hit in _one_a_cause(hits)]
    return sorted(found, key=lambda finding: (finding.severity.rank, finding.place, finding.code, finding.address))


def _seen(rule_: Rule, case: Case) -> tuple[Hit, ...]:
    """What a rule sees; each looks once at a case."""
    if rule_.code not in case.seen:
        case.seen[rule_.code] = tuple(rule_.look(case))
    return case.seen[rule_.code]


def _one_a_cause(hits: list[tuple[Rule, Hit]]) -> Iterator[tuple[Rule, Hit]]:
    """The hits without general ones about a cause that a special rule reports, and without mere consequences of another's."""
    told: dict[str, set[str]] = {}
    for rule_, hit in hits:
        for cause in filter(None, (hit.cause, *hit.also)):
            told.setdefault(cause, set()).add(rule_.code)
    for rule_, hit in hits:
        special = rule_.code in GENERAL and not told.get(hit.cause, set()) <= {*GENERAL}
        follows = any(told.get(cause, set()) - {rule_.code} for cause in hit.follows)
        if not special and not follows:
            yield rule_, hit


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
