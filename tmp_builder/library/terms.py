"""Finding defined terms in a text: where several forms fit, the longest wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from msgspec import Struct

from tmp_builder.library.schema import Library, TermEntry

_FIRST_WORD = re.compile(r"\w+")
_FINDERS: WeakKeyDictionary[Library, dict[str, TermFinder]] = WeakKeyDictionary()


class Use(Struct, frozen=True):
    """A defined term where a text uses it: the id of the term, and where its form begins and ends."""

    term: str
    start: int
    end: int


class TermFinder(Struct, frozen=True):
    """Finds defined terms in a text of one language.

    `begin` matches where a form may begin: the first word of one, in Chinese the first character. `forms` are the forms that begin so, the
    longest first; `terms` the ids by form. One pattern of all forms would find the same, but takes longer to compile than a plan to check.
    """

    begin: re.Pattern[str]
    forms: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, str]
    in_words: bool

    def uses(self, text: str) -> Iterator[Use]:
        """The terms in `text`, in their order; none lies in another."""
        end = 0
        for found in self.begin.finditer(text):
            start = found.start()
            form = self._form(text, found[0], start) if start >= end else None
            if form is not None:
                end = start + len(form)
                yield Use(self.terms[form], start, end)

    def used(self, text: str) -> Iterator[str]:
        """The ids of the terms in `text`, as often as they occur."""
        return (use.term for use in self.uses(text))

    def covered(self, text: str, cover: str) -> str:
        """`text` with `cover` in place of every character of a term."""
        pieces, end = [], 0
        for use in self.uses(text):
            pieces += [text[end : use.start], cover * (use.end - use.start)]
            end = use.end
        return "".join([*pieces, text[end:]])

    def _form(self, text: str, begin: str, start: int) -> str | None:
        for form in self.forms.get(begin, ()):
            if text.startswith(form, start) and not (self.in_words and _goes_on(text[start + len(form) :][:1])):
                return form
        return None


def _goes_on(character: str) -> bool:
    """Whether a word goes on with `character`."""
    return character.isalnum() or character == "_"


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
    ids = {form: term.id for term in terms for form in forms_of(term, language)}
    in_words = language == "en"
    forms: dict[str, tuple[str, ...]] = {}
    for form in sorted(ids, key=len, reverse=True):
        first = _FIRST_WORD.match(form) if in_words else None
        begin = first[0] if first else form[0]
        forms[begin] = (*forms.get(begin, ()), form)
    initials = "".join(sorted({begin[0] for begin in forms}))
    pattern = rf"\b[{re.escape(initials)}]\w*" if in_words else f"[{re.escape(initials)}]"
    return TermFinder(re.compile(pattern if forms else r"(?!)"), forms, ids, in_words)
