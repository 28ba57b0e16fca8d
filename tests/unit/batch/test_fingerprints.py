"""What decides the bytes of a set: every weight of a font, and the engine that lays out PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.writers.test_pdf import font
from tmp_builder.batch import fingerprints
from tmp_builder.batch.fingerprints import changes, layout_engine, of_fonts
from tmp_builder.pipeline import Options
from tmp_builder.writers.pdf import engine


@pytest.mark.parametrize("name", ["weasyprint", "typst"])
@pytest.mark.parametrize("changed", ["one", "two"])
def test_every_file_of_a_family_counts(name: str, changed: str, tmp_path: Path) -> None:
    for folder, char in (("one", "\U0001f9ea"), ("two", "\U0001f9eb"), ("other", "\U0001f9ec")):
        font(tmp_path / folder / "house.ttf", "House Serif", char)
    options = Options(pdf_engine=name, font_dirs=(tmp_path / "one", tmp_path / "two"))
    before = of_fonts(options)
    assert of_fonts(options) == before
    (tmp_path / "other" / "house.ttf").replace(tmp_path / changed / "house.ttf")
    assert of_fonts(options) != before


def test_fonts_of_one_name_in_two_folders_count_alike_in_either_order(tmp_path: Path) -> None:
    for folder, char in (("one", "\U0001f9ea"), ("two", "\U0001f9eb")):
        font(tmp_path / folder / "house.ttf", "House Serif", char)
    folders = (tmp_path / "one", tmp_path / "two")
    assert of_fonts(Options(font_dirs=folders)) == of_fonts(Options(font_dirs=folders[::-1]))


def test_another_pango_is_another_layout_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    here = {"layout": layout_engine(Options())}
    monkeypatch.setattr(engine, "layout_version", lambda: "1.0.0 (fonttools)")
    names = changes(here, {"layout": layout_engine(Options())})
    assert [fingerprints.CHANGED[name]["en"] for name in names] == ["the layout engine of PDFs has another version"]


def test_typst_brings_its_own_layout() -> None:
    assert layout_engine(Options(pdf_engine="typst")) == ""
