"""LIC-12, LIC-13: licences of inventions made with US federal money: reservations and manufacture in the United States."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.grants import EXCLUSIVE, promised
from tmp_builder.rules.facts.public_money import money_of
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.licensing.licensed_rights import LicensedRights
from tmp_builder.rules.names import listed, member_name, text_of

RESERVATION, MANUFACTURE = "public-funding.us-reservation", "public-funding.us-manufacture"
FIELDS = "licences.field-of-use"


@rule("LIC-12", Severity.ERROR, Force.LAW, "BD 35 USC 204; DEC determination of 2021")
def federal_licences_carry_their_clauses(case: Case) -> Iterator[Hit]:
    """An exclusive licence of a US federal Subject Invention rests on the reservation and on US manufacture; with DOE money
    every licence does.

    Why: the Government's licence and march-in go before every licensee, and an exclusive licensee has to manufacture in the
    United States; the Department of Energy asks this of every licensee since 2021.
    Bad: an exclusive grant in a result with `public_money: us_federal`, `public-funding` without `us-manufacture`. Good:
    both clauses.
    Decision: results say themselves whether federal money made them; an exclusivity that a clause promises reaches Subject
    Inventions if one of its licensors has federal money. As every plan licenses Project IP, DOE money asks for the clause
    in any case. A reservation that is missing is FUN-01's finding and named here only where that rule does not know of the
    money. One finding for the plan, since one clause is missing.
    """
    exclusive = [*_exclusive_licences(case)]
    entered = set(case.plan.entered("public-funding"))
    missing = [MANUFACTURE] if MANUFACTURE not in entered and (exclusive or case.holds("doe-money")) else []
    if exclusive and RESERVATION not in entered and not case.holds("us-federal-money"):
        missing.insert(0, RESERVATION)
    if missing:
        names = " and ".join(missing)
        what = listed(exclusive) if exclusive else {"en": "money of the Department of Energy", "zh": "美国能源部资金"}
        yield Hit(
            f"{what['en']}: inventions made with US federal money are licensed without {names}",
            f"{what['zh']}：美国联邦资金产生的发明在许可时缺少{'和'.join(missing)}",
            "choices.public-funding",
            missing[-1],
            fix=fix(f"Add {names}.", f"增加{'和'.join(missing)}。"),
            cause=f"need:{missing[-1]}",
            also=tuple(f"need:{option}" for option in missing[:-1]),
        )


def _exclusive_licences(case: Case) -> Iterator[Labels]:
    """The exclusive licences of Subject Inventions, as messages name them."""
    rights = LicensedRights(case.plan)
    for row in case.plan.rows("grants"):
        if row.cells.get("kind") in EXCLUSIVE and rights.federal(row):
            yield {"en": row.id, "zh": row.id}
    seen = set()
    for grant in promised(case):
        licensors = [member for member in map(case.plan.member, grant.licensors) if member]
        federal = any("us_federal" in money_of(case.plan, member) for member in licensors)
        if federal and grant.clause not in seen:
            seen.add(grant.clause)
            yield case.library.options[grant.clause].label


@rule("LIC-13", Severity.WARNING, Force.FUNDER, "DEC determination of 2021; BD 35 USC 204")
def manufacture_abroad_has_its_waiver(case: Case) -> Iterator[Hit]:
    """Under the DOE duty to manufacture in the United States, a licence that means manufacture elsewhere names its waiver.

    Why: products made elsewhere without the waiver breach the award; the licence is worth nothing until the agency agrees.
    Bad: DOE money, a grant with `manufacture_place: [CN]` and no `waiver_ref`. Good: the reference of the waiver, or
    manufacture in the US.
    Decision: the duty holds with DOE money, or where `us-manufacture` says that the determination applies; it falls away
    where the clause says that it does not. A licence means manufacture elsewhere if its place of manufacture names another
    country, or, as long as none is entered, if its territory leaves the United States out. A field of use for such a
    territory counts too. The plan's own `waiver_ref` covers all.
    """
    applies = case.value(f"{MANUFACTURE}.dec_applies") if case.plan.has(MANUFACTURE) else None
    duty = applies == "yes" or (applies is None and case.holds("doe-money"))
    if not duty or case.value(f"{MANUFACTURE}.waiver_ref"):
        return
    rights = LicensedRights(case.plan)
    for row in case.plan.rows("grants"):
        places = _made_abroad(row)
        if places and rights.federal(row) and not row.cells.get("waiver_ref"):
            yield _without_waiver(row.id, row.id, places, f"{row.address}.waiver_ref", str(row.cells.get("licensee") or ""))
    for record in (case.value(f"{FIELDS}.fields") or ()) if case.plan.has(FIELDS) else ():
        territory, member = codes(record.get("territory")), case.plan.member(str(record.get("member") or ""))
        if territory and "US" not in territory:
            name, field = member_name(member) if member else text_of(""), text_of(record.get("field"))
            en, zh = f"the field “{field['en']}” of {name['en']}", f"{name['zh']}的使用领域“{field['zh']}”"
            yield _without_waiver(en, zh, list(territory), f"parameters.{FIELDS}.fields", member.id if member else "")


def _made_abroad(row: RegisterRow) -> list[str]:
    """Where products are to be made outside the United States, by the place of manufacture or by the territory."""
    made = codes(row.cells.get("manufacture_place"))
    sold = codes(row.cells.get("territory"))
    if made:
        return [code for code in made if code != "US"]
    return [] if "US" in sold else list(sold)


def _without_waiver(en: str, zh: str, places: list[str], address: str, party: str) -> Hit:
    return Hit(
        f"{en} means manufacture in {', '.join(places)}, but the duty to manufacture in the United States is not waived",
        f"{zh}意味着在{'、'.join(places)}制造，而在美国境内制造的义务未获豁免",
        address,
        MANUFACTURE,
        party,
        fix=fix("Enter waiver_ref, or agree manufacture in the United States.", "填写waiver_ref，或者约定在美国制造。"),
    )
