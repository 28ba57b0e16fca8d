"""`tmp verify` and `tmp open` of a signature page: which text it belongs to, and whether it is as it was sent."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.plans import changed, save, small_plan
from tmp_builder import pipeline, rounds
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.library.schema import Library

NAME = "small-signature-A1.pdf"


@pytest.fixture(scope="module")
def sent(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose plan was circulated as draft no. 4, with signature pages."""
    pytest.importorskip("typst", reason="needs typst")
    folder = tmp_path_factory.mktemp("sent")
    plan = save(changed(small_plan(library), {"version": 3}), folder / "small.plan.yaml")
    rounds.circulate(plan, "the Chinese Side", pipeline.Options(formats=(), signature_pages=True, pdf_engine="typst"))
    return folder


def call(capsys: pytest.CaptureFixture[str], *arguments: object, language: str = "en") -> tuple[int, str, str]:
    code = run(cli, ["--ui-language", language, *map(str, arguments)])
    return code, *capsys.readouterr()


def test_a_page_where_it_was_kept_is_as_sent(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "verify", sent / "drafts" / "004" / NAME)
    assert code == 0
    assert "a signature page of the plan small, draft no. 4" in out
    assert "draft no. 4, dated 2026-09-15, went to the Chinese Side" in err
    assert "As sent, byte for byte." in err


def test_a_page_elsewhere_is_found_in_the_log_of_the_plan(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = Path(shutil.copy(sent / "drafts" / "004" / NAME, tmp_path / "back.pdf"))
    code, out, _ = call(capsys, "verify", back, "--plan", sent / "small.plan.yaml", "--json")
    data = json.loads(out)
    assert (code, data["kind"], data["plan"], data["version"], data["as_built"]) == (0, "signature-page", "small", 4, True)
    assert [each["to"] for each in data["sent"]] == ["the Chinese Side"]


def test_a_page_without_a_log_is_named_and_the_plan_asked_for(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = Path(shutil.copy(sent / "drafts" / "004" / NAME, tmp_path / "back.pdf"))
    code, _, err = call(capsys, "verify", back)
    assert code == 3
    assert "is a signature page of the plan small, draft no. 4" in err
    assert "tmp verify FILE --plan PLAN" in err
    plan = Path(shutil.copy(sent / "small.plan.yaml", tmp_path / "other.plan.yaml"))
    code, _, err = call(capsys, "verify", back, "--plan", plan, language="zh")
    assert code == 3
    assert f"{plan}旁没有送出稿登记簿" in err


def test_a_page_changed_since_is_told_with_the_draft_it_names(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = tmp_path / "back.pdf"
    back.write_bytes((sent / "drafts" / "004" / NAME).read_bytes() + b"\n% signed\n")
    code, out, err = call(capsys, "verify", back, "--plan", sent / "small.plan.yaml")
    assert code == 1
    assert "draft no. 4" in out
    assert "went to the Chinese Side" in err
    assert "Changed since" in err


def test_a_page_of_a_text_that_was_never_sent_is_not_as_sent(
    library: Library, sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = save(changed(small_plan(library), {"title": {"en": "Another", "zh": "另一"}}), tmp_path / "small.plan.yaml")
    options = pipeline.Options(formats=(), signature_pages=True, pdf_engine="typst")
    files = pipeline.files(pipeline.examine(*pipeline.read(plan), options), options)
    back = tmp_path / "back.pdf"
    back.write_bytes(files[f"{pipeline.SIGNATURE}A1"])
    code, _, err = call(capsys, "verify", back, "--plan", sent / "small.plan.yaml")
    assert code == 1
    assert "that of no draft in the log" in err


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Open the document that it was sent with."), ("zh", "第4稿的签署页，不含计划")]
)
def test_open_says_what_a_page_is_and_where_the_plan_is(
    sent: Path, capsys: pytest.CaptureFixture[str], language: str, says: str
) -> None:
    code, _, err = call(capsys, "open", sent / "drafts" / "004" / NAME, language=language)
    assert code == 3
    assert says in err
