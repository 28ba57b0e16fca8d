"""A returned Word file, back into its plan: values, other options, bespoke wording; pasted, the plan gives the returned text."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from tests.wordfiles import BY, MAIN, gone, ins, run
from tmp_builder import pipeline
from tmp_builder.compare.foreign import compare_texts
from tmp_builder.compare.foreign.drafting import escape
from tmp_builder.compare.foreign.hearing import hear
from tmp_builder.document.walk import plain
from tmp_builder.library.prose import parse_prose
from tmp_builder.plan.writing import edit
from tmp_builder.readers.docx import read_docx
from tmp_builder.returned import TakenBack, take_back
from tmp_builder.values import Spec
from tmp_builder.values.kinds import Choice
from tmp_builder.values.parse import Money

from .conftest import DRAFTS, Call

PLAN = "old.plan.yaml"
DAYS = "governance.secretariat.register_update_days"

Edit = Callable[[str], str]


class NoNames:
    def party(self, ident: str, language: str) -> str | None:
        return {"A1": {"en": "Lakeshore University", "zh": "湖滨大学"}}.get(ident, {}).get(language)

    def territory(self, code: str, language: str) -> str | None:
        return None


def built(folder: Path, changes: Mapping[str, Any] | None = None) -> Path:
    """The Word file of the draft with these changes."""
    text = (folder / PLAN).read_text(encoding="utf-8")
    other = folder / "other.plan.yaml"
    other.write_text(edit(text, changes or {}), encoding="utf-8")
    checked = pipeline.examine(*pipeline.read(other))
    path = folder / "returned.docx"
    path.write_bytes(pipeline.files(checked, pipeline.Options(formats=("docx",)))["docx"])
    return path


def rewritten(path: Path, *edits: Edit) -> Path:
    """The file with its main part changed, as the other side would send it back."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[MAIN].decode()
    for change in edits:
        new = change(text)
        assert new != text
        text = new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, MAIN: text.encode()}.items():
            archive.writestr(name, content)
    return path


