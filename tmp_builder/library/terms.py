"""Finding defined terms in a text: where several forms fit, the longest wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from msgspec import Struct

from tmp_builder.library.schema import Library, TermEntry

_FINDERS: WeakKeyDictionary[Library, dict[str, TermFinder]] = WeakKeyDictionary()


class TermFinder(Struct, frozen=True):
    """Finds defined terms in a text of one language; where several forms fit, the longest wins."""

    pattern: re.Pattern[str]
    terms: Mapping[str, str]

    def used(self, text: str) -> Iterator[str]:
        """The ids of the terms in `text`, as often as they occur."""
        return (self.terms[found[0]] for found in self.pattern.finditer(text))


def forms_of(term: TermEntry, language: str) -> list[str]:
    """Every accepted form of a term: its word, its plural, further forms."""
    forms = [term.term[language], *term.forms.get(language, ())]
    if language == "en":
        forms += [plural(form) for form in forms]
    return list(dict.fromkeys(forms))


def plural(form: str) -> str:
    """The English plural of a term: Party → Parties, Basis stays irregular and is listed in `forms`."""
    if re.search(r"[^aeiou]y$", form):
        return f"{form[:-1]}ies"
    return f"{form}es" if re.search(r"(s|x|ch|sh)$", form) else f"{form}s"


def finder(library: Library, language: str) -> TermFinder:
    """The finder for the terms of a library in one language; made once per library."""
    made = _FINDERS.setdefault(library, {})
    if language not in made:
        made[language] = _finder(library.terms, language)
    return made[language]


def _finder(terms: tuple[TermEntry, ...], language: str) -> TermFinder:
    forms = {form: term.id for term in terms for form in forms_of(term, language)}
    ordered = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    bounded = rf"\b(?:{ordered})\b" if language == "en" else f"(?:{ordered})"
    return TermFinder(re.compile(bounded if forms else r"(?!)"), forms)
