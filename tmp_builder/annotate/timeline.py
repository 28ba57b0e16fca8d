"""The timeline of the Schedule of Dates: its known days on a line of years, between its introduction and its table."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder.assemble.assembly import begin
from tmp_builder.assemble.dates import IDENT, printed_dates
from tmp_builder.deadlines import Deadline
from tmp_builder.document.nodes import Block, Document, Mark, Schedule, Timeline
from tmp_builder.document.walk import says
from tmp_builder.language import say_date
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan

LEAST = 2
"""Fewer different days need no drawing."""

_SAID = {
    "en": ("Timeline from {first} to {last}, with the numbers of the table below: {days}.", "{code} {day} ({label})", "; "),
    "zh": ("{first}年至{last}年时间轴，编号见下表：{days}。", "{code} {day}（{label}）", "；"),
}


def with_timeline(document: Document, plan: Plan, library: Library) -> Document:
    """The document with a drawing of the dates in its Schedule of Dates; unchanged where there is none, or few days are known.

    The drawing only shows what the table says; it has no part in the fingerprint of the text.
    """
    ident = f"schedule:{IDENT}"
    if not any(schedule.id == ident for schedule in document.schedules):
        return document
    known = [each for each in printed_dates(begin(plan, library, final=False)) if each.date]
    if len({each.date for each in known}) < LEAST:
        return document
    drawn = _timeline(known, document.languages, ident)
    return replace(document, schedules=tuple(_with(schedule, drawn, ident) for schedule in document.schedules))


def _with(schedule: Schedule, drawn: Block, ident: str) -> Schedule:
    if schedule.id != ident:
        return schedule
    return replace(schedule, children=(*schedule.children[:1], drawn, *schedule.children[1:]))


def _timeline(known: list[Deadline], languages: tuple[str, ...], ident: str) -> Timeline:
    days = sorted(((each.date, each.code, each) for each in known if each.date), key=lambda found: found[:2])
    marks = tuple(Mark(day.isoformat(), code) for day, code, _ in days)
    texts = {}
    for language in languages:
        whole, one, glue = _SAID[language]
        said = glue.join(
            one.format(code=code, day=say_date(day, language), label=each.label[language]) for day, code, each in days
        )
        texts[language] = whole.format(first=days[0][0].year, last=days[-1][0].year, days=said)
    return Timeline(f"{ident}.timeline", marks, says(**texts))
