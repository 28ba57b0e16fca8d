"""D23 to D26: steps that Chinese law sets for licences, technology contracts, technology exports and inventors' awards."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.calendar.roll import NEXT
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.disclosure import employers
from tmp_builder.deadlines.filing import CHINA
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, codes_in, listed
from tmp_builder.deadlines.who import AUTHORITY, CHINESE, EMPLOYER, LICENSOR
from tmp_builder.deadlines.windows import Event, Window, says
from tmp_builder.plan.schema import RegisterRow

EFFECT = Event("the licence {} taking effect", "许可{}生效", ("contract", "合同"))
APPLIED = Event("the application for a letter of intent for {}", "{}许可意向书申请", ("the technology", "技术"))
CONTRACT = Event("the contract on {}", "{}合同订立", ("the technology", "技术"))
GRANTED = Event("the announcement of the grant of {}", "{}授权公告", ("the patent", "专利"))

RECORDAL_MONTHS, AWARD_MONTHS = 3, 3
"""PRC Patent Law Implementing Rules (2023) Arts 15 and 93."""
LETTER_WORKING_DAYS, LICENCE_WORKING_DAYS = 30, 15
"""PRC Technology Import/Export Regulations Arts 32, 34."""
PATENTS = ("invention", "utility-model", "design")


def _effect(row: RegisterRow) -> object:
    return row.cells.get("effective_on") or row.cells.get("granted_on")


@deadline(
    "D23",
    "Recordal of a licence in China",
    "许可合同在中国备案",
    "中国专利的许可生效之日起三个月（《专利法实施细则》第十五条）；期间的最后一日适用《民法典》第二百零三条。",
)
def licence_recordal(view: View) -> Iterator[Window]:
    """Three months after a licence of a Chinese patent takes effect: PRC Patent Law Implementing Rules Art. 15.

    Civil Code Art. 203 for the last day.
    """
    if not view.has("language.execution"):
        return
    months = view.value("language.execution.licence_recordal_months")
    window = Window(
        EFFECT.general,
        None if months is None else min(RECORDAL_MONTHS, months),
        "months",
        Kind.STATUTORY,
        "language.execution",
        (LICENSOR,),
        general=True,
        basis="CNPLR Art. 15",
        calendars=CHINA,
        roll=NEXT,
    )
    if view.holds("cn-party"):
        yield window
    for row in view.rows("grants"):
        if "CN" in codes_in(row.cells.get("territory")):
            who = listed(row.cells.get("licensor"))
            yield window.of(EFFECT.on(_effect(row), row.id), row.id, who, met_on=row.cells.get("cn_recordal_on"))


@deadline(
    "D24",
    "Registration of a technology contract in China",
    "技术进出口合同在中国登记",
    "跨越中国国境的合同生效之日加约定天数；六十日的期限须由律师核实。",
)
def contract_registration(view: View) -> Iterator[Window]:
    """The effect of a contract across the Chinese border and the days agreed; counsel verifies the sixty days."""
    if not view.has("language.execution"):
        return
    note = says("Counsel verifies the period on the day of filing.", "办理登记时应由律师核实该期限。")
    window = Window(
        EFFECT.general,
        view.value("language.execution.registration_days"),
        "days",
        Kind.STATUTORY,
        "language.execution",
        (CHINESE,),
        general=True,
        basis="TIER Arts 17, 37",
        calendars=CHINA,
        roll=NEXT,
        note=note,
    )
    if view.holds("cn-party"):
        yield window
    for row in view.rows("grants"):
        if row.cells.get("cross_border") == "yes":
            both = (*listed(row.cells.get("licensor")), *listed(row.cells.get("licensee")))
            chinese = tuple(each for each in both if view.countries.get(each) == "CN")
            yield window.of(EFFECT.on(_effect(row), row.id), row.id, chinese or both, met_on=row.cells.get("cn_filing_on"))


_STEPS = (
    (
        "letter",
        APPLIED,
        "cn_licence_letter_applied_on",
        LETTER_WORKING_DAYS,
        says("Letter of intent for a technology export", "技术出口许可意向书"),
        "cn_licence_letter_on",
    ),
    (
        "licence",
        CONTRACT,
        "cn_licence_contract_on",
        LICENCE_WORKING_DAYS,
        says("Export licence for a technology", "技术出口许可证"),
        "cn_licence_licence_on",
    ),
)
"""Part, anchor, its column, working days, label, column of the day it came."""


@deadline(
    "D25",
    "Chinese technology-export licence",
    "中国技术出口许可",
    "许可意向书为30个工作日，许可证为15个工作日，按中国的工作日计算（《技术进出口管理条例》第三十二条、第三十四条）。",
)
def technology_export(view: View) -> Iterator[Window]:
    """30 working days for the letter, 15 for the licence, by the Chinese calendar: TIER Arts 32, 34."""
    if not view.has("export-control.china-export"):
        return
    for part, event, column, days, label, done in _STEPS:
        window = Window(
            event.general,
            days,
            "working-days",
            Kind.STATUTORY,
            "export-control.china-export",
            (AUTHORITY,),
            label=label,
            part=part,
            general=True,
            basis="TIER Arts 32, 34",
            calendars=CHINA,
        )
        yield window
        for row in view.rows("technologies"):
            if row.cells.get(column):
                yield window.of(event.on(row.cells[column], row.id), row.id, met_on=row.cells.get(done))


@deadline(
    "D26",
    "Award to Chinese inventors",
    "中国发明人奖金",
    "授予专利权公告之日起三个月（《专利法实施细则》第九十三条）；约定的期间可以更短。",
)
def inventor_award(view: View) -> Iterator[Window]:
    """Three months after the grant is announced: PRC Patent Law Implementing Rules Art. 93; an agreed period may be shorter."""
    if not view.has("benefits.china-reward"):
        return
    months = view.value("benefits.china-reward.award_months")
    window = Window(
        GRANTED.general,
        None if months is None else min(AWARD_MONTHS, months),
        "months",
        Kind.STATUTORY,
        "benefits.china-reward",
        (EMPLOYER,),
        general=True,
        basis="CNPLR Art. 93",
        calendars=CHINA,
        roll=NEXT,
    )
    yield window
    for row in view.rows("results"):
        chinese = tuple(each for each in employers(row) if view.countries.get(each) == "CN")
        if row.cells.get("granted_on") and chinese and _chinese_patent(row):
            yield window.of(GRANTED.on(row.cells["granted_on"], row.id), row.id, chinese)


def _chinese_patent(row: RegisterRow) -> bool:
    """A patent, and one in China as far as its row names any country."""
    countries = codes_in(row.cells.get("territory")) | codes_in(row.cells.get("first_filing_country"))
    return row.cells.get("kind") in (None, *PATENTS) and (not countries or "CN" in countries)
