"""The writer of plain text: one language, one clause a paragraph, numbers and indentation as printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from tmp_builder.document.nodes import (
    Annex,
    Block,
    Document,
    Inlines,
    Row,
    Schedule,
    Section,
    SignatureBlock,
    Signing,
    Table,
    Texts,
    Timeline,
)
from tmp_builder.document.walk import bracketed, plain
from tmp_builder.language import word
from tmp_builder.writers.flow import Alternative, Break, Heading, Line, Run, flow, reserved
from tmp_builder.writers.legend import legend
from tmp_builder.writers.numbers import clause_number, label, schedule_label, section_label
from tmp_builder.writers.remarks import remarks
from tmp_builder.writers.words import one_line

_INDENT = {0: "", 2: "", 3: "    ", 4: "        "}
_BAR = " | "


def write(document: Document, language: str) -> str:
    """The document in one of its languages. Paragraphs are not wrapped, so that a changed clause is a changed line."""
    return "\n\n".join(part for part in _parts(document, language) if part) + "\n"


def _parts(document: Document, language: str) -> Iterator[str]:
    yield from _cover(document, language)
    yield from chain.from_iterable(_section(section, language) for section in document.sections)
    yield from _signing(document.signing, language)
    yield from chain.from_iterable(_schedule(schedule, language) for schedule in document.schedules)
    yield from chain.from_iterable(_annex(annex, language) for annex in document.annexes)
    yield from _notes(document, language)


def _cover(document: Document, language: str) -> Iterator[str]:
    cover = document.cover
    yield legend(document, language)
    yield _words(cover.kind, language)
    yield _words(cover.title, language)
    if cover.parties:
        yield word("between", language)
    parties = ((_words(party.name, language), _words(party.role, language)) for party in cover.parties)
    yield "\n".join(_BAR.join(filter(None, party)) for party in parties)
    yield "\n".join(filter(None, (_words(line, language) for line in cover.lines)))
    yield _words(cover.notice, language)


def _section(section: Section, language: str) -> Iterator[str]:
    title = reserved(section.mark) if section.reserved else section.title
    yield f"{_said(section_label(section, language))} {_words(title, language)}".strip()
    yield from _blocks(section.children, language)


def _schedule(schedule: Schedule, language: str) -> Iterator[str]:
    glue = "" if language == "zh" else " "
    yield f"{_said(schedule_label(schedule, language))}{glue}{_words(schedule.title, language)}"
    yield from _blocks(schedule.children, language)


def _annex(annex: Annex, language: str) -> Iterator[str]:
    yield _words(annex.title, language)
    yield from _blocks(annex.children, language)


def _notes(document: Document, language: str) -> Iterator[str]:
    """The notes of the house at the end, each with its place."""
    for index, (where, said) in enumerate(remarks(document, language)):
        yield "" if index else word("drafting-notes", language)
        yield where + "\n".join(one_line(plain(inlines)).strip() for inlines in said)


def _blocks(children: Iterable[Block], language: str) -> Iterator[str]:
    for part in flow(children):
        yield from _part(part, language)


def _part(part: Run | Break, language: str) -> Iterator[str]:
    match part:
        case Table():
            yield _table(part, language)
        case Timeline(alternative=texts) | Heading(texts=texts):
            yield _words(texts, language)
        case Alternative():
            yield _line(part.opening, language)
            yield from _blocks(part.children, language)
            yield _line(part.closing, language)
        case _:
            yield from (_line(line, language) for piece in part for line in piece)


def _line(line: Line, language: str) -> str:
    words = _words(line.texts, language)
    if line.kind != "clause":
        return f"{_INDENT[line.level]}{words}" if words else ""
    was = clause_number(line.was, language) if line.was else ""
    number = _said(label(clause_number(line.number, language), was, line.mark))
    return f"{_INDENT[line.level]}{number} {words}".rstrip()


def _table(table: Table, language: str) -> str:
    """A line a row, cells between bars; the detail of a row on a line of its own."""
    heads = _BAR.join(_words(column.header, language) for column in table.columns)
    rows = chain.from_iterable(_row(row, language) for row in table.rows)
    return "\n".join(filter(None, (_words(table.caption, language), heads, *rows)))


def _row(row: Row, language: str) -> Iterator[str]:
    yield _BAR.join(_words(cell, language) for cell in row.cells)
    detail = _words(row.detail, language)
    yield f"    {detail}" if detail else ""


def _signing(signing: Signing, language: str) -> Iterator[str]:
    yield _words(signing.title, language)
    yield _words(signing.intro, language)
    yield from (_block(block, language) for block in signing.blocks)


def _block(block: SignatureBlock, language: str) -> str:
    colon = word("colon", language)
    lines = (f"{_words(line.label, language)}{colon}{_words(line.value, language)}".rstrip() for line in block.lines)
    return "\n".join((_words(block.party, language), *lines))


def _words(texts: Texts, language: str) -> str:
    """A text in one line, whatever white space it holds."""
    return _said(texts.get(language, ()))


def _said(inlines: Inlines) -> str:
    return one_line(bracketed(inlines)).strip()
