"""D13 to D16: an invention on its way from the inventor to the employer, the other members and the agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.calendar import Counting, OffTheCalendar, shift
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.reckon import reach
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import EMPLOYER, OWNER
from tmp_builder.deadlines.windows import Anchor, Event, Window, says
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow

MADE = Event("the making of {}", "{}完成", ("the invention", "发明"))
REPORT = Event("the inventor's report of {}", "发明人报告{}", ("the invention", "发明"))
SENT = Event("the Invention Disclosure of {}", "{}的发明披露", as_such=("the Invention Disclosure", "发明披露"))
AGENCY = Event("the report of {} to the agency", "向资助机构报告{}", ("the invention", "发明"))
ELECTED = Event("the election of title to {}", "选择保留{}的权利", ("the invention", "发明"))
PUBLIC = Event("the publication of {}", "{}公开", ("the invention", "发明"))
FILED = Event("the first filing of {}", "{}首次申请", ("the invention", "发明"))

AGENCY_MONTHS, ELECTION_MONTHS, FILING_MONTHS, FOREIGN_MONTHS = 2, 24, 12, 10
"""37 CFR 401.14(c)(1) to (3)."""
BAR_MONTHS, BAR_MARGIN_DAYS = 12, 60
"""The US grace period (35 USC 102(b)(1)), and how long before its end an agency may ask for the election (37 CFR
401.14(c)(2)).
"""


def employers(row: RegisterRow) -> tuple[str, ...]:
    """The employers of the inventors, else the role."""
    return listed(row.cells.get("employers")) or (EMPLOYER,)


def owners(row: RegisterRow) -> tuple[str, ...]:
    """Who owns or applies, else the employers, else the role."""
    return (
        listed(row.cells.get("owners")) or listed(row.cells.get("applicants")) or listed(row.cells.get("employers")) or (OWNER,)
    )


def is_federal(view: View, row: RegisterRow) -> bool:
    """Whether US federal money paid for a result: its own entry decides, else whether an employer receives such money."""
    money = listed(row.cells.get("public_money"))
    if money:
        return "us_federal" in money
    return bool(view.federal & set(listed(row.cells.get("employers"))))


def _inventor(view: View, row: RegisterRow | None = None) -> Window:
    days = view.value("protection.disclose.inventor_to_employer_days")
    window = Window(MADE.general, days, "days", Kind.DUTY, "protection.disclose", (EMPLOYER,), general=True)
    if row is None:
        return window
    return window.of(MADE.on(row.cells.get("made_on"), row.id), row.id, employers(row), met_on=row.cells.get("disclosed_on"))


def reported(view: View, row: RegisterRow) -> Anchor:
    """The inventor's report: the day entered, else the latest day for it (D13)."""
    if row.cells.get("disclosed_on") or not view.has("protection.disclose"):
        return REPORT.on(row.cells.get("disclosed_on"), row.id)
    return REPORT.on(reach(view, _inventor(view, row)).date, row.id, assumed=True)


@deadline(
    "D13",
    "Report of the invention to the Employer",
    "向雇主单位报告发明",
    "发明完成之日加约定天数。",
)
def inventor_report(view: View) -> Iterator[Window]:
    """The making of the invention and the days agreed."""
    if view.has("protection.disclose"):
        yield _inventor(view)
        yield from (_inventor(view, row) for row in view.rows("results"))


def _members(view: View, row: RegisterRow | None = None) -> Window:
    days = view.value("protection.disclose.party_to_party_days")
    window = Window(REPORT.general, days, "days", Kind.DUTY, "protection.disclose", (EMPLOYER,), general=True)
    if row is None:
        return window
    return window.of(reported(view, row), row.id, employers(row), met_on=row.cells.get("reported_to_other_side_on"))


def disclosed(view: View, row: RegisterRow) -> Anchor:
    """The Invention Disclosure to the other members: the day entered, else the latest day for it (D14)."""
    sent = row.cells.get("reported_to_other_side_on")
    if sent or not view.has("protection.disclose"):
        return SENT.on(sent, row.id)
    return SENT.on(reach(view, _members(view, row)).date, row.id, assumed=True)


