"""The style of a house: what is taken, and everything that is refused before a document is built with it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import InputError
from tmp_builder.writers.house import MAX_CSS, House, read_house

REFERENCE = data_folder("templates") / "reference.docx"


def sheet(folder: Path, text: str | bytes) -> Path:
    path = folder / "house.css"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def word_file(folder: Path, change: Callable[[str, bytes], bytes | None], name: str = "house.docx", **more: bytes) -> Path:
    """A copy of our reference with its parts changed (None drops one), and more parts added."""
    path = folder / name
    with zipfile.ZipFile(REFERENCE) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
        for part, content in more.items():
            new.writestr(part, content)
    return path


def styles(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda part, content: change(content) if part == "word/styles.xml" else content


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_house([path])
    return str(caught.value)


def test_no_style_is_ours() -> None:
    assert read_house([]) == House()
    assert House().fingerprint == ""


def test_a_sheet_and_a_word_file_go_together(tmp_path: Path) -> None:
    css = sheet(tmp_path, 'h1 { color: teal; background: url("data:image/png;base64,AAAA") }')
    house = read_house([css, word_file(tmp_path, styles(lambda content: content.replace(b"1F3A5F", b"660033")))])
    assert "teal" in house.css
    assert house.styles is not None
    assert b"660033" in house.styles
    assert len(house.fingerprint) == 64


@pytest.mark.parametrize(
    "css",
    [
        '@import "https://example.org/x.css";',
        "@import url(x.css);",
        "p { background: url(http://example.org/a.png) }",
        "p { background: url('//example.org/a.png') }",
        "p { background: url(/etc/passwd) }",
        "p { background: URL( 'file:///etc/passwd' ) }",
        r"p { background: \75 rl(http://example.org/a) }",
        r"@\69mport 'x.css';",
        '@font-face { font-family: X; src: url("https://example.org/x.woff2") }',
        'p { background: image-set("https://example.org/a.png" 1x) }',
        "@media print { @page { background: url(x.png) } }",
        "p { --x: url(https://example.org/a) }",
    ],
)
def test_a_sheet_that_fetches_anything_is_refused(css: str, tmp_path: Path) -> None:
    message = refused(sheet(tmp_path, f"h1 {{ color: red }}\n{css}"))
    assert "house.css:2:" in message
    assert "fetches" in message


def test_every_fault_of_a_sheet_is_named_at_once(tmp_path: Path) -> None:
    message = refused(sheet(tmp_path, "a { background: url(x) }\nb { background: url(y) }"))
    assert "house.css:1:" in message
    assert "house.css:2:" in message


@pytest.mark.parametrize(
    "css", ["p { content: 'http://example.org' }", "a[href^='https:'] { color: red }", "p { clip-path: url(#a) }"]
)
def test_words_that_look_like_addresses_are_no_fetching(css: str, tmp_path: Path) -> None:
    assert read_house([sheet(tmp_path, css)]).css == css


def test_a_sheet_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    assert "larger than" in refused(sheet(tmp_path, b"a" * (MAX_CSS + 1)))
    assert "UTF-8" in refused(sheet(tmp_path, b"\xff\xfe"))
    assert "cannot be read" in refused(tmp_path / "missing.css")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house.odt").write_bytes(b"x")
    assert ".css file serves PDF" in refused(tmp_path / "house.odt")


def test_a_word_file_without_our_styles_is_refused_by_their_names(tmp_path: Path) -> None:
    path = word_file(tmp_path, styles(lambda content: content.replace(b'w:styleId="Clause3"', b'w:styleId="Klausel3"')))
    assert "lacks the styles Clause3" in refused(path)


def test_a_style_tied_to_another_list_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path, styles(lambda content: content.replace(b'<w:ilvl w:val="2"/>', b'<w:ilvl w:val="3"/>')))
    assert "Clause3 is tied to another list" in refused(path)


def test_a_style_of_another_kind_is_refused(tmp_path: Path) -> None:
    swapped = styles(
        lambda content: content.replace(
            b'w:type="character" w:customStyle="1" w:styleId="Gap"', b'w:type="paragraph" w:styleId="Gap"'
        )
    )
    assert "Gap is no character style" in refused(word_file(tmp_path, swapped))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml"])
def test_macros_are_refused(name: str, tmp_path: Path) -> None:
    assert "carries macros" in refused(word_file(tmp_path, lambda _, content: content, **{name: b"x"}))


def test_a_macro_type_is_refused(tmp_path: Path) -> None:
    def typed(part: str, content: bytes) -> bytes:
        plain, macro = b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
        return content.replace(plain, macro) if part == "[Content_Types].xml" else content

    assert "carries macros" in refused(word_file(tmp_path, typed))


def test_entities_and_damage_are_refused(tmp_path: Path) -> None:
    bomb = styles(lambda content: content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1))
    assert "entities" in refused(word_file(tmp_path, bomb))
    (tmp_path / "no.docx").write_bytes(b"PK\x03\x04 broken")
    assert "damaged" in refused(tmp_path / "no.docx")
    assert "has no styles" in refused(word_file(tmp_path, lambda part, content: None if part == "word/styles.xml" else content))
