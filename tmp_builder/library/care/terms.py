"""Whether all cards use one vocabulary: no near miss of a defined term, none undefined, none in one language only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tmp_builder.findings import Place, Severity
from tmp_builder.language import LANGUAGES
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.passages import COVER, Passage
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.care.words import proper_names
from tmp_builder.library.schema import Library, Option, TermEntry
from tmp_builder.library.terms import finder, forms_of

LEGAL = ("text", "say", "meaning", "intro")
"""The kinds of passages that print in an agreement."""


@check("LIB-16", Severity.ERROR)
def no_term_is_nearly_missed(shelf: Shelf) -> Iterator[Hit]:
    """No card uses a word that terms.yaml lists as a near miss of a defined term.

    Bad: “Project Intellectual Property”, 既有知识产权. Good: “Project IP”, 背景知识产权. In guidance it is a warning.
    """
    wrong = {language: _near_misses(shelf.library, language) for language in LANGUAGES}
    for passage in shelf.passages_in(*LEGAL, "guidance", "label", "note"):
        pattern, terms = wrong[passage.language]
        for found in pattern.finditer(passage.text):
            if not _inside_a_form(shelf.library, passage, found.start(), found.end()):
                yield _near(passage, found, terms[found[1]])


def _near_misses(library: Library, language: str) -> tuple[re.Pattern[str], Mapping[str, TermEntry]]:
    """One pattern for every near miss of a language, the longest first, and the term that each misses."""
    terms = {wrong: term for term in library.terms for wrong in term.avoid.get(language, ())}
    listed = "|".join(re.escape(wrong) for wrong in sorted(terms, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"\b({listed})s?\b" if language == "en" else f"({listed})"), terms


def _near(passage: Passage, found: re.Match[str], term: TermEntry) -> Hit:
    right = term.term[passage.language]
    return Hit(
        f"“{found[0]}” is a near miss of the term “{right}”",
        f"“{found[0]}”与定义术语“{right}”近似而不相同",
        passage.place(found.start()),
        f"Write “{right}”.",
        f"改为“{right}”。",
        passage.owner,
        None if passage.kind in LEGAL else Severity.WARNING,
    )


def _inside_a_form(library: Library, passage: Passage, start: int, end: int) -> bool:
    """Whether the near miss is only a part of an accepted form."""
    return any(use.start <= start and end <= use.end for use in finder(library, passage.language).uses(passage.text))


@check("LIB-17", Severity.ERROR)
def capitals_are_defined(shelf: Shelf) -> Iterator[Hit]:
    """A word that is capitalised inside an English sentence is a defined term, a proper name, or defined where it stands."""
    known = finder(shelf.library, "en")
    names = proper_names()
    local = {option.id: _own_terms(option) for option in shelf.library.options.values()}
    for passage in shelf.passages_in("text", "say", "intro", "meaning", language="en"):
        own = local.get(passage.owner, frozenset())
        free = names.sub(lambda found: COVER * len(found[0]), known.covered(passage.text, COVER))
        for found in re.finditer(r"(?<=[a-z,;)] )[A-Z][A-Za-z’-]+(?: [A-Z][A-Za-z’-]+)*", free):
            if found[0] not in own:
                yield Hit(
                    f"“{found[0]}” is written like a defined term but is not defined",
                    f"“{found[0]}”写法如同定义术语，但没有定义",
                    passage.place(found.start()),
                    "Write it in lower case, use the defined term, or enter it in terms.yaml.",
                    "改为小写，使用定义术语，或者列入terms.yaml。",
                    passage.owner,
                )


def _own_terms(option: Option) -> frozenset[str]:
    """What the card itself defines with **Term**."""
    return frozenset(re.findall(r"\*\*(.+?)\*\*", option.texts["en"][0])) if "en" in option.texts else frozenset()


@check("LIB-18", Severity.WARNING)
def terms_stand_in_both_languages(shelf: Shelf) -> Iterator[Hit]:
    """An item uses the same defined terms in both languages.

    Why: a term on one side only is either a slip of the translation or another rule.
    """
    used: dict[tuple[str, str], dict[str, dict[str, Place]]] = {}
    for passage in shelf.passages_in("text"):
        item = used.setdefault((passage.owner, passage.item), {"en": {}, "zh": {}})
        for use in finder(shelf.library, passage.language).uses(passage.text):
            item[passage.language].setdefault(use.term, passage.place(use.start))
    by_id = {term.id: term for term in shelf.library.terms}
    for (owner, name), languages in used.items():
        for here, there in (("en", "zh"), ("zh", "en")):
            for term, place in languages[here].items():
                if term not in languages[there]:
                    yield _one_sided(f"{owner}#{name}", by_id[term], here, there, place)


def _one_sided(item: str, term: TermEntry, here: str, there: str, place: Place) -> Hit:
    names = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
    return Hit(
        f"{item}: “{term.term[here]}” stands in the {names[here][0]} text only",
        f"{item}：“{term.term[here]}”仅见于{names[here][1]}文本",
        place,
        f"Use “{term.term[there]}” in the {names[there][0]} text, or neither.",
        f"在{names[there][1]}文本中使用“{term.term[there]}”，或者两者均不用。",
        item.partition("#")[0],
    )


@check("LIB-19", Severity.ERROR)
def terms_are_one_to_one(shelf: Shelf) -> Iterator[Hit]:
    """No form means two terms, and none is accepted for one and a near miss of another."""
    for language in LANGUAGES:
        owners: dict[str, str] = {}
        for term in shelf.library.terms:
            for form in forms_of(term, language):
                if owners.setdefault(form, term.id) != term.id:
                    yield _twice(form, term, owners[form])
        yield from _accepted_and_avoided(shelf.library, owners, language)


def _accepted_and_avoided(library: Library, owners: Mapping[str, str], language: str) -> Iterator[Hit]:
    for term in library.terms:
        for wrong in term.avoid.get(language, ()):
            if wrong in owners:
                yield _twice(wrong, term, owners[wrong])


def _twice(form: str, term: TermEntry, other: str) -> Hit:
    return Hit(
        f"“{form}” belongs to “{term.id}” and to “{other}”",
        f"“{form}”同时属于“{term.id}”和“{other}”",
        term.place,
        "A form belongs to one term.",
        "一个用语只能对应一个术语。",
        f"term:{term.id}",
    )


@check("LIB-20", Severity.NOTE)
def every_term_is_used(shelf: Shelf) -> Iterator[Hit]:
    """A defined term is used in a card, a schedule or another definition."""
    used: set[str] = set()
    for passage in shelf.passages_in("text", "say", "intro", "label"):
        used.update(finder(shelf.library, passage.language).used(passage.text))
    for term in shelf.library.terms:
        if term.id not in used:
            yield Hit(
                f"no card uses the term “{term.term['en']}”",
                f"没有条款使用术语“{term.term['zh']}”",
                term.place,
                owner=f"term:{term.id}",
            )
