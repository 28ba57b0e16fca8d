"""Every check of a library's care fires on a library spoilt in one place, at that place, and is silent on the good one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.good_library import EMPLOYER, JOINT, KEEP, findings, stamp_all, write
from tmp_builder.findings import Severity
from tmp_builder.library.care import catalogue


class Spoilt(NamedTuple):
    """A file with its first text replaced by the second; the code that must fire, what it says, and the line it points to."""

    code: str
    file: str
    old: str
    new: str
    says: str
    line: str


def _items(text: str, first: str, last: str) -> str:
    """The part of a card's text from one mark up to another."""
    return text[text.index(first) : text.index(last)]


SHORT_ENGLISH = _items(JOINT, "2.  {#use} Each", "4.  {#leaving} A Member")
SHORT_CHINESE = _items(JOINT, "2.  {#use} 各", "4.  {#leaving} 退出")

CASES = [
    Spoilt("LIB-01", "owner/employer.md", "5.  {#claims} 两个", "5.  {#other} 两个", "claims", "1.  {#owner} 各成员单位"),
    Spoilt("LIB-01", "owner/employer.md", "5.  {#claims} If", "5.  If", "without a name", "5.  If two Members"),
    Spoilt(
        "LIB-04",
        "owner/employer.md",
        "  form:\n",
        "  idle:\n    type: days\n    label: {en: Idle, zh: 空}\n  form:\n",
        "“idle” stands in no text",
        "  idle:",
    ),
    Spoilt("LIB-05", "owner/joint.md", "default: 20", "default: 50", "outside its range", "  answer_days:"),
    Spoilt(
        "LIB-05", "owner/employer.md", 'say: {en: "", zh: ""}', 'say: {en: "", zh: 另行约定。}', "one language only", "  form:"
    ),
    Spoilt("LIB-06", "paper/keep.md", "en: Books and vouchers,", f"en: {'Books and vouchers ' * 4},", "at most 60", "label:"),
    Spoilt("LIB-07", "owner/joint.md", "needs: [paper.keep]", "needs: []", "does not need", "{{ clause:paper.keep#books }}"),
    Spoilt("LIB-08", "paper/keep.md", "brings: [money-flows]", "brings: [money-flow]", "did you mean “money-flows”", "brings:"),
    Spoilt("LIB-08", "owner/section.yaml", "required-when: always", "required-when: two-side", "two-sides", "domain-id: S01"),
    Spoilt(
        "LIB-09",
        "paper/keep.md",
        "brings: [money-flows]",
        "needs: [owner.joint]\nconflicts: [owner.joint]",
        "exclude each other",
        "needs:",
    ),
    Spoilt("LIB-12", "profiles/plain.yaml", "report_days: 20", "report_days: 200", "outside its range", "domain-id: P1"),
    Spoilt("LIB-12", "profiles/plain.yaml", "report_days: 20", "report_days: soon", "whole number of days", "domain-id: P1"),
    Spoilt(
        "LIB-13", "owner/joint.md", "stops every licence [LAW Art. 2]", "stops every licence [LEX Art. 2]", "“LEX”", "Rarely wise"
    ),
    Spoilt("LIB-14", "sources.yaml", "checked: never", "checked: 2026-01-10", "never checked", "  K:"),
    Spoilt("LIB-14", "sources.yaml", "checked: 2026-01-10", "checked: never", "must say when", "  LAW:"),
    Spoilt("LIB-14", "sources.yaml", "checked: 2026-01-10", "checked: 2026-06-02", "not come yet", "  LAW:"),
    Spoilt("LIB-15", "sources.yaml", "checked: 2026-01-10", "checked: 2025-05-31", "2025-05-31", "  LAW:"),
    Spoilt(
        "LIB-16",
        "owner/employer.md",
        "The Member responsible pays",
        "The Participant responsible pays",
        "“Member”",
        "Participant",
    ),
    Spoilt("LIB-16", "owner/joint.md", "通常不宜：", "通常不宜，参与单位均知：", "“成员单位”", "参与单位"),
    Spoilt(
        "LIB-17",
        "owner/joint.md",
        "equal share in every Result",
        "equal share in every Result and Improvement",
        "“Improvement”",
        "Improvement",
    ),
    Spoilt(
        "LIB-18",
        "owner/joint.md",
        "任何成果，无须征得",
        "任何产出，无须征得",
        "“Result” stands in the English text only",
        "2.  {#use} Each Member",
    ),
    Spoilt(
        "LIB-19",
        "terms.yaml",
        "avoid: {en: [Participant], zh: [参与单位]}",
        "avoid: {en: [Result], zh: []}",
        "“Result”",
        "  - id: member",
    ),
    Spoilt(
        "LIB-20",
        "terms.yaml",
        "",
        "  - id: escrow\n    term: {en: Escrow, zh: 托管}\n    meaning: {en: x, zh: 指}\n",
        "“Escrow”",
        "  - id: escrow",
    ),
    Spoilt("LIB-21", "paper/keep.md", "Electronic files suffice", "Hereby electronic files suffice", "archaic", "Hereby"),
    Spoilt("LIB-25", "owner/joint.md", "without asking and", "without a question and", "has changed", "translated-from:"),
    Spoilt("LIB-26", "owner/section.yaml", "options: [employer, joint]", "options: [employer, joint, con]", "Windows", "---"),
    Spoilt("LIB-27", "paper/keep.md", "提前十（10）日", "提前十（12）日", "10 / 12", "3.  {#audit} 另一方"),
]


