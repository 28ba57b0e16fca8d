"""Plain text: every node in each language, one clause a paragraph, numbers as printed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.samples import both, sample_document
from tests.unit.writers.probes import HOSTILE, PROBES, printed_texts
from tmp_builder.document.nodes import Clause, Section, Text
from tmp_builder.document.walk import plain
from tmp_builder.writers.text import write
from tmp_builder.writers.words import one_line


@pytest.mark.parametrize("kind", PROBES)
def test_it_prints_every_kind_of_node(kind: str) -> None:
    make, english, chinese = PROBES[kind]
    assert english in write(make(), "en")
    assert chinese in write(make(), "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_prints_every_text_of_its_language(language: str) -> None:
    document = sample_document()
    printed = write(document, language)
    for texts in printed_texts(document):
        assert one_line(plain(texts.get(language, ()))).strip() in printed


def test_numbers_and_depth_are_those_of_the_document() -> None:
    paragraphs = write(sample_document(), "en").split("\n\n")
    assert "3. Protection and filing" in paragraphs
    assert "    (a) the names of the inventors and the place of their work;" in paragraphs
    assert "        (ii) what is new in it; and" in paragraphs
    assert "4. [Reserved]" in paragraphs
    assert "3.3 [Reserved]" in paragraphs
    assert "Schedule 1: Background IP" in paragraphs


def test_chinese_numbers_are_chinese() -> None:
    paragraphs = write(sample_document(), "zh").split("\n\n")
    assert "第3条 保护与申请" in paragraphs
    assert "    （a） 发明人的姓名及其工作地点；" in paragraphs
    assert "附件1：背景知识产权" in paragraphs


def test_a_clause_is_one_paragraph_whatever_its_words() -> None:
    clause = Clause("c", 2, {"en": (Text("one\n\n two\tthree\u2028four"),)}, number="1.1")
    document = replace(sample_document(), sections=(Section("s", both("T", "T"), (clause,), "1"),))
    assert "1.1 one two three four" in write(document, "en").split("\n\n")


def test_a_table_has_a_line_a_row() -> None:
    assert (
        "BG-1 | Battery cell with a graded separator | Lakeshore University | 1 March 2024\n    Limits: research only.\n"
        in write(sample_document(), "en")
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    assert f"The first party is {one_line(name)}" in write(sample_document(party=name), "en")


def test_the_same_document_gives_the_same_text() -> None:
    assert write(sample_document(), "zh") == write(sample_document(), "zh")
