"""`tmp check`, `tmp explain` and `tmp why`: what they print, what --fix writes, how they end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tmp_builder
from tests.plans import changed, save
from tests.rules.test_cases import BASE
from tests.unit.cli.conftest import Call
from tmp_builder.cli.cards import KINDS_ZH
from tmp_builder.cli.reports import github, in_groups
from tmp_builder.findings import Finding, Place, Severity
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.repair import repairs
from tmp_builder.rules.groups import GROUP_NAMES
from tmp_builder.rules.waivers import pages
from tmp_builder.values import KINDS

NO_INJUNCTION = {"choices.disputes": ["ladder", "uncitral-mutual", "interim-ip"]}
SALE_BAN = {
    "choices.equipment": ["provider-keeps", "leaver-keeps", "sale-ban"],
    "parameters": {"equipment.sale-ban.retention_months": 12, "equipment.sale-ban.anchor": "acceptance"},
}


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., str]:
    """Writes the base plan with changes; gives the name of the file."""

    def write(changes: dict[str, Any], name: str = "a.plan.yaml") -> str:
        save(changed(BASE, changes), tmp_path / name)
        return name

    return write


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_warning_leads_to_exit_code_1_only_with_strict(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan(NO_INJUNCTION)
    assert tmp("check", name)[0] == 0
    assert tmp("check", name, "--strict")[0] == 1
    assert tmp("check", name, "--strict", "--exit-zero")[0] == 0


def test_select_and_ignore_take_codes_and_groups(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({**NO_INJUNCTION, "parameters.exit.survival.tail_months": 59})
    found = {
        given: [each["code"] for each in json.loads(tmp("check", name, "--json", *given)[1])["findings"]]
        for given in ((), ("--select", "DIS"), ("--select", "dis-06,TIM"), ("--ignore", "TIM-04"), ("--ignore", "DIS,TIM"))
    }
    assert list(found.values()) == [["TIM-04", "DIS-06"], ["DIS-06"], ["TIM-04", "DIS-06"], ["DIS-06"], []]


def test_what_is_not_selected_does_not_decide_the_exit_code(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({"parameters.exit.survival.tail_months": 59})
    assert (tmp("check", name)[0], tmp("check", name, "--ignore", "TIM")[0]) == (1, 0)


def test_an_unknown_code_is_refused_with_the_nearest(tmp: Call, plan: Callable[..., str]) -> None:
    code, _, err = tmp("check", plan({}), "--select", "DIS-0")
    assert code == 2
    assert "did you mean “DIS-0" in err


def test_a_long_list_stands_under_the_names_of_its_groups(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan(
        {"choices.disputes": ["ladder", "uncitral-mutual"], "choices.governing-law": ["silent"], "choices.language": ["notices"]}
    )
    code, out, err = tmp("check", name)
    assert code == 1
    headings = [line.strip("─ ") for line in out.splitlines() if line.startswith("──")]
    assert set(headings[:2]) == {"Structure", "Language"}  # the groups with errors
    assert set(headings[2:]) == {"Disputes", "Governing law"}
    assert "errors" in err
    assert "── 争议 ──" in tmp("check", name, language="zh")[1]


def test_waived_findings_are_counted_and_reported(tmp: Call, plan: Callable[..., str]) -> None:
    waiver = {"rule": "DIS-06", "reason": "courts are not used", "by": "counsel", "until": "2027-01-31"}
    name = plan({**NO_INJUNCTION, "waivers": [waiver]})
    assert "1 waived" in tmp("check", name, "--strict")[2]
    data = json.loads(tmp("check", name, "--json")[1])
    assert data["waived"][0]["waiver"] == {"by": "counsel", "reason": "courts are not used", "until": "2027-01-31"}
    assert [
        each["code"]
        for each in json.loads(tmp("check", name, "--json", "--date", "2027-02-01", "--select", "DIS,WAI")[1])["findings"]
    ] == [
        "DIS-06",
        "WAI-01",
    ]


def test_sarif_names_rule_level_and_place(tmp: Call, plan: Callable[..., str]) -> None:
    data = json.loads(tmp("check", plan(NO_INJUNCTION), "--report", "sarif")[1])
    (result,) = data["runs"][0]["results"]
    assert (data["version"], result["ruleId"], result["level"]) == ("2.1.0", "DIS-06", "warning")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a.plan.yaml"
    assert place["region"]["startLine"] > 1
    assert data["runs"][0]["tool"]["driver"]["rules"][0]["id"] == "DIS-06"


def test_markdown_keeps_its_table_whatever_a_message_holds(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({"members.A2": {"type": "company", "name": {"en": "A|B <i>", "zh": "甲|乙"}}})
    lines = [line for line in tmp("check", name, "--report", "markdown", "--select", "LAW")[1].splitlines() if "LAW-01" in line]
    assert len(lines) == 1
    assert "A\\|B &lt;i>" in lines[0]
    assert tmp("check", plan({}), "--report", "markdown")[1].strip() == "No findings."


def test_github_lines_escape_what_would_end_them() -> None:
    finding = Finding("DIS-06", Severity.NOTE, {"en": "50%\nof it"}, place=Place("a,b:c.yaml", 3, 1))
    assert github(finding, "en") == "::notice file=a%2Cb%3Ac.yaml,line=3,col=1,title=DIS-06::50%25%0Aof it"


def test_the_group_with_the_gravest_finding_comes_first() -> None:
    found = [
        Finding(code, severity, {"en": ""})
        for code, severity in (("TIM-04", Severity.ERROR), ("DIS-06", Severity.WARNING), ("TIM-03", Severity.NOTE))
    ]
    assert [(group, [each.code for each in every]) for group, every in in_groups(found, "en")] == [
        ("Dates", ["TIM-04", "TIM-03"]),
        ("Disputes", ["DIS-06"]),
    ]


# ── --fix ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_fix_adds_a_needed_option_with_its_defaults_and_says_so(
    tmp: Call, plan: Callable[..., str], tmp_path: Path, library: Library
) -> None:
    name = plan(SALE_BAN)
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text("# kept\n" + text, encoding="utf-8")
    code, _, err = tmp("check", name, "--fix", "--select", "STR-03")
    assert code == 0
    assert "added competition.window-review" in err
    after = read_plan(tmp_path / name, library)
    assert after.has("competition.window-review")
    assert after.has("competition.ancillary")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("# kept\n")
    defaults = {
        address for address, each in library.options["competition.window-review"].parameters.items() if each.default is not None
    }
    assert {f"competition.window-review.{each}" for each in defaults} <= set(after.values)


def test_fix_leaves_a_plan_alone_that_needs_nothing(tmp: Call, plan: Callable[..., str], tmp_path: Path) -> None:
    name = plan({})
    before = (tmp_path / name).read_bytes()
    assert "nothing to add" in tmp("check", name, "--fix")[2]
    assert (tmp_path / name).read_bytes() == before


def test_fix_never_decides_between_alternatives_or_displaces_a_choice(library: Library, tmp_path: Path) -> None:
    for changes in (
        {"choices.joint-ownership": [], "choices.improvements": ["joint"]},
        {"choices.definitions": ["us-annex"], "choices.basis": ["private"]},
        {**SALE_BAN, "choices.competition": {"open": ["ancillary", "frand"]}},
    ):
        found = read_plan(save(changed(BASE, changes), tmp_path / "b.plan.yaml"), library)
        added = set(repairs(found, library).changes)
        assert not added & {"choices.joint-ownership", "choices.basis", "choices.competition"}


def test_a_signed_plan_is_not_repaired(library: Library, tmp_path: Path) -> None:
    signed = {**SALE_BAN, "status": "signed", "signed-on": "2026-09-20"}
    assert not repairs(read_plan(save(changed(BASE, signed), tmp_path / "s.plan.yaml"), library), library).changes


def test_fix_says_that_a_signed_plan_is_not_changed(tmp: Call, plan: Callable[..., str], tmp_path: Path) -> None:
    name = plan({**SALE_BAN, "status": "signed", "signed-on": "2026-09-20"})
    before = (tmp_path / name).read_bytes()
    assert "signed, and so not changed" in tmp("check", name, "--fix")[2]
    assert (tmp_path / name).read_bytes() == before


# ── explain ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dis-06", "Why:"),
        ("D39", "Retention Window"),
        ("disputes.ladder", "Disputes climb"),
        ("disp.ladder", "disputes.ladder"),
        ("background ip", "Know-how that a Member holds"),
        ("背景知识产权", "Background IP"),
        ("WAI-03", "law"),
    ],
)
def test_explain_knows_rules_dates_options_and_terms(tmp: Call, name: str, says: str) -> None:
    code, out, _ = tmp("explain", name)
    assert code == 0
    assert says in out


def test_explain_all_holds_every_rule_and_every_date(tmp: Call) -> None:
    explained = json.loads(tmp("explain", "--all", "--json")[1])["explained"]
    assert [each["id"] for each in explained if each["kind"] == "rule"] == [rule.code for rule in pages()]
    assert [each["id"] for each in explained if each["kind"] == "date"] == [f"D{number:02}" for number in range(1, 56)]
    assert all(each["page"] for each in explained if each["kind"] == "date")


def test_every_code_that_can_be_printed_has_a_page_in_both_languages(tmp: Call) -> None:
    source = Path(tmp_builder.__file__).parent
    groups = "|".join(GROUP_NAMES)
    written = {
        code for path in source.rglob("*.py") for code in re.findall(rf'"((?:{groups})-\d\d)"', path.read_text(encoding="utf-8"))
    }
    explained = json.loads(tmp("explain", "--all", "--json")[1])["explained"]
    assert written <= {each["id"] for each in explained}
    for code in (each for each in explained if each["kind"] == "code"):
        assert code["page"]["en"].endswith("."), code["id"]
        assert code["page"]["zh"].endswith("。"), code["id"]
    assert {each["id"] for each in explained if each["kind"] == "code"} == {
        *(f"DOC-{number:02}" for number in range(1, 7)),
        *(f"LIB-{number:02}" for number in range(28)),
    }


def test_a_code_about_files_is_explained_in_the_language_of_the_interface(tmp: Call) -> None:
    assert "tmp verify FILE" in tmp("explain", "DOC-03")[1]
    assert tmp("explain", "doc-05", language="zh")[1].startswith("DOC-05  警告 · 文件文本\n  文件的某些内容未被读取")
    assert "条款库的每个文件均可读取" in tmp("explain", "LIB-00", language="zh")[1]


def test_a_date_is_explained_in_the_language_of_the_interface(tmp: Call) -> None:
    assert "not before the Effective Date (rule PRJ-01)" in tmp("explain", "D05")[1]
    out = tmp("explain", "D05", language="zh")[1]
    assert "开始日不早于生效日（规则PRJ-01）" in out
    assert "Effective Date" not in out
    (date,) = json.loads(tmp("explain", "D05", "--json")[1])["explained"]
    assert date["page"]["zh"].endswith("（规则PRJ-01）。")


def test_the_chinese_interface_says_that_a_rule_s_page_is_english(tmp: Call) -> None:
    assert "规则的说明仅有英文" in tmp("explain", "STR-05", language="zh")[1]
    assert "规则的说明" not in tmp("explain", "STR-05")[1]


def test_conditions_of_a_need_are_said_in_words(tmp: Call) -> None:
    english, chinese = (tmp("explain", "ownership.employer", language=language)[1] for language in ("en", "zh"))
    assert "– if results can come to be jointly owned" in english
    assert "——条件：成果可能由多方共有" in chinese
    assert "joint-ownership-possible" not in english + chinese
    assert "export-control.us-ear.rely_on_fre: yes" in tmp("explain", "export-control.us-ear")[1]


def test_explain_refuses_what_it_does_not_know(tmp: Call) -> None:
    code, _, err = tmp("explain", "OWN-99")
    assert code == 2
    assert "OWN-" in err
    assert tmp("explain")[0] == 2


def test_every_kind_of_value_has_a_chinese_name(tmp: Call) -> None:
    assert set(KINDS_ZH) == set(KINDS)
    assert "确定发明人的法律: 选择，" in tmp("explain", "ownership.employer", language="zh")[1]


# ── why ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def options(out: str) -> dict[str, dict[str, Any]]:
    return {each["option"]: each for each in json.loads(out)["options"]}


def test_why_says_by_whose_choice_an_option_is_in_or_out(tmp: Call, plan: Callable[..., str]) -> None:
    found = options(tmp("why", plan({"choices.disputes": ["ladder", "institution", "interim-ip"]}), "disputes", "--json")[1])
    assert {ident: (each["state"], each["who"]) for ident, each in found.items()} == {
        "disputes.ladder": ("in", "profile"),
        "disputes.uncitral-mutual": ("out", "person"),
        "disputes.institution": ("in", "person"),
        "disputes.expert-panel": ("out", "profile"),
        "disputes.courts": ("out", "profile"),
        "disputes.expert-technical": ("out", "profile"),
        "disputes.interim-ip": ("in", "profile"),
        "disputes.injunction": ("out", "person"),
    }
    assert found["disputes.uncitral-mutual"]["blocked_by"] == ["disputes.institution"]


def test_why_names_the_need_behind_an_option(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({**SALE_BAN, "choices.competition": ["ancillary", "window-review"]})
    found = options(tmp("why", name, "competition", "--json")[1])["competition.window-review"]
    assert (found["state"], found["who"], found["needed_by"]) == ("in", "need", ["equipment.sale-ban"])
    assert "STR-03" in [each["code"] for each in found["appear"]]


def test_why_names_findings_that_would_come_and_go_and_writes_nothing(
    tmp: Call, plan: Callable[..., str], tmp_path: Path
) -> None:
    name = plan(NO_INJUNCTION)
    before = (tmp_path / name).read_bytes()
    found = options(tmp("why", name, "disputes", "--json")[1])
    assert [each["code"] for each in found["disputes.injunction"]["vanish"]] == ["DIS-06"]
    assert [each["code"] for each in found["disputes.interim-ip"]["appear"]] == ["DIS-06"]
    assert found["disputes.injunction"]["change"] == "choices.disputes: [ladder, uncitral-mutual, interim-ip, injunction]"
    assert (tmp_path / name).read_bytes() == before


def test_why_tells_a_finding_that_only_changes_its_words_once(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({"choices.joint-ownership": ["consent-all", "assignment-rules"]})
    _, out, _ = tmp("why", name, "joint-ownership.enforcement")
    told = [line.strip().partition(":")[0] for line in out.splitlines() if "OWN-02" in line]
    assert told == ["would change to error OWN-02"]


def test_why_marks_what_is_open(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan(
        {"choices.disputes": {"open": ["uncitral-mutual", "institution"], "settled": ["ladder", "interim-ip", "injunction"]}}
    )
    found = options(tmp("why", name, "disputes", "--json")[1])
    assert (found["disputes.institution"]["state"], found["disputes.institution"]["who"]) == ("open", "nobody")
    assert "institution" in found["disputes.institution"]["change"]


def test_why_names_options_by_their_labels_and_ids(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({"choices.disputes": ["ladder", "institution", "interim-ip"]})
    found = {language: tmp("why", name, "disputes.uncitral-mutual", language=language)[1] for language in ("en", "zh")}
    assert re.search(r"in its way: “[^”]+” \(disputes\.institution\)", found["en"])
    assert re.search(r"受下列选项排斥或者占位：“[^”]+”（disputes\.institution）", found["zh"])


def test_why_in_chinese_and_for_one_option(tmp: Call, plan: Callable[..., str]) -> None:
    code, out, _ = tmp("why", plan(NO_INJUNCTION), "disputes.injunction", language="zh")
    assert code == 0
    assert "未选  disputes.injunction" in out
    assert "将消除 警告 DIS-06" in out
    assert "disputes.ladder" not in out.splitlines()[0]


def test_why_refuses_an_unknown_section_or_option(tmp: Call, plan: Callable[..., str]) -> None:
    name = plan({})
    assert tmp("why", name, "dispute")[0] == 2
    code, _, err = tmp("why", name, "disputes.court")
    assert code == 2
    assert "disputes.courts" in err
