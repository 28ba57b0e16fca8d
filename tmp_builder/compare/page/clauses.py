"""Clauses that differ on the page of a comparison: what a redline says of each, its words as runs to be marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from tmp_builder.compare.changes import Weight
from tmp_builder.compare.page.words import say
from tmp_builder.compare.redline.clauses import ClauseChange
from tmp_builder.compare.redline.report import COMMA, kind_said, place_said, typed_said
from tmp_builder.compare.words import DELETED, INSERTED, KEPT, Piece
from tmp_builder.document.walk import plain
from tmp_builder.language import BCP47, NAMES

SIGNS = {Weight.SUBSTANTIVE: "●", Weight.VALUE: "◐", Weight.MOVED: "↕", Weight.COSMETIC: "○"}
"""What stands before the name of a class: colour is never alone."""


def clause_view(change: ClauseChange, language: str) -> dict[str, Any]:
    """A clause, row or part that differs: its numbers, heading, what happened to it, and its words in each language."""
    return {
        "id": change.id,
        "place": place_said(change, language),
        "number": change.new or change.old,
        "was": change.old if change.old and change.new and change.old != change.new else "",
        "section": change.id.removeprefix("section:").partition("#")[0].partition(".")[0],
        "title": plain(change.part.get(language, ())),
        "what": COMMA[language].join(filter(None, (kind_said(change, language), *typed_said(change, language)))),
        "weight": str(change.weight),
        "weight_name": say(str(change.weight), language),
        "sign": SIGNS[change.weight],
        "languages": [words_view(lang, pieces, language) for lang, pieces in change.pieces.items()],
    }


def words_view(lang: str, pieces: Sequence[Piece], language: str, *, shortened: bool = False) -> dict[str, Any]:
    """The words of one language under its name."""
    return {"lang": BCP47[lang], "name": NAMES[language][lang], "runs": list(runs_of(pieces, shortened=shortened))}


class Run(Struct, frozen=True):
    """Words of a page, with the HTML element that marks them; `text` is never markup."""

    tag: str
    text: str


_TAGS = {KEPT: "", DELETED: "del", INSERTED: "ins"}
_FIRST, _LAST = re.compile(r"^[a-zA-Z0-9'’-]{1,30}\s+"), re.compile(r"\s+[a-zA-Z0-9'’-]{1,30}$")
AROUND = 160
"""How many characters of unchanged text stand on each side of a changed word before the rest is left out."""


def runs_of(pieces: Sequence[Piece], *, shortened: bool = False) -> Iterator[Run]:
    """The pieces for the page; long unchanged text is left out where `shortened`."""
    for place, piece in enumerate(pieces):
        text = piece.text
        if shortened and piece.kind == KEPT:
            text = _cut(text, first=place == 0, last=place == len(pieces) - 1)
        yield Run(_TAGS[piece.kind], text)


def _cut(text: str, *, first: bool, last: bool) -> str:
    """The beginning of unchanged text (unless it is the first run) and its end (unless it is the last), cut between words."""
    if len(text) <= 2 * AROUND or (first and last):
        return text
    head = "" if first else _whole(text[:AROUND], -1)
    tail = "" if last else _whole(text[-AROUND:], 0)
    return f"{head} … {tail}"


def _whole(text: str, end: int) -> str:
    """The text without the word that a cut left in pieces at its beginning (0) or end (-1); Chinese is cut anywhere."""
    if end == 0:
        return _FIRST.sub("", text)
    return _LAST.sub("", text)
