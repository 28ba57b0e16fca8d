"""Values: what is accepted, what is refused and with which words, what lies in a range, how each language says it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tmp_builder.values import KINDS, Choice, Column, Misfit, Money, Spec, out_of_range, parse, say

LEVELS = Spec(
    "choice",
    choices={key: Choice({"en": key, "zh": key}, {"en": f"is {key}", "zh": f"为{key}"}) for key in ("yes", "no", "high")},
)
SILENT = Spec("choice", choices={"none": Choice({"en": "Nothing", "zh": "无"}, {"en": "", "zh": ""})})
COLUMNS = {
    "field": Column({"en": "Field", "zh": "领域"}, Spec("text")),
    "months": Column({"en": "Months", "zh": "月数"}, Spec("months")),
}
RECORDS = Spec("list", columns=COLUMNS)


class Names:
    """A member and two countries that have names."""

    def party(self, ident: str, language: str) -> str | None:
        return {"A1": {"en": "Lakeshore University", "zh": "湖滨大学"}}.get(ident, {}).get(language)

    def territory(self, code: str, language: str) -> str | None:
        return {"CN": {"en": "China", "zh": "中国"}, "US": {"en": "the United States", "zh": "美国"}}.get(code, {}).get(language)


ACCEPTED = [
    (Spec("days"), 60, 60),
    (Spec("days"), "60", 60),
    (Spec("days"), " 1,000 ", 1000),
    (Spec("days"), 0, 0),
    (Spec("days"), "６０", 60),
    (Spec("months"), "12", 12),
    (Spec("integer"), "-3", -3),
    (Spec("percent"), "2.5", Decimal("2.5")),
    (Spec("percent"), "2.5 %", Decimal("2.5")),
    (Spec("percent"), 2.5, Decimal("2.5")),
    (Spec("decimal"), "1.50", Decimal("1.5")),
    (Spec("decimal"), "1,234.5", Decimal("1234.5")),
    (Spec("fraction"), "2/3", Fraction(2, 3)),
    (Spec("fraction"), " 2 / 3 ", Fraction(2, 3)),
    (Spec("fraction"), "0.5", Fraction(1, 2)),
    (Spec("fraction"), 1, Fraction(1)),
    (Spec("money"), "USD 1,000,000", Money(Decimal(1000000), "USD")),
    (Spec("money"), "CNY2.50", Money(Decimal("2.5"), "CNY")),
    (Spec("money"), {"amount": 5, "currency": "EUR"}, Money(Decimal(5), "EUR")),
    (Spec("date"), "2026-09-30", date(2026, 9, 30)),
    (Spec("date"), date(2026, 9, 30), date(2026, 9, 30)),
    (Spec("text"), " a text ", "a text"),
    (Spec("text"), {"en": "a ", "zh": "甲"}, {"en": "a", "zh": "甲"}),
    (Spec("party"), " A1 ", "A1"),
    (Spec("territory"), "CN, US", ("CN", "US")),
    (Spec("territory"), ["CN"], ("CN",)),
    (LEVELS, "high", "high"),
    (LEVELS, True, "yes"),
    (LEVELS, False, "no"),
    (Spec("list", of=Spec("party")), "A1, B1", ("A1", "B1")),
    (Spec("list"), [], ()),
    (RECORDS, [{"field": "cells", "months": "6"}], ({"field": "cells", "months": 6},)),
    (RECORDS, [{"field": "cells", "months": ""}], ({"field": "cells"},)),
]


@pytest.mark.parametrize(("spec", "raw", "value"), ACCEPTED)
def test_it_accepts_what_people_write(spec: Spec, raw: Any, value: Any) -> None:
    assert parse(spec, raw) == value


REFUSED = [
    (Spec("days"), "sixty", "a whole number of days"),
    (Spec("days"), "1.5", "a whole number of days"),
    (Spec("days"), True, "a whole number of days"),
    (Spec("days"), "-1", "at least 0"),
    (Spec("working-days"), "x", "a whole number of working days"),
    (Spec("integer"), "x", "a whole number"),
    (Spec("integer"), "9999999999999", "larger than any number"),
    (Spec("integer"), "1" * 4000, "a whole number"),
    (Spec("percent"), "ten", "10 or 10%"),
    (Spec("percent"), "NaN", "10 or 10%"),
    (Spec("decimal"), "Infinity", "1.5"),
    (Spec("decimal"), "1e999999999", "1.5"),
    (Spec("decimal"), "1e-999999999", "1.5"),
    (Spec("decimal"), "0.0000001", "1.5"),
    (Spec("decimal"), True, "1.5"),
    (Spec("fraction"), "1/0", "2/3"),
    (Spec("fraction"), "-1/2", "2/3"),
    (Spec("fraction"), "2/3/4", "2/3"),
    (Spec("money"), "1,000,000", "USD 1,000,000"),
    (Spec("money"), "usd 5", "USD 1,000,000"),
    (Spec("money"), "USD", "USD 1,000,000"),
    (Spec("money"), "USD ,", "expected"),
    (Spec("money"), {"amount": 5}, "USD 1,000,000"),
    (Spec("date"), "30.09.2026", "2026-09-30"),
    (Spec("date"), "2026-02-30", "2026-09-30"),
    (Spec("date"), "20260930", "2026-09-30"),
    (Spec("date"), datetime(2026, 9, 30, 12), "without a time"),
    (Spec("text"), ["a"], "not a list"),
    (Spec("text"), {"fr": "a"}, "{en: …, zh: …}"),
    (Spec("text"), {}, "{en: …, zh: …}"),
    (Spec("party"), "", "the id of a member"),
    (Spec("party"), 5, "the id of a member"),
    (Spec("territory"), "China", "[CN, US]"),
    (Spec("territory"), [], "[CN, US]"),
    (Spec("territory"), "", "[CN, US]"),
    (LEVELS, "hihg", "did you mean “high”"),
    (LEVELS, "maybe", "yes, no, high"),
    (Spec("list"), 5, "a list"),
    (RECORDS, "cells", "a list"),
    (RECORDS, ["cells"], "row 1"),
    (RECORDS, [{"field": "a"}, {"fiedl": "b"}], "row 2: unknown column 'fiedl', did you mean “field”?"),
    (RECORDS, [{"months": "x"}], "row 1, months"),
]


@pytest.mark.parametrize(("spec", "raw", "words"), REFUSED)
def test_it_refuses_what_is_not_of_the_kind_and_says_what_was_expected(spec: Spec, raw: Any, words: str) -> None:
    with pytest.raises(Misfit) as caught:
        parse(spec, raw)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


RANGES = [
    (Spec("days", Fraction(15), Fraction(120)), 15, False),
    (Spec("days", Fraction(15), Fraction(120)), 14, True),
    (Spec("days", Fraction(15), Fraction(120)), 120, False),
    (Spec("days", Fraction(15), Fraction(120)), 121, True),
    (Spec("days", None, Fraction(120)), 0, False),
    (Spec("days", Fraction(15), None), 10**9, False),
    (Spec("percent", Fraction(40), Fraction(60)), Decimal("60.01"), True),
    (Spec("percent", Fraction(40), Fraction(60)), Decimal("60.00"), False),
    (Spec("fraction", Fraction(1, 2), Fraction(1)), Fraction(1, 3), True),
    (Spec("fraction", Fraction(1, 2), Fraction(1)), Fraction(1, 2), False),
    (Spec("money", Fraction(10), None), Money(Decimal(9), "USD"), True),
    (Spec("money", Fraction(10), None), Money(Decimal(10), "USD"), False),
    (Spec("integer", allowed=(Fraction(1), Fraction(3))), 2, True),
    (Spec("integer", allowed=(Fraction(1), Fraction(3))), 3, False),
    (Spec("date"), date(2026, 1, 1), False),
    (Spec("text"), "anything", False),
    (LEVELS, "yes", False),
]


@pytest.mark.parametrize(("spec", "value", "outside"), RANGES)
def test_bounds_belong_to_the_range(spec: Spec, value: Any, outside: bool) -> None:
    assert out_of_range(spec, value) is outside


SAID = [
    (Spec("days"), 60, "sixty (60) days", "六十（60）日"),
    (Spec("days"), 1, "one (1) day", "一（1）日"),
    (Spec("days"), 0, "zero (0) days", "零（0）日"),
    (Spec("working-days"), 1, "one (1) Working Day", "一（1）个工作日"),
    (Spec("working-days"), 5, "five (5) Working Days", "五（5）个工作日"),
    (Spec("months"), 12, "twelve (12) months", "十二（12）个月"),
    (Spec("years"), 1, "one (1) year", "一（1）年"),
    (Spec("integer"), 4000, "four thousand (4,000)", "四千（4,000）"),
    (Spec("percent"), Decimal(10), "ten percent (10%)", "百分之十（10%）"),
    (Spec("percent"), Decimal("2.5"), "two point five percent (2.5%)", "百分之二点五（2.5%）"),
    (Spec("percent"), Decimal("2.50"), "two point five percent (2.5%)", "百分之二点五（2.5%）"),
    (Spec("percent"), Decimal("0.05"), "zero point zero five percent (0.05%)", "百分之零点零五（0.05%）"),
    (Spec("percent"), Decimal(100), "one hundred percent (100%)", "百分之一百（100%）"),
    (Spec("percent"), Decimal("33.33"), "thirty-three point three three percent (33.33%)", "百分之三十三点三三（33.33%）"),
    (Spec("percent"), Decimal("1E+2"), "one hundred percent (100%)", "百分之一百（100%）"),
    (Spec("percent"), Decimal("1000.5"), "one thousand point five percent (1,000.5%)", "百分之一千点五（1,000.5%）"),
    (Spec("percent"), Decimal("-0.5"), "minus zero point five percent (-0.5%)", "负百分之零点五（-0.5%）"),
    (Spec("decimal"), Decimal("1.50"), "1.5", "1.5"),
    (Spec("decimal"), Decimal(1000000), "1,000,000", "1,000,000"),
    (Spec("fraction"), Fraction(2, 3), "two-thirds (2/3)", "三分之二（2/3）"),
    (Spec("fraction"), Fraction(1, 2), "one-half (1/2)", "二分之一（1/2）"),
    (Spec("fraction"), Fraction(3, 8), "three-eighths (3/8)", "八分之三（3/8）"),
    (Spec("fraction"), Fraction(51, 100), "fifty-one hundredths (51/100)", "百分之五十一（51/100）"),
    (Spec("fraction"), Fraction(3, 47), "three parts in forty-seven (3/47)", "四十七分之三（3/47）"),
    (Spec("fraction"), Fraction(1), "all", "全部"),
    (Spec("fraction"), Fraction(2), "two (2)", "二（2）"),
    (Spec("fraction"), Fraction(0), "zero (0)", "零（0）"),
    (Spec("money"), Money(Decimal(1000000), "USD"), "USD 1,000,000", "1,000,000美元"),
    (Spec("money"), Money(Decimal("2.5"), "CNY"), "CNY 2.50", "2.50元人民币"),
    (Spec("money"), Money(Decimal(7), "SEK"), "SEK 7", "SEK 7"),
    (Spec("date"), date(2026, 9, 30), "30 September 2026", "2026年9月30日"),
    (Spec("text"), "Singapore", "Singapore", "Singapore"),
    (Spec("text"), {"en": "Singapore", "zh": "新加坡"}, "Singapore", "新加坡"),
    (Spec("text"), {"zh": "新加坡"}, "新加坡", "新加坡"),
    (Spec("party"), "A1", "Lakeshore University", "湖滨大学"),
    (Spec("party"), "X9", "X9", "X9"),
    (Spec("territory"), ("CN",), "China", "中国"),
    (Spec("territory"), ("US", "CN"), "the United States and China", "美国和中国"),
    (Spec("territory"), ("US", "CN", "ZZ"), "the United States, China and ZZ", "美国、中国和ZZ"),
    (LEVELS, "high", "is high", "为high"),
    (SILENT, "none", "", ""),
    (Spec("list", of=Spec("party")), ("A1", "B1"), "Lakeshore University and B1", "湖滨大学和B1"),
    (Spec("list", of=Spec("integer")), (1, 2, 3), "one (1), two (2) and three (3)", "一（1）、二（2）和三（3）"),
    (Spec("list", of=SILENT), ("none",), "Nothing", "无"),
    (Spec("list"), (), "", ""),
]


@pytest.mark.parametrize(("spec", "value", "english", "chinese"), SAID)
def test_each_language_says_a_value_its_own_way(spec: Spec, value: Any, english: str, chinese: str) -> None:
    assert say(spec, value, "en", Names()) == english
    assert say(spec, value, "zh", Names()) == chinese


def test_no_two_fractions_read_alike() -> None:
    every = {Fraction(top, bottom) for bottom in range(2, 120) for top in range(1, bottom)}
    for language in ("en", "zh"):
        assert len({say(Spec("fraction"), fraction, language, Names()).partition("(")[0] for fraction in every}) == len(every)


def test_the_tables_above_cover_every_kind() -> None:
    for table in (ACCEPTED, SAID):
        kinds = {row[0].kind for row in table}
        assert set(KINDS) - kinds - {"years", "working-days"} == set()
