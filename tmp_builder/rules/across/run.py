"""The rules across plans by their code, and the run: each over all plans, its hits as findings with the plans they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

from msgspec import Struct

from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.rules.across.plans import Held, Hit, Plans, latest
from tmp_builder.rules.catalogue import Rule

GROUPS = ("results", "background", "equipment", "members", "terms")
"""The modules of rules across plans."""

Look = Callable[[Plans], Iterable[Hit]]

_LOOKS: dict[str, tuple[Rule, Look]] = {}


class Shared(Struct, frozen=True):
    """A finding about several plans: the finding, placed in the first of them, and the names of all."""

    finding: Finding
    plans: tuple[str, ...]


def across(code: str, severity: Severity, force: Force, source: str) -> Callable[[Look], Look]:
    """Enter the decorated function in the catalogue of rules across plans; its docstring is the rule's page."""

    def enter(look: Look) -> Look:
        assert code not in _LOOKS, code
        _LOOKS[code] = Rule(code, severity, force, source, lambda _case: (), look.__doc__ or ""), look
        return look

    return enter


def catalogue() -> Mapping[str, Rule]:
    """Every rule across plans by its code."""
    for group in GROUPS:
        import_module(f"tmp_builder.rules.across.{group}")
    return {code: rule for code, (rule, _) in sorted(_LOOKS.items())}


def check_across(held: Sequence[Held], base: Held | None = None, codes: Iterable[str] | None = None) -> list[Shared]:
    """What plans contradict each other in, errors first. Earlier drafts of a plan are left out; one plan alone has nothing to contradict.

    `base` is the plan from which the others were made: whom it names as a member should have a plan. `codes`: only these rules.
    """
    rules = catalogue()
    plans = Plans(latest(held), base)
    wanted = list(rules) if codes is None else list(codes)
    found = [_finding(rules[code], hit) for code in wanted for hit in _LOOKS[code][1](plans)]
    return sorted(found, key=lambda each: (each.finding.severity.rank, each.finding.code, each.finding.place))


def _finding(rule: Rule, hit: Hit) -> Shared:
    finding = Finding(
        code=rule.code,
        severity=rule.severity,
        message={"en": hit.en, "zh": hit.zh},
        address=hit.address,
        place=hit.held.plan.place(hit.address),
        party=hit.party,
        fix=hit.fix,
        source=rule.source,
        force=rule.force,
    )
    return Shared(finding, hit.plans)