def test_the_good_library_has_no_finding(tmp_path: Path) -> None:
    assert findings(write(tmp_path)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.says}")
def test_each_check_fires_at_the_place_that_was_spoilt(case: Spoilt, tmp_path: Path) -> None:
    spoils_a_stamp = case.code == "LIB-25"
    if spoils_a_stamp:
        write(tmp_path)
        path = tmp_path / case.file
        path.write_text(path.read_text(encoding="utf-8").replace(case.old, case.new), encoding="utf-8")
    else:
        if case.code == "LIB-26":
            (tmp_path / "owner").mkdir()
            (tmp_path / "owner" / "con.md").write_text(KEEP.replace("pap.keep", "own.con"), encoding="utf-8")
        write(tmp_path, {case.file: (case.old, case.new)})
    found = findings(tmp_path, case.code)
    assert found, f"{case.code} is silent"
    assert {finding.code for finding in found} == {case.code}
    assert any(case.says in finding.text("en") for finding in found), [finding.text("en") for finding in found]
    assert all(finding.text("zh") != finding.text("en") for finding in found)
    lines = [_line(finding.place.file, finding.place.line) for finding in found]
    assert any(case.line in line for line in lines), lines


def _line(file: str, number: int) -> str:
    return Path(file).read_text(encoding="utf-8").splitlines()[max(number, 1) - 1]


def test_a_spoilt_card_disturbs_no_other_check(tmp_path: Path) -> None:
    write(tmp_path, {"paper/keep.md": ("Electronic files suffice", "Such files shall herein suffice and/or will do")})
    assert {finding.code for finding in findings(tmp_path)} == {"LIB-21"}


def test_short_texts_are_errors_in_main_options_and_warnings_in_add_ons(tmp_path: Path) -> None:
    write(tmp_path)
    card = JOINT.replace(SHORT_ENGLISH, "").replace(SHORT_CHINESE, "").replace("needs: [paper.keep]", "needs: []")
    (tmp_path / "owner/joint.md").write_text(card, encoding="utf-8")
    shorter = KEEP.replace(_items(KEEP, "2.  {#time} Books", "5.  {#secrecy} What"), "").replace(
        _items(KEEP, "2.  {#time} 账册", "5.  {#secrecy} 审"), ""
    )
    (tmp_path / "paper/keep.md").write_text(shorter, encoding="utf-8")
    found = {(finding.address, finding.severity): finding.text("en") for finding in findings(tmp_path, "LIB-02")}
    assert set(found) == {("owner.joint", Severity.ERROR), ("paper.keep", Severity.WARNING)}
    assert "at least 130" in found["owner.joint", Severity.ERROR] or "at least 80" in found["owner.joint", Severity.ERROR]
    assert [finding.code for finding in findings(tmp_path, "LIB-03")] == ["LIB-03"]


def test_a_list_of_records_must_stand_alone(tmp_path: Path) -> None:
    records = "  table:\n    type: list\n    columns:\n      who: {type: text, label: {en: Who, zh: 何人}}\n"
    records += "    label: {en: Table, zh: 表}\n"
    card = KEEP.replace("parameters:\n", f"parameters:\n{records}").replace(
        "What the auditor sees", "Of {{ table }} what the auditor sees"
    )
    write(tmp_path, stamp=False)
    (tmp_path / "paper/keep.md").write_text(card.replace("审计师知悉", "{{ table }}中审计师知悉"), encoding="utf-8")
    assert [finding.text("en") for finding in findings(tmp_path, "LIB-04")] == [
        "paper.keep: the list of records “table” must stand alone in its item"
    ]


def test_a_blank_without_a_parameter_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, stamp=False)
    card = KEEP.replace("What the auditor sees", "{{ nothing }} What the auditor sees").replace(
        "审计师知悉", "{{ nothing }}审计师知悉"
    )
    (tmp_path / "paper/keep.md").write_text(card, encoding="utf-8")
    assert ["no parameter" in finding.text("en") for finding in findings(tmp_path, "LIB-04")] == [True]


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("{{ clause:owner.employer#nothing }}", "unknown item"),
        ("{{ clause:owner.nobody#x }}", "unknown option"),
        ("{{ section:nowhere }}", "unknown section"),
        ("{{ section:paper }}", "may leave out"),
        ("{{ schedule:registry }}", "did you mean “register”"),
        ("{{ schedule:inside }}", "never printed"),
        ("{{ fact:titel }}", "did you mean “title”"),
    ],
)
def test_a_mark_that_leads_nowhere_is_an_error(mark: str, says: str, tmp_path: Path) -> None:
    write(tmp_path, stamp=False)
    card = EMPLOYER.replace("pays what the delay", f"pays under {mark} what the delay").replace(
        "责任成员单位应承担", f"责任成员单位应依{mark}承担"
    )
    (tmp_path / "owner/employer.md").write_text(card, encoding="utf-8")
    found = findings(tmp_path, "LIB-07")
    assert {says in finding.text("en") for finding in found} == {True}
    assert {_line(finding.place.file, finding.place.line).count(mark) for finding in found} == {1}


