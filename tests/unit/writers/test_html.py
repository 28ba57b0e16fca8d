"""The HTML page: every node, in every language and layout; anchors, links, languages; nothing a text can do to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import pytest
from lxml import html as lx
from msgspec.structs import replace

from tests.samples import both, noted_document, sample_document
from tests.unit.writers.probes import DRAWN, HOSTILE, KINDS, PROBES, WHOLE, printed_texts
from tmp_builder.datafiles import data_folder
from tmp_builder.document.nodes import Alternatives, Branch, Clause, Document, Paragraph, Reference, Section, Table, Text
from tmp_builder.document.walk import clauses, plain
from tmp_builder.writers.html import write
from tmp_builder.writers.html.words import content
from tmp_builder.writers.words import one_line

ELEMENTS = set(
    re.findall(
        r"\w+",
        "html head meta title style body header div h1 h2 h3 p ul li nav a main section span dfn mark br footer "
        "table caption colgroup col thead tbody tr th td",
    )
)
VARIANTS = [
    (("en",), "columns"),
    (("zh",), "columns"),
    (("en", "zh"), "columns"),
    (("zh", "en"), "columns"),
    (("en", "zh"), "stacked"),
]


def page(document: Document, **options: str) -> lx.HtmlElement:
    return lx.document_fromstring(write(document, **options))


def words(node: lx.HtmlElement) -> str:
    """What can be read; blocks and line breaks divide words."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: lx.HtmlElement) -> Iterator[str]:
    space = "" if node.tag in ("a", "dfn", "mark") else " "
    yield f"{space}{node.text or ''}"
    for child in node:
        yield from _pieces(child)
        yield child.tail or ""
    yield space


def test_there_is_a_probe_for_every_kind_of_node() -> None:
    assert {kind.__name__ for kind in KINDS} - WHOLE - DRAWN == set(PROBES)


@pytest.mark.parametrize("layout", ["columns", "stacked"])
@pytest.mark.parametrize("kind", PROBES)
def test_it_prints_every_kind_of_node_in_both_languages(kind: str, layout: str) -> None:
    make, english, chinese = PROBES[kind]
    printed = words(page(make(), layout=layout).body)
    assert english in printed
    assert chinese in printed.replace("附件9： ", "附件9：")


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_prints_every_text_of_its_languages_and_of_no_other(languages: tuple[str, ...], layout: str) -> None:
    document = sample_document(languages)
    printed = words(page(document, layout=layout).body)
    for texts in printed_texts(document):
        for language in languages:
            assert one_line(plain(texts.get(language, ()))).strip() in printed
    if "zh" not in languages:
        assert not re.search("[\u4e00-\u9fff]", printed)


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_every_clause_stands_there_with_its_number_in_the_manner_of_the_language(languages: tuple[str, ...], layout: str) -> None:
    document = sample_document(languages)
    printed = page(document, layout=layout).xpath("//main//p[contains(@class, 'c')]")
    paragraphs = [node.text_content().replace("\u00a0", " ") for node in printed]
    for clause in clauses(document):
        for language in languages:
            number = clause.number if language == "en" else clause.number.replace("(", "（").replace(")", "）")
            text = plain(clause.texts.get(language, ()))
            assert any(paragraph.startswith(f"{number}\t") and text in paragraph for paragraph in paragraphs)


def test_sections_and_schedules_are_headed_by_their_numbers() -> None:
    heads = [words(node) for node in page(sample_document(("en",))).xpath("//main//h2")]
    assert heads[2] == "3. Protection and filing"
    assert heads[3] == "4. [Reserved]"
    assert "Schedule 2: Equipment" in heads
    heads = [words(node) for node in page(sample_document(("zh",))).xpath("//main//h2")]
    assert heads[2] == "第3条 保护与申请"
    assert "附件2：设备" in heads


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_every_link_leads_somewhere_and_no_anchor_is_given_twice(languages: tuple[str, ...], layout: str) -> None:
    node = page(sample_document(languages), layout=layout)
    anchors = node.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    targets = node.xpath("//a/@href")
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(anchors)


def test_references_are_links_to_what_they_name() -> None:
    node = page(sample_document(("en",)))
    (link, *_) = [a for a in node.xpath("//main//a") if a.text == "Clause\u00a03.2"]
    (target,) = node.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert target.text_content().startswith("3.2\t")