def words(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def tracked(old: str, new: str) -> Edit:
    """A tracked replacement inside one run."""
    pattern = re.compile(
        rf'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<]*?){re.escape(old)}([^<]*)</w:t></w:r>'
    )

    def change(text: str) -> str:
        return pattern.sub(lambda m: f"{run(m[2])}{gone(old)}{ins(new)}{run(m[3])}", text, count=1)

    return change


def item_after(words_before: str, new: str, style: str) -> Edit:
    """A tracked new item behind the paragraph that holds `words_before`."""
    added = f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{ins(new)}</w:p>'

    def change(text: str) -> str:
        end = text.index("</w:p>", text.index(words_before)) + len("</w:p>")
        return text[:end] + added + text[end:]

    return change


def pasted(folder: Path, out: str) -> Path:
    """The plan with the printed YAML pasted in."""
    data = yaml.safe_load(out) or {}
    edits = {f"{key}.{name}": value for key, entries in data.items() for name, value in entries.items()}
    path = folder / "pasted.plan.yaml"
    path.write_text(edit((folder / PLAN).read_text(encoding="utf-8"), edits), encoding="utf-8")
    return path


def test_pasted_into_the_plan_the_yaml_gives_the_returned_text(tmp: Call, folder: Path) -> None:
    path = built(folder, {f"parameters.{DAYS}": 45, "choices.governing-law": ["split"]})
    rewritten(
        path,
        tracked("A late report does not move title", "A report made late moves no title"),
        tracked("逾期报告不改变权利归属", "迟延报告不转移权利"),
        words("bears the extra cost", "bears *all* [1] the extra_cost"),
    )
    code, out, err = tmp("diff", PLAN, str(path), "--as-wording")
    assert code == 1
    data = yaml.safe_load(out)
    assert data["parameters"] == {DAYS: 45}
    assert data["choices"] == {"governing-law": ["split"]}
    assert list(data["wording"]) == ["protection.disclose"]
    assert "{{ party_to_party_days }}" in data["wording"]["protection.disclose"]["zh"]
    assert "With these edits the plan gives the returned text." in err
    again = pipeline.files(pipeline.examine(*pipeline.read(pasted(folder, out))), pipeline.Options(formats=("docx",)))["docx"]
    (folder / "again.docx").write_bytes(again)
    assert compare_texts(read_docx(folder / "again.docx"), read_docx(path)).changes == ()


def test_an_option_with_its_values_is_found_by_its_words(tmp: Call, folder: Path) -> None:
    law = {"en": "France", "zh": "法国"}
    built(folder, {"choices.governing-law": ["neutral", "mandatory"], "parameters.governing-law.neutral.law": law})
    _, out, err = tmp("diff", PLAN, "returned.docx", "--as-wording")
    assert yaml.safe_load(out) == {
        "choices": {"governing-law": ["neutral", "mandatory"]},
        "parameters": {"governing-law.neutral.law": law},
    }
    assert "With these edits the plan gives the returned text." in err


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> TakenBack:
    """A new item in both languages, one in English only, and a value that the languages say differently."""
    folder = tmp_path_factory.mktemp("mixed")
    for path in DRAFTS.iterdir():
        shutil.copy(path, folder)
    path = rewritten(
        built(folder, {f"parameters.{DAYS}": 45}),
        words("四十五（45）日", "四十（40）日"),
        item_after("A late report does not move title", "No Member delays a report for commercial reasons.", "Clause2"),
        item_after("逾期报告不改变权利归属", "任何成员单位不得以商业理由拖延报告。", "Clause2Zh"),
        item_after("The Members make this Plan to:", "This Plan serves peace.", "BodyText"),
    )
    return take_back(folder / PLAN, path)


def test_a_new_item_in_both_languages_becomes_one_item_with_one_name(mixed: TakenBack) -> None:
    wording = mixed.edits["wording.protection.disclose"]
    assert "\n1.  {#late-2} No Member delays a report for commercial reasons.\n" in wording["en"]
    assert "\n1.  {#late-2} 任何成员单位不得以商业理由拖延报告。\n" in wording["zh"]


def test_what_stands_in_one_language_only_is_said_and_gets_a_place_in_the_other(mixed: TakenBack) -> None:
    (recitals,) = [each for each in mixed.proposals if each.owner == "parties.recitals"]
    assert "added in one language only (“This Plan serves peace.…”)" in recitals.notes[0]["en"]
    wording = recitals.edits["wording.parties.recitals"]
    assert "\n    This Plan serves peace.\n" in wording["en"]
    assert "\n    【● 待补中文文本】\n" in wording["zh"]
    assert mixed.rest is not None
    assert [each.old for each in mixed.rest.changes if each.kind == "removed"] == ["【● 待补中文文本】"]


def test_a_value_that_the_languages_say_differently_becomes_wording_and_no_value(mixed: TakenBack) -> None:
    assert not any(address.startswith("parameters.") for address in mixed.edits)
    wording = mixed.edits["wording.governance.secretariat"]
    assert "forty-five (45) days" in wording["en"]
    assert "四十（40）日" in wording["zh"]


def test_a_file_that_lost_its_bookmarks_is_read_by_its_words(tmp: Call, folder: Path) -> None:
    def bare(text: str) -> str:
        text = re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", text)
        return re.sub(r"<w:(?:alias|tag) [^>]*/>", "", text)

    rewritten(built(folder, {f"parameters.{DAYS}": 45}), bare)
    _, out, err = tmp("diff", PLAN, "returned.docx", "--as-wording")
    assert yaml.safe_load(out) == {"parameters": {DAYS: 45}}
    assert "clauses were found by their words" in err


def test_an_unchanged_file_has_nothing_to_paste(tmp: Call, folder: Path) -> None:
    built(folder)
    code, out, err = tmp("diff", PLAN, "returned.docx", "--as-wording", language="zh")
    assert (code, out) == (0, "")
    assert "计划的文本与返回文件一致" in err


def test_open_issues_are_a_workbook_with_author_date_and_clause_and_no_formula(tmp: Call, folder: Path) -> None:
    rewritten(built(folder), tracked("A late report does not move title", '=HYPERLINK("x")'))
    code, _, err = tmp("diff", PLAN, "returned.docx", "--open-issues", "issues.xlsx", "--as-wording")
    assert code == 1
    assert "1 tracked changes and comments" in err
    head, line = openpyxl.load_workbook(folder / "issues.xlsx").active.iter_rows()
    assert [cell.value for cell in head][:3] == ["No.", "Clause", "Clause id"]
    assert [cell.value for cell in line][:9] == [
        *(1, "12.6", "protection.disclose#late", "12. Protection and filing / 第12条 保护与申请", "replaced", "Counsel B"),
        *("2026-10-01 09:00:00", "A late report does not move title", '=HYPERLINK("x")'),
    ]
    assert {cell.data_type for cell in line} <= {"n", "s"}
    (folder / "mine.xlsx").write_bytes(b"not a workbook of ours")
    assert tmp("diff", PLAN, "returned.docx", "--open-issues", "mine.xlsx")[0] == 5


def test_the_plan_file_and_a_word_file_are_needed(tmp: Call, folder: Path) -> None:
    built(folder)
    assert tmp("diff", PLAN, PLAN, "--as-wording")[0] == 2
    assert tmp("diff", "returned.docx", "returned.docx", "--as-wording")[0] == 2
    assert tmp("diff", PLAN, "returned.docx", "--open-issues", "issues.csv")[0] == 2


HEARD: dict[str, tuple[Spec, str, str, Any]] = {
    "words and figures": (Spec("days"), "forty-five (45) days", "en", 45),
    "figures only": (Spec("days"), "45 days", "en", 45),
    "Chinese": (Spec("days"), "四十五（45）日", "zh", 45),
    "words against figures": (Spec("days"), "fifty (45) days", "en", None),
    "another unit": (Spec("days"), "forty-five (45) months", "en", None),
    "two numbers": (Spec("days"), "45 or 60 days", "en", None),
    "percent": (Spec("percent"), "ten percent (10%)", "en", Decimal(10)),
    "money": (Spec("money"), "USD 250,000", "en", Money(Decimal(250_000), "USD")),
    "Chinese money": (Spec("money"), "250,000美元", "zh", Money(Decimal(250_000), "USD")),
    "fraction": (Spec("fraction"), "two-thirds (2/3)", "en", Fraction(2, 3)),
    "day": (Spec("date"), "30 September 2026", "en", date(2026, 9, 30)),
    "Chinese day": (Spec("date"), "2026年9月30日", "zh", date(2026, 9, 30)),
    "no day": (Spec("date"), "31 September 2026", "en", None),
    "party": (Spec("party"), "湖滨大学", "zh", "A1"),
    "choice": (Spec("choice", choices={"yes": Choice({"en": "Yes"}, {"en": "is renewed"})}), "is renewed", "en", "yes"),
    "nothing": (Spec("days"), "", "en", None),
}


@pytest.mark.parametrize(("spec", "text", "language", "value"), HEARD.values(), ids=HEARD)
def test_a_value_is_heard_from_its_words_or_not_at_all(spec: Spec, text: str, language: str, value: Any) -> None:
    assert hear(spec, text, language, NoNames(), ["A1"]) == value


@pytest.mark.parametrize(
    "text",
    [
        "*all* of it",
        "a_b_c [1] <b>",
        "1. a number",
        "2) another",
        "- a dash",
        "# a sign",
        "back\\slash `code`",
        "a | b",
        "~ about",
    ],
)
def test_protected_words_are_read_as_they_were(text: str) -> None:
    prose = parse_prose({"en": (f"1.  {{#a}} {escape(text)}\n\n    {escape(text)}\n", 1)}, "x", "o.p")
    assert prose.faults == []
    clause = prose.clauses[0]
    assert plain(clause.texts["en"]) == text
    assert plain(clause.children[0].texts["en"]) == text
