"""The zip of a Word file, written by hand: the same as the standard library writes, whatever is remembered."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tmp_builder.writers.docx.archive import LEVEL, THOROUGH, packed, repack

PARTS = {
    "word/document.xml": b"<w:document>" + b"<w:p/>" * 5000 + b"</w:document>",
    "word/empty.xml": b"",
    "_rels/.rels": b"<Relationships/>",
    "[Content_Types].xml": "<Types>类型</Types>".encode(),
}
ORDER = ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/empty.xml"]


def by_the_standard_library(level: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as new:
        for name in ORDER:
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, PARTS[name], compresslevel=level)
    return out.getvalue()


@pytest.mark.parametrize("level", [LEVEL, THOROUGH])
def test_it_writes_what_the_standard_library_writes(level: int) -> None:
    assert packed(PARTS, level=level) == by_the_standard_library(level)


def test_it_writes_the_same_bytes_for_parts_that_it_remembers() -> None:
    assert [packed(PARTS, ["_rels/.rels", "word/empty.xml"]) for _ in range(2)] == [packed(PARTS)] * 2


def test_every_part_comes_out_as_it_went_in() -> None:
    with ZipFile(BytesIO(packed(PARTS))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS


def test_a_zip_from_elsewhere_is_packed_as_thoroughly_as_before() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as stored:
        for name, part in PARTS.items():
            stored.writestr(name, part)
    assert repack(out.getvalue()) == by_the_standard_library(THOROUGH)
