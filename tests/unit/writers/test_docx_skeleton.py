"""A Word file put together from its skeleton: its main part as lxml writes it, its bytes the same with and without what is kept."""

from pathlib import Path

import pytest
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from tests.samples import sample_document
from tmp_builder import kept
from tmp_builder.writers.docx import write
from tmp_builder.writers.docx.markup import as_serialised
from tmp_builder.writers.docx.skeleton import skeleton

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("text", ["", "a &quot;b&quot; c", "&quot;", "x &amp; &lt;y&gt; &quot;z"])
def test_a_part_is_written_as_lxml_writes_it(text: str) -> None:
    attribute = f'<w:tag w:val="a&quot;{text}"/>'
    xml = f'<w:document {NAMESPACE}>{attribute}<w:t xml:space="preserve">1{text}2</w:t>{attribute}</w:document>'
    assert as_serialised(xml) == serialize_part_xml(parse_xml(xml.encode()))


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
