"""The package of a Word file: parts, relationships, order of children, properties, recipe; the same bytes every time."""

from __future__ import annotations

import json
import posixpath
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as open_word_file
from lxml import etree
from msgspec.structs import replace

from tests.samples import both, sample_document
from tmp_builder.document.walk import plain
from tmp_builder.errors import UsageError
from tmp_builder.writers.docx import write

ROOT = Path(__file__).parents[3]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RECIPE = json.dumps({"plan": "A & B <c> ]]> \u2028 中文", "x": "\u0001"}).encode()
VARIANTS = [(("en",), "columns"), (("zh",), "columns"), (("en", "zh"), "columns"), (("en", "zh"), "stacked")]
ODD_NAMES = [
    "<&\"'{{**`x`[y](z)",
    "A*B_{{x}}<b>",
    "\u200f\u202eשלום\u202c",
    "🙂 emoji 👩‍🔬",
    "]]>",
    "O’Neil “quoted”",
    "  two  spaces  ",
    "#{x}%s\\n",
]


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("languages", "layout"), VARIANTS)
def test_it_writes_the_same_bytes_twice(languages: tuple[str, ...], layout: str) -> None:
    first, second = (write(sample_document(languages), layout=layout, recipe=RECIPE) for _ in range(2))
    assert first == second


def test_it_writes_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path.insert(0, '.'); from tests.samples import sample_document;"
        "from tmp_builder.writers.docx import write; sys.stdout.buffer.write(write(sample_document()))"
    )
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout
    assert other == write(sample_document())


def test_it_packs_without_folders_doubles_or_times() -> None:
    with ZipFile(BytesIO(write(sample_document(), recipe=RECIPE))) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert names[2:] == sorted(names[2:])
        for entry in archive.infolist():
            assert not entry.is_dir()
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.create_system == 0


