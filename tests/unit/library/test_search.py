"""Searching options by words in either language."""

from __future__ import annotations

import pytest

from tmp_builder.library.schema import Library
from tmp_builder.library.search import search, tokens


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("grant back", "improvements.grant-back-paid"),
        ("UNCITRAL", "disputes.uncitral-mutual"),
        ("source code escrow", "background-access.escrow"),
        ("sale of a share first refusal", "joint-ownership.assignment-rules"),
        ("保密审查", "protection.china-first"),
        ("不可抗力", "liability.force-majeure"),
        ("protection.disclose", "protection.disclose"),
    ],
)
def test_the_best_option_comes_first(words: str, first: str, library: Library) -> None:
    assert search(library, words)[0].option == first


def test_plural_and_singular_find_the_same(library: Library) -> None:
    assert search(library, "patent pool")[0].option == search(library, "patents pools")[0].option


def test_one_chinese_character_is_enough(library: Library) -> None:
    assert any(found.option == "benefits.payments-tax" for found in search(library, "税", limit=50))


def test_the_line_shown_holds_a_word_looked_for(library: Library) -> None:
    found = search(library, "arbitration")
    assert len(found) >= 5
    for each in found:
        assert "arbitra" in each.line.lower(), each
        assert "{{" not in each.line


def test_an_option_found_by_its_label_only_shows_what_it_changes(library: Library) -> None:
    (found,) = [each for each in search(library, "background-access.none") if each.option == "background-access.none"]
    assert found.line


@pytest.mark.parametrize("words", ["", "   ", "!?"])
def test_nothing_is_found_for_no_words(words: str, library: Library) -> None:
    assert search(library, words) == []


def test_what_stands_nowhere_is_not_found(library: Library) -> None:
    assert search(library, "zebra") == []
    both, one = (search(library, words, limit=211) for words in ("zebra crossing", "crossing"))
    assert {found.option for found in both} == {found.option for found in one}


def test_the_limit_is_kept(library: Library) -> None:
    assert len(search(library, "Member", limit=3)) == 3


def test_words_are_compared_without_endings_and_chinese_by_pairs() -> None:
    assert tokens("Licences, licence; Parties") == ["licenc", "licenc", "party"]
    assert tokens("知识产权") == ["知识", "识产", "产权"]
    assert tokens("税") == ["税"]
