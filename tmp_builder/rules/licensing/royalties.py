"""LIC-05: royalties that can be computed: rate or a way to find it, base, reporting period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.special_terms import has_in, parameter_address, value_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed

LADDER, EXPERT = "licences.fee-ladder", "disputes.expert-technical"
GRANT_BACK = "improvements.grant-back-paid"

TERMS: Mapping[str, Mapping[str, Labels]] = {
    LADDER: {
        "rate": {"en": "the rate", "zh": "费率"},
        "base": {"en": "the base", "zh": "计算基础"},
        "report_months": {"en": "the reporting period", "zh": "报告周期"},
    },
    GRANT_BACK: {
        "rate": {"en": "the rate", "zh": "费率"},
        "report_months": {"en": "the reporting period", "zh": "报告周期"},
    },
}
"""What a royalty clause needs in values of its own; the rest of its terms stands in its text."""

MECHANISMS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "licences.project-free-exploitation-fair": ("fallback", "none", (LADDER, EXPERT)),
    "background-access.exploitation-fair-reasonable": ("fallback", "none", (EXPERT,)),
    "joint-ownership.notice-compensate": ("compensation", "revenue_share", (EXPERT,)),
}
"""Clauses that leave the royalty to talks: the value with which nobody fixes it, and the clauses that help then."""


@rule("LIC-05", Severity.ERROR, Force.CONTRACT, "CNCC Arts 845–846; DESCA Section 9.4.2")
def royalties_can_be_computed(case: Case) -> Iterator[Hit]:
    """A clause that promises a royalty has a rate or a way to find it, a base and a reporting period.

    Why: a royalty that nobody can compute is a lawsuit with a date.
    Bad: `fee-ladder` without `base`; `project-free-exploitation-fair` with `fallback: none` and nobody to fix the price.
    Good: rate, base and `report_months`; or `fallback: expert`.
    Decision: a rate of zero is a rate. Where talks on fair terms may end without a result, a ladder (for Project IP) or the
    technical expert is the way to find the rate; a share of revenue with the rate zero is left open by its card and needs
    the expert. Whoever fixes the rate fixes base and reports with it. One finding a clause; a project's own values go
    before the plan's.
    """
    for option, terms in TERMS.items():
        missing = [name for name in terms if case.value(f"{option}.{name}") is None] if case.plan.has(option) else []
        if missing:
            label, what = case.library.options[option].label, listed(terms[name] for name in missing)
            yield Hit(
                f"“{label['en']}” lacks {what['en']} of the royalty",
                f"“{label['zh']}”的许可费缺少{what['zh']}",
                f"parameters.{option}.{missing[0]}",
                option,
                fix=fix(f"Set {', '.join(missing)}.", f"填写{'、'.join(missing)}。"),
            )
    for option in MECHANISMS:
        yield from _without_mechanism(case, option)


def _without_mechanism(case: Case, option: str) -> Iterator[Hit]:
    name, nobody, helpers = MECHANISMS[option]
    seen: set[str] = set()
    for project in (None, *case.plan.projects):
        address = parameter_address(project, f"{option}.{name}")
        holds = has_in(case, project, option) and value_in(case.plan, project, f"{option}.{name}") == nobody
        rate = value_in(case.plan, project, f"{option}.rate") if nobody == "revenue_share" else None
        if holds and not rate and not any(case.plan.has(helper) for helper in helpers) and address not in seen:
            seen.add(address)
            label = case.library.options[option].label
            yield Hit(
                f"“{label['en']}” has neither a rate nor a way to find it: {name} = {nobody}, and no {' or '.join(helpers)}",
                f"“{label['zh']}”既无费率，也无确定费率的办法：{name} = {nobody}，且未选{'或者'.join(helpers)}",
                address,
                option,
                fix=fix(f"Agree a rate or another {name}, or add {EXPERT}.", f"约定费率或者改变{name}，或者增加{EXPERT}。"),
            )
