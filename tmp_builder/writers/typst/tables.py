"""Tables over the full width, every cell in all languages of the document; and timelines, drawn as on a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.document.nodes import Row, Table, Texts, Timeline
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.tables import with_headers
from tmp_builder.writers.html.timeline import timeline as drawing
from tmp_builder.writers.html.words import spoken
from tmp_builder.writers.typst.markup import array, call, literal
from tmp_builder.writers.typst.words import each, flat

LETTERS = {False: 92, True: 150}
"""About how many letters a line of a table holds, upright and turned."""

_WORD = re.compile(r"[A-Za-z]{6,}")

HEIGHT = 22
"""A row of more lines than this may be split over two pages, or it might not fit on one."""


def table(node: Table, setting: Setting, *, turned: bool = False) -> str:
    """A table with caption, column heads that repeat on every page, and rows that stay whole."""
    columns = with_headers(node)
    weights = [max(column.weight, 1) for column in columns]
    room = [max(4, LETTERS[turned] * weight // sum(weights) - 2) for weight in weights]
    caption = flat(node.caption, setting, "h(.6em)") if spoken(node.caption, setting) else "none"
    heads = array(_cell(column.header, setting, space) for column, space in zip(columns, room, strict=True))
    widths = array(f"{weight}fr" for weight in weights)
    cells = [cell for row in node.rows for cell in _row(row, node.kind, room, setting)]
    return call("ruled", widths, caption, heads, *cells[:-1])


def timeline(node: Timeline, setting: Setting) -> Iterator[str]:
    """The drawing, with its words for those who do not see it; nothing for a timeline without marks."""
    if node.marks:
        source = drawing(node, setting).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        said = " / ".join(plain(node.alternative[language]) for language in spoken(node.alternative, setting))
        yield call("drawing", literal(source, unbroken=len(source)), literal(said, unbroken=len(said)))


def _row(row: Row, kind: str, room: list[int], setting: Setting) -> Iterator[str]:
    """The cells of a row, its detail below them over the whole width, and the line that ends it."""
    texts: tuple[Texts, ...] = (*row.cells, *({},) * len(room))[: len(room)]
    cells = [_cell(text, setting, space) for text, space in zip(texts, room, strict=True)]
    if kind == "definitions":
        cells[0] = call("strong", cells[0])
    detailed = bool(spoken(row.detail, setting))
    if all(_lines(text, setting, space) <= HEIGHT for text, space in zip(texts, room, strict=True)):
        cells = [call("kept-above" if detailed else "kept", cell) for cell in cells]
    yield from cells
    if detailed:
        yield call("detail", str(len(room)), _cell(row.detail, setting, sum(room)))
    yield "line-below"


def _lines(texts: Texts, setting: Setting, room: int) -> int:
    """How many lines a cell takes, or a few more; a Chinese character is as wide as two letters."""
    said = [plain(texts.get(language, ())) for language in setting.languages]
    return sum(text.count("\n") + 1 + sum(2 if ord(char) > 0x2E80 else 1 for char in text) // room for text in said)


def _cell(texts: Texts, setting: Setting, room: int) -> str:
    """Both languages one below the other; identical words once. Only words that are too long for the column are hyphenated."""
    shown = (each if len(spoken(texts, setting)) > 1 else flat)(texts, setting, unbroken=room)
    said = [word for language in setting.languages for word in _WORD.findall(plain(texts.get(language, ())))]
    return call("broken", shown) if max(map(len, said), default=0) > room else shown
