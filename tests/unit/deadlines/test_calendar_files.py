"""Calendars that other programs read: identity, sequence, days, reminders, non-ASCII names; read back by two parsers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject

from tmp_builder.deadlines import current, deadlines
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.writers.ics import REMINDERS, write

STAMP = date(2026, 9, 15)


def events(content: bytes) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def calendar_of(plan: Plan, library: Library, member: str = "") -> bytes:
    return write(current(deadlines(plan, library)), plan, STAMP, member)


def test_each_dated_deadline_is_a_whole_day_event(rich, library: Library) -> None:
    plan = rich()
    dated = [each for each in current(deadlines(plan, library)) if each.date]
    found = events(calendar_of(plan, library))
    assert len(found) == len(dated) > 10
    for each in dated:
        event = found[f"small/{each.key}@tmp-builder"]
        assert event["DTSTART"].dt == each.date
        assert event["DTEND"].dt == each.date + timedelta(days=1)
        assert event["DTSTAMP"].dt == datetime(2026, 9, 15, tzinfo=UTC)


def test_another_parser_reads_the_same_names_in_both_languages(rich, library: Library) -> None:
    plan = rich({"title": {"en": "Zoë’s Consortium; A, B", "zh": "氢能“联盟”"}})
    content = calendar_of(plan, library)
    read = vobject.readOne(content.decode())
    assert read.contents["x-wr-calname"][0].value == "Zoë’s Consortium; A, B / 氢能“联盟”"
    summaries = {event.uid.value: event.summary.value for event in read.vevent_list}
    assert summaries["small/D02@tmp-builder"] == "D02 End of this Plan / 本计划终止日"
    assert {uid: str(event["SUMMARY"]) for uid, event in events(content).items()} == summaries
    about = next(event for event in read.vevent_list if event.uid.value == "small/D54@tmp-builder").description.value
    assert "Who: Binhai University" in about
    assert "责任方或者权利方：滨海大学" in about
    assert "2031-10-01 + 90 days = 2031-12-30" in about


def test_no_line_is_longer_than_75_octets_and_every_one_ends_as_the_standard_asks(rich, library: Library) -> None:
    lines = calendar_of(rich(), library).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_a_later_draft_replaces_an_event_by_the_same_uid_and_a_higher_sequence(rich, library: Library) -> None:
    old = events(calendar_of(rich({"version": 11}), library))
    new = events(calendar_of(rich({"version": 12, "effective-date": "2026-11-01"}), library))
    assert set(old) == set(new)
    for uid, event in new.items():
        assert int(event["SEQUENCE"]) == 12 > int(old[uid]["SEQUENCE"])
    assert old["small/D02@tmp-builder"]["DTSTART"].dt == date(2031, 10, 1)
    assert new["small/D02@tmp-builder"]["DTSTART"].dt == date(2031, 11, 1)


def test_reminders_come_before_the_day_and_before_the_day_to_send(rich, library: Library) -> None:
    found = events(calendar_of(rich(), library))
    triggers = {alarm["TRIGGER"].dt for alarm in found["small/D02@tmp-builder"].walk("VALARM")}
    assert triggers == {timedelta(days=-days) for days in REMINDERS}
    notice = next(each for each in deadlines(rich(), library) if each.key == "D03")
    assert notice.date is not None
    assert notice.latest_send is not None
    travel = notice.date - notice.latest_send
    assert -travel in {alarm["TRIGGER"].dt for alarm in found["small/D03@tmp-builder"].walk("VALARM")}


def test_a_reminder_says_of_what_it_reminds(rich, library: Library) -> None:
    plan = rich({"choices.projects": ["gate-hard"], "projects": [{"id": "P1", "title": "One", "end": "2029-12-31"}]})
    event = events(calendar_of(plan, library))["small/D05:P1:end@tmp-builder"]
    assert {str(alarm["DESCRIPTION"]) for alarm in event.walk("VALARM")} == {str(event["SUMMARY"])}
    assert str(event["SUMMARY"]).endswith("(P1)")


def test_what_is_done_or_past_reminds_nobody(rich, library: Library) -> None:
    plan = rich(
        {
            "choices.projects": ["gate-hard"],
            "projects": [{"id": "P1", "title": "One", "end": "2029-12-31", "closed-on": "2029-11-30"}],
        }
    )
    done = events(calendar_of(plan, library))["small/D05:P1:end@tmp-builder"]
    assert not done.walk("VALARM")
    late = write(deadlines(plan, library, date(2040, 1, 1)), plan, STAMP)
    assert not icalendar.Calendar.from_ical(late).walk("VALARM")


def test_provisional_and_expected_days_are_tentative(rich, library: Library) -> None:
    found = events(calendar_of(rich(), library))
    assert str(found["small/D54@tmp-builder"]["STATUS"]) == "TENTATIVE"
    assert str(found["small/D02@tmp-builder"]["STATUS"]) == "CONFIRMED"


def test_the_same_plan_gives_the_same_bytes(rich, library: Library) -> None:
    assert calendar_of(rich(), library) == calendar_of(rich(), library)


def test_the_calendar_of_a_member_bears_its_name(rich, library: Library) -> None:
    read = vobject.readOne(calendar_of(rich(), library, "A1").decode())
    assert read.contents["x-wr-calname"][0].value == "Small Consortium / 小联盟 – Lakeshore University"


@pytest.mark.parametrize("hostile", ["X\r\nBEGIN:VEVENT", "a;b,c:d", "\\n", "=1+1"])
def test_a_hostile_id_stays_text(rich, library: Library, hostile: str) -> None:
    plan = rich({"registers.equipment": [{"eq_id": hostile, "name": "Tool", "provider": "A1", "accepted_on": "2027-02-28"}]})
    found = events(calendar_of(plan, library))
    assert any(hostile.replace("\r\n", "\n") in str(event["SUMMARY"]).replace("\r\n", "\n") for event in found.values())
    assert len(found) == len({each.key for each in current(deadlines(plan, library)) if each.date})
