"""LIC-07: sublicences within their licence, affiliates listed or defined."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.grants import EXCLUSIVE
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, listed, text_of

SUBLICENCES, AFFILIATES = "licences.sublicensing", "licences.affiliates"
ALL_MEMBERS = "licences.royalty-free-all-members"


@rule("LIC-07", Severity.ERROR, Force.CONTRACT, "DESCA Sections 9.2.2 and 9.5")
def sublicences_stay_within_the_licence(case: Case) -> Iterator[Hit]:
    """No sublicence is wider than the licence above it, and affiliates are included only as listed or defined.

    Why: nobody can pass on more than it holds; the part that goes further is worthless and a breach.
    Bad: sublicence G-2 until 2 June 2030 under licence G-1 that ends on 1 June 2030. Good: the same end or an earlier one.
    Decision: a sublicence is a row of Schedule 14 that names its `head_licence`. Compared are the rights, kind, countries
    or regions, field and days, as far as both rows state them. `sublicensing: third_parties` is too wide where every grant
    to members is confined to research or internal use. For affiliates the share of votes that means control is a
    definition; an error is `affiliates` with neither that share nor a member that lists one.
    """
    rows = {row.id: row for row in case.plan.rows("grants")}
    for row in rows.values():
        head = rows.get(str(row.cells.get("head_licence") or ""))
        wider = [*_wider(row, head)] if head and head is not row else []
        if head and wider:
            what = listed(labels for _, labels in wider)
            yield Hit(
                f"sublicence {row.id} is wider than licence {head.id}: {what['en']}",
                f"分许可{row.id}超出上级许可{head.id}的范围：{what['zh']}",
                f"{row.address}.{wider[0][0]}",
                SUBLICENCES,
                str(row.cells.get("licensee") or ""),
                fix=fix(f"Bring it within {head.id}.", f"限制在{head.id}的范围之内。"),
            )
    yield from _beyond_own_use(case)
    yield from _unlisted_affiliates(case)


def _wider(row: RegisterRow, head: RegisterRow) -> Iterator[tuple[str, Labels]]:
    """In what a sublicence goes further, each with its column."""
    mine, above = row.cells, head.cells
    for column in ("ip", "territory"):
        read = codes if column == "territory" else tuple
        extra = [str(item) for item in read(mine.get(column) or ()) if item not in read(above.get(column) or ())]
        if above.get(column) and extra:
            yield column, {"en": f"{', '.join(extra)} in addition", "zh": f"多出{'、'.join(extra)}"}
    if mine.get("kind") in EXCLUSIVE and above.get("kind") == "non_exclusive":
        yield "kind", {"en": "exclusive under a non-exclusive licence", "zh": "普通实施许可之下授予独占性分许可"}
    if mine.get("field") and above.get("field") and not alike(mine["field"], above["field"]):
        fields = text_of(mine["field"]), text_of(above["field"])
        yield (
            "field",
            {
                "en": f"field “{fields[0]['en']}” under “{fields[1]['en']}”",
                "zh": f"使用领域“{fields[0]['zh']}”，上级为“{fields[1]['zh']}”",
            },
        )
    if mine.get("end") and above.get("end") and mine["end"] > above["end"]:
        ends = day(mine["end"]), day(above["end"])
        yield (
            "end",
            {
                "en": f"ends on {ends[0]['en']}, the licence on {ends[1]['en']}",
                "zh": f"至{ends[0]['zh']}，上级许可至{ends[1]['zh']}",
            },
        )


def _beyond_own_use(case: Case) -> Iterator[Hit]:
    grants = [option for slot in case.library.sections["licences"].slots if slot.id == "grant" for option in slot.options]
    chosen = [option for option in grants if case.plan.has(option)]
    narrow = {"licences.research-only"} | (
        {ALL_MEMBERS} if case.value(f"{ALL_MEMBERS}.scope") in ("research", "internal_use") else set()
    )
    allowed = case.value(f"{SUBLICENCES}.allowed") if case.plan.has(SUBLICENCES) else None
    if allowed == "third_parties" and chosen and set(chosen) <= narrow:
        label = listed(case.library.options[option].label for option in chosen)
        yield Hit(
            f"sublicences to third parties are allowed, but the licences serve the members' own use only: {label['en']}",
            f"允许向第三方授予分许可，但许可仅供成员单位自用：{label['zh']}",
            f"parameters.{SUBLICENCES}.allowed",
            SUBLICENCES,
            fix=fix("Set allowed: no, affiliates or subcontractors.", "设allowed: no、affiliates或者subcontractors。"),
        )


def _unlisted_affiliates(case: Case) -> Iterator[Hit]:
    undefined = case.plan.has(AFFILIATES) and case.value(f"{AFFILIATES}.control") is None
    if undefined and not any(member.cells.get("affiliates") for member in bound(case.plan)):
        yield Hit(
            "licences extend to affiliates, but no member lists one and no share of votes says what control is",
            "许可及于关联方，但没有成员单位列明关联方，也未约定构成控制的表决权比例",
            f"parameters.{AFFILIATES}.control",
            AFFILIATES,
            fix=fix("Set control, or list the affiliates of each member.", "设control，或者列明各成员单位的关联方。"),
        )