def test_a_reference_into_nowhere_stays_words() -> None:
    clause = Clause("a", 2, {"en": (Reference("gone", "Clause ", "●", ""),)}, number="1.1")
    document = replace(sample_document(("en",)), sections=(Section("s", both("T", "T"), (clause,), "1"),))
    assert '<p class="c2" id="a"><span class="n">1.1\t</span>Clause\u00a0●</p>' in write(document)


def test_ids_that_would_collide_get_anchors_of_their_own() -> None:
    items = tuple(Clause(name, 2, both("x", "x"), number="1.1") for name in ("a#b", "a b", "中", "文", "1"))
    node = page(replace(sample_document(("en",)), sections=(Section("s", both("T", "T"), items, "1"),)))
    anchors = node.xpath("//main/section[1]/p[@class='c2']/@id")
    assert len(set(anchors)) == 5
    assert all(anchor[0].isalpha() for anchor in anchors)


@pytest.mark.parametrize(("languages", "tag"), [(("en",), "en-GB"), (("zh",), "zh-CN"), (("zh", "en"), "zh-CN")])
def test_the_page_says_its_language(languages: tuple[str, ...], tag: str) -> None:
    assert page(sample_document(languages)).get("lang") == tag


@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_chinese_text_says_so(layout: str) -> None:
    node = page(sample_document(), layout=layout)
    for element in node.body.iter():
        texts = [element.text, *(child.tail for child in element)]
        if any(re.search("[\u4e00-\u9fff]", text or "") for text in texts):
            (language, *_) = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
            assert language == "zh-CN", words(element)


def test_two_languages_stand_level_in_one_row() -> None:
    rows = page(sample_document()).xpath("//table[contains(@class, 'pair')]//tr")
    (row,) = [row for row in rows if words(row).startswith("3.2")]
    english, chinese = row.findall("td")
    assert (english.get("lang"), chinese.get("lang")) == ("en-GB", "zh-CN")
    assert words(chinese).startswith("3.2 该成员")


def test_a_clause_stays_in_one_row_with_its_sub_clauses_and_yields_to_a_table() -> None:
    rows = [words(row.findall("td")[0]) for row in page(sample_document()).xpath("//table[contains(@class, 'pair')]//tr")]
    (first,) = [row for row in rows if row.startswith("3.1")]
    assert "(ii) what is new in it; and" in first
    assert first.endswith("The report is kept for ten years.")
    (before,) = [row for row in rows if row.startswith("3.4")]
    assert before.endswith("first, in the places named here:")
    assert "(b) then elsewhere." in rows


@pytest.mark.parametrize(("layout", "lead"), [("columns", "table[@class='pair lead']"), ("stacked", "div[@class='lead']")])
def test_what_leads_to_a_table_does_not_end_a_page(layout: str, lead: str) -> None:
    tree = page(sample_document(), layout=layout)
    (before,) = [node for node in tree.xpath(f"//main//{lead}") if "in the places named here:" in words(node)]
    assert before.getnext().get("class") in ("records", "register")
    assert all(node.getnext().tag in ("table", "figure", "svg") for node in tree.xpath(f"//main//{lead}"))


def test_a_cover_with_many_parties_has_its_notice_below_them_not_on_them() -> None:
    document = sample_document()
    few, many = (replace(document, cover=replace(document.cover, parties=document.cover.parties[:1] * count)) for count in (4, 5))
    assert page(few).xpath("//header[@class='cover short']")
    assert page(many).xpath("//header[@class='cover many']")


def test_spaces_are_kept_around_the_tab_alone_or_lines_would_end_before_a_word_that_fits() -> None:
    sheet = (data_folder("templates") / "document.css").read_text(encoding="utf-8")
    rules = {rule.partition("{")[0].strip().rpartition("\n")[2]: rule for rule in sheet.split("}")}
    assert "white-space: pre" in rules[".n"]
    assert not [name for name, rule in rules.items() if name.startswith((".c2", ".c3", ".c4")) and "white-space" in rule]


def test_a_long_number_of_a_file_breaks_behind_a_hyphen() -> None:
    assert content("FV-2026-0117, BG-01, a co-owned set, 2026-10-01") == "FV-2026-<wbr>0117, BG-01, a co-owned set, 2026-10-01"


def test_an_address_of_mail_breaks_behind_its_sign_and_nowhere_else() -> None:
    assert content("ip-office@lakeshore.example") == "ip-office@<wbr>lakeshore.example"


