"""Rounds: a draft is raised, kept and logged; what comes back is found in the log; a signed text stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.plans import changed, save, small_plan
from tmp_builder import pipeline, rounds
from tmp_builder.errors import EngineError, PlanError, UsageError
from tmp_builder.library.schema import Library
from tmp_builder.verify import verify

OPTIONS = pipeline.Options(formats=("docx", "md"))


@pytest.fixture
def path(library: Library, tmp_path: Path) -> Path:
    plan = save(changed(small_plan(library), {"languages": ["en"], "version": 3}), tmp_path / "small.plan.yaml")
    plan.write_text(f"# our notes\n{plan.read_text(encoding='utf-8')}", encoding="utf-8")
    return plan


def test_a_draft_gets_the_next_number_and_is_kept_with_its_plan(path: Path) -> None:
    sent, folder, errors = rounds.circulate(path, "the Chinese Side", OPTIONS)
    assert (sent.version, sent.to, sent.dated, sent.audience) == (4, "the Chinese Side", "2026-09-15", "counterparty")
    assert errors == len(pipeline.examine(*pipeline.read(path), OPTIONS).errors)
    assert sorted(file.name for file in folder.iterdir()) == ["small.docx", "small.md", "small.plan.yaml"]
    assert folder == path.parent / "drafts" / "004"
    assert "version: 4" in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("# our notes")
    assert (folder / "small.plan.yaml").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_the_log_keeps_every_round(path: Path) -> None:
    first, _, _ = rounds.circulate(path, "the Chinese Side", OPTIONS)
    second, _, _ = rounds.circulate(path, "both Sides", OPTIONS)
    assert rounds.read_log(path) == [first, second]
    assert [sent.version for sent in rounds.read_log(path)] == [4, 5]


def test_a_returned_file_is_found_by_its_bytes_and_by_its_text(path: Path) -> None:
    sent, folder, _ = rounds.circulate(path, "the Chinese Side", OPTIONS)
    back = path.parent / "back.docx"
    shutil.copy(folder / "small.docx", back)
    assert rounds.find(path, back) == [sent]
    back.write_bytes(back.read_bytes() + b" ")
    assert rounds.find(path, back) == []
    assert rounds.find(path, back, sent.fingerprint) == [sent]
    assert verify(folder / "small.docx", path).same_bytes


def test_nothing_changes_where_a_draft_of_that_number_is_there(path: Path) -> None:
    (path.parent / "drafts" / "004").mkdir(parents=True)
    before = path.read_text(encoding="utf-8")
    with pytest.raises(EngineError, match="exists already"):
        rounds.circulate(path, "x", OPTIONS)
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("to", "audience"), [("  ", "counterparty"), ("the Chinese Side", "internal")])
def test_it_refuses_nobody_and_the_set_of_the_house(path: Path, to: str, audience: str) -> None:
    with pytest.raises(UsageError):
        rounds.circulate(path, to, replace(OPTIONS, audience=audience))
    assert not (path.parent / "drafts").exists()


# ── signed ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def signed(library: Library, folder: Path, **more: object) -> Path:
    changes = {"languages": ["en"], "status": "signed", "signed-on": "2026-09-20", **more}
    return save(changed(small_plan(library), changes), folder / "signed.plan.yaml")


def test_a_signed_plan_is_not_circulated(library: Library, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="signed"):
        rounds.circulate(signed(library, tmp_path), "x", OPTIONS)


def test_a_signed_text_is_frozen_by_its_fingerprint(library: Library, tmp_path: Path) -> None:
    plan, found = pipeline.read(signed(library, tmp_path))
    mark = pipeline.examine(plan, found).document.imprint.fingerprint
    frozen, found = pipeline.read(signed(library, tmp_path, **{"signed-fingerprint": mark}))
    assert pipeline.examine(frozen, found).document.imprint.fingerprint == mark
    other, found = pipeline.read(signed(library, tmp_path, **{"signed-fingerprint": mark, "title": {"en": "Another"}}))
    with pytest.raises(PlanError, match="not the one that was signed") as caught:
        pipeline.examine(other, found)
    assert "signed.plan.yaml:" in str(caught.value)


def test_a_draft_is_not_frozen(library: Library, tmp_path: Path) -> None:
    path = signed(library, tmp_path, **{"status": "draft", "signed-fingerprint": f"v1:{'0' * 64}"})
    plan, found = pipeline.read(path)
    assert pipeline.examine(plan, found).document.imprint.fingerprint != plan.signed_fingerprint


def test_a_fingerprint_that_is_none_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="signed-fingerprint"):
        pipeline.read(signed(library, tmp_path, **{"signed-fingerprint": "abc"}))


# ── what a build makes ──────────────────────────────────────────────────────────────────────────────────────────────


def test_settings_of_a_file_name_what_decides_its_bytes() -> None:
    assert pipeline.Options().settings == {"layout": "columns", "paper": "A4", "final": False, "edition": "clean"}
    assert pipeline.Options(protect=True).settings["protect"] is True


def test_the_last_lines_name_text_and_recipe(path: Path) -> None:
    from docx import Document as open_word_file

    plan, found = pipeline.read(path)
    checked = pipeline.examine(plan, found, OPTIONS)
    made = pipeline.files(checked, OPTIONS)
    (path.parent / "made.docx").write_bytes(made["docx"])
    last = [paragraph.text for paragraph in open_word_file(str(path.parent / "made.docx")).paragraphs if paragraph.text][-1]
    assert checked.document.imprint.fingerprint in last
    assert "sha256:" in last
    assert "sha256:" not in made["md"].decode().rpartition("<!--")[0]


def test_a_protected_file_is_verified_as_built(path: Path) -> None:
    options = replace(OPTIONS, protect=True)
    plan, found = pipeline.read(path)
    (path.parent / "made.docx").write_bytes(pipeline.files(pipeline.examine(plan, found, options), options)["docx"])
    assert verify(path.parent / "made.docx").same_bytes


def test_a_blocked_plan_says_so_in_every_file(path: Path, library: Library) -> None:
    plan, found = pipeline.read(path)
    checked = pipeline.examine(plan, found, OPTIONS)
    document = replace(checked.document, imprint=replace(checked.document.imprint, blocked=True))
    text = pipeline.files(replace(checked, document=document), OPTIONS)["md"].decode()
    assert text.startswith("**BLOCKED")
    assert library.label in text
