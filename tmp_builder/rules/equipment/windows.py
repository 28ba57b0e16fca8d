"""EQP-01 to EQP-04: retention windows of equipment: their items, their length, survival and competition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.deadlines import Deadline
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Member, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.equipment.hosts import named, project_of
from tmp_builder.rules.facts.homes import bound
from tmp_builder.rules.facts.likeness import forms
from tmp_builder.rules.facts.special_terms import has_in, value_in, values_in
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, listed, member_name

SALE_BAN, IP_RETENTION = "equipment.sale-ban", "equipment.ip-retention"
LENGTHS = {SALE_BAN: f"{SALE_BAN}.retention_months", IP_RETENTION: f"{IP_RETENTION}.ip_retention_months"}
REVIEW = "competition.window-review"
LONGEST, LONG, LONG_FOR_DOMINANT, DOMINANT = 120, 24, 12, 25
"""Months, months, months, percent of the market."""

ANCHORS: dict[str, Labels] = {
    "acceptance": {"en": "the date of acceptance (accepted_on)", "zh": "验收日期（accepted_on）"},
    "delivery": {"en": "the date of delivery (delivered_on)", "zh": "交付日期（delivered_on）"},
    "project_close": {"en": "the close or end of its project", "zh": "所属项目的结束日期"},
    "first_member_order": {"en": "the first order by a member (an event)", "zh": "成员单位首次订购（事件）"},
}


@rule("EQP-01", Severity.ERROR, Force.CONTRACT, "SEED3 equipment rules of the chip alliance")
def retained_items_have_their_anchor(case: Case) -> Iterator[Hit]:
    """Where equipment or its know-how is retained, the schedule of equipment has items, and each has the date from which its
    window runs, or says that it is pending.

    Why: a window without a first day has no last day; the maker cannot tell what it may sell.
    Bad: `sale-ban` with `equipment: []`; an item anchored on acceptance without `accepted_on`. Good: the date, or
    `retention_anchor: pending`.
    Decision: the anchor is that of the row, else the one agreed in the clause; an anchor that is not agreed yet is a gap and
    no finding here, nor is a schedule of equipment of which the plan says nothing yet (STR-05). The planned end of a project is enough for `project_close`. Items on loan are not retained. An item
    under both clauses is one finding.
    """
    chosen = [option for option in LENGTHS if any(has_in(case, project, option) for project in (None, *case.plan.projects))]
    if chosen and not case.plan.rows("equipment") and not case.plan.unlisted("equipment"):
        yield Hit(
            f"{' and '.join(chosen)} {'are' if len(chosen) > 1 else 'is'} chosen, but the schedule of equipment has no item",
            f"已选用{'和'.join(chosen)}，但设备清单没有任何内容",
            "registers.equipment",
            chosen[0],
            fix=fix("List the equipment that is retained.", "列明予以保留的设备。"),
            cause="need:equipment",
        )
    windows = _windows(case, "D39", "D40")
    for row in case.plan.rows("equipment"):
        open_ = [each for each in windows.get(row.id, ()) if each.date is None and not each.open]
        kinds = [_anchor(case, row, each.source) for each in open_]
        kinds = [kind for kind in dict.fromkeys(kinds) if kind in ANCHORS]
        if kinds:
            what, lacks = named(row), listed(ANCHORS[kind] for kind in kinds)
            yield Hit(
                f"{what['en']} has a retention window, but neither {lacks['en']} nor the mark “pending”",
                f"{what['zh']}设有保留期，但既没有{lacks['zh']}，也未标注“待定”",
                f"{row.address}.retention_anchor",
                open_[0].source,
                str(row.cells.get("title_holder") or ""),
                fix=fix("Enter the date, or set retention_anchor: pending.", "填写该日期，或者设retention_anchor: pending。"),
            )


def _windows(case: Case, *codes: str) -> dict[str, list[Deadline]]:
    """The windows of each item in the table of dates, by its number; parity of prices is none."""
    found: dict[str, list[Deadline]] = {}
    for each in case.deadlines:
        if each.object and each.code in codes and each.part != "parity":
            found.setdefault(each.object, []).append(each)
    return found


def _anchor(case: Case, row: RegisterRow, option: str) -> str:
    """The kind of event from which the window of an item runs."""
    agreed = value_in(case.plan, project_of(case.plan, row), f"{option}.anchor")
    return str(row.cells.get("retention_anchor") or agreed or "")


@rule("EQP-02", Severity.ERROR, Force.CONTRACT, "SEED3 equipment rules of the chip alliance; SEMA")
def windows_have_an_allowed_length(case: Case) -> Iterator[Hit]:
    """A retention window lasts 0 to 120 months, for each item too, and runs from one of the four anchors.

    Why: a window of more than ten years outlives the equipment and no competition authority accepts it.
    Bad: `window_months: 121`. Good: 120 or less.
    Decision: looked at are the lengths of both retention clauses, in the plan and in projects, and the own length of each
    item. An anchor that is not in the list is refused when the plan is read, so that no finding can be needed for it.
    """
    for name in LENGTHS.values():
        for _, months, where in values_in(case, name):
            if months > LONGEST:
                yield _too_long(
                    months, where, name.rpartition(".")[0], {"en": "the retention window", "zh": "保留期"}, f"value:{where}"
                )
    for row in case.plan.rows("equipment"):
        months = row.cells.get("window_months")
        if isinstance(months, int) and months > LONGEST:
            what = named(row)
            said = {"en": f"the window of {what['en']}", "zh": f"{what['zh']}的期间"}
            yield _too_long(months, f"{row.address}.window_months", "", said)


def _too_long(months: int, address: str, option: str, what: Labels, cause: str = "") -> Hit:
    return Hit(
        f"{what['en']} lasts {months} months; allowed are 0 to {LONGEST}",
        f"{what['zh']}为{months}个月，允许范围为0至{LONGEST}个月",
        address,
        option,
        fix=fix(f"Set {LONGEST} months or less.", f"设为{LONGEST}个月或者更短。"),
        cause=cause,
    )


@rule("EQP-03", Severity.ERROR, Force.CONTRACT, "USNL Annex I II.E; DESCA Section 3.3")
def windows_end_within_survival(case: Case) -> Iterator[Hit]:
    """No window of an item of equipment ends after the survival that the plan promises.

    Why: after that day nothing obliges the maker any more, whatever the schedule says.
    Bad: survival until 1 October 2036, the window of EQ-1 until 2 October 2036. Good: a longer `tail_months`.
    Decision: the finding names the item and its latest window (D39, D40, D42) against the promised end (D53); TIM-04
    compares the plan's windows as a whole, and is silent where the latest of them is reported here. Without dates there is nothing to compare.
    """
    promised = next((each.date for each in case.deadlines if each.code == "D53" and each.part == "promised"), None)
    windows = _windows(case, "D39", "D40", "D42")
    for row in case.plan.rows("equipment"):
        late = [each for each in windows.get(row.id, ()) if each.date and promised and each.date > promised]
        if late and promised:
            last = max(late, key=lambda each: each.date or date.min)
            what, until, end = named(row), day(last.date or promised), day(promised)
            own = "window_months" in row.cells
            yield Hit(
                f"{what['en']}: its window ends on {until['en']}, after survival ends on {end['en']}",
                f"{what['zh']}：期间于{until['zh']}届满，晚于存续期届满日（{end['zh']}）",
                f"{row.address}.window_months" if own else row.address,
                last.source,
                fix=fix(
                    "Lengthen exit.survival.tail_months, or shorten the window.", "延长exit.survival.tail_months，或者缩短期间。"
                ),
                cause=f"window:{last.key}",
            )


@rule("EQP-04", Severity.WARNING, Force.LAW, "K: competition law; SPCT Art. 10; SEED3 equipment rules of the chip alliance")
def long_sale_bans_are_reviewed(case: Case) -> Iterator[Hit]:
    """A sale ban of more than 24 months, or of more than 12 where the maker is dominant, is reviewed under competition law;
    without `competition.window-review` that is an error.

    Why: keeping equipment from a market is a restraint; its length and the maker's power decide whether it stands.
    Bad: `retention_months: 25`; 13 months for a maker with a share of 25 %. Good: 24 months; 12 months.
    Decision: dominant is a member with a `market_share` of 25 % or more that the row names as maker, by name or by id. The
    length agreed for all is one finding, at the clause; an item with a length of its own, or with a dominant maker, is one
    of its own. Items on loan are not under the ban. A review that is still open is not missing.
    """
    for _, months, where in values_in(case, LENGTHS[SALE_BAN]):
        if months > LONG:
            yield _reviewed(case, months, where, {"en": "equipment", "zh": "设备"}, None)
    for row in case.plan.rows("equipment"):
        project, own = project_of(case.plan, row), row.cells.get("window_months")
        if has_in(case, project, SALE_BAN) and row.cells.get("loan") != "yes":
            months = value_in(case.plan, project, LENGTHS[SALE_BAN]) if own is None else own
            maker = _dominant(case, row)
            long_itself = own is not None and isinstance(months, int) and months > LONG
            if isinstance(months, int) and (long_itself or (maker and LONG_FOR_DOMINANT < months <= LONG)):
                yield _reviewed(case, months, f"{row.address}.{'maker' if own is None else 'window_months'}", named(row), maker)


def _dominant(case: Case, row: RegisterRow) -> Member | None:
    """The maker of an item, where it is a member with a market share of 25 % or more."""
    maker = forms(row.cells.get("maker"))
    found = (member for member in bound(case.plan) if (forms(member.name) | forms(member.id)) & maker)
    return next((member for member in found if (member.cells.get("market_share") or 0) >= DOMINANT), None)


def _reviewed(case: Case, months: int, address: str, what: Labels, maker: Member | None) -> Hit:
    share = f"{maker.cells['market_share'].normalize():f}" if maker else ""
    who = member_name(maker) if maker else {"en": "", "zh": ""}
    by = {"en": f", made by {who['en']} with {share} % of the market", "zh": f"（制造商{who['zh']}的市场份额为{share}%）"}
    by = by if maker else {"en": "", "zh": ""}
    limit = LONG_FOR_DOMINANT if maker and months <= LONG else LONG
    has_review = REVIEW in case.plan.entered("competition")
    en = "competition review is needed" if has_review else f"competition review is needed, but {REVIEW} is not chosen"
    zh = "须进行竞争法审查" if has_review else f"须进行竞争法审查，但未选用{REVIEW}"
    return Hit(
        f"the sale ban on {what['en']}{by['en']} lasts {months} months, more than {limit}: {en}",
        f"{what['zh']}{by['zh']}的禁售期为{months}个月，超过{limit}个月：{zh}",
        address,
        SALE_BAN,
        maker.id if maker else "",
        fix=fix(f"Shorten the ban, or have it reviewed under {REVIEW}.", f"缩短禁售期，或者依{REVIEW}进行审查。"),
        severity=None if has_review else Severity.ERROR,
        cause="" if has_review else f"need:{REVIEW}",
    )
