"""What is kept on disk: found again under its key alone, never when damaged or foreign, and never in the way where it cannot be kept."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.plans import SMALL, changed, save
from tmp_builder import kept, pipeline
from tmp_builder.calendar import working
from tmp_builder.library import reader
from tmp_builder.library.schema import Library
from tmp_builder.plan import unchanged

KEY = kept.key_of("a", "b")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    kept.use(tmp_path / "cache")
    yield tmp_path / "cache"
    kept.use(None)


def _forget() -> None:
    reader._READ.clear()
    for each in (working._closed, working._years, working._last_published, working._version, working._data):
        each.cache_clear()


def test_what_is_kept_is_found_again(folder: Path) -> None:
    kept.keep(KEY, ("x", 1, {"k": [None, True]}))
    assert kept.find(KEY) == ("x", 1, {"k": [None, True]})


def test_nothing_is_kept_before_a_folder_is_named(tmp_path: Path) -> None:
    kept.use(None)
    kept.keep(KEY, 1)
    assert kept.find(KEY) is None


def test_keys_differ_wherever_a_part_ends_elsewhere() -> None:
    assert kept.key_of("ab", "c") != kept.key_of("a", "bc")


def test_a_damaged_file_counts_as_none(folder: Path) -> None:
    kept.keep(KEY, "text")
    file = folder / f"{KEY}.kept"
    for content in (file.read_bytes()[:-1], b"", file.read_bytes()[:-1] + b"\x00"):
        file.write_bytes(content)
        assert kept.find(KEY) is None


def test_a_file_under_another_key_counts_as_none(folder: Path) -> None:
    kept.keep(KEY, "text")
    other = kept.key_of("other")
    (folder / f"{KEY}.kept").rename(folder / f"{other}.kept")
    assert kept.find(other) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_a_file_that_others_may_write_counts_as_none(folder: Path) -> None:
    kept.keep(KEY, "text")
    (folder / f"{KEY}.kept").chmod(0o666)
    assert kept.find(KEY) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_only_the_user_may_look_into_what_is_kept(folder: Path) -> None:
    kept.keep(KEY, "text")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{KEY}.kept").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept.use(tmp_path / "file" / "cache")
    kept.keep(KEY, 1)
    assert kept.find(KEY) is None
    kept.use(None)


def test_the_oldest_go_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    keys = [kept.key_of(str(number)) for number in range(3)]
    for number, key in enumerate(keys):
        kept.keep(key, number)
        os.utime(folder / f"{key}.kept", (number, number))
    kept.keep(kept.key_of("last"), 9)
    assert [kept.find(key) for key in keys] == [None, None, 2]
    assert kept.find(kept.key_of("last")) == 9


@pytest.mark.parametrize("said", ["off", "no", "0", "OFF"])
def test_it_can_be_switched_off(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMP_CACHE", said)
    assert kept.usual_folder() is None


def test_another_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMP_CACHE", str(tmp_path))
    assert kept.usual_folder() == str(tmp_path)


def test_a_library_comes_back_as_it_was_read(folder: Path, library: Library) -> None:
    reader._READ.clear()
    reader.read_library()
    reader._READ.clear()
    again = reader.read_library()
    assert all(option.parsed for option in again.options.values())
    assert all(getattr(again, name) == getattr(library, name) for name in library.__struct_fields__)
    for ident, option in library.options.items():
        assert again.options[ident].prose == option.prose, ident


def test_a_changed_card_is_read_anew(folder: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "term").mkdir(parents=True)
    card = overlay / "term" / "fixed.md"
    text = (Path(__file__).parents[2] / "clauses" / "term" / "fixed.md").read_text(encoding="utf-8")
    card.write_text(text, encoding="utf-8")
    before = reader.read_library(None, overlay).options["term.fixed"]
    card.write_text(text.replace("label:\n  en: ", "label:\n  en: Changed "), encoding="utf-8")
    reader._READ.clear()
    assert reader.read_library(None, overlay).options["term.fixed"].label != before.label


def test_a_plan_comes_back_as_it_was_read_until_it_or_a_table_changes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "background.csv").write_text("item_id,member,title\nB-1,A1,Cells\n", encoding="utf-8")
    path = save(changed(SMALL, {"registers.background": "background.csv"}), tmp_path / "small.plan.yaml")
    first, library = pipeline.read(path)
    assert unchanged.find(path, library) == first
    (tmp_path / "background.csv").write_text("item_id,member,title\nB-1,A1,Stacks\n", encoding="utf-8")
    assert unchanged.find(path, library) is None
    assert pipeline.read(path)[0].rows("background")[0].cells["title"] != first.rows("background")[0].cells["title"]
    save(changed(SMALL, {"id": "other"}), path)
    assert pipeline.read(path)[0].id == "other"


def test_a_plan_with_its_own_library_is_never_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    path = save(changed(SMALL, {"overlay": "clauses"}), tmp_path / "small.plan.yaml")
    _, library = pipeline.read(path)
    assert unchanged.find(path, library) is None


def test_working_days_are_the_same_kept_and_computed(tmp_path: Path) -> None:
    codes = ("CN", "US", "ZZ")
    days = [date(1999, 12, 31), date(2026, 2, 14), date(2026, 2, 16), date(2026, 7, 4), date(2028, 2, 29), date(9999, 12, 31)]
    kept.use(None)
    _forget()
    computed = [working.closed_in(day, codes) for day in days], working.calendar_version(codes)
    for _ in ("written", "found"):
        kept.use(tmp_path / "cache")
        _forget()
        assert ([working.closed_in(day, codes) for day in days], working.calendar_version(codes)) == computed
    kept.use(None)
    _forget()
