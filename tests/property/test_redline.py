"""For any two plans: the redline accepted is the new text, rejected the old one, as a tree and as a Word file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from tests.property.random_plans import random_plan
from tests.property.test_assembly import FEW, LIBRARY, SEEDS
from tmp_builder.assemble import assemble
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document
from tmp_builder.document.sides import accepted, is_marked, rejected, words_of
from tmp_builder.readers.docx import read_docx
from tmp_builder.writers.docx import write


def document(seed: int) -> Document:
    return assemble(random_plan(LIBRARY, seed), LIBRARY)


@settings(FEW, max_examples=12)
@given(SEEDS, SEEDS)
def test_a_redline_is_both_of_its_versions(one: int, two: int) -> None:
    old, new = document(one), document(two)
    marked = redline(old, new)
    assert words_of(accepted(marked)) == words_of(new)
    assert words_of(rejected(marked)) == words_of(old)
    assert is_marked(marked) == (words_of(old) != words_of(new))


@settings(FEW, max_examples=4)
@given(SEEDS, SEEDS)
def test_word_reads_a_redline_as_both_of_its_versions(one: int, two: int) -> None:
    old, new = document(one), document(two)
    for layout in ("columns", "stacked"):
        marked = write(redline(old, new), layout=layout)
        assert read(marked, "accepted") == read(write(new, layout=layout), "accepted")
        assert read(marked, "rejected") == read(write(old, layout=layout), "accepted")


def read(data: bytes, view: str) -> list[str]:
    """The paragraphs with words, without the last lines that carry fingerprints."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "read.docx"
        path.write_bytes(data)
        return [each.text for each in read_docx(path, view).paragraphs if each.text and not each.style.startswith("Colophon")]
