"""DIS-01 to DIS-04: the final step of a dispute: complete, allowed at its seat, odd in number, one only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tmp_builder.deadlines.view import codes_in
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.alternatives import more_than_one
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.disputes.seats import in_the_mainland, names_an_institution
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, places_named, quoted, text_of

INSTITUTION, PANEL, CONSENT, COURTS = (
    "disputes.institution",
    "disputes.expert-panel",
    "disputes.uncitral-mutual",
    "disputes.courts",
)
FINAL = (CONSENT, INSTITUTION, PANEL, COURTS)
"""The options that end a dispute; one fills the slot."""

PARTS = {
    INSTITUTION: ("institution", "seat", "arbitrators", "language"),
    PANEL: ("rules", "appointing_authority", "seat", "panel_size", "language"),
    COURTS: ("court",),
}
"""What a binding final step has to name."""

NUMBERS = ((INSTITUTION, "arbitrators"), (PANEL, "panel_size"))
COUNTRIES = ("US", "CN")


def is_arbitration(case: Case) -> bool:
    """Whether the plan binds the members to arbitration: an institution, or a panel that arbitrates. Open values bind nobody."""
    return case.plan.has(INSTITUTION) or (case.plan.has(PANEL) and case.value(f"{PANEL}.form") == "arbitration")


@rule("DIS-01", Severity.ERROR, Force.CONTRACT, "DESCA 11.8; CNARB Art. 27; New York Convention (K)")
def the_final_step_is_complete(case: Case) -> Iterator[Hit]:
    """A binding final step names its institution or rules, its seat, the number of arbitrators and the language, without an
    institution also who appoints.

    Why: half an arbitration clause is worse than none: the parties first litigate about where to litigate.
    Bad: “arbitration in Singapore” without rules or number. Good: institution, seat, number and language.
    Decision: a court clause has to name the court. Arbitration by consent is agreed case by case and is not held to
    this rule. An expert's determination is no award, so a panel of that form leaves the plan without a final step.
    """
    for option, names in PARTS.items():
        if not case.plan.has(option):
            continue
        missing = [name for name in names if case.value(f"{option}.{name}") in (None, "", {})]
        if missing:
            yield _incomplete(case, option, missing)
    if case.plan.has(PANEL) and case.value(f"{PANEL}.form") == "expert_determination":
        yield Hit(
            "the panel of experts only gives an expert determination, which is no award: the plan has no binding final step",
            "专家组仅作出专家决定，不构成仲裁裁决：本计划没有具有约束力的最终程序",
            f"parameters.{PANEL}.form",
            PANEL,
            fix=fix("Set form: arbitration, or choose another final step.", "设form: arbitration，或者改选其他最终程序。"),
        )


def _incomplete(case: Case, option: str, missing: list[str]) -> Hit:
    spec = case.library.options[option]
    labels = quoted(spec.parameters[name].label for name in missing)
    return Hit(
        f"the final step “{spec.label['en']}” lacks: {labels['en']}",
        f"最终程序“{spec.label['zh']}”缺少：{labels['zh']}",
        f"parameters.{option}.{missing[0]}",
        option,
        fix=fix(
            f"Set {', '.join(f'parameters.{option}.{name}' for name in missing)}.",
            f"填写{'、'.join(f'parameters.{option}.{name}' for name in missing)}。",
        ),
    )


@rule("DIS-02", Severity.ERROR, Force.LAW, "CNARB Art. 27, 81, 82")
def mainland_seats_have_an_institution(case: Case) -> Iterator[Hit]:
    """With a seat in the Chinese mainland an arbitration clause names an institution.

    Why: without a chosen commission the agreement is invalid there; ad hoc arbitration is open only in the narrow cases
    of the statute (maritime disputes, enterprises registered in certain zones).
    Bad: a panel under UNCITRAL rules with the seat Shanghai. Good: `disputes.institution`; or the same panel in Singapore.
    Decision: Hong Kong, Macau and Taiwan are other jurisdictions. A commission named in the rules or as appointing
    authority is enough; UNCITRAL rules and the Permanent Court of Arbitration name none. Arbitration by consent prints
    its seat now and is held to the rule as well. An institution left open is the business of DIS-01.
    """
    for option in (CONSENT, PANEL):
        seat = text_of(case.value(f"{option}.seat"))
        if not case.plan.has(option) or not in_the_mainland(seat):
            continue
        if option == PANEL and case.value(f"{PANEL}.form") != "arbitration":
            continue
        named = [text_of(case.value(f"{option}.{name}")) for name in ("rules", "appointing_authority")]
        if not names_an_institution(named, case.library):
            yield Hit(
                f"the seat {seat['en']} lies in the Chinese mainland, and no arbitration institution is named",
                f"仲裁地{seat['zh']}位于中国大陆，而未约定仲裁机构",
                f"parameters.{option}.seat",
                option,
                fix=fix(
                    "Choose disputes.institution, name a commission, or move the seat.",
                    "选用disputes.institution，或者约定仲裁委员会，或者变更仲裁地。",
                ),
            )


@rule("DIS-03", Severity.ERROR, Force.CONTRACT, "SEED2: panel of a US expert, a Chinese expert and a neutral chair")
def tribunals_are_odd_and_balanced(case: Case) -> Iterator[Hit]:
    """The number of arbitrators is odd; a panel of experts has a US, a Chinese and a neutral seat, and a chair of no
    excluded nationality.

    Why: an even tribunal can end in a tie; a panel that one Side dominates will not be obeyed by the other.
    Bad: `panel_size: 4`; `chair_excluded_nationalities: [US]`; a chair from China while CN is excluded.
    Good: three members, the chair from neither country.
    Decision: the clause gives half of the seats beside the chair to each country, so the chair is the neutral seat:
    the formula lacks it unless US and CN are both excluded for the chair. Once the panel is named (event
    `panel_constituted` with `nationalities` and `chair_nationality`), the persons are held to the same test.
    """
    for option, name in NUMBERS:
        number = case.value(f"{option}.{name}")
        if case.plan.has(option) and isinstance(number, int) and number % 2 == 0:
            yield _even(option, name, number)
    if case.plan.has(PANEL):
        yield from _formula(case)
        for row in case.plan.rows("events"):
            if row.cells.get("kind") == "panel_constituted":
                yield from _persons(case, row)


def _even(option: str, name: str, number: int) -> Hit:
    address = f"parameters.{option}.{name}"
    return Hit(
        f"a tribunal of {number} can end in a tie; the number has to be odd",
        f"{number}人的仲裁庭或者专家组可能形成平票，人数应为奇数",
        address,
        option,
        fix=fix(f"Choose {number - 1 or 1} or {number + 1}.", f"改为{number - 1 or 1}或者{number + 1}。"),
        cause=f"value:{address}",
    )


def _formula(case: Case) -> Iterator[Hit]:
    excluded = case.value(f"{PANEL}.chair_excluded_nationalities")
    if excluded is None:
        return
    open_to = [code for code in COUNTRIES if code not in codes_in(excluded)]
    if open_to:
        places = places_named(case.library, open_to)
        yield Hit(
            f"the chair of the panel may come from {places['en']}: the panel has no neutral seat",
            f"专家组组长可以来自{places['zh']}：专家组没有中立席位",
            f"parameters.{PANEL}.chair_excluded_nationalities",
            PANEL,
            fix=fix("Exclude US and CN for the chair.", "将US和CN列为组长的排除国籍。"),
        )


def _persons(case: Case, row: RegisterRow) -> Iterator[Hit]:
    """What is wrong with a panel once its persons are named; nothing while their nationalities are not entered."""
    seats, chair = row.cells.get("nationalities"), codes_in(row.cells.get("chair_nationality"))
    when = row.cells.get("date")
    if seats:
        held = codes_in(seats) | chair
        lacks: list[Labels] = [_seat(case, code) for code in COUNTRIES if code not in held]
        if not held - set(COUNTRIES):
            lacks.append({"en": "a neutral seat", "zh": "中立席位"})
        if lacks:
            said = listed(lacks)
            yield _panel(row, f"{row.address}.nationalities", f"lacks {said['en']}", f"缺少{said['zh']}", when)
    barred = sorted(chair & codes_in(case.value(f"{PANEL}.chair_excluded_nationalities")))
    if barred:
        places = places_named(case.library, barred)
        yield _panel(
            row,
            f"{row.address}.chair_nationality",
            f"has a chair from {places['en']}, an excluded nationality",
            f"的组长来自{places['zh']}，属于排除国籍",
            when,
        )


def _seat(case: Case, code: str) -> Labels:
    place = places_named(case.library, [code])
    return {"en": f"a seat for {place['en']}", "zh": f"{place['zh']}的席位"}


def _panel(row: RegisterRow, address: str, en: str, zh: str, when: Any) -> Hit:
    since = f" of {when.isoformat()}" if isinstance(when, date) else ""
    return Hit(
        f"the panel{since} ({row.id}) {en}",
        f"专家组（{row.id}）{zh}",
        address,
        PANEL,
        fix=fix("Constitute the panel anew, or correct the entry.", "重新组成专家组，或者更正登记。"),
    )


@rule("DIS-04", Severity.ERROR, Force.CONTRACT, "CNARB Art. 27; DESCA 11.8")
def there_is_one_final_step(case: Case) -> Iterator[Hit]:
    """A plan has one final step: arbitration or a court, not both.

    Why: a clause that offers court and arbitration lets the loser challenge whatever was decided, and in China makes the
    arbitration agreement invalid.
    Bad: `disputes: [institution, courts]`. Good: one of them; talks and mediation may come before it.
    Decision: alternatives that are still open stand under `open:` and are no finding. A missing final step is STR-01.
    """
    yield from more_than_one(case, FINAL, "disputes.final-step", {"en": "final steps", "zh": "个最终程序"})
