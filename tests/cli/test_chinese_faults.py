"""Every fault that a page or a test knows, in the Chinese interface: no sentence of it is in English alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_transcripts import _BLOCK, PAGES, made_from, steps
from tests.plans import save
from tests.rules.test_cases import BASE
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.findings import both, listed, spoken

FAULTY_PAGES = [page for page in PAGES if page.stem in ("bad-input", "bad-cards", "places", "findings")]
HEAD = "id: p\ntitle: {en: Plan, zh: 计划}\n"
MEMBER = "members:\n  - {id: A1, name: {en: Lake, zh: 湖}, side: US}\n"
SIDE = "sides:\n  - {id: US, name: {en: the US Side, zh: 美方}, territory: [US]}\n"

PLANS = {
    "an alias": HEAD + "choices: &a {}\nparameters: *a\n",
    "a tag": HEAD + "version: !!int 3\n",
    "a key twice": HEAD + "version: 1\nversion: 2\n",
    "no YAML": HEAD + "choices: [\n",
    "two documents": HEAD + "---\nid: q\n",
    "deep nesting": HEAD + "reserved: " + "[" * 40 + "]" * 40 + "\n",
    "a control character": HEAD + "profile: a\x01b\n",
    "a turn of direction": HEAD + 'profile: "a\u202eb"\n',
    "a list for a plan": "- id\n",
    "a key that is no word": HEAD + "? [a, b]\n: c\n",
    "no id": "title: {en: Plan}\n",
    "a wrong id": "id: p q\ntitle: {en: Plan}\n",
    "an unknown key": HEAD + "choises: {}\n",
    "an unknown key of a member": HEAD + "members: [{id: A1, name: L, typ: company}]\n",
    "an unknown type": HEAD + "members: [{id: A1, name: L, type: firm}]\n",
    "a text for a list": HEAD + "sides: US\n",
    "a list for a text": HEAD + "profile: [cerc]\n",
    "no whole number": HEAD + "version: eleven\n",
    "a day that is none": HEAD + "dated: 2026-02-30\n",
    "a day with a time": HEAD + "dated: 2026-09-30T10:00\n",
    "a day written otherwise": HEAD + "dated: 30.9.2026\n",
    "an effective date that is none": HEAD + "effective-date: soon\n",
    "a language twice": HEAD + "languages: [en, en]\n",
    "a language nobody has": HEAD + "languages: [en, fr]\n",
    "signed without a day": HEAD + "status: signed\n",
    "an unknown profile": HEAD + "profile: crc\n",
    "an unknown section": HEAD + "choices: {ownershp: employer}\n",
    "an unknown option": HEAD + "choices: {ownership: employr}\n",
    "an option twice": HEAD + "choices: {ownership: [employer, employer]}\n",
    "an unknown holder": HEAD + "choices: {ownership: {open: [employer, sponsor], positions: {XX: employer}}}\n",
    "an open choice of one": HEAD + "choices: {ownership: {open: [employer]}}\n",
    "an unknown parameter": HEAD + "parameters: {term.fixed.term_monts: 60, nothing.at.all: 1}\n",
    "a repeated fact": HEAD + "parameters: {term.fixed.effective_date: 2026-01-01}\n",
    "values that do not fit": HEAD + "parameters: {term.fixed.term_months: five, membership.approval.majority: most, "
    "reciprocity.funding-parity.parity: half, disputes.uncitral-mutual.seat: {fr: Paris}, benefits.payments-tax.withholding: x}\n",
    "rows that do not fit": HEAD + "parameters: {basis.protocol.instruments: [{kind: x}, 3, {colour: red}]}\n",
    "a row alone": HEAD + "parameters: {basis.protocol.instruments: 3}\n",
    "a negative period": HEAD + "parameters: {term.fixed.term_months: -3}\n",
    "a member twice": HEAD + "members: [{id: A1, name: L}, {id: A1, name: M}]\n",
    "an unknown side": HEAD + SIDE + "members: [{id: A1, name: L, side: UK}]\n",
    "an unknown lead": HEAD + "sides: [{id: US, name: U, territory: [US], lead: A9}]\n",
    "an unknown country": HEAD + "members: [{id: A1, name: L, country: XQ}]\n",
    "an unknown rival": HEAD + "members: [{id: A1, name: L, competes-with: [B9]}]\n",
    "an unknown fact": HEAD + "facts: {weather: yes}\n",
    "money that is none": HEAD + "members: [{id: A1, name: L, cash: a lot}]\n",
    "an unknown member of a project": HEAD + "projects: [{id: P1, title: {en: A}, members: [B9], headings: {colour: {en: x}}}]\n",
    "an unknown register": HEAD + "registers: {equipmnt: []}\n",
    "an unknown column": HEAD + "registers: {equipment: [{eq_id: E1, colour: red}]}\n",
    "a row without its key": HEAD + "registers: {equipment: [{name: Bench}]}\n",
    "a row twice": HEAD + "registers: {equipment: [{eq_id: E1}, {eq_id: E1}]}\n",
    "cells that do not fit": HEAD + "registers: {equipment: [{eq_id: E1, delivered_on: soon, loan: perhaps, host: B9}]}\n",
    "a table that is not there": HEAD + "members: nothing.csv\n",
    "a table elsewhere": HEAD + "members: ../members.csv\n",
    "a table of another kind": HEAD + "members: members.doc\n",
    "a table with faults": HEAD + "members: members.csv\n",
    "a spreadsheet that is none": HEAD + "members: broken.xlsx\n",
    "rows that are no rows": HEAD + "members: rows.yaml\n",
    "wording with faults": HEAD + "wording: {ownership.employer: {en: '# Heading', zh: '1. {#a} {{ nothing }}'}}\n",
    "wording in one language": HEAD + "wording: {ownership.employer: {en: '1. {#a} Text.'}}\n",
    "wording of unequal length": HEAD + "wording: {ownership.employer: {en: '1. {#a} A.', zh: '1. {#b} 乙。'}}\n",
    "an additional clause nowhere": HEAD
    + "additional: [{id: x, after: nowhere, title: {en: X}, en: '1. {#a} A.', zh: '1. {#a} 甲。'}]\n",
    "a library elsewhere": HEAD + "overlay: ../clauses\n",
    "a library that is not there": HEAD + "overlay: ./nothing\n",
}

COMMANDS = [
    "foo",
    "chek x",
    "build",
    "build --forma docx",
    "build x.plan.yaml -f",
    "build x.plan.yaml -f docs",
    "build x.plan.yaml -f ,",
    "build x.plan.yaml --language fr",
    "build x.plan.yaml --date soon",
    "build x.plan.yaml --final --for internal",
    "build x.plan.yaml --edition annotated --for counterparty",
    "build x.plan.yaml --edition loud",
    "build x.plan.yaml --profile cerc",
    "build --profile crc",
    "build nothing.plan.yaml",
    "build .",
    "check",
    "dates",
    "dates complete.plan.yaml --member Z9",
    "dates complete.plan.yaml --extract md",
    "explain",
    "explain XYZ-99",
    "why complete.plan.yaml ownershp",
    "why complete.plan.yaml ownership.x",
    "profiles crc",
    "library show ownership.x",
    "library list --section x",
    "library shw",
    "completion",
    "completion tcsh",
    "new x --profile crc --no-input",
    "new x --section nowhere --no-input",
    "new x --set title --no-input",
    "new x --set colour=red --no-input",
    "new x --set parameters.term.fixed.term_monts=5 --no-input",
    "new x --set parameters.term.fixed.term_months=five --no-input",
    "new x --answers nothing.yaml",
    "new .",
    "diff complete.plan.yaml",
    "open complete.plan.yaml --force=3",
    "--ui-language fr build",
]


def in_chinese(*arguments: str, capture: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code of a command in the Chinese interface, and the lines of its talk that hold no Chinese character."""
    code = run(cli, ["--ui-language", "zh", *arguments])
    err = capture.readouterr().err
    assert "Traceback" not in err
    return code, [line for line in err.splitlines() if line.strip() and not re.search("[\u4e00-\u9fff]", line)]


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMP_UI_LANGUAGE", "zh")
    save(BASE, Path("complete.plan.yaml"))
    Path("members.csv").write_text("id,name.en,name,name.en,colour,country\nA1,Lake,x,y,red,XQ\n,\n", encoding="utf-8")
    Path("broken.xlsx").write_bytes(b"no spreadsheet")
    Path("rows.yaml").write_text("- 3\n- {id: A1, typ: x}\n", encoding="utf-8")
    Path("members.doc").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("text", PLANS.values(), ids=list(PLANS))
