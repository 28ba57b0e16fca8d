"""The prose of cards: what becomes clauses, what is refused with its line, and how the languages are held together."""

from __future__ import annotations

import pytest

from tmp_builder.document.nodes import Blank, Clause, FactBlank, Paragraph, Reference, Table, Term, Text
from tmp_builder.document.walk import plain
from tmp_builder.library.prose import Prose, parse_prose


def prose(en: str, zh: str | None = None) -> Prose:
    """The prose of an option; the English begins on line 10, the Chinese on line 50."""
    texts = {"en": (en, 10)} if zh is None else {"en": (en, 10), "zh": (zh, 50)}
    return parse_prose(texts, "card.md", "own.employer")


def faults(en: str, zh: str | None = None) -> list[tuple[int, str]]:
    return [(fault.place.line, fault.message) for fault in prose(en, zh).faults]


def english(text: str) -> str:
    (clause,) = prose(text).clauses
    return plain(clause.texts["en"])


def test_a_numbered_list_becomes_clauses_with_the_names_of_its_items() -> None:
    found = prose("1.  {#owner} One owns.\n\n1.  {#report} It reports.\n", "1.  {#owner} 归一方。\n\n1.  {#report} 报告。\n")
    assert [clause.id for clause in found.clauses] == ["own.employer#owner", "own.employer#report"]
    assert [clause.level for clause in found.clauses] == [2, 2]
    assert plain(found.clauses[1].texts["zh"]) == "报告。"
    assert {clause.origin for clause in found.clauses} == {"own.employer"}


def test_lists_nest_three_deep_and_their_items_are_numbered_by_place() -> None:
    text = "1.  {#a} Top:\n\n    1.  one:\n\n        1.  deep;\n\n        1.  deeper;\n\n    1.  two.\n"
    (top,) = prose(text).clauses
    one, two = top.children
    assert isinstance(one, Clause)
    assert isinstance(two, Clause)
    assert (one.level, two.level) == (3, 3)
    assert [(child.id, child.level) for child in one.children if isinstance(child, Clause)] == [
        ("own.employer#a.1.1", 4),
        ("own.employer#a.1.2", 4),
    ]


def test_further_paragraphs_and_tables_stand_below_their_item() -> None:
    text = "1.  {#a} First.\n\n    Second.\n\n    | Place | Office |\n    |---|---|\n    | China | CNIPA |\n"
    (clause,) = prose(text).clauses
    paragraph, table = clause.children
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert plain(paragraph.texts["en"]) == "Second."
    assert [plain(column.header["en"]) for column in table.columns] == ["Place", "Office"]
    assert [[plain(cell["en"]) for cell in row.cells] for row in table.rows] == [["China", "CNIPA"]]


def test_every_mark_becomes_its_node() -> None:
    text = (
        "1.  {#a} See {{ days }}, {{fact:title}}, {{ clause:own.joint#x }}, {{ section:term }},\n"
        "    {{ schedule:register }} and **Result**.\n"
    )
    (clause,) = prose(text).clauses
    nodes = [inline for inline in clause.texts["en"] if not isinstance(inline, Text)]
    assert nodes == [
        Blank("days"),
        FactBlank("title"),
        Reference("own.joint#x"),
        Reference("section:term"),
        Reference("schedule:register"),
        Term("Result"),
    ]


def test_marks_are_noted_with_their_lines() -> None:
    assert prose("1.  {#a} One.\n\n1.  {#b} See {{ days }}\n    and {{ section:term }}.\n").marks == [
        ("parameter", "days", 12),
        ("section", "term", 12),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("two\n    lines", "two lines"),
        ("a & b < c > d", "a & b < c > d"),
        ("&lt;b&gt; &copy;", "&lt;b&gt; &copy;"),
        ("one \\* two", "one * two"),
        ("5 * 3 and a_b_c", "5 * 3 and a_b_c"),
        ("“quoted” – ‘so’ — § 5", "“quoted” – ‘so’ — § 5"),
    ],
)
def test_text_is_taken_as_it_is_written(written: str, read: str) -> None:
    assert english(f"1.  {{#a}} {written}\n") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("各成员单位\n    应报告。", "各成员单位应报告。"),
        ("报告。\n    其他", "报告。其他"),
        ("（一）\n    甲", "（一）甲"),
        ("使用\n    DOCX\n    文件", "使用DOCX文件"),
        ("“甲”\n    乙", "“甲”乙"),
        ("USD\n    5", "USD 5"),
        ("第 5 条", "第 5 条"),
    ],
)
def test_a_line_break_beside_a_chinese_character_is_no_space(written: str, read: str) -> None:
    found = prose("1.  {#a} x\n", f"1.  {{#a}} {written}\n")
    assert plain(found.clauses[0].texts["zh"]) == read


