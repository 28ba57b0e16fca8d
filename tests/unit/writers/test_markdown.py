"""Markdown: every node; read back by a parser, every text is the words it was."""

from __future__ import annotations

import pytest
from lxml import html as lx
from markdown_it import MarkdownIt
from msgspec.structs import replace

from tests.samples import both, sample_document
from tests.unit.writers.probes import HOSTILE, PROBES, printed_texts
from tmp_builder.document.nodes import Clause, Document, Paragraph, Section, Term, Text
from tmp_builder.document.walk import plain
from tmp_builder.writers.markdown import write
from tmp_builder.writers.words import one_line

ELEMENTS = {"div", "p", "h1", "h2", "h3", "ul", "li", "strong", "b", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"}


def page(document: Document) -> lx.HtmlElement:
    return lx.fromstring(f"<div>{MarkdownIt('commonmark').enable(['table', 'strikethrough']).render(write(document))}</div>")


def words(node: lx.HtmlElement) -> str:
    return " ".join(" ".join(node.itertext()).split())


def flat(node: lx.HtmlElement) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("kind", PROBES)
def test_it_prints_every_kind_of_node_in_both_languages(kind: str) -> None:
    make, english, chinese = PROBES[kind]
    printed = flat(page(make()))
    assert english in printed
    assert chinese in printed


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh"), ("zh", "en")])
def test_it_prints_every_text(languages: tuple[str, ...]) -> None:
    document = sample_document(languages)
    printed = flat(page(document))
    for texts in printed_texts(document):
        for language in languages:
            assert one_line(plain(texts.get(language, ()))).strip() in printed


def test_numbers_are_text_and_depth_is_a_list() -> None:
    node = page(sample_document(("en",)))
    assert "3. Protection and filing" in [flat(head) for head in node.iter("h2")]
    assert "3.3 [Reserved]" in [flat(paragraph) for paragraph in node.iter("p")]
    assert [flat(item) for item in node.xpath("ul/li/ul/li")] == [
        "(i) the closest known solution; and",
        "(ii) what is new in it; and",
    ]
    assert not node.xpath("//ol | //pre")


def test_two_languages_follow_each_other() -> None:
    paragraphs = [flat(paragraph)[:4] for paragraph in page(sample_document()).iter("p")]
    at = paragraphs.index("1.1 ")
    assert paragraphs[at : at + 2] == ["1.1 ", "1.1 "]


def test_tables_are_tables() -> None:
    node = page(sample_document())
    rows = [[words(cell) for cell in row] for row in node.iter("tr")]
    assert [
        "BG-1",
        "Battery cell with a graded separator 具有梯度隔膜的电池单体",
        "Lakeshore University 湖滨大学",
        "1 March 2024 2024年3月1日",
    ] in rows


@pytest.mark.parametrize("name", [*HOSTILE, "+ x", "= x", "- x", "1) x", "---", "# x", "> x", "~~~", "``` x", "    x", "[a]: b"])
def test_a_name_stays_a_name(name: str) -> None:
    blocks = (
        Clause("c", 2, both(name, name), number="1.1"),
        Clause("d", 3, both(name, name), number="(a)"),
        Paragraph("p", {"en": (Text(name),)}),
    )
    document = replace(sample_document(("en",), party=name), sections=(Section("s", both(name, name), blocks, "1"),))
    node = page(document)
    clean = one_line(name).strip()
    paragraphs = [flat(paragraph) for paragraph in node.iter("p")]
    assert f"1.1 {clean}" in paragraphs
    assert clean in paragraphs
    assert f"1. {clean}" in [flat(head) for head in node.iter("h2")]
    assert clean in [flat(cell) for cell in node.iter("th")]
    assert {element.tag for element in node.iter()} <= ELEMENTS


@pytest.mark.parametrize("term", ["Leads", "“Leads”", "(x)", "牵头单位", "A*B"])
@pytest.mark.parametrize("before", ["为", "the ", "（"])
def test_a_term_is_bold_whatever_stands_beside_it(term: str, before: str) -> None:
    clause = Clause("c", 2, {"en": (Text(before), Term(term), Text("。"))}, number="1.1")
    source = write(replace(sample_document(("en",)), sections=(Section("s", both("T", "T"), (clause,), "1"),)))
    node = lx.fromstring(f"<div>{MarkdownIt('commonmark').enable('table').render(source)}</div>")
    assert term in [element.text_content() for element in node.iter("strong", "b")]


def test_a_blocked_document_says_so_first() -> None:
    assert write(sample_document(blocked=True)).startswith("**BLOCKED – not to be signed · 已冻结——不得签署**")


def test_the_same_document_gives_the_same_text() -> None:
    assert write(sample_document()) == write(sample_document())
