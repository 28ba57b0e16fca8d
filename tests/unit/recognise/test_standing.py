"""What still stands of a document in a text: clause by clause, in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tmp_builder.assemble import assemble
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import all_blocks, plain, texts_of
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan
from tmp_builder.recognise.standing import Standing, squeezed, standing

LANGUAGES = ("en", "zh")


@pytest.fixture
def document(plan_of: Callable[..., Plan], library: Library) -> Document:
    return assemble(plan_of(languages=["en", "zh"]), library)


def text_of(document: Document, *, without: str = "", language: str = "") -> str:
    """The text of a document, without the blocks whose id begins as given (in one language)."""
    lines = []
    for block in all_blocks(document):
        for texts in texts_of(block):
            for code, inlines in texts.items():
                gone = without and block.id.startswith(without) and code in (language or code)
                lines += [] if gone else [plain(inlines)]
    return "\n".join(lines)


def one(found: list[Standing], section: str, language: str) -> Standing:
    return next(each for each in found if (each.section, each.language) == (section, language))


def test_a_whole_text_loses_nothing(document: Document) -> None:
    found = standing(document, LANGUAGES, text_of(document), [])
    assert {each.share for each in found} == {1.0}
    assert not any(each.lost for each in found)
    assert len(found) == 2 * len(document.sections)


def test_line_breaks_quotation_marks_and_hyphens_make_no_difference(document: Document) -> None:
    text = text_of(document).replace("“", '"').replace("”", '"').replace("’", "'").replace(" ", "\n")
    assert {each.share for each in standing(document, LANGUAGES, text, None)} == {1.0}


def test_a_section_that_is_gone_in_one_language_only_is_seen(document: Document) -> None:
    found = standing(document, LANGUAGES, text_of(document, without="confidentiality.", language="zh"), None)
    assert one(found, "confidentiality", "zh").gone
    assert one(found, "confidentiality", "en").share == 1.0
    assert one(found, "confidentiality", "zh").heading is None


def test_changed_words_do_not_make_a_clause_disappear(document: Document) -> None:
    words = "Confidential Information"
    text = text_of(document)
    assert words in text
    found = standing(document, ("en",), text.replace(words, "Secret Information"), None)
    assert not any(each.gone for each in found)


def test_letters_and_digits_alone_are_compared() -> None:
    assert squeezed("“Sixty (60) days” – 六十（60）日。") == "sixty60days六十60日"
