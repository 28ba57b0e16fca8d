"""Words kept, deleted and inserted between two paragraphs of any length, in bounded time."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.compare.changes import Weight
from tmp_builder.compare.values import weigh_texts
from tmp_builder.compare.words import DELETED, INSERTED, KEPT, Piece, tokens

LONGEST = 200_000
"""A longer paragraph, in characters, is shown as replaced as a whole."""
CELLS = 100_000_000
"""The largest table (old × new words) that is compared word by word: some megabytes and a fraction of a second."""


def mark_words(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of two texts. Kept and deleted ones give `old`, kept and inserted ones give `new`."""
    if old == new:
        return (Piece(KEPT, new),) if new else ()
    if max(len(old), len(new)) > LONGEST:
        return _whole(old, new)
    one, two = tokens(old), tokens(new)
    if len(one) * len(two) > CELLS:
        return _whole(old, new)
    return tuple(_tidied(list(_runs(one, two))))


def weigh_words(old: str, new: str) -> Weight:
    """The class of a reworded text; one that is too long to be looked into is substantive."""
    if max(len(old), len(new)) > LONGEST:
        return Weight.SUBSTANTIVE
    return weigh_texts({"text": old}, {"text": new})


def _whole(old: str, new: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in (Piece(DELETED, old), Piece(INSERTED, new)) if piece.text)


def _runs(one: list[str], two: list[str]) -> Iterator[Piece]:
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(one, two):
        gone, come = "".join(one[step.src_start : step.src_end]), "".join(two[step.dest_start : step.dest_end])
        if step.tag == "equal":
            yield Piece(KEPT, gone)
        else:
            yield from _whole(gone, come)


def _tidied(pieces: list[Piece]) -> Iterator[Piece]:
    """A lone space kept between two changes belongs to them: "sixty days" → "one month" is one replacement."""
    gone = come = ""
    for index, piece in enumerate(pieces):
        between = piece.kind == KEPT and not piece.text.strip() and 0 < index < len(pieces) - 1
        if piece.kind == KEPT and not between:
            yield from _whole(gone, come)
            gone = come = ""
            yield piece
            continue
        gone += piece.text if piece.kind != INSERTED else ""
        come += piece.text if piece.kind != DELETED else ""
    yield from _whole(gone, come)
