"""Defined terms in a text: the longest form wins, plurals count, parts of words do not."""

from __future__ import annotations

import re

import pytest

from tmp_builder.findings import Place
from tmp_builder.library.schema import Library, TermEntry
from tmp_builder.library.terms import finder, forms_of, plural


def term(ident: str, en: str, zh: str, forms: tuple[str, ...] = ()) -> TermEntry:
    return TermEntry(ident, {"en": en, "zh": zh}, {"en": forms}, {}, {"en": "m", "zh": "义"}, {}, (), Place())


TERMS = (
    term("project", "Project", "项目"),
    term("project-ip", "Project IP", "项目知识产权"),
    term("party", "Party", "当事人"),
    term("third-party", "Third Party", "第三方"),
    term("basis", "Basis", "依据", ("Bases",)),
)


def library() -> Library:
    return Library("t", "1", "", {}, {}, TERMS, {}, {}, (), {}, {}, {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Project IP of a Project", ["project-ip", "project"]),
        ("two Projects and Third Parties", ["project", "third-party"]),
        ("every Party; Parties", ["party", "party"]),
        ("the Bases of it", ["basis"]),
        ("Projection and project", []),
        ("Project-IP", ["project"]),
        ("", []),
    ],
)
def test_terms_in_an_english_text(text: str, found: list[str]) -> None:
    assert list(finder(library(), "en").used(text)) == found


@pytest.mark.parametrize(
    ("text", "found"), [("项目知识产权归项目成员", ["project-ip", "project"]), ("第三方当事人", ["third-party", "party"])]
)
def test_terms_in_a_chinese_text(text: str, found: list[str]) -> None:
    assert list(finder(library(), "zh").used(text)) == found


def test_a_library_without_terms_finds_none() -> None:
    empty = Library("t", "1", "", {}, {}, (), {}, {}, (), {}, {}, {})
    assert list(finder(empty, "en").used("Project")) == []


@pytest.mark.parametrize(
    ("one", "many"), [("Party", "Parties"), ("Survey", "Surveys"), ("Class", "Classes"), ("Tax", "Taxes"), ("Member", "Members")]
)
def test_english_plurals(one: str, many: str) -> None:
    assert plural(one) == many
    assert forms_of(term("x", one, "甲"), "en") == [one, many]


def test_chinese_has_no_plurals() -> None:
    assert forms_of(TERMS[0], "zh") == ["项目"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_finder_finds_what_one_pattern_of_all_forms_would(library: Library, language: str) -> None:
    ids = {form: term.id for term in library.terms for form in forms_of(term, language)}
    every = "|".join(re.escape(form) for form in sorted(ids, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{every})\b" if language == "en" else f"(?:{every})")
    found = 0
    for option in library.options.values():
        text = option.texts[language][0]
        expected = [(ids[match[0]], match.start(), match.end()) for match in pattern.finditer(text)]
        assert [(use.term, use.start, use.end) for use in finder(library, language).uses(text)] == expected
        found += len(expected)
    assert found > 1000


def test_a_term_that_is_covered_leaves_the_rest_in_its_place(library: Library) -> None:
    text = "Each Party keeps Business-Confidential Information apart."
    covered = finder(library, "en").covered(text, "_")
    assert covered == "Each _____ keeps _________________________________ apart."
    assert len(covered) == len(text)
