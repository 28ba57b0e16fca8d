"""The commands `tmp library …`: what they print, what they write, how they end."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from tests.good_library import write
from tests.unit.cli.conftest import Call
from tmp_builder.cli.cards import card_lines
from tmp_builder.cli.library import care
from tmp_builder.cli.output import Talk
from tmp_builder.cli.width import columns
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")


def test_list_names_every_section_and_option(tmp: Call) -> None:
    code, out, err = tmp("library", "list")
    assert code == 0
    assert "S12  Protection and filing  [protection]" in out
    assert "        protection.disclose  Disclosure chain with dates" in out
    assert "31 sections, 211 options" in err


def test_list_speaks_chinese(tmp: Call) -> None:
    code, out, _ = tmp("library", "list", "--section", "protection", language="zh")
    assert code == 0
    assert out.startswith("S12  保护与申请  [protection]\n    披露程序（必选一项）") or "必选一项" in out


def test_list_as_json_counts(tmp: Call) -> None:
    code, out, _ = tmp("library", "list", "--json")
    data = json.loads(out)
    assert code == 0
    assert (data["schema_version"], data["sections"], data["options"]) == (1, 31, 211)
    options = [option for section in data["outline"] for slot in section["slots"] for option in slot["options"]]
    assert len(options) == 211
    assert min(option["length"]["en"] for option in options) >= 80
    assert min(option["length"]["zh"] for option in options) >= 130


def test_an_unknown_section_or_option_names_the_nearest(tmp: Call) -> None:
    code, _, err = tmp("library", "list", "--section", "protektion")
    assert (code, "did you mean “protection”?" in err) == (2, True)
    code, _, err = tmp("library", "show", "protection.disclos")
    assert (code, "did you mean “protection.disclose”?" in err) == (2, True)


def test_show_prints_the_whole_card_with_its_blanks_named(tmp: Call) -> None:
    code, out, _ = tmp("library", "show", "protection.disclose")
    assert code == 0
    for part in (
        "protection.disclose  Disclosure chain with dates · 按期逐级披露",
        "Favours: everyone",
        "days, 7 to 60, default 30",
        "the schedule “Results and Inventions”",
        "(text read, 2026-11-21)",
        "within ‹Days for the inventor to report to the employer› after",
        "‹发明人向所在单位报告的天数›",
        "(a) ",
        "（a）",
        "no part of the text",
    ):
        assert part in out, part
    assert "{{" not in out
    assert "{#" not in out


def test_show_reads_conflicts_in_both_directions(tmp: Call) -> None:
    _, out, _ = tmp("library", "show", "ownership.territory-split")
    assert "territory.worldwide" in out.partition("Conflicts with")[2].partition("Rests on")[0]


def test_every_card_can_be_shown_in_both_languages(library: Library) -> None:
    for option in library.options.values():
        for language in ("en", "zh"):
            whole = "\n".join(card_lines(library, option, Talk(language, False), 0))
            assert option.label["zh"] in whole
            assert "{{" not in whole, option.id
            folded = "\n".join(card_lines(library, option, Talk(language, False), 80))
            assert max(map(columns, click.unstyle(folded).splitlines())) <= 80, option.id


def test_search_finds_in_either_language(tmp: Call) -> None:
    assert tmp("library", "search", "grant", "back")[1].startswith("improvements.grant-back-paid  Paid non-exclusive grant-back")
    assert "liability.force-majeure" in tmp("library", "search", "不可抗力")[1].splitlines()[0]
    code, out, err = tmp("library", "search", "zebra")
    assert (code, out, "nothing found" in err) == (0, "", True)
    data = json.loads(tmp("library", "search", "escrow", "--json", "--limit", "2")[1])
    assert data["found"][0]["option"] == "background-access.escrow"
    assert len(data["found"]) <= 2


def test_check_of_the_built_in_library_is_clean(tmp: Call) -> None:
    code, out, err = tmp("library", "check", "--strict")
    assert (code, out) == (0, "")
    assert "31 sections, 211 options, median" in err
    assert "no findings" in err


def test_check_prints_place_code_message_and_fix(tmp: Call, tmp_path: Path) -> None:
    folder = write(tmp_path / "house", {"paper/keep.md": ("Electronic files suffice", "Hereby electronic files suffice")})
    code, out, err = tmp("library", "check", str(folder))
    number = 1 + (folder / "paper/keep.md").read_text(encoding="utf-8").split("Hereby")[0].count("\n")
    assert code == 1
    assert f"{folder}/paper/keep.md:{number}: error LIB-21: “Hereby” is archaic\n  → Say it in present-day words." in out
    assert "1 error" in err
    code, out, _ = tmp("library", "check", str(folder), language="zh")
    assert f"{folder}/paper/keep.md:{number}: 错误 LIB-21: “Hereby”为过时用语" in out


def test_check_as_json_is_one_object(tmp: Call, tmp_path: Path) -> None:
    folder = write(tmp_path / "house", stamp=False)
    code, out, _ = tmp("library", "check", str(folder), "--json", "--date", "2026-06-01")
    data = json.loads(out)
    assert code == 0
    warnings = [finding for finding in data["findings"] if finding["severity"] == "warning"]
    assert {finding["code"] for finding in warnings} >= {"LIB-25"}
    assert tmp("library", "check", str(folder), "--strict")[0] == 1


def test_a_library_that_cannot_be_read_gives_findings_not_a_fault(tmp: Call, tmp_path: Path) -> None:
    folder = write(tmp_path / "house", {"terms.yaml": ("  - id: plan", "  - ident: plan")}, stamp=False)
    found = care(folder)
    assert {finding.code for finding in found} == {"LIB-00"}
    assert any("unknown key “ident”" in finding.text("en") for finding in found)
    code, out, _ = tmp("check", str(folder))
    assert (code, "error LIB-00" in out) == (1, True)


def test_new_writes_a_card_that_reads_and_checks(tmp: Call, tmp_path: Path) -> None:
    code, out, err = tmp("library", "new", "ownership.our-rule")
    path = tmp_path / "clauses/ownership/our-rule.md"
    assert (code, out.strip()) == (0, "clauses/ownership/our-rule.md")
    assert "overlay: clauses" in err
    library = read_library(overlay=tmp_path / "clauses")
    assert library.options["ownership.our-rule"].prose.faults == []
    assert library.options["ownership.our-rule"].parameters["notice_days"].default == 30
    before = path.read_bytes()
    code, _, err = tmp("library", "new", "ownership.our-rule")
    assert (code, "exists" in err, path.read_bytes() == before) == (5, True, True)


def test_a_house_of_cards_is_checked_and_stamped_together_with_the_built_in_library(tmp: Call, tmp_path: Path) -> None:
    tmp("library", "new", "ownership.our-rule")
    code, out, _ = tmp("library", "check", "clauses")
    assert code == 0, "a new card of a house is an add-on of its section, and a short add-on is a warning"
    assert {line.split(": ")[1].split()[-1] for line in out.splitlines() if line.startswith("clauses/")} == {"LIB-02", "LIB-25"}
    assert all("ownership/our-rule.md" in line for line in out.splitlines() if ": error" in line or ": warning" in line)
    assert tmp("library", "translated", "--all", "--library", "clauses")[1].split() == ["ownership.our-rule"]
    assert "LIB-25" not in tmp("library", "check", "clauses")[1]


def test_new_can_begin_with_another_card(tmp: Call, tmp_path: Path) -> None:
    code, _, _ = tmp("library", "new", "protection.our-chain", "--from", "protection.disclose", "-o", "house")
    text = (tmp_path / "house/protection/our-chain.md").read_text(encoding="utf-8")
    assert code == 0
    assert "domain-id: house.our_chain" in text
    assert "translated-from:" not in text
    assert "clause:protection.disclose#" not in text
    assert read_library(overlay=tmp_path / "house").options["protection.our-chain"].clauses


@pytest.mark.parametrize("ident", ["ownership", "Ownership.x", "../etc.passwd", "ownership.con", "a.b.c", "ownership.x/../../y"])
def test_new_refuses_what_is_no_id(ident: str, tmp: Call, tmp_path: Path) -> None:
    code, _, err = tmp("library", "new", ident)
    assert (code, "is no id of an option" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_translated_stamps_the_cards_named_and_only_once(tmp: Call, tmp_path: Path) -> None:
    folder = write(tmp_path / "house", stamp=False)
    code, out, _ = tmp("library", "translated", "owner.joint", "--library", str(folder))
    assert (code, out.strip()) == (0, "owner.joint")
    assert [finding.address for finding in care(folder) if finding.code == "LIB-25"] == ["owner.employer", "paper.keep"]
    code, out, err = tmp("library", "translated", "--all", "--library", str(folder))
    assert out.split() == ["owner.employer", "paper.keep"]
    assert "2 of 3 cards stamped" in err
    assert tmp("library", "translated", "--all", "--library", str(folder))[1] == ""


def test_translated_keeps_line_endings(tmp: Call, tmp_path: Path) -> None:
    folder = write(tmp_path / "house", stamp=False)
    path = folder / "owner/joint.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    tmp("library", "translated", "owner.joint", "--library", str(folder))
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"\r\ntranslated-from: v1:" in content
    assert "LIB-25" not in {finding.code for finding in care(folder) if finding.address == "owner.joint"}


def test_translated_needs_a_name(tmp: Call) -> None:
    assert tmp("library", "translated")[0] == 2
    assert tmp("library", "translated", "owner.nobody")[0] == 2


@pytest.mark.parametrize("command", [(), ("list",), ("show",), ("search",), ("check",), ("new",), ("translated",)])
def test_every_command_has_help_with_two_examples(command: tuple[str, ...], tmp: Call) -> None:
    code, out, _ = tmp("library", *command, "--help")
    assert code == 0
    assert out.partition("Examples:")[2].count("tmp library") >= 2
