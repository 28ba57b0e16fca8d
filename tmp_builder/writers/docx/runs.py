"""Runs of text on the page: in one language, in two columns side by side, or one language below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.document.nodes import COME, GONE, Block, Table, Timeline
from tmp_builder.document.walk import plain
from tmp_builder.writers.docx.lines import PAPER_OF_ALTERNATIVES, print_heading, print_line
from tmp_builder.writers.docx.markup import KEPT_SPACER, SPACER, marked_spacer, unspaced
from tmp_builder.writers.docx.revisions import in_one_version, mark, row_mark
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.tables import cell, frame, row_xml, shares, table
from tmp_builder.writers.docx.timeline import timeline
from tmp_builder.writers.flow import Alternative, Heading, Line, Piece, flow

_SHADED_CELL = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER_OF_ALTERNATIVES}"/>'
_FLUSH = '<w:tcMar><w:{0} w:w="0" w:type="dxa"/></w:tcMar>'
"""Text begins and ends where headings do."""

_SHORT = 600
"""A row of fewer characters (a Chinese one counts as two) stays on one page."""


class _Held(Struct, frozen=True):
    """A piece with what the page makes of it: on the ground of alternatives, kept with the table that follows."""

    piece: Piece
    shaded: bool = False
    kept: bool = False


_Part = _Held | Table | Timeline | Heading


def print_blocks(children: Iterable[Block], setting: Setting) -> str:
    """The blocks of a part, the way the layout wants them.

    A table of full width interrupts its clause, which then has a second control with the same tag.
    """
    groups = list(_grouped(_kept(list(_parts(children, setting)))))
    return "".join([_printed(group, _of_spacer(groups, place), setting) for place, group in enumerate(groups)])


_Group = list[_Part]
"""Pieces that stand in one frame, or one part of full width alone."""


def _grouped(parts: Iterable[_Part]) -> Iterator[_Group]:
    for held, group in groupby(parts, lambda part: isinstance(part, _Held)):
        found = list(group)
        yield from [found] if held else ([part] for part in found)


def _of_spacer(groups: list[_Group], place: int) -> str:
    """What happened to the spacer below a group: a version has one if it has the group and another kind of group below it."""

    def stands(missing: tuple[str, ...]) -> bool:
        below = next((group for group in groups[place + 1 :] if _stands(group, missing)), None)
        return _stands(groups[place], missing) and below is not None and not (_is_held(groups[place]) and _is_held(below))

    return in_one_version(stands(COME), stands(GONE)) if place + 1 < len(groups) else ""


def _stands(group: _Group, missing: tuple[str, ...]) -> bool:
    return any((common_mark(part.piece) if isinstance(part, _Held) else part.mark) not in missing for part in group)


def _is_held(group: _Group) -> bool:
    return isinstance(group[0], _Held)


def _printed(group: _Group, kind: str, setting: Setting) -> str:
    """A group with its spacer, which came or went if there is a `kind`."""
    pieces = [part for part in group if isinstance(part, _Held)]
    printed = _run(pieces, setting) if pieces else _break(group[0], setting)
    return unspaced(printed) + marked_spacer(mark(kind, setting)) if kind and printed.endswith(SPACER) else printed


def _parts(children: Iterable[Block], setting: Setting, shaded: bool = False) -> Iterator[_Part]:
    """Alternatives opened up: their labels and clauses are pieces on a ground of their own."""
    for part in flow(children, setting.columns):
        if isinstance(part, Alternative):
            yield _Held((part.opening,), shaded=True)
            yield from _parts(part.children, setting, shaded=True)
            yield _Held((part.closing,), shaded=True)
        elif isinstance(part, tuple):
            yield from (_Held(piece, shaded) for piece in part)
        else:
            yield part


def _kept(parts: list[_Part]) -> Iterator[_Part]:
    """The same, the piece before a table or drawing kept with it."""
    for index, part in enumerate(parts, 1):
        follows = index < len(parts) and isinstance(parts[index], (Table, Timeline))
        yield _Held(part.piece, part.shaded, kept=True) if follows and isinstance(part, _Held) else part


def _break(part: _Part, setting: Setting) -> str:
    match part:
        case Table():
            return table(part, setting)
        case Timeline():
            return timeline(part, setting)
        case Heading():
            return print_heading(part, setting)
        case _:
            raise AssertionError(part)


def _run(pieces: list[_Held], setting: Setting) -> str:
    if not setting.columns:
        return "".join(
            [_controlled(part, language, setting) for held in pieces for language in setting.languages for part in _apart(held)]
        )
    rows = "".join([_row(part, setting) for held in pieces for part in _apart(held)])
    closed = KEPT_SPACER if pieces[-1].kept else SPACER
    return frame("Bilingual", shares((1, 1), setting.width), rows, look="0000") + closed


def _apart(held: _Held) -> Iterator[_Held]:
    """A piece whose last lines came or went, with those in rows of their own: the last paragraph of a cell or control never goes."""
    piece = held.piece
    kept = len(piece)
    while kept and piece[kept - 1].mark:
        kept -= 1
    if kept == len(piece) or common_mark(piece):
        yield held
        return
    cut = [piece[:kept], *(tuple(group) for _, group in groupby(piece[kept:], lambda line: line.mark))]
    parts = [part for part in cut if part]
    yield from (replace(held, piece=part, kept=held.kept and part is parts[-1]) for part in parts)


def _row(held: _Held, setting: Setting) -> str:
    edges = (_SHADED_CELL, _SHADED_CELL) if held.shaded else (_FLUSH.format("left"), _FLUSH.format("right"))
    cells = [
        cell(width, _controlled(held, language, setting), properties=edge)
        for width, language, edge in zip(shares((1, 1), setting.width), setting.languages, edges, strict=True)
    ]
    whole = row_mark(common_mark(held.piece), setting)
    return row_xml(cells, "<w:cantSplit/>" if _length(held.piece) < _SHORT else "", whole)


def _controlled(held: _Held, language: str, setting: Setting) -> str:
    """The lines of a piece, in the control of their clause."""
    followers = (*held.piece[1:], None)
    content = "".join(
        [
            print_line(line, language, setting, shaded=held.shaded, kept=_keeps(held, line, after, setting))
            for line, after in zip(held.piece, followers, strict=True)
        ]
    )
    clause = "" if common_mark(held.piece) else held.piece[0].clause
    return setting.control(clause, language, content) if clause else content


def _keeps(held: _Held, line: Line, after: Line | None, setting: Setting) -> bool:
    """Whether a line stays with what follows: the last one before a table, and one that opens a list of sub-clauses.

    In columns the whole row would stay with the next one, so a list may begin on another page there.
    """
    return (
        held.kept if after is None else not setting.columns and line.kind == after.kind == "clause" and after.level > line.level
    )


def common_mark(piece: Piece) -> str:
    """What happened to a piece as a whole, if all its lines came or went together."""
    first = piece[0].mark
    return first if first and all(line.mark == first for line in piece) else ""


def _length(piece: tuple[Line, ...]) -> int:
    """The longer of the two languages, in characters of Latin width."""
    english = sum(len(plain(line.texts.get("en", ()))) for line in piece)
    chinese = sum(len(plain(line.texts.get("zh", ()))) for line in piece)
    return max(english, 2 * chinese)
