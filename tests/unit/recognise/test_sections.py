"""Recognising sections: what is found in agreements from elsewhere, what is not, and how sure the program may say it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.foreign import (
    BOLD,
    BOLD_HAS,
    CONSORTIUM,
    CONSORTIUM_HAS,
    CONTRACT,
    CONTRACT_HAS,
    SHOPPING,
    write_bold,
    write_lines,
    write_numbered,
)
from tmp_builder import pipeline
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.readers.docx import ReadParagraph, read_docx
from tmp_builder.recognise import Recognised, Sure, recognise
from tmp_builder.writers.docx import write

ROOT = Path(__file__).parents[3]
PLANS = (*sorted((ROOT / "examples").glob("*/*.plan.yaml")), ROOT / "templates" / "demo" / "clean-vehicles.plan.yaml")
LANGUAGES = (("en",), ("zh",), ("en", "zh"))


def found_in(path: Path, library: Library) -> dict[str, Recognised]:
    return recognise(read_docx(path).paragraphs, library)


def sure(found: dict[str, Recognised], *grades: Sure) -> set[str]:
    return {section for section, each in found.items() if each.sure in grades}


def precision_and_recall(found: Iterable[str], true: Iterable[str]) -> tuple[float, float]:
    got, want = set(found), set(true)
    return len(got & want) / len(got), len(got & want) / len(want)


@pytest.mark.parametrize("styled", [True, False])
def test_an_english_consortium_agreement_is_recognised(tmp_path: Path, library: Library, styled: bool) -> None:
    path = write_numbered(tmp_path / "a.docx", "Consortium Agreement", CONSORTIUM, styled=styled)
    found = found_in(path, library)
    assert sure(found, Sure.CERTAIN) <= CONSORTIUM_HAS
    precision, recall = precision_and_recall(sure(found, Sure.CERTAIN, Sure.LIKELY), CONSORTIUM_HAS)
    assert precision >= 0.95
    assert recall >= 0.9
    assert found["confidentiality"].heading == "10 Non-disclosure of information"


@pytest.mark.parametrize("styled", [True, False])
def test_a_chinese_contract_is_recognised(tmp_path: Path, library: Library, styled: bool) -> None:
    path = write_numbered(tmp_path / "a.docx", "技术合作合同", CONTRACT, styled=styled)
    found = found_in(path, library)
    assert sure(found, Sure.CERTAIN) <= CONTRACT_HAS
    precision, recall = precision_and_recall(sure(found, Sure.CERTAIN, Sure.LIKELY), CONTRACT_HAS)
    assert precision >= 0.95
    assert recall >= 0.9


def test_bold_lines_serve_as_headings_and_one_heading_may_name_two_sections(tmp_path: Path, library: Library) -> None:
    found = found_in(write_bold(tmp_path / "a.docx", "Memorandum", BOLD), library)
    assert sure(found, Sure.CERTAIN) <= BOLD_HAS
    assert set(found) == BOLD_HAS
    assert found["disputes"].heading == found["governing-law"].heading == "Governing law and dispute resolution"


@pytest.mark.parametrize("clauses", [CONSORTIUM, CONTRACT])
def test_without_any_heading_nothing_is_certain_and_most_is_found(
    tmp_path: Path, library: Library, clauses: tuple[tuple[str, str, str], ...]
) -> None:
    found = found_in(write_lines(tmp_path / "a.docx", [text for _, _, text in clauses]), library)
    assert not sure(found, Sure.CERTAIN)
    precision, recall = precision_and_recall(found, CONSORTIUM_HAS if clauses is CONSORTIUM else CONTRACT_HAS)
    assert precision >= 0.9
    assert recall >= 0.75


def test_a_shopping_list_has_no_section(tmp_path: Path, library: Library) -> None:
    assert found_in(write_lines(tmp_path / "a.docx", SHOPPING), library) == {}


@cache
def _built(path: Path, languages: tuple[str, ...], folder: Path) -> tuple[Path, frozenset[str]]:
    """A file of ours without recipe, and the sections it has."""
    plan, library = pipeline.read(path)
    document = pipeline.examine(plan, library, pipeline.Options(languages=languages)).document
    target = folder / f"{path.stem}-{'-'.join(languages)}.docx"
    target.write_bytes(write(document))
    return target, frozenset(section.id.removeprefix("section:") for section in document.sections)


@pytest.mark.slow
@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_example_without_its_recipe_is_recognised_and_nothing_wrong_is_certain(
    path: Path, languages: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    target, true = _built(path, languages, tmp_path_factory.getbasetemp())
    found = found_in(target, read_library())
    assert sure(found, Sure.CERTAIN) <= true
    assert len(sure(found, Sure.CERTAIN)) >= len(true) - 1
    assert len(set(found) - true) <= 1


@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_demo_without_its_recipe_is_recognised_whole(
    library: Library, languages: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    target, true = _built(PLANS[-1], languages, tmp_path_factory.getbasetemp())
    paragraphs = read_docx(target).paragraphs
    found = recognise(paragraphs, library)
    assert sure(found, Sure.CERTAIN) == true
    assert len(true) == 31


def paragraphs(*lines: str, style: str = "", cell: bool = False) -> list[ReadParagraph]:
    return [ReadParagraph(line, style, cell=cell) for line in lines]


SECRET = "The receiving party shall not disclose confidential information and keeps it in confidence for five years."


def test_a_heading_without_text_is_only_possible_and_says_so(library: Library) -> None:
    found = recognise(paragraphs("5. Confidentiality", "6. Termination", "7. Notices"), library)
    assert {each.sure for each in found.values()} == {Sure.POSSIBLE}
    assert all(each.empty for each in found.values())


def test_a_heading_whose_text_speaks_of_something_else_is_not_certain(library: Library) -> None:
    text = "The guests bring their own lunch, park behind the house and leave by the garden gate before eight."
    found = recognise(paragraphs("5. Confidentiality", text), library)
    assert found["confidentiality"].sure is not Sure.CERTAIN


def test_the_table_of_contents_is_no_section(library: Library) -> None:
    assert recognise(paragraphs("Confidentiality ........ 7", "Termination ........ 9"), library) == {}
    assert recognise(paragraphs("5. Confidentiality", SECRET, style="TOC1"), library) == {}


def test_an_entry_of_a_table_is_no_heading(library: Library) -> None:
    found = recognise(
        paragraphs("Exclusive Licence", "means a licence that excludes everybody but the one who has it.", cell=True), library
    )
    assert "third-party-licences" not in found


def test_a_heading_in_an_annex_is_at_most_possible(library: Library) -> None:
    found = recognise(paragraphs("Annex 2 Confidentiality", SECRET), library)
    assert "confidentiality" not in found or found["confidentiality"].sure is Sure.POSSIBLE


def test_a_heading_may_run_on_into_its_text(library: Library) -> None:
    found = recognise(paragraphs(f"12. Confidentiality. {SECRET}", "第八条 保密义务 接收方不得向第三方披露商业秘密。"), library)
    assert found["confidentiality"].sure is Sure.CERTAIN
    assert found["confidentiality"].heading == "12. Confidentiality"


def test_the_number_of_the_paragraph_counts_those_with_text(library: Library) -> None:
    found = recognise(paragraphs("Agreement", "", "5. Confidentiality", "", SECRET), library)
    assert found["confidentiality"].paragraph == 2
