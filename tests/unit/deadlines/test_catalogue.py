"""What holds for every date of the catalogue: words in both languages, sources that exist, order, purity, speed."""

from __future__ import annotations

import json
import re
from datetime import date

from tests.plans import changed, small_plan, source_of
from tmp_builder.deadlines import catalogue, current, deadlines
from tmp_builder.deadlines.membership import next_quarter
from tmp_builder.deadlines.schema import by_date
from tmp_builder.deadlines.who import ROLES, concerns, named
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan


def every_option(library: Library) -> Plan:
    """The small plan with every option of every section and no value: each window that a choice can create."""
    choices = {
        f"choices.{ident}": [option.partition(".")[2] for option in section.options]
        for ident, section in library.sections.items()
    }
    return resolve(source_of(changed(small_plan(library), {**choices, "parameters": None})), library)


def test_every_entry_has_a_page_and_a_name_in_both_languages() -> None:
    for entry in catalogue().values():
        assert len(entry.page) > 20, entry.code
        assert entry.page.endswith("."), entry.code
        assert len(entry.page.zh) >= 10, entry.code
        assert entry.page.zh.endswith("。"), entry.code
        assert entry.label["en"]
        assert entry.label["zh"]


def test_both_pages_of_an_entry_rest_on_the_same_rules_and_sections() -> None:
    """What is written alike in both languages: US statutes, sections of the domain catalogue, codes of rules and dates."""
    alike = re.compile(r"\d+ (?:CFR|USC) \d+(?:\.\d+)?(?:\(\w\))*|§\d+(?:\.\d+)*(?:\(\d+\))?|[A-Z]{3}-\d\d|\bD\d\d")
    for entry in catalogue().values():
        said = [sorted(alike.findall(page)) for page in (str(entry.page), re.sub(r"([\u4e00-\u9fff])", r" \1 ", entry.page.zh))]
        assert said[0] == said[1], entry.code


def test_every_window_is_said_in_both_languages_and_comes_from_an_option(library: Library) -> None:
    found = deadlines(every_option(library), library)
    assert len({each.code for each in found}) > 40
    for each in found:
        for words in (each.label, each.rule, each.formula):
            assert words["en"].strip() == words["en"] != "", each.key
            assert words["zh"] != "", each.key
            assert "{" not in words["en"] + words["zh"], each.key
        assert each.source in library.options or each.source.startswith("schedule:") or each.basis, each.key


def test_a_plan_without_values_has_open_windows_and_no_card_s_default(library: Library) -> None:
    found = deadlines(every_option(library), library)
    assert any(each.open for each in found)
    assert all("[●]" in each.pending["en"] and "[●]" in each.pending["zh"] for each in found if each.open)


def test_nothing_is_reckoned_for_an_open_choice(library: Library) -> None:
    plan = resolve(source_of(changed(small_plan(library), {"choices.term": {"open": ["fixed", "follow-basis"]}})), library)
    assert not [each for each in deadlines(plan, library) if each.code in ("D01", "D02", "D04") and not each.part]


def test_every_role_has_a_name_and_members_are_named_by_theirs(rich, library: Library) -> None:
    plan = rich()
    used = {who for each in deadlines(every_option(library), library) for who in each.who}
    assert used <= set(ROLES) | {member.id for member in plan.members}
    assert named(("A1", "secretariat"), plan, "en") == "Lakeshore University and the Secretariat"
    assert named(("A1", "secretariat"), plan, "zh") == "湖滨大学和秘书处"


def test_dates_come_in_order_with_those_without_one_at_the_end(rich, library: Library) -> None:
    found = deadlines(rich(), library)
    assert list(found) == sorted(found, key=by_date)
    assert [bool(each.date) for each in found] == sorted((bool(each.date) for each in found), reverse=True)


def test_the_window_as_such_gives_way_to_the_one_an_event_has_started(rich, library: Library) -> None:
    found = deadlines(rich(), library)
    shown = {each.key for each in current(found)}
    assert {"D39", "D39:EQ-1", "D39:=EQ"} <= {each.key for each in found}
    assert "D39" not in shown
    assert "D39:=EQ" in shown
    assert "D48:1-negotiation" in shown


def test_the_same_plan_gives_the_same_dates(rich, library: Library) -> None:
    once, twice = ([each.data() for each in deadlines(rich(), library)] for _ in range(2))
    assert json.dumps(once) == json.dumps(twice)


def test_only_the_as_of_date_says_what_has_passed(rich, library: Library) -> None:
    assert not any(each.passed for each in deadlines(rich(), library))
    found = {each.key: each for each in deadlines(rich(), library, date(2028, 2, 28))}
    assert found["D10:1"].passed
    assert not found["D39:EQ-1"].passed


def test_a_member_sees_what_it_is_named_in_what_its_role_brings_and_what_concerns_all(rich, library: Library) -> None:
    plan = rich()
    found = {each.key: each for each in deadlines(plan, library)}
    assert concerns(found["D39:EQ-1"], plan, "A1")
    assert not concerns(found["D39:EQ-1"], plan, "B1")
    assert concerns(found["D54"], plan, "B1")
    assert not concerns(found["D54"], plan, "A1")
    assert concerns(found["D03"], plan, "A1")
    assert not concerns(found["D18"], plan, "A1")
    assert concerns(found["D13"], plan, "A1")


def test_the_codes_asked_for_are_the_codes_given(rich, library: Library) -> None:
    assert {each.code for each in deadlines(rich(), library, codes=["D02", "D54"])} == {"D02", "D54"}


def test_dates_at_the_end_of_the_calendar_are_said_and_do_no_harm(library: Library) -> None:
    plan = resolve(
        source_of(changed(small_plan(library), {"effective-date": "9998-12-31", "parameters.basis.protocol.instruments": None})),
        library,
    )
    found = {each.key: each for each in deadlines(plan, library)}
    assert found["D02"].date is None
    assert "beyond the calendar" in found["D02"].note["en"]


def test_a_plan_that_says_nothing_has_no_dates(library: Library) -> None:
    plan = resolve(source_of({"id": "empty", "title": "Empty"}), library)
    assert deadlines(plan, library) == ()


def test_every_date_of_a_large_alliance_has_an_address_of_its_own(large: Plan, library: Library) -> None:
    found = deadlines(large, library)
    assert len(found) > 1000
    assert len({each.key for each in found}) == len(found)


def test_the_quarter_after_the_last_one_is_in_the_next_year() -> None:
    assert next_quarter(date(2027, 12, 31)) == date(2028, 1, 1)
    assert next_quarter(date(2027, 3, 31)) == date(2027, 4, 1)
    assert next_quarter(date(9999, 12, 1)) is None