def test_stacked_languages_follow_each_other() -> None:
    paragraphs = page(sample_document(), layout="stacked").xpath("//main//p[@lang]")
    tongues = [(words(p)[:3], p.get("lang")) for p in paragraphs]
    assert ("1.1", "en-GB") in tongues
    assert tongues.index(("1.1", "zh-CN")) == tongues.index(("1.1", "en-GB")) + 1


def test_tables_have_scoped_heads_and_a_caption() -> None:
    (table,) = page(sample_document(("en",))).xpath("//table[@class='register'][caption]")
    assert words(table.find("caption")) == "Items of Background IP"
    assert [words(head) for head in table.xpath("thead/tr/th[@scope='col']")] == ["No.", "Title", "Owner", "Priority date"]
    (detail, *_) = table.xpath("tbody/tr[@class='detail']/td[@colspan='4']")
    assert words(detail) == "Limits: research only."


def test_what_is_the_same_in_both_languages_is_printed_once() -> None:
    cells = [words(cell) for cell in page(sample_document()).xpath("//table[@class='register']//td")]
    assert "BG-1" in cells
    assert "Lakeshore University 湖滨大学" in cells


def test_definitions_have_two_columns_in_one_language_and_stand_side_by_side_in_two() -> None:
    (table,) = page(sample_document(("en",))).xpath("//table[@class='definitions']")
    assert [words(head) for head in table.xpath(".//th[@scope='row']")] == ["Background IP", "Project IP"]
    assert [words(head) for head in table.xpath(".//th[@scope='col']")] == ["Term", "Meaning"]
    cells = [words(cell) for cell in page(sample_document()).xpath("//table[@class='pair']//td[p[@class='definition']]")]
    assert cells[:2] == ["Background IP: intellectual property listed in Schedule 1.", "背景知识产权：附件1所列的知识产权。"]


def test_terms_and_gaps_stand_out() -> None:
    node = page(sample_document(("en",)))
    assert "Leads" in [term.text for term in node.xpath("//dfn")]
    assert "[days to disclose ●]" in [gap.text for gap in node.xpath("//mark")]


def test_alternatives_stand_in_boxes_with_their_labels() -> None:
    boxes = page(sample_document(("en",))).xpath("//div[@class='alternative']")
    assert len(boxes) == 2
    assert words(boxes[0]).startswith("[Alternative A")
    assert words(boxes[0]).endswith("end of Alternative A]")


def test_alternatives_inside_a_clause_break_out_of_it() -> None:
    inner = Alternatives("a", (Branch("b", both("[A", "[A"), (Paragraph("p", both("Inside.", "内")),)),))
    clause = Clause("c", 2, both("Before:", "前"), (inner, Paragraph("q", both("After.", "后"))), number="1.1")
    document = replace(sample_document(("en",)), sections=(Section("s", both("T", "题"), (clause,), "1"),))
    main = page(document).xpath("//main/section[1]")[0]
    assert [child.tag for child in main] == ["h2", "p", "div", "p"]


def test_a_schedule_with_many_columns_turns_its_page() -> None:
    node = page(sample_document())
    assert [words(part.find("h2")) for part in node.xpath("//section[@class='schedule turned']")] == [
        "Schedule 2: Equipment 附件2：设备"
    ]


def test_the_contents_list_every_part_with_its_number() -> None:
    entries = [words(entry) for entry in page(sample_document(("en",))).xpath("//nav//li")]
    assert entries == [
        "1. Parties",
        "2. Definitions",
        "3. Protection and filing",
        "4. [Reserved]",
        "5. Ownership of Project IP",
        "6. Equipment",
        "Signatures",
        "Schedule 1: Background IP",
        "Schedule 2: Equipment",
        "Schedule 3: Reciprocity metrics",
        "Schedule 4: Projects",
    ]


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str, languages: tuple[str, ...], layout: str) -> None:
    source = write(sample_document(languages, party=name), layout=layout)
    node = lx.document_fromstring(source)
    assert one_line(name) in words(node.body)
    assert not node.xpath("//script | //b")
    assert {tag for tag in (element.tag for element in node.iter()) if isinstance(tag, str)} <= ELEMENTS
    assert "\x07" not in source


@pytest.mark.parametrize("blocked", [True, False])
def test_a_blocked_document_says_so(blocked: bool) -> None:
    printed = words(page(sample_document(blocked=blocked)).body)
    assert ("BLOCKED – not to be signed 已冻结——不得签署" in printed) is blocked


