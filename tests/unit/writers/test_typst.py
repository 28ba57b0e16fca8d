"""PDFs by Typst: standards, tags, language, attachment, fonts, the same bytes every time; no word of a plan is read as markup."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.samples import both, noted_document, sample_document
from tests.unit.writers.probes import HOSTILE
from tests.unit.writers.test_pdf import font, read, squeezed, structure
from tmp_builder import pipeline
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.datafiles import data_folder
from tmp_builder.document.nodes import Clause, Document, Section, Table, Text
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.verify import verify
from tmp_builder.writers.house import House
from tmp_builder.writers.ours import is_ours
from tmp_builder.writers.pdf.fonts import families_of
from tmp_builder.writers.typst import write, write_page
from tmp_builder.writers.typst.fonts import FAMILIES
from tmp_builder.writers.typst.markup import UNBROKEN, array, block, literal, spoken
from tmp_builder.writers.words import one_line

pytest.importorskip("typst", reason="needs the extra tmp-builder[fast]")

RECIPE = json.dumps({"plan": "clean-vehicles", "name": '湖滨\\"#x'}).encode()
PLAN = data_folder("templates") / "demo" / "clean-vehicles.plan.yaml"


@lru_cache
def made(languages: tuple[str, ...] = ("en", "zh"), layout: str = "columns") -> bytes:
    return write(noted_document(languages), layout=layout, attachment=RECIPE)


def printed(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in read(data).pages)).replace("\u200b", "")


def said_by(*children: Any, **changes: Any) -> str:
    """What a PDF with one section of these blocks prints."""
    return printed(write(_short(*children, **changes)))


def _short(*children: Any, **changes: Any) -> Document:
    document = replace(sample_document(("en",)), sections=(Section("s", both("Title", "题"), children, "1"),), schedules=())
    return replace(document, **changes)


def test_it_declares_both_standards() -> None:
    packet = read(made()).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert b"<pdfuaid:part>1</pdfuaid:part>" in packet


def test_the_recipe_is_attached_as_its_source_with_the_date_of_the_document() -> None:
    reader = read(made())
    assert reader.attachments["recipe.json"] == [RECIPE]
    file = reader.trailer["/Root"]["/AF"][0].get_object()
    assert file["/AFRelationship"] == "/Source"
    assert str(file["/EF"]["/F"]["/Params"]["/ModDate"]).startswith("D:20260915")


def test_without_recipe_or_date_there_is_none() -> None:
    document = sample_document(("en",))
    undated = replace(document, imprint=replace(document.imprint, dated=""))
    assert not read(write(undated)).attachments
    assert write(undated, attachment=RECIPE) == write(undated, attachment=RECIPE)


def test_the_bytes_are_the_same_in_another_process() -> None:
    script = (
        "import sys; from tests.samples import noted_document; from tmp_builder.writers.typst import write;"
        "sys.stdout.buffer.write(write(noted_document(), attachment=bytes(sys.argv[1], 'utf-8')))"
    )
    environment = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Shanghai",
        "LANG": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "1",
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    command = [sys.executable, "-c", script, RECIPE.decode()]
    assert subprocess.run(command, capture_output=True, check=True, env=environment).stdout == made()


@pytest.mark.parametrize(("languages", "tag"), [(("en",), "en-GB"), (("zh",), "zh-CN"), (("en", "zh"), "en-GB")])
def test_it_says_its_language_title_and_date(languages: tuple[str, ...], tag: str) -> None:
    reader = read(made(languages))
    titles = {"en": "Clean Vehicles Consortium – Technology Management Plan", "zh": "清洁汽车联盟——技术管理计划"}
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == " / ".join(titles[language] for language in languages)
    assert reader.metadata.author is None
    assert reader.metadata["/Keywords"] == "tmp-builder 0.1.0"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260915")


def test_it_is_tagged_and_each_language_says_which_it_is() -> None:
    elements = list(structure(made()))
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Link", "/Figure"} <= {str(each.get("/S")) for each in elements}
    assert "zh-CN" in {str(each["/Lang"]) for each in elements if "/Lang" in each}


def test_the_outline_and_the_contents_hold_every_part_with_its_number_and_page() -> None:
    reader = read(made(("en",)))
    entries = {str(entry.title): reader.get_destination_page_number(entry) + 1 for entry in reader.outline}
    assert list(entries)[:4] == ["Clean Vehicles Consortium", "Contents", "1. Parties", "2. Definitions"]
    assert list(entries)[-2:] == ["Schedule 4: Projects", "Open points"]
    contents = squeezed(reader.pages[1].extract_text()).replace(".", "")
    for title in ("3. Protection and filing", "Schedule 2: Equipment", "Open points"):
        assert f"{squeezed(title).replace('.', '')}{entries[title]}" in contents
    assert "3. Protection and filing / 第3条 保护与申请" in [str(entry.title) for entry in read(made()).outline]


def test_every_font_is_embedded() -> None:
    for page in read(made()).pages:
        for entry in page["/Resources"]["/Font"].values():
            (inner,) = entry.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"])


def test_every_page_says_what_it_is() -> None:
    reader = read(made())
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = squeezed(page.extract_text())
        for said in ("notbindinguntilsigned", "Documentcleanvehicles", "第11稿", "tmpclauses1.0.0", "15September2026"):
            assert said in text
        assert (f"Page{number}of{total}第{number}页，共{total}页" in text) is (number > 1)


def test_a_final_document_is_no_draft_and_a_blocked_one_says_so_on_every_page() -> None:
    final = printed(write(sample_document(("en",), final=True)))
    assert "notbindinguntilsigned" not in final
    assert "Executioncopy" in final
    assert all("BLOCKED" in page.extract_text() for page in read(write(sample_document(("en",), blocked=True))).pages)


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_the_paper_is_the_one_asked_for(paper: str, width: int) -> None:
    boxes = [page.mediabox for page in read(write(sample_document(("en",)), paper=paper)).pages]
    assert round(float(boxes[0].width)) == width
    assert [box.width > box.height for box in boxes].count(True) == 1


def test_a_layout_or_paper_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="layout 'diagonal' is none of columns, stacked"):
        write(sample_document(), layout="diagonal")
    with pytest.raises(ValueError, match="paper 'A5' is none of A4, Letter"):
        write(sample_document(), paper="A5")


def test_a_page_of_another_document_and_a_sheet_have_neither_cover_nor_contents() -> None:
    page = read(write_page(_short(Clause("c", 2, both("Only this.", "仅此。"), number="1.1"))))
    assert "Page1of" in squeezed(page.pages[0].extract_text())
    assert "Contents" not in printed(write_page(_short()))
    assert "Contents" not in printed(write(_short(sheet=True)))


def test_no_signature_block_is_split() -> None:
    document = sample_document(("en",))
    signer = document.signing.blocks[0]
    many = tuple(replace(signer, id=f"s{index}", party=both(f"Signer{index}X", "x")) for index in range(9))
    pages = [page.extract_text() for page in read(write(_short(signing=replace(document.signing, blocks=many)))).pages]
    assert sum("Signer" in page for page in pages) > 1
    assert all(page.count("Signer") == page.count("Seal") for page in pages)


def test_a_cell_longer_than_a_page_is_printed_to_its_end() -> None:
    schedule = sample_document().schedules[0]
    (table,) = (child for child in schedule.children if isinstance(child, Table))
    row = replace(table.rows[0], cells=(both("BG-1", "x"), both("word " * 4000 + "LastWord", "x"), *table.rows[0].cells[2:]))
    clause = Clause("c", 2, both("long " * 9000 + "VeryEnd", "x"), number="1.1")
    text = said_by(clause, schedules=(replace(schedule, children=(replace(table, rows=(row,)),)),))
    assert "LastWord" in text
    assert "VeryEnd" in text


def test_a_token_without_a_space_stays_on_the_page() -> None:
    reader = read(write(_short(Clause("c", 2, both("x" * 300, "x"), number="1.1"))))
    edge = float(reader.pages[2].mediabox.width) - 70
    ends: list[float] = []
    reader.pages[2].extract_text(visitor_text=lambda text, _, matrix, *__: ends.append(float(matrix[4])) if "x" in text else None)
    assert printed(write(_short(Clause("c", 2, both("x" * 300, "x"), number="1.1")))).count("x" * 300) == 1
    assert len(ends) > 2
    assert max(ends) < edge


@pytest.mark.parametrize(
    "name", [*HOSTILE, '#read("/etc/passwd")', '"; panic("x"); "', "\\", '\\"', "#{1+1} $ $ <l> @ref `raw`", "\\u{41}"]
)
def test_a_name_stays_a_name(name: str) -> None:
    assert squeezed(one_line(name)) in printed(write(sample_document(("en",), party=name)))


def test_a_string_holds_what_it_is_given() -> None:
    assert literal('a"b\\c\td\r\ne\x07') == '"a\\"b\\\\c d\\ne"'
    assert literal("x" * (UNBROKEN + 1)) == f'"{"x" * UNBROKEN}\u200bx"'
    assert literal("中" * 100) == f'"{"中" * 100}"'
    assert spoken('f("a\\"b", g("c\\\\n\\n"))') == 'a"b c\\n\n'
    assert (block([]), block(["a"]), block(["a", "b"]), array(["a"])) == ('""', "a", "{a;b}", "(a,)")


@pytest.mark.parametrize(("name", "code"), [("Acme \U0001f9ea Ltd.", "U+1F9EA TEST TUBE"), ("ཨོཾ", "U+0F68 TIBETAN LETTER A")])
def test_a_character_without_glyph_is_an_error_that_names_it(name: str, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        write(sample_document(("en",), party=name))
    assert code in caught.value.message
    assert "--font-dir" in caught.value.hint


def test_the_engines_own_complaint_is_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from tmp_builder.writers.typst import engine

    monkeypatch.setattr(engine, "check_glyphs", lambda *_: None)
    with pytest.raises(EngineError, match="could not set the document"):
        write(sample_document(("en",), party="\U0001fae0"))


def test_a_folder_of_fonts_serves_where_the_system_has_none(tmp_path: Path) -> None:
    font(tmp_path / "fonts" / "house.ttf", "House Serif", "\U0001f9ea")
    data = write(sample_document(("en",), party="Acme \U0001f9ea Ltd."), font_dirs=(tmp_path,))
    assert any("House" in str(entry["/BaseFont"]) for entry in read(data).pages[0]["/Resources"]["/Font"].values())


def test_a_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no font in"):
        write(sample_document(("en",)), font_dirs=(tmp_path,))


def test_a_missing_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "typst":
            raise ImportError("No module named 'typst'")
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineError) as caught:
        write(sample_document(("en",)))
    assert "tmp-builder[fast]" in caught.value.hint
    assert caught.value.exit_code == 5


def test_the_families_are_those_of_the_style_sheet_in_its_order() -> None:
    css = (data_folder("templates") / "document.css").read_text(encoding="utf-8")
    rules = [rule.partition("}")[0] for rule in css.split("[lang|=")[1:3]]
    for rule in rules:
        assert families_of("{" + rule.partition("{")[2]) == FAMILIES[rule[:2]]


def test_css_of_the_house_is_refused_where_nothing_of_it_would_be_honoured() -> None:
    house = House(css="p { color: red }")
    with pytest.raises(UsageError, match="knows no CSS") as caught:
        pipeline.Options(pdf_engine="typst", house=house)
    assert caught.value.exit_code == 2
    with pytest.raises(UsageError):
        pipeline.Options(formats=("docx",), signature_pages=True, pdf_engine="typst", house=house)
    assert pipeline.Options(formats=("html",), pdf_engine="typst", house=house).house is house
    with pytest.raises(UsageError, match="did you mean “typst”"):
        pipeline.Options(pdf_engine="typts")


def test_only_another_engine_than_the_usual_one_stands_in_the_recipe() -> None:
    assert "pdf-engine" not in pipeline.Options().settings
    assert pipeline.Options(pdf_engine="typst").settings["pdf-engine"] == "typst"


def test_a_built_file_is_opened_verified_and_known_as_ours(tmp_path: Path) -> None:
    command = ["build", str(PLAN), "-f", "pdf", "-o", str(tmp_path), "--pdf-engine", "typst", "--language", "en", "-q"]
    assert run(cli, command) == 0
    file = tmp_path / "clean-vehicles.pdf"
    recipe = read_recipe(file)
    assert recipe is not None
    assert recipe.plan["id"] == "clean-vehicles"
    assert is_ours(file)
    assert verify(file).same_bytes
    changed = sample_document(("en",))
    file.write_bytes(write(changed, attachment=read(file.read_bytes()).attachments["recipe.json"][0]))
    assert not verify(file).agrees


def test_a_line_break_stays_one() -> None:
    text = read(write(_short(Clause("c", 2, {"en": (Text("first\nsecond"),)}, number="1.1")))).pages[2].extract_text()
    assert "first\nsecond" in text
