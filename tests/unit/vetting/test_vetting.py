"""Word files and PDFs under check: sections deleted or emptied since, files from elsewhere, what was not read, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.foreign import SHOPPING, write_lines
from tmp_builder import pipeline
from tmp_builder.document.nodes import Clause
from tmp_builder.document.walk import blocks, plain
from tmp_builder.findings import Finding, Severity
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.readers.package import NotReadable
from tmp_builder.vetting import Vetted, vet

Build = Callable[..., Path]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def build(plan_of: Callable[..., Plan], library: Library, tmp_path: Path) -> Build:
    """Builds the small plan as a file of one format; gives its path."""

    def make(form: str = "docx", changes: dict[str, Any] | None = None, **more: Any) -> Path:
        options = pipeline.Options(formats=(form,), **more)
        checked = pipeline.examine(plan_of(changes), library, options)
        path = tmp_path / f"small.{form}"
        path.write_bytes(pipeline.files(checked, options)[form])
        return path

    return make


def of_text(found: Vetted) -> list[Finding]:
    """The findings about the text, without the note about what a file for the other side leaves out."""
    return [finding for finding in found.findings if finding.code.startswith("DOC-") and finding.code != "DOC-06"]


def body(document: Any) -> Iterator[Any]:
    """The top elements of a document, each with its text."""
    return iter(list(document.element.body))


def words(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def style(element: Any) -> str:
    found = next(element.iter(f"{W}pStyle"), None)
    return "" if found is None else str(found.get(f"{W}val"))


def cut(path: Path, heading: str, *, keep_heading: bool) -> None:
    """Deletes a section as one does in Word: from its heading (or from below it) to the next heading."""
    document = docx.Document(str(path))
    inside = False
    for element in body(document):
        if style(element).startswith("Heading1") and not style(element).endswith("Zh"):
            inside = words(element) == heading
            if inside and keep_heading:
                continue
        if inside and not element.tag.endswith("sectPr") and not (keep_heading and style(element).startswith("Heading1")):
            document.element.body.remove(element)
    document.save(str(path))


def test_a_file_as_built_has_no_finding_about_its_text(build: Build) -> None:
    assert of_text(vet(build(), pipeline.Options())) == []


def test_a_pdf_as_built_has_no_finding_about_its_text_and_says_what_a_pdf_cannot_tell(build: Build) -> None:
    found = vet(build("pdf"), pipeline.Options())
    assert of_text(found) == []
    assert any("tells no headings" in remark["en"] for remark in found.remarks)


def test_a_deleted_section_is_an_error_where_it_is_required(build: Build) -> None:
    path = build()
    cut(path, "Confidentiality", keep_heading=False)
    found = of_text(vet(path, pipeline.Options()))
    assert {(each.code, each.severity, each.clause) for each in found} == {("DOC-01", Severity.ERROR, "confidentiality")}
    assert "“Confidentiality” (required), English text: is not in the text of the file" in found[0].text("en")


def test_an_emptied_section_keeps_its_heading_and_is_an_error(build: Build) -> None:
    path = build()
    cut(path, "Confidentiality", keep_heading=True)
    found = of_text(vet(path, pipeline.Options()))
    assert {(each.code, each.clause) for each in found} == {("DOC-02", "confidentiality")}
    assert "标题尚在" in found[0].text("zh")


def test_a_deleted_clause_is_a_warning_with_its_number(build: Build, plan_of: Callable[..., Plan], library: Library) -> None:
    path = build()
    made = pipeline.examine(plan_of(), library).document
    section = next(each for each in made.sections if each.id == "section:confidentiality")
    clause = next(each for each in blocks(section) if isinstance(each, Clause) and each.level == 2)
    document = docx.Document(str(path))
    for element in document.element.body.iter(f"{W}p"):
        if words(element) in {plain(text) for text in clause.texts.values()}:
            for node in element.iter(f"{W}t"):
                node.text = ""
    document.save(str(path))
    found = of_text(vet(path, pipeline.Options()))
    assert {(each.code, each.severity, each.clause) for each in found} == {("DOC-03", Severity.WARNING, "confidentiality")}
    assert found[0].text("en").endswith(f"not found as built: {clause.number}")


def test_a_file_for_the_public_is_held_against_its_own_sections(build: Build) -> None:
    path = build(audience="public")
    found = vet(path, pipeline.Options())
    assert {(each.code, each.severity) for each in of_text(found)} == {("DOC-05", Severity.NOTE)}
    assert any("fingerprints only" in remark["en"] for remark in found.remarks)
    cut(path, "Confidentiality", keep_heading=False)
    doubts = [each for each in of_text(vet(path, pipeline.Options())) if each.code in ("DOC-01", "DOC-04")]
    assert [each.clause for each in doubts] == ["confidentiality"]


def test_what_a_file_for_the_other_side_leaves_out_is_not_called_a_breach(build: Build) -> None:
    found = vet(build(), pipeline.Options())
    assert "PAR-05" not in {each.code for each in found.findings}
    assert "PAR-05" in next(each.text() for each in found.findings if each.code == "DOC-06")


def test_the_plan_inside_is_held_against_the_rules(build: Build) -> None:
    found = vet(build(changes={"choices.confidentiality": []}), pipeline.Options())
    hit = next(each for each in found.findings if each.code == "STR-01")
    assert hit.address == "choices.confidentiality"
    assert "plan inside" in hit.place.file


def test_a_file_from_elsewhere_without_any_section_is_one_error(tmp_path: Path) -> None:
    found = vet(write_lines(tmp_path / "list.docx", SHOPPING), pipeline.Options())
    assert [(each.code, each.severity) for each in found.findings] == [("DOC-01", Severity.ERROR)]
    assert all(each.found is None for each in found.seen)
    assert len(found.seen) == 31


def test_what_was_not_read_is_a_warning(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "picture.docx", ["A page that holds a picture"])
    document = docx.Document(str(path))
    run = document.paragraphs[0].add_run()._r
    run.append(docx.oxml.parse_xml('<w:object xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'))
    document.save(str(path))
    unread = [each for each in vet(path, pipeline.Options()).findings if each.code == "DOC-05"]
    assert [each.severity for each in unread] == [Severity.WARNING]
    assert "embedded objects" in unread[0].text("en")
    assert "嵌入对象" in unread[0].text("zh")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)


def _entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


HOSTILE: dict[str, Callable[[Path], object]] = {
    "no-zip.docx": lambda path: path.write_text("hello", encoding="utf-8"),
    "encrypted.docx": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "old.doc": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "cut.docx": lambda path: path.write_bytes(b"PK\x03\x04 and no more"),
    "bomb.docx": _bomb,
    "entities.docx": _entities,
    "nothing.docx": lambda path: zipfile.ZipFile(path, "w").close(),
    "missing.docx": lambda path: None,
    "no.pdf": lambda path: path.write_text("hello", encoding="utf-8"),
    "cut.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    HOSTILE[name](path)
    with pytest.raises(NotReadable) as fault:
        vet(path, pipeline.Options())
    assert len(fault.value.faults) == 1
    assert "\n" not in fault.value.faults[0].message


def test_a_pdf_from_elsewhere_is_refused_with_what_to_give_instead(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    path = tmp_path / "other.pdf"
    with PdfWriter() as writer:
        writer.add_blank_page(200, 200)
        writer.write(str(path))
    with pytest.raises(NotReadable, match="carries no plan"):
        vet(path, pipeline.Options())