@pytest.mark.parametrize("final", [True, False])
def test_it_says_that_it_binds_nobody_until_it_is_final(final: bool) -> None:
    printed = words(page(sample_document(final=final)).body)
    assert ("not binding until signed" in printed) is not final
    assert ("Version 11" if final else "Draft no. 11") in printed
    assert "Clause library tmp-clauses 1.0.0" in printed
    assert "v1:3f2a9c" in printed


def test_it_needs_nothing_from_elsewhere() -> None:
    source = write(sample_document())
    assert not re.search(r"https?://|url\(|@import|<link|<script|\bsrc=", source)


def test_a_style_of_the_house_comes_last_and_cannot_leave_its_element() -> None:
    source = write(sample_document(), style="h1 { color: teal } /* </style><script> */")
    (sheet,) = lx.document_fromstring(source).xpath("//style")
    assert sheet.text.rstrip().endswith(r"h1 { color: teal } /* <\/style><script> */")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_the_paper_asked_for(paper: str) -> None:
    assert f"@page {{ size: {paper} }}" in write(sample_document(), paper=paper)


@pytest.mark.parametrize("options", [{"layout": "rows"}, {"paper": "A5"}])
def test_it_knows_no_other_layout_or_paper(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is none of"):
        write(sample_document(), **options)


def test_the_same_document_gives_the_same_page() -> None:
    assert write(sample_document()) == write(sample_document())


def test_an_empty_document_is_a_page_too() -> None:
    document = sample_document(("en",))
    bare = replace(
        document,
        cover=replace(document.cover, parties=(), lines=(), notice={}),
        sections=(),
        schedules=(),
        signing=replace(document.signing, blocks=(), intro={}),
        imprint=replace(document.imprint, dated="", fingerprint="", library=""),
    )
    assert "dcterms" not in write(bare)


def test_a_table_with_ragged_rows_keeps_its_shape() -> None:
    document = sample_document(("en",))
    table = next(block for part in document.schedules for block in part.children if isinstance(block, Table))
    ragged = replace(table, rows=tuple(replace(row, cells=row.cells[:2]) for row in table.rows))
    node = page(replace(document, schedules=(replace(document.schedules[0], children=(ragged,)),)))
    widths = [len(row) for row in node.xpath("//table[@class='register']//tr[not(@class='detail')]")]
    assert [width for width, _ in groupby(widths)] == [4]


def test_line_breaks_in_a_value_stay() -> None:
    clause = Clause("c", 2, {"en": (Text("one\r\ntwo\nthree"),)}, number="1.1")
    source = write(replace(sample_document(("en",)), sections=(Section("s", both("T", "T"), (clause,), "1"),)))
    assert "one<br>two<br>three" in source


def test_a_timeline_is_drawn_and_says_itself() -> None:
    (drawing,) = page(noted_document(("en",))).xpath("//svg")
    assert drawing.xpath("title")[0].text == "Effective Date 30 September 2026; end 30 September 2031."
    assert drawing.get("role") == "img"
    assert [node.text for node in drawing.xpath("text[@class='year']")] == [str(year) for year in range(2026, 2033)]
    assert sorted(node.text for node in drawing.xpath("text[not(@class)]")) == ["D01", "D02", "D10", "D33"]
    assert len(drawing.xpath("circle")) == 3


def test_labels_of_neighbours_do_not_overwrite_each_other() -> None:
    (drawing,) = page(noted_document(("en",))).xpath("//svg")
    boxes = [(float(node.get("x")), float(node.get("y"))) for node in drawing.xpath("text[not(@class)]")]
    near = [(a, b) for a in boxes for b in boxes if a < b and abs(a[0] - b[0]) < 40 and abs(a[1] - b[1]) < 17]
    assert near == []


def test_notes_stand_below_what_they_speak_of() -> None:
    body = page(noted_document(("en",)), layout="stacked").body
    (clause,) = body.xpath("//p[@id='protection.disclose-inventor']")
    following = [clause.getnext(), clause.getnext().getnext()]
    assert [(node.get("class"), words(node)) for node in following] == [
        ("remark drafting", "Chosen as in the profile."),
        ("remark drafting", "Favours: everyone."),
    ]
    assert not page(sample_document()).xpath("//*[contains(@class, 'remark')]")
