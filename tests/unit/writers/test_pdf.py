"""The PDF: pages, outline, contents, language, tags, attachment, fonts, the same bytes every time; never an empty box."""

from __future__ import annotations

import builtins
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.samples import both, sample_document
from tests.unit.writers.probes import HOSTILE, PROBES, printed_texts
from tmp_builder.document.nodes import Clause, Document, Section, Text
from tmp_builder.document.walk import plain
from tmp_builder.errors import EngineError
from tmp_builder.writers.pdf import write
from tmp_builder.writers.pdf.fonts import check_glyphs, families_of
from tmp_builder.writers.words import one_line

pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)

RECIPE = json.dumps({"plan": "clean-vehicles"}).encode()
VARIANTS = [
    (("en",), "columns"),
    (("zh",), "columns"),
    (("en", "zh"), "columns"),
    (("en", "zh"), "stacked"),
]


@lru_cache
def made(languages: tuple[str, ...] = ("en", "zh"), layout: str = "columns") -> bytes:
    return write(sample_document(languages), layout=layout, attachment=RECIPE)


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def squeezed(text: str) -> str:
    """Without white space and hyphens: a line of print ends anywhere."""
    return re.sub(r"[\s\u2010-]", "", text)


def printed(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in read(data).pages))


def structure(data: bytes) -> Iterator[Any]:
    """Every element of the tree of tags."""
    waiting = [read(data).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, dict):
            yield element
            kids = element.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_prints_every_text(languages: tuple[str, ...], layout: str) -> None:
    text = printed(made(languages, layout))
    for texts in printed_texts(sample_document(languages)):
        for language in languages:
            words = plain(texts.get(language, ()))
            assert all(squeezed(word) in text for word in (words.split() if layout == "columns" else [words])), words


def test_it_prints_every_kind_of_node() -> None:
    documents = [make() for make, _, _ in PROBES.values()]
    whole = replace(
        documents[0],
        sections=tuple(
            replace(section, id=f"{index}") for index, document in enumerate(documents) for section in document.sections
        ),
        schedules=tuple(part for document in documents for part in document.schedules if "Schedule" in str(part.title)),
        annexes=tuple(part for document in documents for part in document.annexes if "Annex" in str(part.title)),
        notes=tuple(replace(note, target="") for document in documents for note in document.notes),
    )
    text = printed(write(whole, layout="stacked"))
    for kind, (make, english, chinese) in PROBES.items():
        if (
            make().cover == whole.cover and make().signing == whole.signing and kind != "Timeline"
        ):  # words of a drawing are not set
            assert squeezed(english) in text, kind
            assert squeezed(chinese) in text, kind


def test_the_bytes_are_the_same_on_every_run() -> None:
    assert made() == write(sample_document(), attachment=RECIPE)


