"""MEM-03, MEM-05: classes of membership: bands, contributions, dues by sales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.facts.money import contribution, said
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import member_name, text_of
from tmp_builder.values import Money

CLASSES = "membership.classes"
TABLE = f"{CLASSES}.classes"

Band = Mapping[str, Any]


def class_of(plan: Plan, member: Member) -> Band | None:
    """The row of the table of classes to which a member belongs by its own entry."""
    mine = member.cells.get("class")
    rows = plan.values.get(TABLE) or () if plan.has(CLASSES) else ()
    return next((row for row in rows if mine and alike(row.get("name"), mine)), None)


@rule("MEM-03", Severity.ERROR, Force.CONTRACT, "SEED3 member classes")
def classes_fit_together(case: Case) -> Iterator[Hit]:
    """The bands of the classes follow one another without gap or overlap, and each member is in the class of its contribution.

    Why: a contribution in a gap has no class, one in an overlap has two; rights and votes hang on it.
    Bad: Associate up to USD 500,000, Core from USD 500,001; a member that contributes USD 500,000 as Associate. Good: Core
    from USD 500,000, and that member Core.
    Decision: a band runs from its lower limit to just below its upper one, so the border belongs to the higher class, as
    the card says. Bands and contributions (in cash and in kind) are compared in one currency and as far as they are
    entered. A class that the table does not know is an error; members without a class are not judged.
    """
    bands = [row for row in case.value(TABLE) or () if isinstance(row.get("min"), Money)] if case.plan.has(CLASSES) else []
    if not bands or len({amount.currency for row in bands for amount in _limits(row)}) > 1:
        return
    for low, high in pairwise(sorted(bands, key=lambda row: Decimal(row["min"].amount))):
        yield from _fit(low, high)
    for member in bound(case.plan):
        if member.cells.get("class"):
            yield from _misplaced(case, member)


def _limits(row: Band) -> list[Money]:
    return [amount for amount in (row.get("min"), row.get("max")) if isinstance(amount, Money)]


def _fit(low: Band, high: Band) -> Iterator[Hit]:
    top, bottom = low.get("max"), high["min"]
    if top is not None and top.amount == bottom.amount:
        return
    one, other, begin = text_of(low.get("name")), text_of(high.get("name")), said(bottom)
    if top is None:
        en = f"“{one['en']}” has no upper limit, “{other['en']}” begins at {begin['en']}"
        zh = f"“{one['zh']}”无上限，而“{other['zh']}”自{begin['zh']}起"
    else:
        end = said(top)
        en = f"“{one['en']}” ends at {end['en']}, “{other['en']}” begins at {begin['en']}"
        zh = f"“{one['zh']}”至{end['zh']}止，“{other['zh']}”自{begin['zh']}起"
    gap = top is not None and top.amount < bottom.amount
    what = ("leave a gap", "之间有空档") if gap else ("overlap", "相互重叠")
    yield Hit(
        f"the classes {what[0]}: {en}",
        f"成员级别{what[1]}：{zh}",
        f"parameters.{TABLE}",
        CLASSES,
        fix=fix("Let each class begin where the one below ends.", "使各级别的下限等于较低级别的上限。"),
    )


def _misplaced(case: Case, member: Member) -> Iterator[Hit]:
    band, name = class_of(case.plan, member), member_name(member)
    mine, given = text_of(member.cells.get("class")), contribution(member)
    if band is None:
        en, zh = f"is in class “{mine['en']}”, which the table of classes does not know", f"的级别“{mine['zh']}”未列入级别表"
    elif (
        given is None or not isinstance(band.get("min"), Money) or band["min"].currency != given.currency or _within(band, given)
    ):
        return
    else:
        limits = [said(amount) for amount in _limits(band)]
        low, high = limits[0], limits[1] if len(limits) > 1 else None
        band_said = {
            "en": f"{low['en']} to {high['en']}" if high else f"{low['en']} and more",
            "zh": f"{low['zh']}至{high['zh']}" if high else f"{low['zh']}及以上",
        }
        en = f"is in class “{mine['en']}” ({band_said['en']}) but contributes {said(given)['en']}"
        zh = f"的级别为“{mine['zh']}”（{band_said['zh']}），而投入为{said(given)['zh']}"
    yield Hit(
        f"{name['en']} ({member.id}) {en}",
        f"{name['zh']}（{member.id}）{zh}",
        f"members.{member.id}.class",
        CLASSES,
        member.id,
        fix=fix("Correct the class or the contribution.", "更正级别或者投入。"),
    )


def _within(band: Band, given: Money) -> bool:
    top = band.get("max")
    return bool(band["min"].amount <= given.amount and (top is None or given.amount < top.amount))


@rule("MEM-05", Severity.ERROR, Force.CONTRACT, "SEMA dues by sales; SEED3 dues of the chip alliance")
def dues_follow_the_sales(case: Case) -> Iterator[Hit]:
    """Dues by sales are the agreed percentage of the sales, not less than the floor and not more than the cap.

    Why: whoever pays less than its share votes with other people's money; whoever pays more will ask it back.
    Bad: 1 percent of USD 450,000,000, floor 1,000,000, cap 15,000,000, dues USD 4,000,000. Good: USD 4,500,000.
    Decision: tested under `dues_rule: pct_sales` for members that state sales and dues; an amount is right to the cent.
    Where a sum stands in another currency than the sales, nothing is compared.
    """
    rule_, pct, floor, cap = (case.value(f"{CLASSES}.{name}") for name in ("dues_rule", "pct", "floor", "cap"))
    if not case.plan.has(CLASSES) or rule_ != "pct_sales" or pct is None or floor is None or cap is None:
        return
    for member in bound(case.plan):
        sales, dues = member.cells.get("sales"), member.cells.get("dues")
        if (
            isinstance(sales, Money)
            and isinstance(dues, Money)
            and {floor.currency, cap.currency, dues.currency} == {sales.currency}
        ):
            due = min(max(sales.amount * pct / 100, floor.amount), cap.amount)
            if abs(dues.amount - due) > Decimal("0.005"):
                yield _wrong_dues(member, sales, dues, Money(due, sales.currency), f"{pct}")


def _wrong_dues(member: Member, sales: Money, dues: Money, due: Money, pct: str) -> Hit:
    name, paid, owed, base = member_name(member), said(dues), said(due), said(sales)
    return Hit(
        f"{name['en']} ({member.id}) pays {paid['en']}; "
        f"{pct} percent of sales of {base['en']} within floor and cap are {owed['en']}",
        f"{name['zh']}（{member.id}）的会费为{paid['zh']}；按销售额{base['zh']}的{pct}%并受上下限约束，应为{owed['zh']}",
        f"members.{member.id}.dues",
        CLASSES,
        member.id,
        fix=fix(f"Set dues: {owed['en']}.", f"设dues: {owed['en']}。"),
    )
