"""Notes as comments of a Word file, annexes and timelines: what is in the file, and what is not where there are none."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.samples import noted_document, sample_document
from tmp_builder.document.nodes import Document
from tmp_builder.writers.docx import write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VARIANTS = [(("en",), "columns"), (("zh",), "columns"), (("en", "zh"), "columns"), (("en", "zh"), "stacked")]


def parts(document: Document, layout: str = "columns") -> dict[str, bytes]:
    with ZipFile(BytesIO(write(document, layout=layout))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{W}t"))


def commented(body: etree._Element, number: str) -> str:
    """The words between the two ends of a comment."""
    out, inside = [], False
    for node in body.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        if node.tag == f"{W}t":
            out.append((node.text or "") if inside else "")
        elif node.get(f"{W}id") == number:
            inside = node.tag == f"{W}commentRangeStart"
    return "".join(out)


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_each_note_is_a_comment_in_each_language_at_its_node(languages: tuple[str, ...], layout: str) -> None:
    files = parts(noted_document(languages), layout)
    body, comments = (etree.fromstring(files[f"word/{name}.xml"]) for name in ("document", "comments"))
    said = {comment.get(f"{W}id"): words(comment) for comment in comments}
    references = [node.get(f"{W}id") for node in body.iter(f"{W}commentReference")]
    assert sorted(references) == sorted(said)
    assert len(said) == 5 * len(languages)
    if "en" in languages:
        (number,) = [number for number, text in said.items() if text.startswith("A & B <c> are")]
        assert commented(body, number) == "the technical problem and its solution, including:"
    if "zh" in languages:
        (number,) = [number for number, text in said.items() if text.startswith("与模板一致")]
        assert commented(body, number).startswith("每一成员应确保其人员")


def test_a_comment_is_of_the_day_of_the_document_and_of_no_person() -> None:
    comments = etree.fromstring(parts(noted_document())["word/comments.xml"])
    assert {comment.get(f"{W}author") for comment in comments} == {"tmp-builder"}
    assert {comment.get(f"{W}date") for comment in comments} == {"2026-09-15T00:00:00Z"}
    undated = replace(noted_document(), imprint=replace(noted_document().imprint, dated=""))
    assert {node.get(f"{W}date") for node in etree.fromstring(parts(undated)["word/comments.xml"])} == {"1980-01-01T00:00:00Z"}


def test_the_paragraphs_of_a_note_are_those_of_its_comment() -> None:
    comments = etree.fromstring(parts(noted_document(("en",)))["word/comments.xml"])
    (chosen,) = [comment for comment in comments if "Chosen" in words(comment)]
    assert [words(paragraph) for paragraph in chosen] == ["Chosen as in the profile.", "Favours: everyone."]


def test_a_file_without_notes_has_no_comments() -> None:
    files = parts(sample_document())
    assert "word/comments.xml" not in files
    assert b"comment" not in files["word/document.xml"].lower()


def test_notes_change_no_word_of_the_text() -> None:
    noted = noted_document()
    with_notes, without = (
        words(etree.fromstring(parts(document)["word/document.xml"])) for document in (noted, replace(noted, notes=()))
    )
    assert with_notes == without


def test_an_annex_has_a_heading_without_number_and_links_to_its_clause() -> None:
    body = etree.fromstring(parts(noted_document(("en",)))["word/document.xml"])
    headings = [
        words(node) for node in body.iter(f"{W}p") if node.find(f"{W}pPr/{W}pStyle[@{W}val='SigningHeading']") is not None
    ]
    assert headings == ["Signatures", "Open points"]
    instructions = [node.text for node in body.iter(f"{W}instrText")]
    assert sum(text.startswith(" REF ") for text in instructions) > 0
    after = words(body).partition("Open points")[2].rpartition("Open points")[2]
    assert "3.2" in after


def test_a_timeline_is_a_row_of_years_with_its_marks_and_says_itself() -> None:
    body = etree.fromstring(parts(noted_document(("en",)))["word/document.xml"])
    (described,) = [node for node in body.iter(f"{W}tblDescription") if "Effective Date" in node.get(f"{W}val")]
    table = described.getparent().getparent()
    years, marks = ([words(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr"))
    assert years == ["2026", "2027", "2028", "2029", "2030", "2031"]
    assert marks == ["D01", "", "", "", "", "D02D10D33"]
