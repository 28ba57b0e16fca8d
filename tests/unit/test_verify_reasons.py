"""`verify` says with what else a file was built: another holiday calendar, another clause library."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.plans import small_word_file
from tmp_builder import recipe, verify
from tmp_builder.library.schema import Library


def test_a_file_carries_the_version_of_its_holiday_data(library: Library, tmp_path: Path) -> None:
    verdict = verify.verify(small_word_file(library, tmp_path))
    assert verdict.same_bytes
    assert verdict.recipe.calendar.startswith("holidays ")
    assert "CN 20" in verdict.recipe.calendar
    assert verdict.reasons == ()


def test_another_holiday_calendar_is_a_reason_of_difference(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_word_file(library, tmp_path)
    for module in (recipe, verify):
        monkeypatch.setattr(module, "calendar_of", lambda plan: "holidays 9.9, CN 2099")
    verdict = verify.verify(path)
    assert not verdict.same_bytes
    assert verdict.agrees
    (reason,) = verdict.reasons
    assert "built with another holiday calendar: holidays " in reason["en"]
    assert "here: holidays 9.9, CN 2099" in reason["en"]
    assert "节假日数据不同" in reason["zh"]


def test_a_recipe_of_before_the_calendar_was_kept_is_read(library: Library, tmp_path: Path) -> None:
    whole = verify.verify(small_word_file(library, tmp_path)).recipe
    old = recipe.to_bytes(whole).replace(f'"calendar":"{whole.calendar}",'.encode(), b"")
    assert b'"calendar":"holidays' not in old
    assert recipe.from_bytes(old, "old.docx") == replace(whole, calendar="")