@deadline(
    "D14",
    "Invention Disclosure to the other Members",
    "向其他成员单位披露发明",
    "雇主单位收到报告之日加约定天数；收到之日尚不知道的，为D13之日加该天数。",
)
def members_disclosure(view: View) -> Iterator[Window]:
    """The employer's receipt of the report and the days agreed; while that day is unknown, D13 and those days."""
    if view.has("protection.disclose"):
        yield _members(view)
        yield from (_members(view, row) for row in view.rows("results"))


@deadline(
    "D15",
    "Invention report to the US agency",
    "向美国资助机构报告发明",
    "发明人的书面报告送达专利管理人员之日起两个月（37 CFR 401.14(c)(1)）；约定月数更短的，从其约定。",
)
def agency_report(view: View) -> Iterator[Window]:
    """Two months after the inventor's written report reaches the patent staff: 37 CFR 401.14(c)(1).

    An agreed month makes it shorter.
    """
    source = view.first("protection.disclose")
    agreed = view.value("protection.disclose.agency_months") if source else None
    months = min(AGENCY_MONTHS, agreed or AGENCY_MONTHS)
    window = Window(
        REPORT.general, months, "months", Kind.STATUTORY, source, (EMPLOYER,), general=True, basis="37 CFR 401.14(c)(1)"
    )
    if view.holds("us-federal-money"):
        yield window
    for row in view.rows("results"):
        if is_federal(view, row):
            yield window.of(reported(view, row), row.id, employers(row), met_on=row.cells.get("agency_report_on"))


_STEPS = (
    ("election", AGENCY, "agency_report_on", ELECTION_MONTHS, "(c)(2)", says("Election of title", "选择保留权利"), "elected_on"),
    (
        "filing",
        ELECTED,
        "elected_on",
        FILING_MONTHS,
        "(c)(3)",
        says("First patent filing after election", "选择保留权利后的首次申请"),
        "first_filing_date",
    ),
    (
        "foreign",
        FILED,
        "first_filing_date",
        FOREIGN_MONTHS,
        "(c)(3)",
        says("Foreign filing of a Subject Invention", "受资助发明的境外申请"),
        "",
    ),
)
"""Part, anchor, its column, months, paragraph of 37 CFR 401.14, label, column of the day it was done."""


@deadline(
    "D16",
    "Election of title",
    "选择保留权利",
    "选择保留权利，为向资助机构报告之日起24个月；提出申请，为选择之日起12个月，并早于法定新颖性期限届满之日；在国外申请，为首次申请之日起10个月。",
)
def election(view: View) -> Iterator[Window]:
    """24 months after the report to the agency, the filing 12 months after election and before the bar, abroad 10 months
    after the first filing.
    """
    source = view.first("protection.filing-lead", "public-funding.us-reservation")
    agreed = view.value("protection.filing-lead.elect_months")
    for part, event, column, law, paragraph, label, done in _STEPS:
        months = min(law, agreed or law) if part == "election" else law
        basis = f"37 CFR 401.14{paragraph}"
        window = Window(
            event.general,
            months,
            "months",
            Kind.STATUTORY,
            source,
            (EMPLOYER,),
            label=label,
            part=part,
            general=True,
            basis=basis,
        )
        if view.holds("us-federal-money"):
            yield window
        for row in view.rows("results"):
            if is_federal(view, row):
                caps = (_bar(row),) if part == "filing" and row.cells.get("public_disclosure_on") else ()
                note = _margin(row) if part == "election" else {}
                anchor = event.on(row.cells.get(column), row.id)
                yield window.of(anchor, row.id, employers(row), caps=caps, met_on=row.cells.get(done), note=note)


def _bar(row: RegisterRow) -> Anchor:
    """The end of the US grace period after a publication: 35 USC 102(b)(1)."""
    day = row.cells.get("public_disclosure_on")
    try:
        end = shift(day, BAR_MONTHS, "months", Counting()).date if isinstance(day, date) else None
    except OffTheCalendar:
        end = None
    return Event("the statutory bar after the publication of {}", "{}公开所致的法定新颖性期限届满").on(end, row.id)


def _margin(row: RegisterRow) -> Labels:
    bar = _bar(row).date
    if bar is None:
        return {}
    day = shift(bar, -BAR_MARGIN_DAYS, "days", Counting()).date
    return says(
        f"The agency may shorten the time to {day}, {BAR_MARGIN_DAYS} days before the statutory bar of {bar}.",
        f"资助机构可将期限缩短至{day}，即法定期限{bar}届满前{BAR_MARGIN_DAYS}日。",
    )