def test_an_option_whose_needs_exclude_each_other_can_never_be_chosen(tmp_path: Path) -> None:
    write(tmp_path, {"paper/keep.md": ("brings: [money-flows]", "needs: [owner.employer, owner.joint]")})
    assert {finding.address for finding in findings(tmp_path, "LIB-10")} == {"owner.joint", "paper.keep"}


def test_needs_for_two_values_of_one_parameter_contradict(tmp_path: Path) -> None:
    needs = "needs:\n  - {value: {owner.employer.form: written}}\n  - {value: {owner.employer.form: silent}}"
    write(tmp_path, {"paper/keep.md": ("brings: [money-flows]", needs)})
    assert any("“written” and “silent”" in finding.text("en") for finding in findings(tmp_path, "LIB-09"))


def test_a_condition_on_a_need_keeps_an_option_reachable(tmp_path: Path) -> None:
    needs = "needs:\n  - owner.employer\n  - {option: owner.joint, if: two-sides}"
    write(tmp_path, {"paper/keep.md": ("brings: [money-flows]", needs)})
    assert {finding.address for finding in findings(tmp_path, "LIB-10")} == {"owner.joint"}, (
        "joint needs keep, which needs employer"
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("owner: [employer]", "owner: [employer, joint]", "takes 1"),
        ("owner: [employer]", "owner: [joint]", ""),
    ],
)
def test_a_profile_fills_its_slots_rightly(old: str, new: str, says: str, tmp_path: Path) -> None:
    write(tmp_path, {"profiles/plain.yaml": (old, new)})
    found = [finding.text("en") for finding in findings(tmp_path, "LIB-11")]
    assert (len(found) == 1 and says in found[0]) if says else found == []


def test_a_profile_brings_what_its_options_need(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "profiles/every.yaml": ("always: [paper.keep]", "always: []"),
            "profiles/plain.yaml": ("owner: [employer]", "owner: [joint]"),
        },
    )
    assert ["“owner.joint” needs “paper.keep”" in finding.text("en") for finding in findings(tmp_path, "LIB-11")] == [True]


def test_cards_that_share_half_their_words_are_found_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, stamp=False)
    twin = EMPLOYER.replace("own.employer", "own.joint").replace(
        "A report that comes late does not move ownership.", "Late reports leave everything as it is."
    )
    (tmp_path / "owner/joint.md").write_text(twin, encoding="utf-8")
    found = findings(tmp_path, "LIB-23", "LIB-24")
    assert {finding.code for finding in found} == {"LIB-23", "LIB-24"}, "the Chinese texts are the same, the English ones nearly"
    assert sum("English" in finding.text("en") for finding in found) == 1


def test_a_sentence_of_more_than_forty_words_is_a_note(tmp_path: Path) -> None:
    long = "every Member writes " + "and writes again " * 14
    write(tmp_path, {"paper/keep.md": ("Electronic files suffice", f"Electronic files suffice if {long}")})
    found = findings(tmp_path, "LIB-22")
    assert [finding.severity for finding in found] == [Severity.NOTE]
    assert "a sentence of" in found[0].text("en")


def test_a_card_without_a_stamp_is_a_warning_until_it_is_stamped(tmp_path: Path) -> None:
    write(tmp_path, stamp=False)
    assert len(findings(tmp_path, "LIB-25")) == 3
    stamp_all(tmp_path)
    assert findings(tmp_path, "LIB-25") == []


def test_stamping_changes_nothing_but_the_stamp_and_ignores_line_breaks(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "owner/joint.md"
    text = path.read_text(encoding="utf-8")
    without = [line for line in text.splitlines() if not line.startswith("translated-from:")]
    assert without == JOINT.splitlines()
    path.write_text(
        text.replace("without paying. A licence to an\n    outsider", "without paying. A licence\n    to an outsider"),
        encoding="utf-8",
    )
    assert findings(tmp_path, "LIB-25") == []


def test_every_check_is_tested_here_and_explains_itself() -> None:
    checks = catalogue()
    here = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in checks if code not in here] == []
    assert [code for code, each in checks.items() if len(each.page.split()) < 8] == []
    assert list(checks) == [f"LIB-{number:02d}" for number in range(1, len(checks) + 1)]
