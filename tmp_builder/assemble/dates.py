"""The Schedule of Dates: the windows and duties of the plan as a whole, the last schedule of a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from tmp_builder.assemble.assembly import Assembly
from tmp_builder.calendar import DEFAULT, calendar_version
from tmp_builder.deadlines import Deadline, deadlines
from tmp_builder.deadlines.who import AUTHORITY, named
from tmp_builder.document.nodes import Block, Column, Inlines, Paragraph, Row, Table, Text, Texts
from tmp_builder.document.walk import says
from tmp_builder.language import say_date
from tmp_builder.library.schema import Labels, Library, RegisterColumn, ScheduleSpec
from tmp_builder.plan.schema import Plan, RegisterRow

IDENT = "dates"
KEPT = ("awards",)
"""Registers that dates of the whole plan depend on: without an instrument an award ends the legal basis."""
MOST_REVIEWS = 12
"""No more rows of one series are printed; the rule in its clause goes on."""

_MOVES = {
    "none": ("does not move when it is no Working Day", "遇非工作日不作变动"),
    "next": ("moves to the next Working Day when it is none", "为非工作日的，顺延至下一个工作日"),
    "previous": ("moves to the Working Day before when it is none", "为非工作日的，提前至前一个工作日"),
}
"""What becomes of the last day of a right, by the plan's setting."""

_INTRO = (
    "Each row states a period of this Plan and the event from which it runs. Where that event is known, the row also states "
    "the last day. The clauses decide what is owed; a row grants no right of its own. The last day of a right {moves}. A duty "
    "that falls due on another day than a Working Day is performed in time on the next Working Day. A duty to be performed "
    "before an event is performed no later than the Working Day before.",
    "本表各行载明本计划的一项期间及其起算事件；起算事件已知的，并载明其最后一日。"
    "权利义务以各条款为准，本表各行本身不授予任何权利。权利期间的最后一日{moves}。"
    "义务的期限在非工作日届满的，在下一个工作日履行即为按期履行；"
    "须在某一事件之前履行的义务，最迟在前一个工作日履行。",
)

_PROVISIONAL = (
    "A date marked “provisional” depends on public holidays that the authorities have not announced yet. It was computed "
    "with the calendar data {version}.",
    "标注“暂定”的日期取决于主管机关尚未公布的节假日，系依日历数据{version}计算。",
)

_COLUMNS: tuple[tuple[str, Labels, int], ...] = (
    ("code", {"en": "No.", "zh": "编号"}, 2),
    ("what", {"en": "What", "zh": "事项"}, 5),
    ("formula", {"en": "Formula", "zh": "计算方式"}, 6),
    ("date", {"en": "Date", "zh": "日期"}, 4),
    ("who", {"en": "Who", "zh": "责任方或者权利方"}, 4),
)


def dates_schedule(assembly: Assembly) -> list[ScheduleSpec]:
    """The schedule as a specification beside those of the library; none where the plan says nothing about dates."""
    if not printed_dates(assembly):
        return []
    english, chinese = _MOVES[assembly.plan.dates.roll]
    intro = {"en": _INTRO[0].format(moves=english), "zh": _INTRO[1].format(moves=chinese)}
    title = {"en": "Schedule of Dates", "zh": "日期表"}
    none = {"en": "No date follows from this Plan yet.", "zh": "本计划尚未产生任何日期。"}
    return [ScheduleSpec(IDENT, "", title, intro, none, "code", ())]


def printed_dates(assembly: Assembly) -> tuple[Deadline, ...]:
    """The windows and duties of the plan as a whole, in the order of their codes.

    Rows of registers have their dates elsewhere, and what an authority has to do is no term of the plan. A length that the
    plan does not give yet is a gap of its clause. Internal registers (events) are never sent out, so no printed date may
    rest on them: who rebuilds the document from what it carries gets the same.
    """
    if not _LAST or _LAST[0][0] is not assembly.plan or _LAST[0][1] is not assembly.library:
        _LAST[:] = [(assembly.plan, assembly.library, _printed(assembly.plan, assembly.library))]
    return _LAST[0][2]


_LAST: list[tuple[Plan, Library, tuple[Deadline, ...]]] = []
"""The dates asked for last, with what they follow from: several passes ask for those of one plan."""


