"""The writer of calendars: the dates of a plan as iCalendar (RFC 5545), for the secretariat or for one member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tmp_builder.deadlines import Deadline
from tmp_builder.deadlines.who import named
from tmp_builder.plan.schema import Plan
from tmp_builder.writers.ours import seal_calendar

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

PRODUCT = "-//tmp-builder//dates//EN"
"""Tells other programs, and this one, who wrote the file."""
DOMAIN = "tmp-builder"
REMINDERS = (30, 7)
"""Days before a date on which a calendar reminds."""
ONE_DAY = timedelta(days=1)

_WORDS = {
    "rule": {"en": "Rule", "zh": "规则"},
    "working": {"en": "Working", "zh": "计算过程"},
    "who": {"en": "Who", "zh": "责任方或者权利方"},
    "clause": {"en": "Clause card", "zh": "条款卡"},
    "law": {"en": "Law", "zh": "法律依据"},
    "send": {"en": "Send the notice by", "zh": "通知最迟发出日"},
    "safe": {"en": "Safe day", "zh": "稳妥日期"},
    "done": {"en": "Done on", "zh": "完成日期"},
    "provisional": {"en": "Provisional: public holidays are not announced yet.", "zh": "暂定：节假日尚未公布。"},
    "assumed": {"en": "Counted from a planned or latest date.", "zh": "自计划日期或者最迟日期起算。"},
    "notice": {"en": "No legal advice; the plan decides.", "zh": "不构成法律意见，以本计划为准。"},
}


def write(found: Iterable[Deadline], plan: Plan, stamp: date, member: str = "") -> bytes:
    """The dated deadlines as whole-day events; those without a day are left out.

    An event's UID is made of the plan, the code and the object, so importing a later draft replaces it: SEQUENCE is the draft
    number. DTSTAMP is `stamp`, the document's date. `member` only names the calendar; the caller picks its dates.
    """
    calendar = _calendar(plan, member)
    for each in found:
        if each.date is not None:
            calendar.add_component(_event(each, each.date, plan, stamp))
    return seal_calendar(bytes(calendar.to_ical()))


def uid(plan: Plan, each: Deadline) -> str:
    """The identity of an event, equal in every draft."""
    return f"{plan.id}/{each.key}@{DOMAIN}"


def _calendar(plan: Plan, member: str) -> Calendar:
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _in_all(plan, lambda language: plan.title.get(language) or plan.id)
    whole = f"{name} – {named((member,), plan, plan.languages[0])}" if member else name
    calendar["x-wr-calname"] = vText(whole)  # `add` would leave commas and line ends of an X- property unescaped
    return calendar


def _event(each: Deadline, day: date, plan: Plan, stamp: date) -> Event:
    from icalendar import Event

    event = Event()
    summary = f"{each.code} {_in_all(plan, lambda language: each.label[language])}"
    event.add("uid", uid(plan, each))
    event.add("sequence", plan.version)
    event.add("dtstamp", datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + ONE_DAY)
    summary = f"{summary} ({each.object})" if each.object else summary
    event.add("summary", summary)
    event.add("description", "\n\n".join(_description(each, plan, language) for language in plan.languages))
    event.add("categories", [each.code, str(each.kind)])
    event.add("status", "TENTATIVE" if each.provisional or each.assumed else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for before in _reminders(each, day):
        event.add_component(_alarm(before, summary))
    return event


def _reminders(each: Deadline, day: date) -> list[int]:
    """How many days before a date to remind: of its own day, of the day to send a notice; not of what is done or past."""
    if each.met_on or each.passed:
        return []
    send = [(day - each.latest_send).days] if each.latest_send else []
    return sorted({*REMINDERS, *send}, reverse=True)


def _alarm(days: int, summary: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _description(each: Deadline, plan: Plan, language: str) -> str:
    said = [
        ("rule", each.rule.get(language, "")),
        ("working", each.working.get(language, "")),
        ("who", named(each.who, plan, language)),
        ("send", each.latest_send.isoformat() if each.latest_send else ""),
        ("safe", each.safe.isoformat() if each.safe else ""),
        ("done", each.met_on.isoformat() if each.met_on else ""),
        ("clause", each.source),
        ("law", each.basis),
    ]
    colon = ": " if language == "en" else "："
    lines = [f"{_WORDS[name][language]}{colon}{text}" for name, text in said if text]
    lines += [text for text in (each.non_working.get(language), each.note.get(language)) if text]
    lines += [_WORDS[name][language] for name in ("provisional", "assumed") if getattr(each, name)]
    return "\n".join([*lines, _WORDS["notice"][language]])


def _in_all(plan: Plan, say: Callable[[str], str]) -> str:
    """What is said in each language of the plan, once where all say the same."""
    return " / ".join(dict.fromkeys(say(language) for language in plan.languages))
