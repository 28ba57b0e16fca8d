"""What a document says of itself on every page: which plan, which draft, in what state, of what day, from which library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tmp_builder.document.nodes import Document, Imprint, Texts
from tmp_builder.document.walk import plain
from tmp_builder.language import WORDS, say_date, word

DOT = " · "


def imprint_line(imprint: Imprint, language: str) -> str:
    """Document, draft number, status, date and library in one line; of a redline first what it compares."""
    said = (
        plain(imprint.compared.get(language, ())),
        word("document", language, id=imprint.plan),
        word("version-final" if imprint.final else "version", language, version=imprint.version),
        status(imprint, language),
        word("dated", language, date=_day(imprint.dated, language)) if imprint.dated else "",
        word("library", language, library=imprint.library) if imprint.library else "",
    )
    return DOT.join(part for part in said if part)


def status(imprint: Imprint, language: str) -> str:
    """The state of the document in words: a final text that is not signed yet is an execution copy."""
    name = "final" if imprint.final and imprint.status != "signed" else imprint.status
    return word(name, language) if name in WORDS else name


def standing(imprint: Imprint, language: str) -> str:
    """What heads the foot of every page: not binding until signed (unless final), and confidential; empty where neither holds."""
    said = (
        "" if imprint.final else word("not-binding", language),
        word("confidential", language) if imprint.confidential else "",
    )
    return DOT.join(filter(None, said))


def colophon(imprint: Imprint, language: str) -> str:
    """The last line of a document: the fingerprints of its text and recipe, and the program; empty without fingerprint."""
    if not imprint.fingerprint:
        return ""
    said = word("colophon", language, fingerprint=imprint.fingerprint, program=imprint.program)
    space = " " if language == "en" else ""
    return f"{said}{space}{word('colophon-recipe', language, fingerprint=imprint.recipe)}" if imprint.recipe else said


def in_all(document: Document, say: Callable[[str], str], glue: str = DOT) -> str:
    """What `say` says in each language of the document, once where all say the same."""
    return glue.join(dict.fromkeys(filter(None, map(say, document.languages))))


def title(document: Document, glue: str = " / ") -> str:
    """Title and kind of a document as one string, for the properties of a file."""
    return in_all(document, lambda language: _titled(document.cover.title, document.cover.kind, language), glue)


def _titled(name: Texts, kind: Texts, language: str) -> str:
    dash = " – " if language == "en" else "——"
    return dash.join(filter(None, (plain(name.get(language, ())), plain(kind.get(language, ())))))


def _day(dated: str, language: str) -> str:
    try:
        return say_date(date.fromisoformat(dated), language)
    except ValueError:
        return dated
