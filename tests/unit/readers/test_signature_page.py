"""A signature page is recognised by the sentence on it, in either language and from either engine; nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples import sample_document
from tmp_builder import pipeline
from tmp_builder.pipeline import Options, write, write_page
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.signature_page import SignaturePage, read_signature_page
from tmp_builder.writers.signature_pages import signature_pages

FINGERPRINT = f"v1:{'3f2a9c04' * 8}"


def page(folder: Path, languages: tuple[str, ...], *, final: bool = False, **options: str) -> Path:
    from msgspec.structs import replace

    document = sample_document(languages)
    document = replace(document, imprint=replace(document.imprint, fingerprint=FINGERPRINT, final=final))
    path = folder / "page.pdf"
    path.write_bytes(write_page(next(iter(signature_pages(document).values())), Options(**options)))  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("languages", [("en", "zh"), ("en",), ("zh",)])
@pytest.mark.parametrize("engine", pipeline.options.PDF_ENGINES)
def test_it_reads_which_text_a_page_belongs_to(tmp_path: Path, languages: tuple[str, ...], engine: str) -> None:
    pytest.importorskip(engine, reason=f"needs {engine}", exc_type=OSError)
    imprint = sample_document().imprint
    expected = SignaturePage(imprint.plan, int(imprint.version), FINGERPRINT)
    assert read_signature_page(page(tmp_path, languages, pdf_engine=engine)) == expected


def test_a_page_of_an_execution_copy_is_read_alike(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="needs typst")
    found = read_signature_page(page(tmp_path, ("en", "zh"), final=True, pdf_engine="typst", layout="stacked", paper="Letter"))
    assert found is not None
    assert found.fingerprint == FINGERPRINT


def test_the_document_itself_is_no_signature_page(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="needs typst")
    path = tmp_path / "whole.pdf"
    path.write_bytes(write(sample_document(("en",)), "pdf", Options(pdf_engine="typst")))
    assert read_signature_page(path) is None
    assert read_signature_page(tmp_path / "small.docx") is None


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7 no more")
    with pytest.raises(NotReadable):
        read_signature_page(path)
