"""D17 to D22: the decision to file, clearance in China and the United States, priority and grace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.calendar import OffTheCalendar, add_months
from tmp_builder.calendar.roll import NEXT
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.disclosure import FILED, FOREIGN_MONTHS, PUBLIC, SENT, disclosed, is_federal, owners
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, codes_in
from tmp_builder.deadlines.who import AUTHORITY, OWNER
from tmp_builder.deadlines.windows import Event, Mode, Window, joined, says
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow

REQUESTED = Event("the request for Confidentiality Examination of {}", "{}保密审查请求", ("the invention", "发明"))
US_FILED = Event("the United States filing of {}", "{}在美国申请", ("the invention", "发明"))
LICENSED = Event("the foreign-filing licence for {}", "{}对外申请许可", ("the invention", "发明"))

CHINA = ("CN",)
NOTICE_MONTHS, DECISION_MONTHS, EXTENSION_MONTHS = 2, 4, 2
"""PRC Patent Law Implementing Rules (2023) Art. 9."""
US_MONTHS = 6
"""35 USC 184: no filing abroad without a licence before six months have passed."""
PRIORITY_MONTHS, DESIGN_MONTHS = 12, 6
"""Paris Convention Art. 4C(1); PRC Patent Law Art. 29."""
GRACE_MONTHS = 6
"""PRC Patent Law Art. 24."""
SAFE_DAYS = 30
"""How much earlier to aim where a right is lost for good."""


@deadline(
    "D17",
    "Decision on filing",
    "是否申请专利的决定",
    "发明披露之日加约定天数；该日尚不知道的，自其最迟日期（D14）起算。",
)
def filing_decision(view: View) -> Iterator[Window]:
    """The Invention Disclosure and the days agreed; while that day is unknown, its latest day (D14)."""
    if not view.has("protection.filing-lead"):
        return
    days = view.value("protection.filing-lead.decide_days")
    window = Window(SENT.general, days, "days", Kind.DUTY, "protection.filing-lead", (OWNER,), general=True)
    yield window
    decided = says("A decision is entered.", "已登记决定。")
    for row in view.rows("results"):
        yield window.of(disclosed(view, row), row.id, owners(row), note=decided if row.cells.get("decision") else {})


_SILENCE = says(
    "Silence past this day is no clearance until Chinese patent counsel confirms it in writing.",
    "逾期未答复的，经中国专利律师书面确认后方可视为放行。",
)


@deadline(
    "D18",
    "Notice in the Confidentiality Examination",
    "保密审查通知",
    "请求之日起两个月，经审查部门延长的为四个月（《专利法实施细则》第九条）；期间的最后一日适用《民法典》第二百零三条。",
)
def examination_notice(view: View) -> Iterator[Window]:
    """Two months after the request, four where the office extends: PRC Patent Law Implementing Rules Art. 9.

    Civil Code Art. 203 for the last day.
    """
    yield from _examination(
        view, NOTICE_MONTHS, says("Notice in the Confidentiality Examination", "保密审查通知"), "clearance_cn_exam_decision"
    )


@deadline(
    "D19",
    "Decision in the Confidentiality Examination",
    "保密审查决定",
    "请求之日起四个月，经审查部门延长的为六个月（《专利法实施细则》第九条）。",
)
def examination_decision(view: View) -> Iterator[Window]:
    """Four months after the request, six where the office extends: PRC Patent Law Implementing Rules Art. 9."""
    yield from _examination(
        view, DECISION_MONTHS, says("Decision in the Confidentiality Examination", "保密审查决定"), "clearance_cn_exam_decision"
    )


def _examination(view: View, months: int, label: Labels, done: str) -> Iterator[Window]:
    source = view.first("protection.china-first", "protection.dual-clearance")
    longer = says(f"{label['en']}, if extended", f"{label['zh']}（延长后）")
    for count, part, said in ((months, "", label), (months + EXTENSION_MONTHS, "extended", longer)):
        window = Window(
            REQUESTED.general,
            count,
            "months",
            Kind.STATUTORY,
            source,
            (AUTHORITY,),
            label=said,
            part=part,
            general=True,
            basis="CNPLR Art. 9",
            calendars=CHINA,
            roll=NEXT,
            note=_SILENCE,
        )
        if source:
            yield window
        for row in view.rows("results"):
            asked = row.cells.get("clearance_cn_exam_requested")
            if asked:
                yield window.of(REQUESTED.on(asked, row.id), row.id, met_on=row.cells.get(done))


@deadline(
    "D20",
    "Foreign filing free under US law",
    "依美国法可以对外申请",
    "在美国提出申请之日起六个月；更早取得许可的，为取得许可之日（35 USC 184；37 CFR 5.11）。",
)
def us_freedom(view: View) -> Iterator[Window]:
    """Six months after the United States filing, or the day of the licence if that is earlier: 35 USC 184; 37 CFR 5.11."""
    source = view.first("protection.us-first", "protection.dual-clearance")
    months = max(US_MONTHS, (view.value("protection.us-first.wait_months") if view.has("protection.us-first") else 0) or 0)
    window = Window(
        US_FILED.general,
        months,
        "months",
        Kind.STATUTORY,
        source,
        (OWNER,),
        Mode.FROM,
        general=True,
        basis="35 USC 184; 37 CFR 5.11",
    )
    if source:
        yield window
    for row in view.rows("results"):
        filed = row.cells.get("first_filing_date") if "US" in codes_in(row.cells.get("first_filing_country")) else None
        licence = row.cells.get("clearance_us_licence")
        if filed:
            caps = (LICENSED.on(licence, row.id),) if licence else ()
            yield window.of(US_FILED.on(filed, row.id), row.id, owners(row), caps=caps)
        elif licence:
            yield window.of(LICENSED.on(licence, row.id), row.id, owners(row), count=0)


@deadline(
    "D21",
    "End of the priority period",
    "优先权期限届满",
    "首次申请之日起十二个月，外观设计为六个月（《巴黎公约》第四条C款）。该日为法定最迟日期，不予移动；并列明其前的稳妥日期。",
)
def priority_end(view: View) -> Iterator[Window]:
    """Twelve months after the first filing, six for designs: Paris Convention Art. 4C. The legal latest, never moved.

    With a safe day before it.
    """
    source = view.first("protection.priority-map")
    agreed = view.value("protection.priority-map.priority_months") if source else None
    basis = "Paris Convention Art. 4C; CNPL Art. 29"
    window = Window(
        FILED.general,
        min(PRIORITY_MONTHS, agreed or PRIORITY_MONTHS),
        "months",
        Kind.STATUTORY,
        source,
        (OWNER,),
        basis=basis,
        general=True,
        safe_days=SAFE_DAYS,
    )
    if source:
        yield window
    for row in view.rows("results"):
        filed = row.cells.get("first_filing_date")
        if isinstance(filed, date):
            law = DESIGN_MONTHS if row.cells.get("kind") == "design" else PRIORITY_MONTHS
            months = min(law, agreed or law)
            note = joined(_legal_latest(filed, law) if months < law else {}, _ABROAD if is_federal(view, row) else {})
            yield window.of(FILED.on(filed, row.id), row.id, owners(row), count=months, note=note)


_ABROAD = says(
    f"A Subject Invention is filed abroad within {FOREIGN_MONTHS} months (D16).",
    f"受资助发明须在{FOREIGN_MONTHS}个月内对外申请（D16）。",
)


def _legal_latest(filed: date, months: int) -> Labels:
    """The day the law allows where the plan agrees on an earlier one."""
    try:
        day = add_months(filed, months).date
    except OffTheCalendar:
        return {}
    return says(f"The law allows until {day}.", f"法律允许至{day}。")


@deadline(
    "D22",
    "End of the Chinese grace period",
    "中国不丧失新颖性宽限期届满",
    "公开之日起六个月，仅限于少数法定情形（《专利法》第二十四条）；不宜依赖。",
)
def grace_end(view: View) -> Iterator[Window]:
    """Six months after the publication, in narrow cases only: PRC Patent Law Art. 24. Not to be relied on."""
    note = says("Only in the few cases of the statute; do not rely on it.", "仅适用于法定的少数情形，不应依赖。")
    for row in view.rows("results"):
        shown = row.cells.get("public_disclosure_on")
        if isinstance(shown, date) and _wants_china(view, row):
            anchor = PUBLIC.on(shown, row.id)
            yield Window(
                anchor,
                GRACE_MONTHS,
                "months",
                Kind.STATUTORY,
                "",
                owners(row),
                object=row.id,
                basis="CNPL Art. 24",
                note=note,
                safe_days=SAFE_DAYS,
            )


def _wants_china(view: View, row: RegisterRow) -> bool:
    wanted = codes_in(row.cells.get("planned_filings_country"))
    return "CN" in wanted if wanted else view.holds("cn-party")
