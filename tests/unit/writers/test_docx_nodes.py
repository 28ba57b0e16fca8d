"""Every node of a document is printed in Word files, in every language and layout."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.samples import both, sample_document
from tmp_builder.document.nodes import Blank, Clause, Column, Document, FactBlank, Paragraph, Row, Section, Table, Text
from tmp_builder.document.walk import all_texts, plain
from tmp_builder.language import word
from tmp_builder.writers.docx import write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VARIANTS = [
    (("en",), "columns"),
    (("zh",), "columns"),
    (("en", "zh"), "columns"),
    (("en", "zh"), "stacked"),
    (("zh", "en"), "columns"),
]


def body(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def words(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{W}t"))


def styles(node: etree._Element, style: str) -> list[str]:
    """The words of every paragraph of a style."""
    return [words(item) for item in node.iter(f"{W}p") if item.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


def with_sections(*sections: Section, languages: tuple[str, ...] = ("en", "zh")) -> Document:
    return replace(sample_document(languages), sections=sections, schedules=())


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_prints_every_text_of_every_node(languages: tuple[str, ...], layout: str) -> None:
    document = sample_document(languages)
    printed = words(body(write(document, layout=layout))).replace("\u00a0", " ")
    silent = {plain(section.title[language]) for section in document.sections if section.reserved for language in languages}
    silent |= {"Term", "Meaning", "术语", "含义"} if len(languages) == 2 else set()  # definitions in columns have no header
    for texts in all_texts(document):
        for language in languages:
            said = plain(texts.get(language, ()))
            assert said in printed or said in silent


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_prints_nothing_in_a_language_that_the_document_does_not_have(languages: tuple[str, ...], layout: str) -> None:
    printed = words(body(write(sample_document(languages), layout=layout)))
    assert ("The report shall state" in printed) == ("en" in languages)
    assert ("报告应载明" in printed) == ("zh" in languages)


def test_it_prints_what_is_reserved_as_such() -> None:
    node = body(write(sample_document()))
    assert word("reserved", "en") in styles(node, "Heading1")
    assert word("reserved", "zh") in styles(node, "Heading1Zh")
    assert word("reserved", "en") in styles(node, "Clause2")
    assert word("reserved", "zh") in styles(node, "Clause2Zh")


def test_it_marks_gaps_and_sets_terms_bold() -> None:
    node = body(write(sample_document()))
    marked = {words(run) for run in node.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle[@{W}val='Gap']") is not None}
    bold = {words(run) for run in node.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle[@{W}val='DefinedTerm']") is not None}
    assert marked == {"[days to disclose ●]", "[披露天数 ●]", "[effective date ●]", "[生效日期 ●]"}
    assert {"Leads", "牵头单位", "Background IP"} <= bold


def test_it_prints_a_place_that_was_never_filled_as_a_gap() -> None:
    clause = Clause("a.b#c", 2, {"en": (Blank("days"), FactBlank("title"))}, number="1.1")
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (clause,), "1"), languages=("en",))))
    assert styles(node, "Clause2") == ["[days ●][title ●]"]


def test_it_tags_chinese_runs_as_chinese() -> None:
    node = body(write(sample_document(("zh",))))
    for run in node.iter(f"{W}r"):
        if any("\u4e00" <= character <= "\u9fff" for character in words(run)):
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"
            assert run.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_it_brackets_alternatives_and_numbers_their_clauses_on() -> None:
    node = body(write(sample_document(("en",))))
    assert styles(node, "AlternativeOpen") == [
        "[Alternative A: the employer owns – proposed by the US Side",
        "[Alternative B: equal shares – proposed by the Chinese Side",
    ]
    assert styles(node, "AlternativeClose") == ["end of Alternative A]", "end of Alternative B]"]
    shaded = [words(item) for item in node.iter(f"{W}p") if item.find(f"{W}pPr/{W}shd") is not None]
    assert "This includes software." in shaded
    assert not any("Each Member shall take the steps" in text for text in shaded)


def test_it_sets_one_row_a_clause_with_both_languages_level() -> None:
    node = body(write(sample_document()))
    (row,) = [row for row in node.iter(f"{W}tr") if "Each Member shall ensure" in words(row)]
    english, chinese = row.findall(f"{W}tc")
    assert words(english).endswith("The report is kept for ten years.")
    assert words(chinese).endswith("报告应保存十年。")
    assert [cell.find(f"{W}sdt/{W}sdtPr/{W}tag").get(f"{W}val") for cell in (english, chinese)] == [
        "clause:protection.disclose#inventor",
        "clause:protection.disclose#inventor:zh",
    ]


def test_it_lets_only_long_rows_break_over_pages() -> None:
    long, short = (Clause(f"a.b#{size}", 2, both("word " * size, "字" * size), number="1.1") for size in (200, 3))
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (long, short), "1"))))
    rows = [row for row in node.iter(f"{W}tr") if row.find(f".//{W}sdt") is not None]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [False, True]


def test_it_interrupts_the_columns_for_a_table_and_goes_on_in_the_same_clause() -> None:
    node = body(write(sample_document()))
    tags = [item.get(f"{W}val") for item in node.iter(f"{W}tag")]
    assert tags.count("clause:protection.countries#list") == 2
    assert tags.count("clause:protection.countries#list:zh") == 2
    assert not node.findall(f".//{W}tbl//{W}tbl")
    assert all(item.getnext().tag == f"{W}p" for item in node.iter(f"{W}tbl"))


def test_it_goes_on_in_the_same_clause_behind_a_table_in_one_language_too() -> None:
    node = body(write(sample_document(("en",))))
    controls = [
        item
        for item in node.iter(f"{W}sdt")
        if item.find(f"{W}sdtPr/{W}tag[@{W}val='clause:protection.countries#list']") is not None
    ]
    assert [words(control)[:12] for control in controls] == ["The Members ", "then elsewhe"]
    assert "USPTO" not in "".join(map(words, controls))


def test_it_stacks_a_clause_below_its_other_language() -> None:
    printed = words(body(write(sample_document(), layout="stacked")))
    assert printed.index("The report is kept for ten years.") < printed.index("报告应载明")


def test_it_puts_definitions_side_by_side_or_in_two_columns() -> None:
    both_columns = styles(body(write(sample_document())), "Definition")
    assert "Background IP: intellectual property listed in Schedule 1." in both_columns
    assert "背景知识产权：附件1所列的知识产权。" in both_columns
    single = body(write(sample_document(("en",))))
    (row,) = [row for row in single.iter(f"{W}tr") if words(row).startswith("Background IP")]
    assert next(words(cell) for cell in row.findall(f"{W}tc")) == "Background IP"


def test_it_repeats_header_rows_and_keeps_rows_whole() -> None:
    node = body(write(sample_document()))
    for table in node.iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "Register":
            rows = table.findall(f"{W}tr")
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
            assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")


def test_it_prints_what_is_the_same_in_both_languages_once() -> None:
    node = body(write(sample_document()))
    cells = [words(cell) for cell in node.iter(f"{W}tc")]
    assert "BG-1" in cells
    assert "USPTO" in cells


def test_it_runs_the_detail_of_a_row_over_all_columns() -> None:
    node = body(write(sample_document()))
    (cell, *_) = [cell for cell in node.iter(f"{W}tc") if words(cell).startswith("Limits: research only.")]
    assert cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") == "4"


def test_it_turns_the_page_for_a_wide_table() -> None:
    sizes = [size.get(f"{W}orient") for size in body(write(sample_document())).iter(f"{W}pgSz")]
    assert "landscape" in sizes
    assert sizes[-1] is None
    assert "landscape" not in [size.get(f"{W}orient") for size in body(write(with_sections())).iter(f"{W}pgSz")]


def test_it_fills_the_width_of_the_page_with_every_table() -> None:
    for table in body(write(sample_document(), paper="Letter")).iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(grid) in {12240 - 2836, 15840 - 2836}
        for row in table.iter(f"{W}tr"):
            assert sum(int(width.get(f"{W}w")) for width in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")) == sum(grid)


def test_it_survives_a_row_with_too_few_or_too_many_cells() -> None:
    columns = (Column("a", both("A", "甲")), Column("b", both("B", "乙")))
    rows = (Row("1", (both("x", "x"),)), Row("2", (both("x", "x"),) * 3))
    table = Table("t", "records", columns, rows)
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (table,), "1"))))
    (printed,) = [item for item in node.iter(f"{W}tbl") if item.find(f"{W}tblPr/{W}tblStyle[@{W}val='Register']") is not None]
    assert {len(row.findall(f"{W}tc")) for row in printed.findall(f"{W}tr")} == {2}


def test_it_lists_every_heading_in_the_contents_without_pages() -> None:
    node = body(write(sample_document()))
    entries = styles(node, "TOC1")
    assert entries[:3] == ["1.Parties", "2.Definitions", "3.Protection and filing"]
    assert "4.[Reserved]" in entries
    assert "Schedule 2Equipment" in entries
    assert "附件2设备" in entries
    assert "第5条项目知识产权的归属" in entries
    marks = {item.get(f"{W}name") for item in node.iter(f"{W}bookmarkStart")}
    assert {item.get(f"{W}anchor") for item in node.iter(f"{W}hyperlink")} <= marks


def test_it_begins_every_schedule_on_a_new_page() -> None:
    node = body(write(sample_document()))
    for style in ("ScheduleHeading", "SigningHeading"):
        for item in node.iter(f"{W}p"):
            if item.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None:
                assert item.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_it_never_splits_a_signature_block() -> None:
    node = body(write(sample_document()))
    tables = [table for table in node.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblStyle[@{W}val='Signature']") is not None]
    assert len(tables) == 3
    for table in tables:
        *rows, last = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (*rows, last))
        assert all(item.find(f"{W}pPr/{W}keepNext") is not None for row in rows for item in row.iter(f"{W}p"))


def test_it_ends_every_cell_in_a_paragraph() -> None:
    for languages, layout in VARIANTS:
        for cell in body(write(sample_document(languages), layout=layout)).iter(f"{W}tc"):
            last = cell[-1]
            while last.tag == f"{W}sdt":
                last = last.find(f"{W}sdtContent")[-1]
            assert last.tag == f"{W}p"


@pytest.mark.parametrize("languages", [("en",), ("en", "zh")])
def test_it_writes_an_empty_document(languages: tuple[str, ...]) -> None:
    assert not styles(body(write(with_sections(languages=languages))), "TOC1")


def test_it_prints_paragraphs_without_numbers_at_the_indent_of_their_clause() -> None:
    inner = Paragraph("p", both("Words.", "文字。"))
    item = Clause("a.b#c/1", 3, both("Item", "项"), (inner,), number="(a)")
    clause = Clause("a.b#c", 2, both("Clause", "条"), (item, inner), number="1.1")
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (clause, inner), "1"), languages=("en",))))
    assert [styles(node, style).count("Words.") for style in ("ClauseText3", "ClauseText2", "BodyText")] == [1, 1, 1]


def test_it_breaks_lines_where_the_text_does() -> None:
    clause = Clause("a.b#c", 2, {"en": (Text("one\ntwo"),)}, number="1.1")
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (clause,), "1"), languages=("en",))))
    (control,) = node.iter(f"{W}sdt")
    assert words(control) == "onetwo"
    assert len(list(control.iter(f"{W}br"))) == 1


@pytest.mark.parametrize("layout", ["stacked", "columns"])
def test_the_words_that_open_a_list_stay_with_its_first_item_where_no_row_would_follow(layout: str) -> None:
    items = tuple(Clause(f"a.b#i{index}", 3, both("item", "项"), number="(a)") for index in (1, 2))
    clause = Clause("a.b#lead", 2, both("The Members shall:", "各成员单位应："), items, number="1.1")
    node = body(write(with_sections(Section("section:a", both("A", "甲"), (clause,), "1")), layout=layout))
    kept = [
        "".join(paragraph.itertext())
        for paragraph in node.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}keepNext") is not None and "".join(paragraph.itertext()) in ("The Members shall:", "item")
    ]
    assert kept == (["The Members shall:"] if layout == "stacked" else [])