@pytest.mark.parametrize("recipe", [None, RECIPE])
def test_it_relates_every_part_and_only_parts_that_exist(recipe: bytes | None) -> None:
    files = parts(write(sample_document(), recipe=recipe))
    reached = {"[Content_Types].xml"} | {name for name in files if name.endswith(".rels")}
    for name in list(reached):
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in etree.fromstring(files[name]):
            target = relation.get("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            assert path in files, f"{name} names {path}"
            reached.add(path)
    assert reached == set(files)
    assert all(files.values())


def test_it_says_of_every_part_what_it_is() -> None:
    files = parts(write(sample_document(), recipe=RECIPE))
    types = etree.fromstring(files["[Content_Types].xml"])
    overrides = {node.get("PartName").lstrip("/") for node in types if node.get("PartName")}
    assert overrides <= set(files)
    for name in ("word/document.xml", "word/header1.xml", "word/footer2.xml", "docProps/custom.xml", "customXml/itemProps1.xml"):
        assert name in overrides


def test_it_uses_no_style_that_the_reference_lacks() -> None:
    files = parts(write(sample_document()))
    known = {node.get(f"{W}styleId") for node in etree.fromstring(files["word/styles.xml"]).iter(f"{W}style")}
    for name, content in files.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            for node in etree.fromstring(content).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn"):
                assert node.get(f"{W}val") in known


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_text_survives_as_the_name_of_a_party(name: str) -> None:
    for languages, layout in VARIANTS:
        files = parts(write(sample_document(languages, party=name), layout=layout))
        paragraphs = ["".join(node.itertext(f"{W}t")) for node in etree.fromstring(files["word/document.xml"]).iter(f"{W}p")]
        assert name in paragraphs
        assert any(text.endswith(name) and text != name for text in paragraphs)


def test_it_drops_what_xml_forbids_and_nothing_else() -> None:
    name = "A\x00B\x08\x0b\x1f\ud800C\ufffe\uffffD\x7f"
    files = parts(write(sample_document(("en",), party=name)))
    assert "ABCD\x7f" in "".join(etree.fromstring(files["word/document.xml"]).itertext())


def test_it_fills_the_properties_and_names_nobody() -> None:
    core = parts(write(sample_document()))["docProps/core.xml"].decode()
    for said in ("Clean Vehicles Consortium · 清洁汽车联盟", "en-GB, zh-CN", ">11<", ">clean-vehicles<", "2026-09-15T00:00:00Z"):
        assert said in core
    creator = etree.fromstring(core.encode()).find("{http://purl.org/dc/elements/1.1/}creator")
    assert creator is None or not creator.text
    assert "python-docx" not in core


def test_it_dates_a_document_without_a_date_1980() -> None:
    document = sample_document()
    undated = replace(document, imprint=replace(document.imprint, dated=""))
    assert "1980-01-01T00:00:00Z" in parts(write(undated))["docProps/core.xml"].decode()


def test_it_shortens_a_title_that_is_too_long_for_the_properties() -> None:
    document = sample_document()
    long = replace(document, cover=replace(document.cover, title=both("T" * 300, "题" * 300)))
    assert f">{'T' * 255}<" in parts(write(long))["docProps/core.xml"].decode()


def test_it_carries_the_recipe_and_what_leads_to_it() -> None:
    files = parts(write(sample_document(), recipe=RECIPE))
    item = etree.fromstring(files["customXml/item1.xml"])
    assert json.loads(item.text) == json.loads(RECIPE)
    custom = {node.get("name"): node[0].text for node in etree.fromstring(files["docProps/custom.xml"])}
    assert custom == {
        "tmp-plan": "clean-vehicles",
        "tmp-version": "11",
        "tmp-library": "tmp-clauses 1.0.0",
        "tmp-fingerprint": "v1:3f2a9c",
    }


def test_it_carries_nothing_without_a_recipe() -> None:
    assert not [name for name in parts(write(sample_document())) if "custom" in name.lower()]


def test_it_writes_json_with_characters_that_xml_forbids() -> None:
    recipe = '{"a": "\uffff\ufffe"}'.encode()
    item = etree.fromstring(parts(write(sample_document(), recipe=recipe))["customXml/item1.xml"])
    assert json.loads(item.text) == {"a": "\uffff\ufffe"}


def texts(files: dict[str, bytes], kind: str) -> dict[str, str]:
    return {
        name: "".join(etree.fromstring(content).itertext())
        for name, content in files.items()
        if f"word/{kind}" in name and "rels" not in name
    }


def test_it_says_in_the_footer_which_draft_this_is() -> None:
    footers = texts(parts(write(sample_document())), "footer")
    for said in (
        "Document clean-vehicles",
        "Draft no. 11",
        "Draft under negotiation",
        "15 September 2026",
        "tmp-clauses 1.0.0",
        "第11稿",
    ):
        assert all(said in text for text in footers.values())
    assert all("not binding until signed" in text for text in footers.values())
    assert "Page  PAGE 1 of  NUMPAGES 1" in footers["word/footer1.xml"]
    assert "PAGE" not in footers["word/footer2.xml"]


def test_a_final_document_is_binding_and_says_so() -> None:
    footers = texts(parts(write(sample_document(final=True))), "footer")
    assert all("not binding" not in text and "Execution copy" in text for text in footers.values())


def test_a_blocked_document_says_so_on_every_page() -> None:
    headers = texts(parts(write(sample_document(blocked=True))), "header")
    assert len(headers) == 3
    assert all("BLOCKED" in text and "已冻结" in text for text in headers.values())
    assert not any("BLOCKED" in text for text in texts(parts(write(sample_document())), "header").values())


@pytest.mark.parametrize(("name", "value"), [("layout", "sideways"), ("paper", "A3")])
def test_it_refuses_what_it_does_not_know(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=value):
        write(sample_document(), **{name: value})


def test_the_reference_is_what_the_script_makes() -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import make_reference; sys.stdout.buffer.write(make_reference.reference())"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout
    assert parts(made) == parts((ROOT / "templates" / "reference.docx").read_bytes())


def test_it_takes_the_styles_of_a_house() -> None:
    ours = parts((ROOT / "templates" / "reference.docx").read_bytes())["word/styles.xml"]
    assert write(sample_document(), styles=ours) == write(sample_document())
    house = parts(write(sample_document(), styles=ours.replace(b'w:val="1F3A5F"', b'w:val="660033"')))
    assert b'w:val="660033"' in house["word/styles.xml"]
    assert b'w:val="1F3A5F"' not in house["word/styles.xml"]
    mine = parts(write(sample_document()))
    assert {name: data for name, data in house.items() if name != "word/styles.xml"} == {
        name: data for name, data in mine.items() if name != "word/styles.xml"
    }


def test_a_protected_file_tracks_every_edit() -> None:
    settings = etree.fromstring(parts(write(sample_document(), protect=True))["word/settings.xml"])
    names = [etree.QName(node).localname for node in settings]
    assert names[1:4] == ["trackRevisions", "documentProtection", "defaultTabStop"]
    protection = settings.find(f"{W}documentProtection")
    assert (protection.get(f"{W}edit"), protection.get(f"{W}enforcement")) == ("trackedChanges", "1")
    assert b"trackRevisions" not in parts(write(sample_document()))["word/settings.xml"]


def test_it_opens_in_python_docx() -> None:
    document = sample_document(("en",))
    opened = open_word_file(BytesIO(write(document)))
    assert opened.core_properties.title == plain(document.cover.title["en"])
    assert next(item.text for item in opened.paragraphs if item.style.name == "Heading 1") == "Parties"
