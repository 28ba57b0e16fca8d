"""Every writer prints the marks of a redline on every kind of node, and not by colour alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.samples import both, sample_document
from tests.unit.writers.probes import KINDS, PROBES
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import says
from tmp_builder.writers.docx import write as write_docx
from tmp_builder.writers.html import write as write_html
from tmp_builder.writers.json import write as write_json
from tmp_builder.writers.markdown import write as write_markdown
from tmp_builder.writers.text import write as write_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_COMPARED = {"Annex", "Note", "Timeline"}
"""What is no part of the agreement."""

COMPARED = sorted(set(PROBES) - NOT_COMPARED - {"Change"})
BARE = sample_document()
BARE = replace(
    BARE, sections=(), schedules=(), signing=replace(BARE.signing, intro={}, blocks=()), cover=replace(BARE.cover, notice={})
)
NAMED = says(en="Changes from draft 1 to draft 2", zh="从第1稿到第2稿的变更")


def probed(kind: str, *, back: bool = False) -> Document:
    """A redline in which the probe of a kind came, or went with `back`."""
    document = PROBES[kind][0]()
    return redline(document, BARE, NAMED) if back else redline(BARE, document, NAMED)


def docx_marks(document: Document, tag: str) -> str:
    with ZipFile(BytesIO(write_docx(document))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    words = {"ins": "t", "del": "delText"}[tag]
    return "".join(node.text or "" for change in root.iter(f"{W}{tag}") for node in change.iter(f"{W}{words}"))


def tagged(source: str, tag: str) -> str:
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", source, re.DOTALL)
    return unescape(re.sub(r"<[^>]*>|\\", "", "".join(found)))


def bracketed(source: str, tag: str) -> str:
    opening, closing = {"ins": (r"\{\+", r"\+\}"), "del": (r"\[-", r"-\]")}[tag]
    return "".join(re.findall(rf"{opening}(.*?){closing}", source, re.DOTALL))


PRINTED: dict[str, Callable[[Document, str], str]] = {
    "docx": docx_marks,
    "html": lambda document, tag: tagged(write_html(document), tag),
    "markdown": lambda document, tag: tagged(write_markdown(document), tag),
    "text": lambda document, tag: bracketed(write_text(document, "en") + write_text(document, "zh"), tag),
}


def squeezed(text: str) -> str:
    """Without white space and numbers: where they stand is the writer's business."""
    return re.sub(r"[\s：:]|(?:Schedule|附件)\s*\d+|\d+\.\d+", "", text)


@pytest.mark.parametrize("form", PRINTED)
@pytest.mark.parametrize("kind", COMPARED)
def test_a_node_that_came_is_marked_as_inserted(kind: str, form: str) -> None:
    printed = squeezed(PRINTED[form](probed(kind), "ins"))
    assert all(squeezed(said) in printed for said in PROBES[kind][1:])  # type: ignore[arg-type]


@pytest.mark.parametrize("form", PRINTED)
@pytest.mark.parametrize("kind", COMPARED)
def test_a_node_that_went_is_marked_as_deleted(kind: str, form: str) -> None:
    printed = squeezed(PRINTED[form](probed(kind, back=True), "del"))
    assert all(squeezed(said) in printed for said in PROBES[kind][1:])  # type: ignore[arg-type]


def test_every_node_with_a_mark_is_probed() -> None:
    marked = {kind.__name__ for kind in KINDS if "mark" in kind.__struct_fields__}
    assert marked - NOT_COMPARED <= set(COMPARED)


def test_json_says_what_happened_to_a_node() -> None:
    assert '"kind": "inserted"' in write_json(probed("Clause"))
    assert '"mark": "deleted"' in write_json(probed("Clause", back=True))


def test_a_page_says_how_its_marks_are_read() -> None:
    page = write_html(probed("Clause"))
    assert "Changes from draft 1 to draft 2. Inserted words are underlined" in unescape(page)
    assert "从第1稿到第2稿的变更。新增文字加下划线" in page
    assert 'ins::before { content: "{+" }' in page
    assert "text-decoration: line-through" in page


def test_the_same_words_in_both_languages_are_changed_once() -> None:
    cells = [replace(PROBES["Row"][0](), id="x") for _ in range(2)]
    old, new = (
        replace(document, cover=replace(document.cover, kind=both(word, word)))
        for document, word in zip(cells, "XY", strict=True)
    )
    assert write_html(redline(old, new)).count("<del>X</del><ins>Y</ins>") == 1


def test_words_that_part_are_printed_for_each_language_and_were_once() -> None:
    old = replace(sample_document(), cover=replace(sample_document().cover, kind=both("X", "X")))
    new = replace(old, cover=replace(old.cover, kind=both("Y", "乙")))
    page = write_html(redline(old, new))
    assert page.count("<del>X</del>") == 1
    assert "<ins>Y</ins>" in page
    assert "<ins>乙</ins>" in page


def test_tracked_changes_have_an_author_a_day_and_a_number_of_their_own() -> None:
    with ZipFile(BytesIO(write_docx(probed("Clause"), author="Counsel & Co"))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    changes = [node for tag in ("ins", "del", "moveFrom", "moveTo") for node in root.iter(f"{W}{tag}")]
    assert {node.get(f"{W}author") for node in changes} == {"Counsel & Co"}
    assert {node.get(f"{W}date") for node in changes} == {f"{sample_document().imprint.dated}T00:00:00Z"}
    numbers = [node.get(f"{W}id") for node in changes]
    assert len(numbers) == len(set(numbers)) > 0


def test_a_document_without_marks_has_no_tracked_change() -> None:
    with ZipFile(BytesIO(write_docx(sample_document()))) as package:
        body = package.read("word/document.xml")
    assert not re.search(rb"<w:(ins|del|moveFrom|moveTo)\b", body)


def test_the_table_of_contents_shows_a_section_that_moved_as_moved() -> None:
    document = sample_document()
    first, *rest = document.sections
    other = replace(first, id="section:other", title=both("Other", "其他"), children=())
    old, new = (replace(document, sections=tuple(order)) for order in ((other, first, *rest), (first, *rest, other)))
    nav = write_html(redline(old, new)).partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'<del class="moved"[^>]*>[^<]*Other', nav)
    assert re.findall(r'<ins class="moved"><a[^>]*>[^<]*Other', nav)
    assert not re.findall(r"<(?:ins|del)>", nav)
