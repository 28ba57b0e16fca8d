"""A Word file put together from its skeleton: its main part as lxml writes it, its bytes the same with and without what is kept."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from tests.samples import sample_document
from tmp_builder import kept
from tmp_builder.writers.docx import write
from tmp_builder.writers.docx.markup import escape
from tmp_builder.writers.docx.skeleton import skeleton


@pytest.mark.parametrize("name", ["Plain", 'A "quoted" one', '"', 'R & D <"x">', "甲“乙”  丙", " led by a space"])
def test_a_part_is_written_as_lxml_writes_it(name: str) -> None:
    for protect in (False, True):
        with ZipFile(BytesIO(write(sample_document(party=name), recipe=b"{}", protect=protect))) as file:
            main = file.read("word/document.xml")
        assert main == serialize_part_xml(parse_xml(main))
        assert escape(name).encode() in main


def test_a_kept_skeleton_gives_the_same_bytes(tmp_path: Path) -> None:
    document = sample_document()
    kept.use(None)
    skeleton.cache_clear()
    computed = write(document, recipe=b"{}", protect=True)
    for _ in ("written", "found"):
        kept.use(tmp_path)
        skeleton.cache_clear()
        assert write(document, recipe=b"{}", protect=True) == computed
    kept.use(None)
    skeleton.cache_clear()