def _printed(plan: Plan, library: Library) -> tuple[Deadline, ...]:
    whole = replace(plan, registers={name: plan.rows(name) for name in KEPT}, projects=())
    found = (each for each in deadlines(whole, library) if each.whole_plan and not each.open)
    return tuple(sorted(filter(_is_printed, found), key=_order))


def _is_printed(each: Deadline) -> bool:
    if each.code == "D10" and each.part.rpartition("-")[2].isdigit():
        return int(each.part.rpartition("-")[2]) <= MOST_REVIEWS
    return each.code == "D04" or (each.who != (AUTHORITY,) and each.key != "D53:needed")


def _order(each: Deadline) -> tuple[str, str, int, str]:
    """By code; the reviews of a series by their number."""
    stem, _, number = each.part.rpartition("-")
    return (each.code, stem, int(number), "") if number.isdigit() else (each.code, each.part, 0, "")


def dates_body(assembly: Assembly) -> tuple[Block, ...]:
    """The table of the dates, and below it what “provisional” means where one of them is."""
    found = printed_dates(assembly)
    if not found:
        return ()
    ident = f"schedule:{IDENT}"
    columns = tuple(Column(name, assembly.in_languages(label), weight) for name, label, weight in _COLUMNS)
    rows = tuple(Row(f"{ident}.{each.key}", _cells(assembly, each)) for each in found)
    title = assembly.in_languages({"en": "Schedule of Dates", "zh": "日期表"})
    table = Table(f"{ident}.table", "register", columns, rows, title)
    if not any(each.provisional for each in found):
        return (table,)
    version = calendar_version(assembly.plan.dates.calendars or DEFAULT)
    note = {"en": _PROVISIONAL[0].format(version=version), "zh": _PROVISIONAL[1].format(version=version)}
    return (table, Paragraph(f"{ident}.provisional", assembly.in_languages(note), "note"))


def _cells(assembly: Assembly, each: Deadline) -> tuple[Texts, ...]:
    languages = assembly.plan.languages
    return (
        says(**dict.fromkeys(languages, each.code)),
        assembly.in_languages(each.label),
        assembly.in_languages(each.formula),
        {language: _date(each, language) for language in languages},
        says(**{language: named(each.who, assembly.plan, language) for language in languages}),
    )


_COMPUTED = {
    ("equipment", "retention_end"): ("D39", "D40", "D42"),
    ("results", "foreign_deadline"): ("D21",),
    ("results", "window_ends"): ("D34",),
    ("accession", "window_ends"): ("D12", "D33"),
}
"""Which dates fill the computed columns of registers: the first that has one, or all where the column takes several."""


def with_dates(assembly: Assembly, spec: ScheduleSpec) -> tuple[RegisterRow, ...]:
    """The rows of a register, its computed columns filled with the dates of each row."""
    rows = assembly.plan.rows(spec.id)
    columns = [column for column in (*spec.columns, *spec.leaving_columns) if (spec.id, column.name) in _COMPUTED]
    if not rows or not columns:
        return rows
    sent = {name: found for name, found in assembly.plan.registers.items() if not assembly.library.schedules[name].internal}
    plan = replace(assembly.plan, registers=sent)
    codes = {code for column in columns for code in _COMPUTED[spec.id, column.name]}
    found: dict[tuple[str, str], date] = {}
    for each in deadlines(plan, assembly.library, codes=sorted(codes)):
        if each.date and each.object:
            found.setdefault((each.object, each.code), each.date)
    return tuple(replace(row, cells={**row.cells, **_computed(row.id, spec.id, columns, found)}) for row in rows)


def _computed(
    ident: str, register: str, columns: list[RegisterColumn], found: Mapping[tuple[str, str], date]
) -> Mapping[str, Any]:
    cells: dict[str, Any] = {}
    for column in columns:
        days = [found[ident, code] for code in _COMPUTED[register, column.name] if (ident, code) in found]
        if days:
            cells[column.name] = tuple(days) if column.many else days[0]
    return cells


def _date(each: Deadline, language: str) -> Inlines:
    return (Text(date_words(each, language)),)


def date_words(each: Deadline, language: str) -> str:
    """The day in words, marked where it is provisional; without a day the event it waits for."""
    if each.date is None:
        return each.pending[language]
    mark = {"en": " (provisional)", "zh": "（暂定）"}[language] if each.provisional else ""
    return say_date(each.date, language) + mark
