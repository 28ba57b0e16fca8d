"""Word files that attack or are broken: one clear sentence each, in bounded time and memory, from every command that reads them."""

from __future__ import annotations

import resource
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wordfiles import MAIN, W, document, par, word_file
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.readers.docx import read_docx
from tmp_builder.readers.markup import read_markup
from tmp_builder.readers.package import NotReadable

"""More than enough on a busy machine; without bounds these files take minutes or all memory."""
MEGABYTES = 700
"""By so much the memory of the process may grow."""

Make = Callable[[Path], Path]


def zip_bomb(path: Path) -> Path:
    """A part that unpacks to 400 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(MAIN, "w") as part:
        for _ in range(400):
            part.write(b" " * 1_000_000)
    return path


def bomb_that_lies(path: Path) -> Path:
    """The same, with a directory that claims a hundred bytes."""
    zip_bomb(path)
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    return path


def repetition(path: Path) -> Path:
    """200 MB of one paragraph over and over."""
    piece = par("The same again.").encode() * 10_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(MAIN, "w") as part:
        part.write(f"<w:document {W}><w:body>".encode())
        for _ in range(200_000_000 // len(piece)):
            part.write(piece)
        part.write(b"</w:body></w:document>")
    return path


def entities(path: Path) -> Path:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return word_file(path, parts={MAIN: f"<!DOCTYPE w:document [{rows}]>{document(par('&e9;'))}"})


def entities_in_utf16(path: Path) -> Path:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "ha">]>{document(par("&e;"))}'
    return word_file(path, parts={MAIN: text.encode("utf-16")})


def outside_entity(path: Path) -> Path:
    text = f'<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/hostname">]>{document(par("&e;"))}'
    return word_file(path, parts={MAIN: text})


def no_main_part(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return path


def main_part_is_a_folder(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{MAIN}/", "")
    return path


def broken_xml(path: Path) -> Path:
    return word_file(path, parts={MAIN: document(par("a"))[:-20]})


def another_root(path: Path) -> Path:
    return word_file(path, parts={MAIN: "<html/>"})


def strict_form(path: Path) -> Path:
    return word_file(path, parts={MAIN: document("").replace(W, 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"')})


def encrypted(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    return path


def encrypted_part(path: Path) -> Path:
    word_file(path, par("a"))
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + at] |= 1
    path.write_bytes(content)
    return path


def no_zip(path: Path) -> Path:
    path.write_text("Dear colleague, see the file attached.", encoding="utf-8")
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def cut_off(path: Path) -> Path:
    word_file(path, par("a" * 5_000))
    path.write_bytes(path.read_bytes()[:200])
    return path


def damaged_stream(path: Path) -> Path:
    word_file(path, "".join(par(f"paragraph {n}") for n in range(500)))
    content = bytearray(path.read_bytes())
    content[60:160] = b"\xff" * 100
    path.write_bytes(content)
    return path


def part_twice(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MAIN, document(par("thirty days")))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(MAIN, document(par("sixty days")))
    return path


def leads_out(path: Path) -> Path:
    return word_file(path, par("a"), {"../../outside.xml": "<x/>"})


def deep(path: Path) -> Path:
    levels = 50_000
    return word_file(path, "<w:sdt><w:sdtContent>" * levels + "</w:sdtContent></w:sdt>" * levels)


def a_million_paragraphs(path: Path) -> Path:
    return word_file(path, "<w:p/>" * 1_000_000)


def many_elements(path: Path) -> Path:
    return word_file(path, par("<w:r/>" * 3_100_000))


def many_parts(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5_100):
            archive.writestr(f"word/{number}.xml", "")
    return path


HOSTILE: dict[Make, str] = {
    zip_bomb: "unpacks to more than any agreement holds",
    bomb_that_lies: "its part word/document.xml is damaged",
    repetition: "its part word/document.xml is too large",
    entities: "declares entities",
    entities_in_utf16: "declares entities",
    outside_entity: "declares entities",
    no_main_part: "its main part is missing",
    main_part_is_a_folder: "its main part is missing",
    broken_xml: "is broken XML",
    another_root: "its main part is missing",
    strict_form: "Strict Open XML",
    encrypted: "is encrypted, or of the old .doc format",
    encrypted_part: "its part word/document.xml is encrypted",
    no_zip: "is no Word file (.docx)",
    empty: "is no Word file (.docx)",
    cut_off: "is damaged: its package cannot be opened",
    damaged_stream: "its part word/document.xml is damaged",
    part_twice: "holds its part word/document.xml twice",
    leads_out: "holds a part whose name leads out of the file: “../../outside.xml”",
    deep: "is broken XML",
    a_million_paragraphs: "has more than 200,000 paragraphs",
    many_elements: "has more elements than any agreement",
    many_parts: "unpacks to more than any agreement holds",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_gets_one_sentence_in_bounded_memory(make: Make, tmp_path: Path) -> None:
    path = make(tmp_path / "hostile.docx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for read in (read_docx, read_markup):
        with pytest.raises(NotReadable) as caught:
            read(path)
        assert len(caught.value.faults) == 1
        assert HOSTILE[make] in caught.value.faults[0].message
        assert caught.value.faults[0].place.file == str(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@pytest.mark.parametrize(
    "make", [no_zip, encrypted, entities, broken_xml, leads_out, no_main_part, deep], ids=lambda make: make.__name__
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", "hostile.docx", "hostile.docx"),
        ("diff", "good.docx", "hostile.docx"),
        ("verify", "hostile.docx"),
        ("open", "hostile.docx"),
        ("check", "hostile.docx"),
    ],
    ids=" ".join,
)
def test_every_command_says_what_is_wrong_and_ends_with_3(
    make: Make, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("hostile.docx"))
    word_file(Path("good.docx"), par("Members meet once a year."))
    assert run(cli, ["--ui-language", "en", *arguments]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("hostile.docx: error: ")
    assert "Traceback" not in err
    assert "unexpected" not in err
    assert len(err.splitlines()) <= 3


def test_what_a_folder_entry_adds_is_ignored(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", par("Members meet."))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/", "")
    assert [paragraph.text for paragraph in read_docx(path).paragraphs] == ["Members meet."]


def test_a_field_that_never_ends_hides_no_text(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    path = word_file(tmp_path / "a.docx", par(begin, "The cap is lifted.") + par("No cap applies."))
    assert [paragraph.text for paragraph in read_docx(path).paragraphs] == ["The cap is lifted.", "No cap applies."]