def test_the_bytes_are_the_same_in_another_process() -> None:
    script = (
        "import sys; from tests.samples import sample_document; from tmp_builder.writers.pdf import write;"
        "sys.stdout.buffer.write(write(sample_document(), attachment=bytes(sys.argv[1], 'utf-8')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, RECIPE.decode()],
        capture_output=True,
        check=True,
        env={
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Shanghai",
            "LANG": "C",
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
    )
    assert run.stdout == made()


@pytest.mark.parametrize(("languages", "tag"), [(("en",), "en-GB"), (("zh",), "zh-CN"), (("en", "zh"), "en-GB")])
def test_it_says_its_language_and_title(languages: tuple[str, ...], tag: str) -> None:
    reader = read(made(languages))
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    wanted = {
        "en": "Clean Vehicles Consortium – Technology Management Plan",
        "zh": "清洁汽车联盟——技术管理计划",
    }
    assert reader.metadata is not None
    assert reader.metadata.title == " / ".join(wanted[language] for language in languages)
    assert reader.metadata.creator == "tmp-builder 0.1.0"
    assert reader.metadata.author is None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260915")


def test_the_outline_holds_every_part_with_its_number() -> None:
    entries = [str(entry.title) for entry in read(made(("en",))).outline if not isinstance(entry, list)]
    assert entries == [
        "Clean Vehicles Consortium",
        "Contents",
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
    assert "3. Protection and filing / 第3条 保护与申请" in [str(entry.title) for entry in read(made()).outline]


def test_the_contents_give_the_pages_on_which_parts_begin() -> None:
    reader = read(made(("en",)))
    entries = {str(entry.title): reader.get_destination_page_number(entry) for entry in reader.outline}
    contents = squeezed(reader.pages[1].extract_text()).replace(".", "")
    for title in ("3. Protection and filing", "Schedule 2: Equipment"):
        assert f"{squeezed(title).replace('.', '')}{entries[title] + 1}" in contents


def test_references_lead_to_the_place() -> None:
    reader = read(made(("en",)))
    named = {note.get_object()["/Dest"] for page in reader.pages for note in page.get("/Annots", [])}
    assert "protection.disclose-members" in named
    assert named <= set(reader.named_destinations)


def test_it_is_tagged() -> None:
    kinds = {str(element.get("/S")) for element in structure(made())}
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Caption", "/Link", "/L", "/LI"} <= kinds
    assert read(made()).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_it_declares_both_standards_in_one_readable_packet() -> None:
    packet = read(made()).trailer["/Root"]["/Metadata"].get_data()
    assert packet.count(b"<rdf:RDF") == 1
    assert b'pdfaid:part="3"' in packet
    assert b"<pdfuaid:part>1</pdfuaid:part>" in packet
    assert packet in made()


def test_the_recipe_is_attached_as_its_source_with_the_date_of_the_document() -> None:
    reader = read(made())
    assert reader.attachments["recipe.json"] == [RECIPE]
    file = reader.trailer["/Root"]["/AF"][0].get_object()
    assert file["/AFRelationship"] == "/Source"
    assert file["/EF"]["/F"]["/Params"]["/ModDate"] == "D:20260915000000Z"


def test_without_recipe_or_date_there_is_none() -> None:
    document = sample_document(("en",))
    data = write(replace(document, imprint=replace(document.imprint, dated="")))
    assert not read(data).attachments
    assert data == write(replace(document, imprint=replace(document.imprint, dated="")))


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_every_font_is_embedded(languages: tuple[str, ...], layout: str) -> None:
    fonts = read(made(languages, layout)).pages[0]["/Resources"]["/Font"]
    names = []
    for font in fonts.values():
        (inner,) = font.get_object()["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        names.append(str(descriptor["/FontName"]))
    assert any("CJK" in name or "Micro" in name for name in names) is ("zh" in languages)


def test_every_page_says_what_it_is() -> None:
    reader = read(made())
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = squeezed(page.extract_text())
        for said in (
            "notbindinguntilsigned",
            "Documentcleanvehicles",
            "Draftno.11",
            "第11稿",
            "tmpclauses1.0.0",
            "15September2026",
        ):
            assert said in text
        assert (f"Page{number}of{total}第{number}页，共{total}页" in text) is (number > 1)


def test_a_final_document_is_no_draft_and_a_blocked_one_says_so_on_every_page() -> None:
    final = printed(write(sample_document(("en",), final=True)))
    assert "notbindinguntilsigned" not in final
    assert "Executioncopy" in final
    for page in read(write(sample_document(("en",), blocked=True))).pages:
        assert "BLOCKED" in page.extract_text()


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_the_paper_is_the_one_asked_for(paper: str, width: int) -> None:
    boxes = [page.mediabox for page in read(write(sample_document(("en",)), paper=paper)).pages]
    assert round(float(boxes[0].width)) == width
    assert [box.width > box.height for box in boxes].count(True) == 1


def test_no_signature_block_is_split() -> None:
    document = sample_document(("en",))
    block = document.signing.blocks[0]
    many = tuple(replace(block, id=f"s{index}", party=both(f"Signer{index}X", "x")) for index in range(9))
    pages = [page.extract_text() for page in read(write(replace(document, signing=replace(document.signing, blocks=many)))).pages]
    assert sum("Signer" in page for page in pages) > 1
    for page in pages:
        if "Signer" in page:
            assert page.count("Signer") == page.count("Seal")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    assert squeezed(one_line(name)) in printed(write(sample_document(("en",), party=name)))


@pytest.mark.parametrize(("name", "code"), [("Acme \U0001f9ea Ltd.", "U+1F9EA TEST TUBE"), ("ཨོཾ", "U+0F68 TIBETAN LETTER A")])
def test_a_character_without_glyph_is_an_error_that_names_it(name: str, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        write(sample_document(("en",), party=name))
    assert code in caught.value.message
    assert "CJK" in caught.value.message
    assert "fonts-noto-cjk" in caught.value.hint
    assert "--font-dir" in caught.value.hint
    assert caught.value.exit_code == 5


def test_a_chinese_document_without_a_chinese_font_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from tmp_builder.writers.pdf import engine

    found = engine.installed_fonts
    latin = ("liberation serif", "dejavu serif")
    monkeypatch.setattr(
        engine, "installed_fonts", lambda fonts: {name: path for name, path in found(fonts).items() if name in latin}
    )
    with pytest.raises(EngineError, match=r"no glyph for .* and \d+ more in the fonts Liberation Serif, DejaVu Serif"):
        write(sample_document(("zh",)))


def test_the_engines_own_complaint_is_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from tmp_builder.writers.pdf import engine

    monkeypatch.setattr(engine, "check_glyphs", lambda *_: None)
    with pytest.raises(EngineError, match=r"notdef"):
        write(sample_document(("en",), party="\U0001fae0"))


def test_spaces_joiners_and_variation_selectors_need_no_glyph() -> None:
    check_glyphs("\u3000\u200b\ufe0f\U000e0100\u00a0\n\x07", {}, ())


def test_without_any_font_nothing_is_printed() -> None:
    with pytest.raises(EngineError, match=r"\(none is installed\)"):
        check_glyphs("x", {}, ("Nowhere Serif",))


def test_the_families_are_those_of_the_style_sheet() -> None:
    css = """/* "No Font" */ p { font: 9pt/1 "One", Arial, 'Two'; content: "Not this" } :root { --house: "Three" }"""
    assert families_of(css + "a { font-family: 'One' }") == ("One", "Two", "Three")


def test_a_folder_of_fonts_serves_where_the_system_has_none(tmp_path: Path) -> None:
    font(tmp_path / "fonts" / "house.ttf", "House Serif", "\U0001f9ea")
    data = write(sample_document(("en",), party="Acme \U0001f9ea Ltd."), font_dirs=(tmp_path,))
    fonts = read(data).pages[0]["/Resources"]["/Font"]
    assert any("House" in str(entry["/BaseFont"]) for entry in fonts.values())


def test_a_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no font in"):
        write(sample_document(("en",)), font_dirs=(tmp_path,))


def font(path: Path, family: str, char: str) -> None:
    """A font with a square for one character."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for index, point in enumerate([(0, 0), (0, 500), (500, 500), (500, 0)]):
        (pen.lineTo if index else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square"})
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "square": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True)
    builder.save(path)


def test_a_missing_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineError) as caught:
        write(sample_document(("en",)))
    assert "libpango" in caught.value.message
    assert "apt install" in caught.value.hint


def test_a_style_of_the_house_reaches_no_network() -> None:
    write(sample_document(("en",)), style="body { background: url(http://127.0.0.1:9/x.png) }")


def test_a_long_agreement_keeps_short_rows_whole() -> None:
    words = "word " * 60
    items = []
    for index in range(1, 40):
        text = (Text(f"Item{index}Begin {words}Item{index}End"),)
        items.append(Clause(f"c#{index}", 2, {"en": text, "zh": text}, number=f"1.{index}"))
    document: Document = replace(sample_document(), sections=(Section("s", both("T", "T"), tuple(items), "1"),), schedules=())
    pages = [page.extract_text() for page in read(write(document)).pages]
    for index in range(1, 40):
        assert [page for page in pages if f"Item{index}Begin" in page] == [page for page in pages if f"Item{index}End" in page]


@pytest.mark.validators
@pytest.mark.skipif(not shutil.which("qpdf"), reason="needs qpdf")
@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_qpdf_finds_no_fault(languages: tuple[str, ...], layout: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(made(languages, layout))
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
