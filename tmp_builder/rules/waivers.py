"""Waivers: written exceptions that silence one finding each, their limits, and the findings about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from tmp_builder.errors import nearest
from tmp_builder.findings import Finding, Force, Severity
from tmp_builder.plan.schema import Plan, Waiver
from tmp_builder.rules.catalogue import Rule, catalogue
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day

NEVER = (*(f"STR-{number:02}" for number in range(1, 8)), "STR-10")
"""Rules of the text itself, and the rule that nothing with an error is final: no waiver reaches them."""


class Outcome(Struct, frozen=True):
    """Findings after the waivers: what is left with what is wrong with the waivers themselves, and what was silenced by which."""

    findings: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, Waiver], ...] = ()


def apply_waivers(plan: Plan, findings: Iterable[Finding], as_of: date | None = None) -> Outcome:
    """Silence what the plan waives within the limits of a waiver.

    `as_of` is the day on which waivers are looked at (else the date of the document); while no day is known none has
    expired. The finding that a waiver reports about itself follows the findings of rules, in the order of severity.
    """
    left, silenced, own = list(findings), [], []
    for number, waiver in enumerate(plan.waivers):
        matching = [finding for finding in left if _matches(waiver, finding)]
        wrong = _wrong(plan, number, waiver, matching, as_of or plan.dated)
        if wrong:
            own.append(wrong)
        else:
            left.remove(matching[0])
            silenced.append((matching[0], waiver))
    if not plan.waivers:
        return Outcome(tuple(left))
    return Outcome(tuple(sorted((*left, *own), key=lambda each: each.severity.rank)), tuple(silenced))


def left_by_waivers(plan: Plan, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of rules that the plan does not waive; nothing is said about the waivers."""
    found = list(findings)
    silenced = [finding for finding, _ in apply_waivers(plan, found).silenced]
    return tuple(finding for finding in found if finding not in silenced)


def _matches(waiver: Waiver, finding: Finding) -> bool:
    """Whether a finding is of the waiver's rule and object: an address or a part of one, an id in it, a clause or a member."""
    if waiver.rule != finding.code:
        return False
    wanted, address = waiver.object, finding.address
    below = address == wanted or address.startswith(f"{wanted}.")
    return not wanted or below or wanted in address.split(".") or wanted in (finding.clause, finding.party)


def _wrong(plan: Plan, number: int, waiver: Waiver, matching: list[Finding], as_of: date | None) -> Finding | None:
    """What keeps a waiver from silencing its one finding; None where it does."""
    rule = catalogue().get(waiver.rule)
    what = _name(waiver)
    if rule is None:
        hint = nearest(waiver.rule, catalogue())
        return _finding("WAI-04", plan, number, f"unknown rule {waiver.rule}{hint}", f"没有{waiver.rule}这一规则")
    forbidden = _forbidden(rule, waiver, matching)
    if forbidden:
        return _finding("WAI-03", plan, number, f"{what['en']}: {forbidden['en']}", f"{what['zh']}：{forbidden['zh']}")
    if as_of and waiver.until < as_of:
        until = day(waiver.until)
        return _finding("WAI-01", plan, number, f"{what['en']} ended on {until['en']}", f"{what['zh']}已于{until['zh']}失效")
    if not matching:
        return _finding("WAI-02", plan, number, f"{what['en']} silences nothing", f"{what['zh']}没有对应的发现")
    if len(matching) > 1:
        many = len(matching)
        found = f"{what['en']} fits {many} findings, and a waiver silences one"
        return _finding("WAI-05", plan, number, found, f"{what['zh']}对应{many}项发现，而一项豁免只及于一项")
    return None


def _name(waiver: Waiver) -> Mapping[str, str]:
    about = f" ({waiver.object})" if waiver.object else ""
    return {
        "en": f"the waiver of {waiver.rule}{about}",
        "zh": f"对{waiver.rule}{about.replace(' (', '（').replace(')', '）')}的豁免",
    }