def test_a_line_break_beside_a_blank_is_no_space_in_chinese() -> None:
    found = prose("1.  {#a} within {{ days }} after\n", "1.  {#a} 应在\n    {{ days }}\n    内报告\n")
    assert plain(found.clauses[0].texts["zh"]) == "应在{{ days }}内报告"


REFUSED = [
    ("a heading", "1.  {#a} One.\n\n### Two\n", 12, "a heading"),
    ("a bulleted list", "- one\n", 10, "a bulleted list"),
    ("a bulleted list in an item", "1.  {#a} One:\n\n    - two\n", 12, "a bulleted list"),
    ("a quotation", "> quoted\n", 10, "a block quotation"),
    ("a code block", "1.  {#a} One.\n\n```\ncode\n```\n", 12, "a code block"),
    ("inline code", "1.  {#a} The `code`.\n", 10, "`code`"),
    ("emphasis", "1.  {#a} The *word*.\n", 10, "*emphasis*"),
    ("a link", "1.  {#a} See [this](https://example.org).\n", 10, "a link"),
    ("an automatic link", "1.  {#a} See <https://example.org>.\n", 10, "a link"),
    ("an image", "1.  {#a} ![x](x.png)\n", 10, "an image"),
    ("an HTML tag", "1.  {#a} One.\n\n1.  {#b} The <b>word</b>.\n", 12, "an HTML tag"),
    ("an HTML block", "1.  {#a} One.\n\n<script>alert(1)</script>\n", 12, "an HTML tag"),
    ("an HTML comment", "1.  {#a} One <!-- two --> three.\n", 10, "an HTML tag"),
    ("a ruled line", "1.  {#a} One.\n\n---\n", 12, "a ruled line"),
    ("a forced line break", "1.  {#a} One  \n    two.\n", 10, "a forced line break"),
    ("text outside the list", "Hello.\n", 10, "text outside the numbered list"),
    ("text before the list", "Hello.\n\n1.  {#a} One.\n", 10, "text outside the numbered list"),
    ("nothing", "", 10, "the text is empty"),
    ("an item without a name", "1.  One.\n", 10, "an item without a name"),
    ("an empty item", "1.\n\n2.  {#b} Two.\n", 10, "an item without text"),
    ("an item with a name only", "1.  {#a}\n", 10, "an item without text"),
    (
        "a list nested too deep",
        "1.  {#a} A:\n\n    1.  b:\n\n        1.  c:\n\n            1.  d;\n\n            1.  e.\n",
        16,
        "more than three deep",
    ),
    ("a nested list of one", "1.  {#a} A:\n\n    1.  b.\n", 12, "one item only"),
    ("text after a nested list", "1.  {#a} A:\n\n    1.  b;\n\n    1.  c.\n\n    And d.\n", 16, "text after a nested list"),
    ("two nested lists", "1.  {#a} A:\n\n    1.  b;\n    1.  c.\n\n    1)  d;\n    1)  e.\n", 15, "a second list"),
    ("an unknown mark", "1.  {#a} The {{ Unknown Mark }}.\n", 10, "unknown mark “{{ Unknown Mark }}”"),
    ("an unknown kind of mark", "1.  {#a} The {{ term:member }}.\n", 10, "unknown mark"),
    ("code in a mark", "1.  {#a} The {{ days|upper }}.\n", 10, "unknown mark"),
    ("a statement", "1.  {#a} {% if x %}\n\n1.  {#b} {{% x %}}\n", 12, "unknown mark"),
    ("a clause without its item", "1.  {#a} See {{ clause:own.joint }}.\n", 10, "unknown mark"),
    ("an empty mark", "1.  {#a} See {{ }}.\n", 10, "unknown mark"),
    ("a mark that is not closed", "1.  {#a} See {{ days.\n", 10, "not closed"),
    ("a mark that is not opened", "1.  {#a} See days }}.\n", 10, "not closed"),
    ("a name in the wrong place", "1.  {#a} See {#b}.\n", 10, "wrong place"),
    ("a name in a nested item", "1.  {#a} A:\n\n    1.  {#b} b;\n\n    1.  c.\n", 12, "wrong place"),
]


