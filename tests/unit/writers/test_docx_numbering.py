"""Numbers and references of Word files: what Word will compute is what the document says, in both languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.samples import sample_document
from tmp_builder.document.nodes import Clause, Document, Reference, Schedule, Section, Text
from tmp_builder.document.walk import blocks
from tmp_builder.writers.docx import write
from tmp_builder.writers.docx.fields import taken_in
from tmp_builder.writers.docx.names import LONGEST_TAG, Anchor, bookmark_name, control_tag
from tmp_builder.writers.docx.numbering import LISTS, expected, printed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = [("en",), ("zh",), ("en", "zh"), ("zh", "en")]
VARIANTS = [(languages, "columns") for languages in LANGUAGES] + [(("en", "zh"), "stacked")]


def part(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def labels(data: bytes) -> dict[str, str]:
    """The label Word computes for every bookmarked paragraph, worked out from styles and lists alone."""
    by_number = {item.number: item for item in LISTS}
    styles = numbered_styles(part(data, "word/styles.xml"))
    counters: dict[int, list[int]] = {item.number: [0] * 4 for item in LISTS}
    found = {}
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        key = number_of(paragraph.find(f"{W}pPr"))
        if key is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            key = styles.get(style.get(f"{W}val")) if style is not None else None
        if key is None:
            continue
        number, level = key
        count = counters[number]
        count[level] += 1
        count[level + 1 :] = [0] * (3 - level)
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            found[mark.get(f"{W}name")] = expected(tuple(count[: level + 1]), by_number[number])
    return found


def number_of(properties: etree._Element | None) -> tuple[int, int] | None:
    node = properties.find(f"{W}numPr") if properties is not None else None
    if node is None:
        return None
    level = node.find(f"{W}ilvl")
    return int(node.find(f"{W}numId").get(f"{W}val")), int(level.get(f"{W}val")) if level is not None else 0


def numbered_styles(styles: etree._Element) -> dict[str, tuple[int, int]]:
    return {style.get(f"{W}styleId"): key for style in styles.iter(f"{W}style") if (key := number_of(style.find(f"{W}pPr")))}


def numbered_nodes(document: Document) -> list[tuple[Section | Schedule | Clause, str, int]]:
    """Every node with a number, its part and its level."""
    found: list[tuple[Section | Schedule | Clause, str, int]] = []
    for part_name, parents in (("body", document.sections), ("schedules", document.schedules)):
        for parent in parents:
            found.append((parent, part_name, 1))
            found += [(block, part_name, block.level) for block in blocks(parent) if isinstance(block, Clause)]
    return found


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_numbers_every_node_as_the_document_does(languages: tuple[str, ...], layout: str) -> None:
    document = sample_document(languages)
    computed = labels(write(document, layout=layout))
    for node, part_name, level in numbered_nodes(document):
        for language in languages:
            label = computed[bookmark_name(node.id, language)]
            assert label.removesuffix(".") == printed(node.number, part_name, level, language), node.id


def test_it_writes_chinese_headings_and_english_ones_in_their_own_way() -> None:
    computed = labels(write(sample_document()))
    assert computed[bookmark_name("section:ownership", "en")] == "5."
    assert computed[bookmark_name("section:ownership", "zh")] == "第5条"
    assert computed[bookmark_name("schedule:equipment", "en")] == "Schedule 2"
    assert computed[bookmark_name("schedule:equipment", "zh")] == "附件2"
    assert computed[bookmark_name("protection.disclose#inventor/2/1", "zh")] == "（i）"


def test_it_links_every_level_and_its_style_both_ways() -> None:
    data = write(sample_document())
    styles = numbered_styles(part(data, "word/styles.xml"))
    for level in part(data, "word/numbering.xml").iter(f"{W}lvl"):
        named = level.find(f"{W}pStyle")
        if named is not None:
            number = int(level.getparent().get(f"{W}abstractNumId"))
            assert styles[named.get(f"{W}val")] == (number, int(level.get(f"{W}ilvl")))


def test_it_puts_every_definition_before_the_lists_that_use_it() -> None:
    tags = [etree.QName(child).localname for child in part(write(sample_document()), "word/numbering.xml")]
    assert tags == sorted(tags)


def fields(data: bytes) -> list[tuple[str, str]]:
    """Instruction and cached result of every field."""
    found, state, instruction, result = [], "", "", ""
    for node in part(data, "word/document.xml").iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            instruction, result = "", ""
        if kind == "end":
            found.append((instruction.strip(), result))
        state = kind or state
        if node.tag == f"{W}instrText":
            instruction += node.text
        elif node.tag == f"{W}t" and state == "separate":
            result += node.text
    return found


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_caches_what_word_will_compute(languages: tuple[str, ...], layout: str) -> None:
    data = write(sample_document(languages), layout=layout)
    computed = labels(data)
    references = [(text.split(), result) for text, result in fields(data) if text.startswith("REF ")]
    assert len(references) == 8 * len(languages)
    for (_, bookmark, *switches), result in references:
        assert switches == ["\\n", "\\h"]
        assert computed[bookmark].removesuffix(".") == result


def test_it_gives_every_field_a_result_and_closes_it() -> None:
    found = fields(write(sample_document()))
    assert found
    assert all(result for _, result in found)


def test_it_asks_for_no_update_of_fields() -> None:
    with ZipFile(BytesIO(write(sample_document()))) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            assert b"updateFields" not in text
            assert b"w:dirty" not in text


@pytest.mark.parametrize(
    ("reference", "anchor", "language", "parts"),
    [
        (Reference("s", "Clause ", "7", ""), Anchor("body", 1, "7"), "en", ("Clause ", "7", "", "\\n")),
        (Reference("s", "第", "7", "条"), Anchor("body", 1, "7"), "zh", ("", "第7条", "", "\\n")),
        (Reference("c", "第", "7.2", "条"), Anchor("body", 2, "7.2"), "zh", ("第", "7.2", "条", "\\n")),
        (Reference("c", "Clause ", "7.2(a)", ""), Anchor("body", 3, "(a)"), "en", ("Clause ", "7.2(a)", "", "\\w")),
        (Reference("c", "第", "7.2(a)", "条"), Anchor("body", 3, "(a)"), "zh", ("第", "7.2（a）", "条", "\\w")),
        (Reference("x", "Schedule ", "3", ""), Anchor("schedules", 1, "3"), "en", ("", "Schedule 3", "", "\\n")),
        (Reference("x", "见附件", "3", ""), Anchor("schedules", 1, "3"), "zh", ("见", "附件3", "", "\\n")),
        (Reference("x", " and ", "4", ""), Anchor("schedules", 1, "4"), "en", (" and ", "4", "", "\\n \\t")),
    ],
)
def test_it_moves_the_words_of_the_label_into_the_field(
    reference: Reference, anchor: Anchor, language: str, parts: tuple[str, str, str, str]
) -> None:
    assert taken_in(reference, anchor, language) == parts


def test_it_prints_a_reference_to_nothing_as_plain_words() -> None:
    document = sample_document(("en",))
    lost = Clause("x#y", 2, {"en": (Text("See "), Reference("section:lost", "Clause ", "99", ""))}, number="1.1")
    section = Section("section:x", {"en": (Text("X"),)}, (lost,), "1")
    data = write(Document("d", ("en",), document.cover, (section,), (), document.signing, document.imprint))
    assert not [text for text, _ in fields(data) if text.startswith("REF")]
    assert "See Clause\u00a099" in "".join(part(data, "word/document.xml").itertext())


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_balances_bookmarks_and_names_each_once(languages: tuple[str, ...], layout: str) -> None:
    body = part(write(sample_document(languages), layout=layout), "word/document.xml")
    opened: list[str] = []
    names: list[str] = []
    closed: list[str] = []
    for node in body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        number = node.get(f"{W}id")
        if node.tag == f"{W}bookmarkStart":
            opened.append(number)
            names.append(node.get(f"{W}name"))
        else:
            assert number in opened
            closed.append(number)
    assert sorted(opened) == sorted(closed)
    assert len(set(opened)) == len(opened)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


def test_it_wraps_every_clause_in_a_control_with_its_id() -> None:
    document = sample_document()
    body = part(write(document), "word/document.xml")
    tags = [node.get(f"{W}val") for node in body.iter(f"{W}tag")]
    aliases = [node.get(f"{W}val") for node in body.iter(f"{W}alias")]
    ids = [node.get(f"{W}val") for node in body.iterfind(f".//{W}sdtPr/{W}id")]
    wanted = [node.id for node, _, level in numbered_nodes(document) if level == 2]
    assert set(tags) == {f"clause:{name}{end}" for name in wanted for end in ("", ":zh")}
    assert tags == aliases
    assert len(set(ids)) == len(ids)
    assert not list(body.iter(f"{W}dataBinding", f"{W}lock", f"{W}text"))


def test_it_keeps_the_tag_of_a_long_id_within_what_word_accepts() -> None:
    name = "third-party-licences.right-of-first-negotiation#notice-and-answer-of-the-members"
    tags = {control_tag(f"{name}{end}", language, ("en", "zh")) for end in "ab" for language in ("en", "zh")}
    assert len(tags) == 4
    assert all(len(tag) <= LONGEST_TAG for tag in tags)
    assert control_tag("a.b#c", "zh", ("zh",)) == "clause:a.b#c"


def test_it_gives_two_nodes_with_one_id_a_single_bookmark() -> None:
    document = sample_document(("en",))
    twice = (document.sections[0], document.sections[0])
    data = write(Document("d", ("en",), document.cover, twice, (), document.signing, document.imprint))
    names = [node.get(f"{W}name") for node in part(data, "word/document.xml").iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)


OFFICE = shutil.which("soffice") is not None and shutil.which("pdftotext") is not None


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice or poppler is absent")
@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_libreoffice_computes_the_same_numbers(languages: tuple[str, ...], layout: str, tmp_path: Path) -> None:
    data = write(sample_document(languages), layout=layout)
    computed = labels(data)
    wanted = []
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        names = [mark.get(f"{W}name") for mark in paragraph.iter(f"{W}bookmarkStart")]
        if names and names[0] in computed:
            wanted.append(f"{computed[names[0]]} {''.join(node.text for node in paragraph.iter(f'{W}t'))}".strip())
    convert(data, tmp_path, "txt:Text (encoded):UTF8")
    lines = [line.strip() for line in (tmp_path / "file.txt").read_text("utf-8-sig").splitlines()]
    assert [line for line in lines if line in set(wanted)] == wanted


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice or poppler is absent")
@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_libreoffice_computes_the_same_references(languages: tuple[str, ...], layout: str, tmp_path: Path) -> None:
    data = write(sample_document(languages), layout=layout)
    convert(without_caches(data), tmp_path, "pdf")
    command = ["pdftotext", str(tmp_path / "file.pdf"), "-"]
    text = re.sub(r"\s", "", subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert "SPOILT" not in text
    assert "REF_tmp" not in text
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        pieces = [node.text for node in paragraph.iter(f"{W}t")]
        if any(node.text.startswith(" REF ") for node in paragraph.iter(f"{W}instrText")):
            for before, result, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
                assert re.sub(r"\s", "", before[-5:] + result + after[:4]) in text


def without_caches(data: bytes) -> bytes:
    """The same file with every reference's cached result spoilt, so that what is printed was computed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = spoilt(content)
            new.writestr(name, content)
    return out.getvalue()


def spoilt(content: bytes) -> bytes:
    root = etree.fromstring(content)
    reference, state = False, ""
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        state = node.get(f"{W}fldCharType") or state
        if node.tag == f"{W}instrText":
            reference = node.text.startswith(" REF ")
        elif node.tag == f"{W}t" and reference and state == "separate":
            node.text = "SPOILT"
    return etree.tostring(root)


def convert(data: bytes, folder: Path, kind: str) -> None:
    """Writes file.docx into the folder and has LibreOffice turn it into another kind of file beside it."""
    (folder / "file.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / "file.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_no_line_ends_between_the_word_and_the_number_of_a_reference() -> None:
    lost = Clause("x#y", 2, {"en": (Text("See "), Reference("x#y", "Clause ", "1.1", ""))}, number="1.1")
    sample = sample_document(("en",))
    section = Section("section:x", {"en": (Text("X"),)}, (lost,), "1")
    document = Document("d", ("en",), sample.cover, (section,), (), sample.signing, sample.imprint)
    assert "See Clause\u00a0" in "".join(part(write(document), "word/document.xml").itertext())
