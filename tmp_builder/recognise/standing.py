"""Which sections of a document still stand in the text of a file: clause by clause, in each language, by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tmp_builder.document.nodes import Block, Clause, Document, Section
from tmp_builder.document.walk import blocks, plain, texts_of

STANDS = 0.5
"""A clause of whose words at least this share is found still stands, perhaps with changes."""
GONE = 0.1
"""A section of whose words less than this share is found is gone."""
_PIECES = 12
_LETTERS, _CHARACTERS = 24, 10
"""How long the pieces are by which a changed clause is looked for: in English and in Chinese."""


class Standing(Struct, frozen=True):
    """A section in one language: the share of its words that is found, the numbers of the clauses that are not, and its heading.

    In `lost` stand the clauses of level 2 that lack a text, be it one of their sub-clauses. `heading` is None where the file does not tell headings from text (PDF).
    """

    section: str
    language: str
    number: str
    share: float
    lost: tuple[str, ...]
    heading: bool | None

    @property
    def gone(self) -> bool:
        """Whether next to nothing of its text is found."""
        return self.share < GONE


def standing(document: Document, languages: Sequence[str], text: str, headings: Sequence[str] | None) -> list[Standing]:
    """How much of each section of `document` stands in `text`, in the order of the document; `headings` are those of the file.

    Only letters and digits are compared, so that other quotation marks, line breaks and hyphenation make no difference. A clause
    that stands word for word elsewhere in the file is not missed.
    """
    whole = squeezed(text)
    known = None if headings is None else frozenset(squeezed(heading) for heading in headings)
    return [_standing(section, language, whole, known) for section in document.sections for language in languages]


def squeezed(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(char for char in text if char.isalnum()).lower()


def _standing(section: Section, language: str, whole: str, headings: frozenset[str] | None) -> Standing:
    total = found = 0.0
    clauses: dict[str, list[float]] = {}
    for number, words in _units(section, language):
        share = _share(words, whole)
        total += len(words)
        found += len(words) * share
        clauses.setdefault(number, []).append(share)
    # In a PDF a short item that runs over a page break is torn apart by foot and head: there only a whole clause can be missed.
    of_clause = min if headings is not None else max
    lost = tuple(number for number, shares in clauses.items() if number and of_clause(shares) < STANDS)
    title = squeezed(plain(section.title.get(language, ())))
    heading = None if headings is None else title in headings
    ident = section.id.removeprefix("section:")
    return Standing(ident, language, section.number, found / total if total else 1.0, lost, heading)


def _units(section: Section, language: str) -> Iterator[tuple[str, str]]:
    """Every text of a section with the number of the clause on level 2 that it stands in, squeezed; empty ones are left out."""
    number = ""
    for block in blocks(section):
        if isinstance(block, Clause) and block.level == 2:
            number = block.number
        for words in _words(block, language):
            yield number, words


def _words(block: Block, language: str) -> Iterator[str]:
    for texts in texts_of(block):
        words = squeezed(plain(texts.get(language, ())))
        if words:
            yield words


def _share(words: str, whole: str) -> float:
    """1 where the words stand as they are, else the share of pieces of them that do (0 where it is too small to mean anything)."""
    if words in whole:
        return 1.0
    size = _CHARACTERS if any("\u3400" <= char <= "\u9fff" for char in words) else _LETTERS
    last = len(words) - size
    if last <= 0:
        return 0.0
    starts = sorted({round(step * last / (_PIECES - 1)) for step in range(_PIECES)})
    found = sum(1 for start in starts if words[start : start + size] in whole) / len(starts)
    return found if found >= STANDS else 0.0