@pytest.mark.parametrize(("text", "line", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_every_other_mark_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    found = faults(text)
    assert [message for at, message in found if at == line and words in message], found
    assert prose(text).clauses == ()


APART = [
    ("an item of the first only", "1.  {#a} A.\n\n1.  {#b} B.\n", "1.  {#a} 甲。\n", "{#b} stands in one only"),
    ("an item of the second only", "1.  {#a} A.\n", "1.  {#a} 甲。\n\n1.  {#b} 乙。\n", "{#b} stands in one only"),
    ("another order", "1.  {#a} A.\n\n1.  {#b} B.\n", "1.  {#b} 乙。\n\n1.  {#a} 甲。\n", "in another order"),
    (
        "another number of nested items",
        "1.  {#a} A:\n\n    1.  b;\n\n    1.  c.\n",
        "1.  {#a} 甲：\n\n    1.  乙；\n\n    1.  丙；\n\n    1.  丁。\n",
        "2 items",
    ),
    ("a nested list in one only", "1.  {#a} A:\n\n    1.  b;\n\n    1.  c.\n", "1.  {#a} 甲。\n", "items"),
    ("a blank in one only", "1.  {#a} In {{ days }}.\n", "1.  {#a} 期间内。\n", "blanks and references differ"),
    ("a blank twice in one", "1.  {#a} In {{ days }}.\n", "1.  {#a} {{ days }}、{{ days }}\n", "days / days, days"),
    ("another reference", "1.  {#a} See {{ section:a }}.\n", "1.  {#a} 见{{ section:b }}。\n", "section:a / section:b"),
    ("a paragraph in one only", "1.  {#a} A.\n\n    B.\n", "1.  {#a} 甲。\n", "not the same paragraphs"),
    (
        "a table in one only",
        "1.  {#a} A.\n\n    | x |\n    |---|\n    | y |\n",
        "1.  {#a} 甲。\n",
        "not the same paragraphs or tables",
    ),
    (
        "tables of other shapes",
        "1.  {#a} A.\n\n    | x |\n    |---|\n    | y |\n",
        "1.  {#a} 甲。\n\n    | 子 |\n    |---|\n    | 丑 |\n    | 寅 |\n",
        "rows and columns",
    ),
]


@pytest.mark.parametrize(("en", "zh", "words"), [row[1:] for row in APART], ids=[row[0] for row in APART])
def test_both_languages_say_the_same_in_the_same_places(en: str, zh: str, words: str) -> None:
    found = faults(en, zh)
    assert [message for line, message in found if words in message and line >= 50], found


def test_marks_may_stand_in_another_order_in_the_other_language() -> None:
    assert faults("1.  {#a} From {{ one }} to {{ two }}.\n", "1.  {#a} 自{{ two }}至{{ one }}。\n") == []


def test_the_same_name_twice_is_refused() -> None:
    found = faults("1.  {#a} A.\n\n1.  {#a} B.\n")
    assert found == [(12, "the name {#a} stands twice")]


def test_all_faults_of_a_text_come_at_once() -> None:
    assert len(faults("1.  {#a} The <b>word</b>.\n\n1.  Two.\n\n1.  {#c} {{ Three }}\n")) >= 3


def test_a_text_of_a_hundred_thousand_brackets_is_read_in_time() -> None:
    assert faults("1.  {#a} " + "[" * 100_000 + "\n") == []
    assert faults("1.  {#a} " + "{{" * 50_000 + "\n")
