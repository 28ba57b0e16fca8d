"""Writing a plan: comments and order stay, the file is replaced in one step or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.plans import small_plan
from tmp_builder.errors import EngineError, PlanError
from tmp_builder.library.marked import read_marked
from tmp_builder.library.schema import Library
from tmp_builder.plan import writing
from tmp_builder.plan.addresses import TOP_KEYS
from tmp_builder.plan.writing import SCHEMA_LINE, edit, edit_file, new_text, write_atomically

TEXT = """\
# yaml-language-server: $schema=./plan.schema.json
# Our plan; agreed on 3 May.
id: small
title: {en: Small, zh: 小}   # both languages
choices:
  # the owner was hard to agree
  ownership: employer        # since draft 4

  protection: [disclose, china-first]
parameters:
  protection.disclose.party_to_party_days: 60  # days
members:
  - id: A1
    name: "Lakeshore"   # the lead
  - {id: B1, name: 'Binhai'}
"""


def test_one_change_changes_one_line() -> None:
    after = edit(TEXT, {"choices.ownership": "sponsor"})
    assert after == TEXT.replace("ownership: employer        # since", "ownership: sponsor         # since")


def test_no_change_changes_nothing() -> None:
    assert edit(TEXT, {}) == TEXT


def test_comments_and_order_stay_when_rows_and_keys_come_in() -> None:
    after = edit(TEXT, {"members.C1.type": "company", "parameters.term.fixed.term_months": 48, "facts.competitors": "no"})
    assert [line for line in after.splitlines() if "#" in line] == [line for line in TEXT.splitlines() if "#" in line]
    data = read_marked(after, "p").data
    assert data["members"][2] == {"id": "C1", "type": "company"}
    assert data["parameters"]["term.fixed.term_months"] == "48"
    assert list(data).index("facts") == list(data).index("members") + 1 or list(data).index("facts") < list(data).index("choices")


def test_a_part_is_taken_out() -> None:
    assert "60" not in edit(TEXT, {"parameters.protection.disclose.party_to_party_days": None})
    assert "B1" not in edit(TEXT, {"members.B1": None})


def test_a_new_plan_has_its_keys_in_the_usual_order_and_names_its_schema(library: Library) -> None:
    text = new_text(dict(reversed(small_plan(library).items())))
    assert text.startswith(SCHEMA_LINE + "\n")
    keys = list(read_marked(text, "p").data)
    assert keys == [key for key in TOP_KEYS if key in keys]


@pytest.mark.parametrize(
    "value",
    [
        *("no", "yes", "null", "~", "", " x ", "2026-09-30", "012", "1e3", "0x10", "a: b", "a #b", "- a", "[a", "{{ x }}"),
        *("'", '"', "*x", "&x", "!x", "%x", "@x", "=", "<<", "?", "|", ">", "\\n", "甲：乙", "😀"),
        *("A*B_{{x}}<b>", "a\nb", "a\n\nb\n", "x" * 300, "a\tb", "\ufeffx", "a\u2028b"),
    ],
)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    data = {"id": "x", "title": {"en": value}, "facts": {"a": value}, "reserved": [value]}
    assert read_marked(new_text(data), "p").data == data
    assert read_marked(edit(TEXT, {"title.en": value}), "p").data["title"]["en"] == value


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "p.plan.yaml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    edit_file(path, {"choices.ownership": "sponsor"})
    assert read_marked(path.read_text(encoding="utf-8"), "p").data["choices"]["ownership"] == "sponsor"


def test_a_file_that_is_not_there_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read: No such file"):
        edit_file(tmp_path / "none.plan.yaml", {"title.en": "x"})


# ── in one step ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_that_may_not_be_written_is_a_fault_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(EngineError, match="cannot be written: Permission denied") as caught:
        write_atomically(tmp_path / "c.txt", b"x")
    assert caught.value.exit_code == 5
    assert list(tmp_path.iterdir()) == []


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "c.txt", b"x")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.txt"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(EngineError, match="No space left on device"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["c.txt"]


def test_a_write_removes_what_killed_writes_of_the_same_file_left_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "c.plan.yaml"
    left, young, other, own = (
        tmp_path / name
        for name in (
            ".c.plan.yaml.abcd_123.part",
            ".c.plan.yaml.zzzzzzzz.part",
            ".d.plan.yaml.abcd_123.part",
            ".c.plan.yaml.original",
        )
    )
    for each in (left, young, other, own):
        each.write_bytes(b"half")
    for each in (left, other, own):
        os.utime(each, (1_000_000_000, 1_000_000_000))
    write_atomically(path, b"whole")
    assert not left.exists()
    assert path.read_bytes() == b"whole"
    assert young.exists(), "another process may still be writing it"
    assert other.exists(), "it belongs to another file"
    assert own.exists(), "a name that is not of our pattern is somebody's own file"


def test_a_file_in_the_place_of_a_folder_is_a_fault_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(EngineError) as caught:
        write_atomically(tmp_path / "a" / "c.txt", b"x")
    assert caught.value.hint


def test_the_permissions_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "secret.plan.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    write_atomically(tmp_path / "b", b"x")
    assert (tmp_path / "b").stat().st_mode == (tmp_path / "a").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    write_atomically(tmp_path / "link.yaml", b"new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_bytes() == b"new"
