"""Tables over the full width: registers, records and definitions, every cell in all languages of the document."""

from __future__ import annotations

from tmp_builder.document.nodes import Column, Row, Table, Texts
from tmp_builder.document.walk import says
from tmp_builder.language import LANGUAGES, word
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.html.words import each, flat, spoken


def table(node: Table, setting: Setting) -> str:
    """A table with caption, column heads that repeat on every page, and rows that stay whole."""
    columns = with_headers(node)
    caption = f"<caption>{flat(node.caption, setting)}</caption>" if spoken(node.caption, setting) else ""
    heads = "".join([f'<th scope="col">{_cell(column.header, setting)}</th>' for column in columns])
    rows = "".join([_row(row, node.kind, len(columns), setting) for row in node.rows])
    return (
        f'<table class="{node.kind}">{caption}<colgroup>{_widths(columns)}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def with_headers(node: Table) -> tuple[Column, ...]:
    """The columns; those of definitions say what they are even if the document does not."""
    if node.kind != "definitions" or any(column.header for column in node.columns):
        return node.columns
    names = ("definitions-term", "definitions-meaning")
    return tuple(
        Column(name, says(**{language: word(name, language) for language in LANGUAGES}), weight)
        for name, weight in zip(names, (1, 3), strict=True)
    )


def _widths(columns: tuple[Column, ...]) -> str:
    total = sum(max(column.weight, 1) for column in columns)
    return "".join([f'<col style="width:{100 * max(column.weight, 1) / total:.2f}%">' for column in columns])


def _row(row: Row, kind: str, width: int, setting: Setting) -> str:
    texts: tuple[Texts, ...] = (*row.cells, *({},) * width)[:width]
    cells = [f"<td>{_cell(text, setting)}</td>" for text in texts]
    if kind == "definitions":
        cells[0] = f'<th scope="row">{_cell(texts[0], setting)}</th>'
    if not spoken(row.detail, setting):
        return f"<tr>{''.join(cells)}</tr>"
    detail = f'<td colspan="{width}">{_cell(row.detail, setting)}</td>'
    return f'<tr class="detailed">{"".join(cells)}</tr><tr class="detail">{detail}</tr>'


def _cell(texts: Texts, setting: Setting) -> str:
    """Both languages one below the other; identical words once."""
    return each(texts, setting) if len(spoken(texts, setting)) > 1 else flat(texts, setting)
