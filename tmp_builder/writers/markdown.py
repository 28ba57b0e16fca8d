"""The writer of Markdown: headings, numbers as text, sub-clauses as nested lists, tables; two languages one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import assert_never

from tmp_builder.document.nodes import (
    GONE,
    Blank,
    Block,
    Change,
    Document,
    FactBlank,
    Gap,
    Inline,
    Inlines,
    Reference,
    Row,
    SignatureBlock,
    Signing,
    Table,
    Term,
    Text,
    Texts,
    Timeline,
    Value,
)
from tmp_builder.document.walk import plain
from tmp_builder.language import word
from tmp_builder.writers.flow import Alternative, Break, Heading, Line, Piece, Run, flow, reserved
from tmp_builder.writers.imprint import colophon, imprint_line, in_all, standing
from tmp_builder.writers.legend import legend
from tmp_builder.writers.numbers import clause_number, label, schedule_label, section_label
from tmp_builder.writers.once import said_once
from tmp_builder.writers.remarks import remarks
from tmp_builder.writers.words import one_line

_MARKS = re.compile(r"[\\`*_{}\[\]<>|~$&]")
_AT_START = re.compile(r"^(?=[-+=#])|^(\d{1,9})(?=[.)](?:\s|$))")
_INDENT = {3: "- ", 4: "  - "}
_BELOW = {3: "  ", 4: "    "}
_DOT = " · "


def write(document: Document) -> str:
    """The document as CommonMark with tables as GitHub writes them. Nothing in a text can become markup."""
    return "\n\n".join(part for part in _parts(document) if part) + "\n"


def escape(text: str) -> str:
    """`text` as words on one line: every character that could be markup stands behind a backslash."""
    return _MARKS.sub(r"\\\g<0>", one_line(text))


def _parts(document: Document) -> Iterator[str]:
    languages = document.languages
    yield from _cover(document)
    for section in document.sections:
        title = reserved(section.mark) if section.reserved else section.title
        yield _heading({language: section_label(section, language) for language in languages}, title, languages)
        yield from _blocks(section.children, languages)
    yield from _signing(document.signing, languages)
    for schedule in document.schedules:
        yield _heading({language: schedule_label(schedule, language) for language in languages}, schedule.title, languages)
        yield from _blocks(schedule.children, languages)
    for annex in document.annexes:
        yield _heading({}, annex.title, languages)
        yield from _blocks(annex.children, languages)
    yield from _notes(document)
    yield from _foot(document)


def _cover(document: Document) -> Iterator[str]:
    cover, languages = document.cover, document.languages
    if document.imprint.blocked:
        yield f"**{escape(in_all(document, lambda language: word('blocked', language)))}**"
    yield from filter(None, (escape(legend(document, language, brackets=False)) for language in languages))
    yield _start(_all(cover.kind, languages))
    yield f"# {_all(cover.title, languages)}"
    if cover.parties:
        yield in_all(document, lambda language: word("between", language))
    yield "\n".join(f"- {_start(_all(party.name, languages))} – {_all(party.role, languages)}" for party in cover.parties)
    yield from (_start(_all(line, languages)) for line in cover.lines)
    yield from (_start(_words(cover.notice.get(language, ()))) for language in languages)


def _foot(document: Document) -> Iterator[str]:
    yield "---"
    yield escape(in_all(document, lambda language: standing(document.imprint, language)))
    for say in (imprint_line, colophon):
        yield from (escape(say(document.imprint, language)) for language in document.languages)


def _notes(document: Document) -> Iterator[str]:
    """The notes of the house at the end, each with its place, language after language."""
    if document.notes:
        yield f"## {in_all(document, lambda language: word('drafting-notes', language))}"
    for language in document.languages:
        for where, said in remarks(document, language):
            yield "\n".join(f"> {_start(escape(where) + _words(inlines))}" for inlines in said)


def _heading(numbers: dict[str, Inlines], title: Texts, languages: tuple[str, ...]) -> str:
    parts = (_titled(numbers.get(language, ()), title.get(language, ())) for language in languages)
    return f"## {_DOT.join(parts)}"


def _titled(number: Inlines, title: Inlines) -> str:
    glue = "" if plain(number).endswith("：") else " "
    return f"{_words(number)}{glue}{_words(title)}".strip()


def _blocks(children: Iterable[Block], languages: tuple[str, ...]) -> Iterator[str]:
    for part in flow(children):
        yield from _part(part, languages)


def _part(part: Run | Break, languages: tuple[str, ...]) -> Iterator[str]:
    match part:
        case Table():
            yield _start(_all(part.caption, languages))
            yield _table(part, languages)
        case Heading():
            yield f"### {_all(part.texts, languages)}"
        case Timeline():
            yield from (_start(_words(part.alternative.get(language, ()))) for language in languages)
        case Alternative():
            yield from (f"**{_words(part.opening.texts[language])}**" for language in languages)
            yield from _blocks(part.children, languages)
            yield from (f"**{_words(part.closing.texts[language])}**" for language in languages)
        case _:
            yield from chain.from_iterable(_piece(piece, languages) for piece in part)


def _piece(piece: Piece, languages: tuple[str, ...]) -> Iterator[str]:
    """A clause with its sub-clauses in the first language, then in the second."""
    return (_line(line, language) for language in languages for line in piece)


def _line(line: Line, language: str) -> str:
    if line.kind == "clause":
        words = _words(line.texts.get(language, ()))
        was = clause_number(line.was, language) if line.was else ""
        number = _words(label(clause_number(line.number, language), was, line.mark))
        return f"{_INDENT.get(line.level, '')}{number} {words}".rstrip()
    words = _start(_words(line.texts.get(language, ())))
    return f"{_BELOW.get(line.level, '')}{words}" if words else ""


def _table(table: Table, languages: tuple[str, ...]) -> str:
    width = len(table.columns)
    heads = [_cell(column.header, languages) for column in table.columns]
    rows = chain.from_iterable(_rows(row, width, languages) for row in table.rows)
    return "\n".join(_bars(cells) for cells in (heads, ["---"] * width, *rows))


def _rows(row: Row, width: int, languages: tuple[str, ...]) -> Iterator[list[str]]:
    """A row, and its detail in the first cell of a row of its own."""
    yield [_cell(texts, languages) for texts in (*row.cells, *({},) * width)[:width]]
    detail = _cell(row.detail, languages)
    if detail:
        yield [detail, *[""] * (width - 1)]


def _signing(signing: Signing, languages: tuple[str, ...]) -> Iterator[str]:
    if not signing.title:
        return
    yield f"## {_all(signing.title, languages)}"
    yield from (_start(_words(signing.intro.get(language, ()))) for language in languages)
    yield from (_block(block, languages) for block in signing.blocks)


def _block(block: SignatureBlock, languages: tuple[str, ...]) -> str:
    rows = [[_all(line.label, languages), _all(line.value, languages)] for line in block.lines]
    return "\n".join(_bars(cells) for cells in ([_all(block.party, languages), ""], ["---", "---"], *rows))


def _bars(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(texts: Texts, languages: tuple[str, ...]) -> str:
    return _all(texts, languages, "<br>")


def _all(texts: Texts, languages: tuple[str, ...], glue: str = _DOT) -> str:
    """A text in every language on one line; once, if all say the same."""
    return glue.join(filter(None, (_words(said.inlines) for said in said_once(texts, languages))))


def _start(words: str) -> str:
    """Words that begin a line: what would make them a list or a heading there stands behind a backslash."""
    return _AT_START.sub(r"\1\\", words)


def _words(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines)).strip()


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Value(text=text):
            return escape(text)
        case Term(text=text):
            return _bold(text)
        case Gap(label=label) | Blank(name=label) | FactBlank(name=label):
            return escape(f"[{label} ●]")
        case Reference(before=before, number=number, after=after):
            return escape(f"{before}{number}{after}")
        case Change(kind=kind, inlines=inner):
            tag = "del" if kind in GONE else "ins"
            return f"<{tag}>{''.join(map(_inline, inner))}</{tag}>" if inner else ""
        case _:
            assert_never(inline)


def _bold(text: str) -> str:
    """A bold text. Asterisks next to punctuation do not always count as markup, an element does."""
    words = escape(text)
    return f"**{words}**" if text[:1].isalnum() and text[-1:].isalnum() else f"<b>{words}</b>"
