"""How each language writes numbers, dates, lists, labels and fixed words."""

from __future__ import annotations

from datetime import date
from string import Formatter

import pytest

from tmp_builder.language import LANGUAGES, WORDS, chinese_number, counted, english_number, join, label, quote, say_date, word

NUMBERS = [
    (0, "zero", "零"),
    (1, "one", "一"),
    (10, "ten", "十"),
    (11, "eleven", "十一"),
    (20, "twenty", "二十"),
    (21, "twenty-one", "二十一"),
    (99, "ninety-nine", "九十九"),
    (100, "one hundred", "一百"),
    (101, "one hundred and one", "一百零一"),
    (110, "one hundred and ten", "一百一十"),
    (111, "one hundred and eleven", "一百一十一"),
    (120, "one hundred and twenty", "一百二十"),
    (200, "two hundred", "二百"),
    (999, "nine hundred and ninety-nine", "九百九十九"),
    (1000, "one thousand", "一千"),
    (1001, "one thousand and one", "一千零一"),
    (1010, "one thousand and ten", "一千零一十"),
    (1011, "one thousand and eleven", "一千零一十一"),
    (1100, "one thousand one hundred", "一千一百"),
    (1110, "one thousand one hundred and ten", "一千一百一十"),
    (2026, "two thousand and twenty-six", "二千零二十六"),
    (10000, "ten thousand", "一万"),
    (10001, "ten thousand and one", "一万零一"),
    (10010, "ten thousand and ten", "一万零一十"),
    (10100, "ten thousand one hundred", "一万零一百"),
    (11000, "eleven thousand", "一万一千"),
    (100000, "one hundred thousand", "十万"),
    (100001, "one hundred thousand and one", "十万零一"),
    (101000, "one hundred and one thousand", "十万一千"),
    (110000, "one hundred and ten thousand", "十一万"),
    (1000000, "one million", "一百万"),
    (1100000, "one million one hundred thousand", "一百一十万"),
    (10000000, "ten million", "一千万"),
    (100000000, "one hundred million", "一亿"),
    (100010000, "one hundred million ten thousand", "一亿零一万"),
    (1000000000000, "one thousand billion", "一万亿"),
    (-5, "minus five", "负五"),
]


@pytest.mark.parametrize(("number", "english", "chinese"), NUMBERS)
def test_whole_numbers_in_words(number: int, english: str, chinese: str) -> None:
    assert english_number(number) == english
    assert chinese_number(number) == chinese


def test_no_two_numbers_up_to_twenty_thousand_have_the_same_words() -> None:
    for say in (english_number, chinese_number):
        assert len({say(number) for number in range(20_001)}) == 20_001


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [(60, "sixty (60)", "六十（60）"), (0, "zero (0)", "零（0）"), (4000, "four thousand (4,000)", "四千（4,000）")],
)
def test_contracts_count_in_words_and_figures(number: int, english: str, chinese: str) -> None:
    assert counted(number, "en") == english
    assert counted(number, "zh") == chinese


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 9, 30), "30 September 2026", "2026年9月30日"),
        (date(2028, 2, 29), "29 February 2028", "2028年2月29日"),
        (date(2031, 1, 1), "1 January 2031", "2031年1月1日"),
    ],
)
def test_dates(day: date, english: str, chinese: str) -> None:
    assert say_date(day, "en") == english
    assert say_date(day, "zh") == chinese


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A和B"),
        (["A", "B", "C"], "A, B and C", "A、B和C"),
    ],
)
def test_lists_in_one_sentence(items: list[str], english: str, chinese: str) -> None:
    assert join(items, "en") == english
    assert join(items, "zh") == chinese


@pytest.mark.parametrize(
    ("number", "level", "english", "chinese"),
    [
        (1, 3, "(a)", "（a）"),
        (26, 3, "(z)", "（z）"),
        (27, 3, "(aa)", "（aa）"),
        (53, 3, "(aaa)", "（aaa）"),
        (1, 4, "(i)", "（i）"),
        (4, 4, "(iv)", "（iv）"),
        (9, 4, "(ix)", "（ix）"),
        (14, 4, "(xiv)", "（xiv）"),
        (49, 4, "(xlix)", "（xlix）"),
        (90, 4, "(xc)", "（xc）"),
    ],
)
def test_labels_count_as_word_counts(number: int, level: int, english: str, chinese: str) -> None:
    assert label(number, level) == english
    assert label(number, level, "zh") == chinese


def test_a_quotation_stands_in_the_marks_of_its_language() -> None:
    assert quote("Results", "en") == "“Results”"
    assert quote("成果", "zh") == "“成果”"


@pytest.mark.parametrize("name", WORDS)
def test_a_fixed_word_exists_in_both_languages_with_the_same_places(name: str) -> None:
    places = {language: {field for _, field, _, _ in Formatter().parse(WORDS[name][language]) if field} for language in LANGUAGES}
    assert all(WORDS[name][language] for language in LANGUAGES)
    assert places["en"] == places["zh"]


def test_a_value_with_braces_fills_a_place_as_it_is() -> None:
    assert word("lead-of", "en", side="{x} & <b>") == "Lead of {x} & <b>"
    assert word("page", "zh", page="3", pages="20") == "第3页，共20页"