def test_a_fault_of_a_plan_is_said_in_chinese(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.plan.yaml").write_text(text, encoding="utf-8")
    code, english = in_chinese("build", "x.plan.yaml", "-f", "md", capture=capsys)
    assert code == 3
    assert english == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_of_the_command_line_is_said_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    save(BASE, Path("x.plan.yaml"))
    code, english = in_chinese(*command.split(), capture=capsys)
    assert code in (2, 3)
    assert english == []


@pytest.mark.parametrize("page", FAULTY_PAGES, ids=[page.stem for page in FAULTY_PAGES])
def test_every_fault_of_the_guide_is_said_in_chinese(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8")
    tried = 0
    for block in _BLOCK.finditer(text):
        about = dict(word.split("=", 1) for word in block[2].split())
        if made_from(block[3], about, page.name):
            continue
        if block[1] == "console":
            for step in steps(block[3], 1):
                if step.command.startswith("tmp "):
                    _, english = in_chinese(*step.command.split()[1:], capture=capsys)
                    assert english == [], step.command
                    tried += 1
    assert tried > 3


def test_help_has_chinese_headings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["--ui-language", "zh", "build", "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：tmp build [选项]")
    assert "\n选项：\n" in out
    assert "显示本说明并退出。" in out
    assert run(cli, ["--ui-language", "en", "build", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: tmp build [OPTIONS]")


def test_the_english_interface_stays_english(capsys: pytest.CaptureFixture[str]) -> None:
    run(cli, ["--ui-language", "en", "build", "--forma", "x"])
    err = capsys.readouterr().err
    assert "No such option '--forma'" in err
    assert not re.search("[\u4e00-\u9fff]", err)


def test_a_sentence_is_put_together_in_each_language_by_itself() -> None:
    near = both(", did you mean “{name}”?", "，是否应为“{name}”？", name="cerc")
    whole = both(
        "unknown {what} “{name}”{near}", "没有{what}“{name}”{near}", what=both("profile", "模板"), name="{crc}", near=near
    )
    assert whole == "unknown profile “{crc}”, did you mean “cerc”?"
    assert spoken(whole, "zh") == "没有模板“{crc}”，是否应为“cerc”？"
    assert spoken(listed(["a", both("b", "乙")]), "zh") == "a、乙"
    assert spoken("as it is", "zh") == "as it is"
