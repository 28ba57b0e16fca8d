"""Every Word file keeps the rules that only Word itself would enforce; and the checks of those rules can fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.conformance.lint import lint, order
from tests.samples import noted_document, sample_document
from tests.unit.writers.probes import HOSTILE, PROBES
from tmp_builder.writers.docx import write

VARIANTS = [
    (("en",), "columns"),
    (("zh",), "columns"),
    (("en", "zh"), "columns"),
    (("zh", "en"), "columns"),
    (("en", "zh"), "stacked"),
]
RECIPE = b'{"plan": "A & B"}'


@cache
def good() -> bytes:
    return write(noted_document(), recipe=RECIPE, protect=True)


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_nothing_is_wrong_with_a_file_of_every_node(languages: tuple[str, ...], layout: str) -> None:
    for document in (sample_document(languages, blocked=True), noted_document(languages)):
        data = write(document, layout=layout, recipe=RECIPE)
        assert lint(data) == []
        assert order(data) == []


@pytest.mark.parametrize("layout", ["columns", "stacked"])
@pytest.mark.parametrize("kind", PROBES)
def test_nothing_is_wrong_with_a_file_of_one_node(kind: str, layout: str) -> None:
    data = write(PROBES[kind][0](), layout=layout)
    assert lint(data) == []
    assert order(data) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_file(name: str) -> None:
    assert lint(write(sample_document(party=name), recipe=RECIPE)) == []


# ── the checks can fail ─────────────────────────────────────────────────────────────────────────────────────────────


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The good file with one part changed; the change must change something."""
    out = BytesIO()
    with ZipFile(BytesIO(good())) as old, ZipFile(out, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == name:
                changed_content = change(content)
                assert changed_content != content
                content = changed_content
            new.writestr(entry, content)
    return out.getvalue()


def swap(pattern: str, to: str, count: int = 1) -> Callable[[bytes], bytes]:
    """Another text in place of the first match of a pattern."""
    return lambda content: re.sub(pattern.encode(), to.encode(), content, count=count, flags=re.DOTALL)


MUTATIONS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a reference to a bookmark that is gone": ("document", swap(r"REF _tmp_en_\w+", "REF _tmp_en_gone"), "missing bookmark"),
    "a link to a bookmark that is gone": ("document", swap(r'w:anchor="[^"]+"', 'w:anchor="_gone"'), "link to missing"),
    "a field without end": ("document", swap(r'<w:fldChar w:fldCharType="end"/>', ""), "do not end"),
    "a field without result": (
        "document",
        swap(r'( REF .{1,300}?"separate"/></w:r><w:r>(?:<w:rPr>.{1,90}?</w:rPr>)?)<w:t>[^<]*</w:t>', r"\1"),
        "no result",
    ),
    "a bookmark that does not end": ("document", swap(r'<w:bookmarkEnd w:id="1"/>', ""), "not closed"),
    "two bookmarks of one name": ("document", swap(r'(w:name="_tmp_)zh(_\w+")', r"\1en\2"), "bookmark '_tmp_en"),
    "a bookmark with a hyphen": ("document", swap(r'w:name="_tmp_en_', 'w:name="_tmp-en_'), "no name for a bookmark"),
    "an unknown style": ("document", swap(r'w:pStyle w:val="Clause2"', 'w:pStyle w:val="Klausel"'), "is not defined"),
    "an unknown list": ("document", swap(r'<w:numId w:val="\d"/>', '<w:numId w:val="99"/>'), "list 99"),
    "a cell without paragraph": (
        "document",
        swap(r"<w:p><w:pPr>(?:(?!</w:p>).)*</w:p></w:tc>", "<w:tbl/></w:tc>"),
        "a cell ends in",
    ),
    "a row that is too short": ("document", swap(r"(<w:tr>.*?)<w:tc>.*?</w:tc></w:tr>", r"\1</w:tr>"), "does not fill"),
    "two controls of one number": ("document", swap(r'<w:id w:val="2"/>', '<w:id w:val="1"/>'), "control id"),
    "an empty control": ("document", swap(r"<w:sdtContent>.*?</w:sdtContent>", "<w:sdtContent/>"), "empty content control"),
    "a comment that nobody wrote": (
        "document",
        swap(r'<w:commentReference w:id="0"/>', '<w:commentReference w:id="77"/>'),
        "commentReference",
    ),
    "fields to be updated": ("settings", swap(r"<w:defaultTabStop", '<w:updateFields w:val="true"/><w:defaultTabStop'), "update"),
    "a style defined twice": ("styles", swap(r'w:styleId="Clause3"', 'w:styleId="Clause2"'), "style 'Clause2' x2"),
    "a list without definition": (
        "numbering",
        swap(r'<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="9"/>'),
        "no definition",
    ),
    "a deletion with plain text": (
        "document",
        swap(r"<w:r><w:t ", '<w:del w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:del><w:r><w:t '),
        "inside a deletion",
    ),
}


@pytest.mark.parametrize("what", MUTATIONS)
def test_it_finds(what: str) -> None:
    part, change, fault = MUTATIONS[what]
    assert lint(good()) == []
    assert any(fault in found for found in lint(changed(f"word/{part}.xml", change)))


def test_it_finds_parts_that_are_missing_empty_or_led_to_by_nothing() -> None:
    assert any("empty part" in fault for fault in lint(changed("customXml/item1.xml", lambda _: b" ")))
    relations = "word/_rels/document.xml.rels"
    assert any(
        "names missing" in fault for fault in lint(changed(relations, swap(r'Target="comments.xml"', 'Target="gone.xml"')))
    )
    assert "nothing leads to word/comments.xml" in lint(changed(relations, swap(r'Target="comments.xml"', 'Target="gone.xml"')))
    outside = swap(r'Target="comments.xml"', 'Target="https://example.org/x" TargetMode="External"')
    assert any("leads outside" in fault for fault in lint(changed(relations, outside)))


def test_it_finds_children_in_the_wrong_order() -> None:
    flipped = swap(r"(<w:pStyle [^>]*/>)(<w:keepNext/>)", r"\2\1")
    assert any("pPr has keepNext pStyle" in fault for fault in order(changed("word/document.xml", flipped)))
    late = swap(r"(<w:trackRevisions/>)(.*?)(<w:defaultTabStop[^>]*/>)", r"\3\2\1")
    assert any("settings has" in fault for fault in order(changed("word/settings.xml", late)))
