"""Signature pages: one a party, nothing on it but that party, and the text named by its fingerprint."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.samples import sample_document
from tmp_builder.document.walk import plain
from tmp_builder.writers.pdf import write_page
from tmp_builder.writers.signature_pages import signature_pages


def test_there_is_a_page_for_each_party_with_its_block_alone() -> None:
    document = sample_document()
    pages = signature_pages(document)
    assert [page.signing.blocks for page in pages.values()] == [(block,) for block in document.signing.blocks]
    assert all(not page.sections and not page.schedules for page in pages.values())


def test_a_page_names_the_text_it_belongs_to() -> None:
    page = next(iter(signature_pages(sample_document()).values()))
    for language, said in (("en", "and to no other text"), ("zh", "不得用于其他文本")):
        words = plain(page.signing.intro[language])
        assert "v1:3f2a9c" in words
        assert said in words


def test_the_file_is_one_page_with_its_number_and_no_contents() -> None:
    pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)
    reader = PdfReader(BytesIO(write_page(next(iter(signature_pages(sample_document(("en",))).values())))))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert "Clean Vehicles Consortium" in text
    assert "Page 1 of 1" in text
    assert "Contents" not in text
    assert not reader.attachments