def _forbidden(rule: Rule, waiver: Waiver, matching: list[Finding]) -> Mapping[str, str] | None:
    """Why this rule cannot be waived like this; None where it can."""
    if rule.force is Force.LAW or any(finding.force is Force.LAW for finding in matching):
        return {"en": "a finding of law cannot be waived", "zh": "基于法律的发现不得豁免"}
    if waiver.rule in NEVER or any(finding.blocks for finding in matching):
        return {"en": "this finding blocks and cannot be waived", "zh": "该发现具有阻断效力，不得豁免"}
    if rule.force is Force.FUNDER and not waiver.approval_ref.strip():
        return {
            "en": "a finding of a funder's terms needs the funder's approval (approval-ref)",
            "zh": "基于资助条件的发现须有资助方批准（approval-ref）",
        }
    if not waiver.reason.strip() or not waiver.by.strip():
        return {"en": "it names no reason or nobody who gave it", "zh": "未写明理由或者作出人"}
    return None


def _finding(code: str, plan: Plan, number: int, en: str, zh: str) -> Finding:
    address = f"waivers.{number}"
    own = RULES[code]
    return Finding(
        code,
        own.severity,
        {"en": en, "zh": zh},
        address,
        plan.place(address),
        fix=_FIXES[code],
        source=own.source,
        force=own.force,
    )


_FIXES = {
    "WAI-01": fix("Put the finding right, or renew the waiver with a new until:.", "消除该发现，或者续展豁免并更新until:。"),
    "WAI-02": fix("Delete the waiver.", "删除该豁免。"),
    "WAI-03": fix("Put the finding right; delete the waiver.", "消除该发现，并删除该豁免。"),
    "WAI-04": fix("Write the code of a rule, such as BAS-03.", "写明规则代码，例如BAS-03。"),
    "WAI-05": fix("Write the address or the id of one of them in object:.", "在object:中写明其中一项的地址或者编号。"),
}


def _expired() -> None:
    """A waiver holds until its last day.

    Why: an exception without an end becomes the rule, and nobody remembers why.
    Bad: `until: 2026-06-30` in a plan dated 15 September 2026. Good: a day on or after the date of the plan.
    Decision: the day is `--date`, else the plan's `dated`; on the last day itself the waiver still holds. The finding
    that it silenced comes back.
    """


def _unused() -> None:
    """A waiver silences something.

    Why: an exception from a rule that is kept hides the next breach of it.
    Bad: a waiver for letters that have arrived. Good: delete it.
    """


def _not_allowed() -> None:
    """Findings of law, of the text itself and whatever blocks are never waived, those of a funder only with its approval.

    Why: nobody in the alliance can dispense from a statute or from the terms of somebody else's money.
    Bad: `rule: PAR-05`. Good: `rule: FUN-02` with `approval-ref: letter of 3 May 2026`.
    Decision: the limits also hold for STR-10. A waiver without a reason or without the person who gave it is none.
    """


def _unknown() -> None:
    """A waiver names a rule of the catalogue.

    Why: a slip in the code leaves the finding where it is, or waives another one.
    Bad: `rule: BAS-3`. Good: `rule: BAS-03`.
    """


def _several() -> None:
    """A waiver names one finding.

    Why: whoever signs an exception has one case in mind; the next one has to be looked at.
    Bad: `rule: EQP-04` while three items break it. Good: `object: EQ-3`.
    """


RULES = {
    code: Rule(code, severity, Force.HOUSE, "house rule on exceptions", lambda _case: (), page.__doc__ or "")
    for code, severity, page in (
        ("WAI-01", Severity.WARNING, _expired),
        ("WAI-02", Severity.WARNING, _unused),
        ("WAI-03", Severity.ERROR, _not_allowed),
        ("WAI-04", Severity.ERROR, _unknown),
        ("WAI-05", Severity.WARNING, _several),
    )
}
"""The rules about waivers themselves: they look at findings, not at a case, and so stand beside the catalogue."""


def pages() -> Iterator[Rule]:
    """Every rule with a page: those of the catalogue in its order, those about waivers, those across plans."""
    from tmp_builder.rules.across.run import catalogue as across

    yield from catalogue().values()
    yield from RULES.values()
    yield from across().values()
