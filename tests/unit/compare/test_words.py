"""Words compared: tokens of Latin and Chinese text, numbers with their unit, what is spelling and what is a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmp_builder.compare.words import compare_words, only_numbers, only_spelling, tokens

texts = st.text(alphabet="abc 12（）()，。六十日天days{}%.\n", max_size=40)


@given(texts)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(texts, texts)
def test_what_is_kept_and_deleted_is_the_old_text_and_what_is_kept_and_inserted_the_new(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new


@given(texts)
def test_equal_texts_have_no_mark(text: str) -> None:
    assert {piece.kind for piece in compare_words(text, text)} <= {"kept"}


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("within fifteen (15) days after", "fifteen (15) days"),
        ("知悉之日起十五（15）日内", "十五（15）日"),
        ("pays USD 1,200.50 then", "USD 1,200.50"),
        ("a share of fifty percent (50%) each", "fifty percent (50%)"),
        ("for two years after", "two years"),
        ("期限为六个月的", "六个月"),
        ("see {{ clause:liability.as-is#candour }} above", "{{ clause:liability.as-is#candour }}"),
        ("the owner's right", "owner's"),
        ("items BG-04 and BG-09", "BG-04"),
    ],
)
def test_a_number_with_its_unit_and_a_reference_are_one_token(text: str, token: str) -> None:
    assert token in tokens(text)


def test_chinese_is_compared_by_character() -> None:
    changed = [(piece.kind, piece.text) for piece in compare_words("双方应当协商", "双方可以协商") if piece.kind != "kept"]
    assert changed == [("deleted", "应当"), ("inserted", "可以")]


@pytest.mark.parametrize(
    ("old", "new", "spelling", "numbers"),
    [
        ("The user; it shall", "The User. It shall", True, True),
        ("sixty (60) days", "ninety (90) days", False, True),
        ("六十（60）日", "九十（90）日", False, True),
        ("60 days", "60 months", False, False),
        ("shall not disclose", "shall disclose", False, False),
        ("不得披露", "得披露", False, False),
        ("within 60 days", "within sixty (60) days", True, True),
        ("CNY 60", "USD 60", False, False),
    ],
)
def test_spelling_and_numbers_are_told_from_words(old: str, new: str, spelling: bool, numbers: bool) -> None:
    assert (only_spelling(old, new), only_numbers(old, new)) == (spelling, numbers)
