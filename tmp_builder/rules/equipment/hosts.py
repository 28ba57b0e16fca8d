"""EQP-05 to EQP-07: equipment at a host: licences for both trips, what happens when a member leaves, the funder's consent."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.background.access import UNCONTROLLED
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.borders import crosses, ends_of
from tmp_builder.rules.facts.likeness import forms
from tmp_builder.rules.facts.special_terms import has_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import listed, member_name, text_of

KEEPS, BUYOUT = "equipment.leaver-keeps", "equipment.leaver-buyout"
BY_RULE = {"keep": KEEPS, "buyout": BUYOUT}
HOST_KEEPS = "equipment.host-keeps"


def named(row: RegisterRow) -> Labels:
    """EQ-1 “Cell test bench”."""
    between = {"en": " ", "zh": ""}
    names = text_of(row.cells.get("name"))
    return {language: f"{row.id}{between[language]}“{name}”" if name else row.id for language, name in names.items()}


def project_of(plan: Plan, row: RegisterRow) -> Project | None:
    """The project of an item, or None."""
    return next((project for project in plan.projects if project.id == row.cells.get("project_id")), None)


_TRIPS: dict[str, Labels] = {
    "licence_out_ref": {"en": "the outward trip", "zh": "运出"},
    "licence_return_ref": {"en": "the return trip", "zh": "运回"},
}


@rule("EQP-05", Severity.ERROR, Force.LAW, "USNL Art. 7.2(f); EAR 15 CFR 734.13; CNECL Art. 2")
def lent_equipment_has_both_licences(case: Case) -> Iterator[Hit]:
    """Controlled equipment that is lent across a border has a licence for the outward and for the return trip.

    Why: the way back is an export too, under the law of the host; without that licence the provider never sees it again.
    Bad: EQ-2 with `loan: yes`, `export_class: 3B001` and only `licence_out_ref`. Good: both references.
    Decision: the border is crossed where provider and host are organised in different countries or regions. “None”, “EAR99”
    and the like are no control class. A licence that is not required is entered as such (“none required, ND-2026-1”). An
    item that stays or is sold makes no return trip.
    """
    for row in case.plan.rows("equipment"):
        ends = ends_of(case.plan, row)
        controlled = str(row.cells.get("export_class") or "").strip().casefold() not in ("", *UNCONTROLLED)
        if row.cells.get("loan") == "yes" and controlled and ends and crosses(case.plan, *ends):
            trips = list(_TRIPS) if row.cells.get("disposition") not in ("stay", "sell") else ["licence_out_ref"]
            missing = [trip for trip in trips if not row.cells.get(trip)]
            if missing:
                what, lacks = named(row), listed(_TRIPS[trip] for trip in missing)
                provider, host = member_name(ends[0]), member_name(ends[1])
                yield Hit(
                    f"{what['en']} (class {row.cells['export_class']}) is lent by {provider['en']} to {host['en']} across the "
                    f"border without a licence for {lacks['en']}",
                    f"{what['zh']}（分类{row.cells['export_class']}）由{provider['zh']}跨境借给{host['zh']}，"
                    f"但没有{lacks['zh']}的许可",
                    f"{row.address}.{missing[0]}",
                    party=ends[0].id,
                    fix=fix(f"Obtain the licence and enter {', '.join(missing)}.", f"取得许可并填写{'、'.join(missing)}。"),
                )


@rule("EQP-06", Severity.ERROR, Force.CONTRACT, "K: exit practice of consortia")
def hosted_equipment_has_one_rule_for_leavers(case: Case) -> Iterator[Hit]:
    """Equipment that stands with another member has one rule for the day on which a member leaves.

    Why: the owner will want to take it, the project to keep it; without a rule the item is held hostage.
    Bad: EQ-1 of A1 at B1 without `leaver_rule`. Good: `leaver_rule: keep` with `equipment.leaver-keeps`.
    Decision: hosted is an item whose owner (`title_holder`, else `provider`) is not its host. The clauses read the rule from
    the row, so a clause alone is not enough, and a row whose clause is not chosen promises nothing. Both clauses may be
    chosen when each item says which applies; an item that does not is in conflict, hosted or not.
    """
    for row in case.plan.rows("equipment"):
        project, said = project_of(case.plan, row), row.cells.get("leaver_rule")
        chosen = [option for option in BY_RULE.values() if has_in(case, project, option)]
        what = named(row)
        if not said and len(chosen) == len(BY_RULE):
            yield _leaver(
                row,
                f"both {KEEPS} and {BUYOUT} hold for {what['en']}, and its row does not choose between them",
                f"{what['zh']}同时适用{KEEPS}和{BUYOUT}，且该行未作选择",
                KEEPS,
            )
        elif not said and _hosted(row):
            en = (
                f"{what['en']} of {_owner(row)} stands at {row.cells['host']}, but no rule says what happens when a member leaves"
            )
            zh = f"{_owner(row)}的{what['zh']}存放于{row.cells['host']}，但未约定成员单位退出时如何处理"
            yield _leaver(row, en, zh, chosen[0] if chosen else "")
        elif said and _hosted(row) and BY_RULE[str(said)] not in chosen:
            option = BY_RULE[str(said)]
            en = f"{what['en']} has the leaver rule “{said}”, but {option} is not chosen"
            yield _leaver(row, en, f"{what['zh']}的退出规则为“{said}”，但未选用{option}", option)


def _owner(row: RegisterRow) -> str:
    return str(row.cells.get("title_holder") or row.cells.get("provider") or "")


def _hosted(row: RegisterRow) -> bool:
    host = str(row.cells.get("host") or "")
    return bool(host and _owner(row)) and host != _owner(row)


def _leaver(row: RegisterRow, en: str, zh: str, option: str) -> Hit:
    advice = fix(
        f"Set leaver_rule: keep or buyout, and choose {KEEPS} or {BUYOUT} to match.",
        f"设leaver_rule: keep或者buyout，并相应选用{KEEPS}或者{BUYOUT}。",
    )
    return Hit(en, zh, f"{row.address}.leaver_rule", option, _owner(row), advice)


@rule("EQP-07", Severity.WARNING, Force.FUNDER, "K: property rules of funders")
def funders_consent_when_equipment_stays(case: Case) -> Iterator[Hit]:
    """Equipment in which a funder has an interest stays with the host only with the funder's consent.

    Why: what public money bought belongs to the award; a transfer without consent is claimed back.
    Bad: EQ-1 paid by award NSF-2600001, `disposition: stay`, no `funder_consent_ref`. Good: the reference of the consent.
    Decision: a funder has an interest where `funder_interest: yes` says so, or, while that column is empty, where
    `funded_by` names an award of the plan by its number or its agency; `no` settles it. The host keeps what stays with it
    and is provided by another member; with `equipment.host-keeps` also what has no disposition yet.
    """
    for row in case.plan.rows("equipment"):
        ends, disposition = ends_of(case.plan, row), row.cells.get("disposition")
        stays = disposition == "stay" or (not disposition and has_in(case, project_of(case.plan, row), HOST_KEEPS))
        if ends and stays and _interest(case.plan, row) and not row.cells.get("funder_consent_ref"):
            what, host, paid = named(row), member_name(ends[1]), text_of(row.cells.get("funded_by"))
            by = {"en": f" ({paid['en']})" if paid["en"] else "", "zh": f"（{paid['zh']}）" if paid["zh"] else ""}
            yield Hit(
                f"{what['en']} was paid for by a funder{by['en']} and stays with {host['en']}; the funder's consent is missing",
                f"{what['zh']}由资助机构出资{by['zh']}，留归{host['zh']}，但没有资助机构的同意",
                f"{row.address}.funder_consent_ref",
                HOST_KEEPS,
                ends[1].id,
                fix=fix("Obtain the consent and enter funder_consent_ref.", "取得同意并填写funder_consent_ref。"),
            )


def _interest(plan: Plan, row: RegisterRow) -> bool:
    stated, paid = row.cells.get("funder_interest"), row.cells.get("funded_by")
    if stated or not paid:
        return bool(stated == "yes")
    names = [name for award in plan.rows("awards") for name in (award.id, award.cells.get("agency")) if name]
    return any(_mentions(paid, name) for name in names)


def _mentions(text: object, name: object) -> bool:
    """Whether a text names an award or an agency."""
    return any(part in whole for part in forms(name) for whole in forms(text))
