"""What may go out names two versions by draft and date, never by a file; the terminal still names the files."""

from __future__ import annotations

import zipfile
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from tmp_builder.compare.called import EARLIER, LATER, OF_PROFILE, called, compared
from tmp_builder.document.walk import plain
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.writing import edit

from .conftest import OLD, Call, version

TELLING = "walk-away-price"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return replace(version(OLD).plan, version=10, dated=date(2026, 9, 30))


def said(old: Plan, new: Plan, *, profile: bool = False) -> list[str]:
    return [plain(inlines) for inlines in compared(called(old, new, profile=profile)).values()]


def test_two_drafts_are_called_by_number_and_date(plan: Plan) -> None:
    assert said(plan, replace(plan, version=11, dated=date(2026, 10, 12))) == [
        "Changes: Draft 10 of 2026-09-30 → Draft 11 of 2026-10-12",
        "变更：第10稿（2026-09-30） → 第11稿（2026-10-12）",
    ]


def test_a_draft_without_a_date_is_called_by_its_number(plan: Plan) -> None:
    undated = replace(plan, dated=None)
    assert said(undated, replace(undated, version=11)) == ["Changes: Draft 10 → Draft 11", "变更：第10稿 → 第11稿"]


def test_one_number_on_two_days_is_told_apart_by_the_days(plan: Plan) -> None:
    assert said(plan, replace(plan, dated=date(2026, 10, 1)))[0] == "Changes: Draft 10 of 2026-09-30 → Draft 10 of 2026-10-01"


@pytest.mark.parametrize("changes", [{}, {"id": "another", "version": 11}])
def test_what_number_and_date_do_not_tell_apart_is_earlier_and_later(plan: Plan, changes: dict[str, object]) -> None:
    new = replace(plan, **changes)
    assert called(plan, new) == (EARLIER, LATER)
    assert said(plan, new) == ["Changes: earlier text → later text", "变更：原文本 → 新文本"]


def test_the_text_of_a_profile_is_called_so(plan: Plan) -> None:
    old, new = called(plan, plan, profile=True)
    assert (old, new["en"]) == (OF_PROFILE, "Draft 10 of 2026-09-30")


@pytest.mark.parametrize(("number", "name"), [(11, "Changes: earlier text → later text"), (12, "Draft 12 of 2026-09-15")])
def test_no_file_that_may_go_out_holds_the_name_of_a_plan_file(tmp: Call, folder: Path, number: int, name: str) -> None:
    changes = {"version": number, "parameters.term.fixed.term_months": 48}
    (folder / f"{TELLING}.plan.yaml").write_text(edit(OLD.read_text(encoding="utf-8"), changes), encoding="utf-8")
    code, out, _ = tmp(
        "diff", "old.plan.yaml", f"{TELLING}.plan.yaml", "-f", "docx,html,md,json", "-o", "sent", "--html", "sent/page.html"
    )
    assert code == 1
    assert f"New  {TELLING}.plan.yaml  (draft {number}" in out
    files = {path.name: path.read_bytes() for path in (folder / "sent").iterdir()}
    assert len(files) == 5
    with zipfile.ZipFile(BytesIO(files.pop("clean-vehicles-redline.docx"))) as package:
        files |= {part: package.read(part) for part in package.namelist()}
    assert [file for file, content in files.items() if b"walk-away" in content or b"old.plan" in content] == []
    assert name in files["word/footer1.xml"].decode()
    assert name in unescape(files["clean-vehicles-redline.html"].decode())


def test_the_page_calls_a_built_file_by_its_draft_and_what_was_typed_as_typed_into_it(tmp: Call, folder: Path) -> None:
    assert tmp("build", "old.plan.yaml", "-f", "docx", "-q")[0] == 0
    with zipfile.ZipFile("old.docx") as source, zipfile.ZipFile(f"{TELLING}.docx", "w") as copy:
        for part in source.namelist():
            content = source.read(part)
            copy.writestr(
                part, content.replace(b"The parties sign", b"Some parties sign") if part == "word/document.xml" else content
            )
    tmp("diff", f"{TELLING}.docx", "new.plan.yaml", "--html", "page.html")
    page = unescape((folder / "page.html").read_text(encoding="utf-8"))
    assert TELLING not in page
    assert "Draft 11 of 2026-09-15: compared by the plan inside" in page
    assert "typed into the built file" in page
