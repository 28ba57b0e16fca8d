"""D50 to D52 and D55: what authorities are told after a cooperation, an award, a signature, an approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from tmp_builder.calendar.roll import NEXT, NONE
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.reckon import reach
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import OWNER, RECIPIENT
from tmp_builder.deadlines.windows import Anchor, Event, Mode, Window, says
from tmp_builder.plan.schema import RegisterRow

COOPERATION = Event("the end of the cooperation on {}", "{}合作结束", ("the data", "数据"))
AWARD_START = Event("the start of {}", "{}开始", ("the award", "资助协议"))
AWARD_END = Event("the end of {}", "{}终止", ("the award", "资助协议"))
FIRST_SIGNATURE = Event("the first signature of this Plan", "本计划首次签署")
CHANGE = Event("the joining or exit of {}", "{}加入或者退出", ("a Member", "成员单位"))
APPROVAL = Event("the end of the approval for {}", "{}的批准有效期届满", ("the dataset", "数据集"))

REPORT_MONTHS = 6
"""PRC Human Genetic Resources Regulations."""
NOTIFICATION_DAYS = 90
"""15 USC 4305(a)."""
MOST_REPORTS = 60


@deadline(
    "D50",
    "Report on a human-genetic-resources cooperation",
    "人类遗传资源合作情况报告",
    "合作结束之日起六个月（《人类遗传资源管理条例》）；期间的最后一日适用《民法典》第二百零三条。",
)
def genetic_report(view: View) -> Iterator[Window]:
    """Six months after the cooperation ends: PRC Human Genetic Resources Regulations; Civil Code Art. 203 for the last day."""
    source = view.first("data.inventory", "data.china-outbound")
    for row in view.rows("datasets"):
        if row.cells.get("hgr") == "yes":
            anchor = COOPERATION.on(row.cells.get("cooperation_end"), row.id)
            who = listed(row.cells.get("owner")) or (OWNER,)
            basis = "PRC Human Genetic Resources Regulations (2019)"
            yield Window(
                anchor,
                REPORT_MONTHS,
                "months",
                Kind.STATUTORY,
                source,
                who,
                object=row.id,
                basis=basis,
                calendars=("CN",),
                roll=NEXT,
            )


@deadline(
    "D51",
    "Yearly invention report to the US agency",
    "向美国资助机构提交年度发明报告",
    "自美国联邦资助协议开始起每年一次，直至其终止后约定的年数届满（37 CFR 401.14(h)）；ARPA-E要求五年。",
)
def yearly_reports(view: View) -> Iterator[Window]:
    """Each year from the start of a US federal award until the years agreed after its end: 37 CFR 401.14(h).

    ARPA-E asks for five years.
    """
    option = "public-funding.us-reservation"
    if not view.has(option):
        return
    years = view.value(f"{option}.report_years")
    for row in view.rows("awards"):
        if row.cells.get("funder") == "us_federal":
            yield from _reports(view, row, option, years)


def _reports(view: View, row: RegisterRow, option: str, years: int | None) -> Iterator[Window]:
    who = listed(row.cells.get("recipient")) or (RECIPIENT,)
    name, name_zh = f"award {row.id}", f"资助协议{row.id}"
    closing = AWARD_END.on(row.cells.get("end"), name, name_zh)
    label = says(f"Last invention report, {name}", f"{name_zh}最后一次发明报告")
    last = Window(
        closing, years, "years", Kind.STATUTORY, option, who, label=label, object=row.id, part="last", basis="37 CFR 401.14(h)"
    )
    until = reach(view, last).date
    opening = AWARD_START.on(row.cells.get("start"), name, name_zh)
    for number in range(1, MOST_REPORTS + 1) if until and opening.date else ():
        said = says(f"Invention report {number}, {name}", f"{name_zh}第{number}次发明报告")
        window = replace(last, anchor=opening, count=number, label=said, part=str(number))
        day = reach(view, window).date
        if day is None or until is None or day >= until:
            break
        yield window
    yield last


@deadline(
    "D52",
    "US notification of the venture",
    "美国联合研发通报",
    "协议签署之日起九十日，以及成员每次变更之日起九十日（15 USC 4305(a)）。",
)
def us_notification(view: View) -> Iterator[Window]:
    """Ninety days after the agreement is signed, and after each change of members: 15 USC 4305(a)."""
    option = "competition.us-notification"
    if not view.has(option):
        return
    agreed = view.value(f"{option}.file_days")
    days = None if agreed is None else min(NOTIFICATION_DAYS, agreed)
    signed = [row.cells.get("date") for row in view.events("signature")]
    first = min((day for day in (*signed, view.plan.signed_on) if isinstance(day, date)), default=None)
    filing = Window(FIRST_SIGNATURE.on(first), days, "days", Kind.STATUTORY, option, view.secretariat, basis="15 USC 4305(a)")
    yield filing
    label = says("US notification of a change of members", "美国联合研发成员变更通报")
    change = replace(filing, anchor=CHANGE.general, label=label, part="change", general=True)
    yield change
    for row in view.rows("accession"):
        day = row.cells.get("effective_date")
        if day:
            yield change.of(CHANGE.on(day, row.id), row.id)
    for ident, anchor, _row in view.leavers():
        if anchor.date:
            yield change.of(CHANGE.on(anchor.date, ident), ident)


@deadline(
    "D55",
    "Renewal of a data approval",
    "数据出境批准续期",
    "批准、评估或者合同的最后一日，以其文件载明的日期为准。",
)
def approval_end(view: View) -> Iterator[Window]:
    """The last day of the approval, assessment or contract, as its papers state it."""
    for row in view.rows("datasets"):
        if row.cells.get("approved_on") or row.cells.get("approval_valid_until"):
            source = view.first("data.china-outbound", "data.inventory")
            who = listed(row.cells.get("owner")) or (OWNER,)
            anchor: Anchor = APPROVAL.on(row.cells.get("approval_valid_until"), row.id)
            yield Window(anchor, 0, "days", Kind.STATUTORY, source, who, Mode.BY, object=row.id, roll=NONE, safe_days=60)
