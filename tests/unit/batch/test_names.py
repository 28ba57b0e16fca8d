"""Names that every system accepts: characters, devices, lengths, forms; collisions that do not depend on the order."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmp_builder.batch.names import LONGEST, LONGEST_BYTES, distinct, safe_name, same


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ångström/Beta: Institute.", "Ångström-Beta- Institute"),
        ("北方大学（海洋学院）", "北方大学（海洋学院）"),
        ("CON", "CON_"),
        ("com1.txt", "com1.txt_"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("  two   blanks . ", "two blanks"),
        ("a\x00b\u202ec", "a-b-c"),
        ("...", "A1"),
        ("///", "A1"),
        ('=cmd|" /C calc"!A0', "=cmd-- -C calc-!A0"),
        ("~lock", "lock"),
    ],
)
def test_a_name_is_made_safe(text: str, name: str) -> None:
    assert safe_name(text, "A1") == name


def test_a_name_in_two_forms_is_one() -> None:
    assert safe_name(unicodedata.normalize("NFD", "Ångström"), "x") == unicodedata.normalize("NFC", "Ångström")


@given(st.text(max_size=300))
def test_whatever_is_written_stays_one_name_inside_its_folder(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    name = safe_name(text, "x")
    assert name
    assert len(name) <= LONGEST + 1
    assert len(name.encode(errors="surrogatepass")) <= LONGEST_BYTES + 1
    assert name not in (".", "..")
    assert Path(name).name == name
    assert name == name.strip(" .")
    assert not set('<>:"/\\|?*') & set(name)


def test_names_that_differ_in_capitals_only_get_their_ids_and_are_told() -> None:
    named, clashes = distinct({"A1": "Same Name", "A2": "SAME NAME", "A3": "Other"})
    assert named == {"A1": "Same Name-A1", "A2": "SAME NAME-A2", "A3": "Other"}
    assert list(clashes.values()) == [("A1", "A2")]


def test_the_order_of_rows_changes_no_name() -> None:
    wanted = {"A1": "x", "A2": "X", "A3": "y"}
    assert distinct(wanted)[0] == distinct(dict(reversed(wanted.items())))[0]


def test_a_name_with_an_id_behind_it_may_not_hit_another_name() -> None:
    named, _ = distinct({"A1": "x", "A2": "x", "A3": "x-A1"})
    assert len({same(name) for name in named.values()}) == 3


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from(["a", "A", "a-1", "ａ", "b"]), max_size=6))
def test_names_are_always_distinct(wanted: dict[str, str]) -> None:
    named, _ = distinct(wanted)
    assert len({same(name) for name in named.values()}) == len(wanted)
