"""Pieces of text on the page: in one language, in two columns side by side, or one language below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tmp_builder.document.nodes import Table
from tmp_builder.document.walk import plain
from tmp_builder.writers.docx.lines import PAPER_OF_ALTERNATIVES, Line, Piece, print_line
from tmp_builder.writers.docx.markup import KEPT_SPACER, SPACER
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.tables import cell, frame, row_xml, shares, table

_SHADED_CELL = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER_OF_ALTERNATIVES}"/>'
_FLUSH = '<w:tcMar><w:{0} w:w="0" w:type="dxa"/></w:tcMar>'
"""Text begins and ends where headings do."""

_SHORT = 600
"""A row of fewer characters (a Chinese one counts as two) stays on one page."""


def print_pieces(pieces: Iterable[Piece], setting: Setting) -> str:
    """The pieces of a section or schedule, the way the layout wants them.

    Between two languages a table of full width interrupts its clause, which then has a second control with the same tag.
    """
    if setting.columns:
        return _columns(pieces, setting)
    one = len(setting.languages) == 1
    return "".join([_single(piece, setting) if one else _stacked(piece, setting) for piece in pieces])


def _single(piece: Piece, setting: Setting) -> str:
    (language,) = setting.languages
    content = "".join(
        [table(group, setting) if isinstance(group, Table) else _lines(group, language, setting) for group in piece.groups()]
    )
    return _controlled(piece, language, content, setting)


def _stacked(piece: Piece, setting: Setting) -> str:
    """A clause with all its lines in the first language, then in the second; a table in it once, in both."""
    out: list[str] = []
    for group in piece.groups():
        if isinstance(group, Table):
            out.append(table(group, setting))
        else:
            out.extend(_controlled(piece, code, _lines(group, code, setting), setting) for code in setting.languages)
    return "".join(out)


def _columns(pieces: Iterable[Piece], setting: Setting) -> str:
    """Two-column tables, one row a piece, interrupted by what takes the full width: tables and subheadings."""
    out: list[str] = []
    rows: list[str] = []
    kept = False
    for piece, group in _all_groups(pieces):
        if isinstance(group, Table) or piece.is_heading:
            out.append(_pair_table(rows, setting, kept))
            out.append(table(group, setting) if isinstance(group, Table) else _stacked(piece, setting))
            rows = []
        else:
            rows.append(_pair_row(piece, group, setting))
            kept = group[-1].kept
    out.append(_pair_table(rows, setting, kept=False))
    return "".join(out)


def _all_groups(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, tuple[Line, ...] | Table]]:
    return ((piece, group) for piece in pieces for group in piece.groups())


def _pair_table(rows: list[str], setting: Setting, kept: bool) -> str:
    if not rows:
        return ""
    return frame("Bilingual", shares((1, 1), setting.width), "".join(rows), look="0000") + (KEPT_SPACER if kept else SPACER)


def _pair_row(piece: Piece, group: tuple[Line, ...], setting: Setting) -> str:
    edges = (_SHADED_CELL, _SHADED_CELL) if piece.shaded else (_FLUSH.format("left"), _FLUSH.format("right"))
    cells = [
        cell(width, _controlled(piece, language, _lines(group, language, setting), setting), properties=edge)
        for width, language, edge in zip(shares((1, 1), setting.width), setting.languages, edges, strict=True)
    ]
    return row_xml(cells, "<w:cantSplit/>" if _length(group) < _SHORT else "")


def _lines(group: tuple[Line, ...], language: str, setting: Setting) -> str:
    return "".join([print_line(line, language, setting) for line in group])


def _controlled(piece: Piece, language: str, content: str, setting: Setting) -> str:
    return setting.control(piece.clause, language, content) if piece.clause else content


def _length(group: tuple[Line, ...]) -> int:
    """The longer of the two languages, in characters of Latin width."""
    english = sum(len(plain(line.texts.get("en", ()))) for line in group)
    chinese = sum(len(plain(line.texts.get("zh", ()))) for line in group)
    return max(english, 2 * chinese)
