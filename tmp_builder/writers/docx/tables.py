"""Tables over the full width: registers, records and definitions, every cell in all languages of the document."""

from __future__ import annotations

from itertools import pairwise

from tmp_builder.document.nodes import Column, Row, Table, Texts
from tmp_builder.document.walk import plain, says
from tmp_builder.language import LANGUAGES, word
from tmp_builder.writers.docx.markup import SPACER, escape, paragraph
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.text import run, runs_of

WIDE = 7
"""With more columns than this a table needs the page turned."""


def table(node: Table, setting: Setting) -> str:
    """A table with its caption above it (unless the heading says the same), a header row that repeats, rows that stay whole."""
    columns = _with_headers(node)
    widths = shares(tuple(column.weight for column in columns), setting.width)
    style, looks = _looks(node)
    header = row_xml(
        [cell(width, lines(column.header, setting, "TableHead")) for width, column in zip(widths, columns, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
    )
    rows = "".join([_row(row, widths, setting, looks) for row in node.rows])
    titled = spoken(node.caption, setting.languages) and node.caption != setting.heading
    caption = lines(node.caption, setting, "Caption") if titled else ""
    return f"{caption}{frame(style, widths, f'{header}{rows}', _said(node, setting))}{SPACER}"


def _looks(node: Table) -> tuple[str, str]:
    """The styles of the table and of what stands in its cells: definitions are read like the text around them."""
    if node.kind == "definitions":
        return "Definitions", "Definition"
    return "Register", "TableTextSmall" if len(node.columns) > WIDE else "TableText"


def frame(style: str, widths: tuple[int, ...], rows: str, description: str = "", look: str = "0620") -> str:
    """A table of fixed widths; `description` holds its caption and description for those who listen to it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{look}"/>{description}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def row_xml(cells: list[str], properties: str = "") -> str:
    """A row; `properties` are those of the row."""
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{said}{''.join(cells)}</w:tr>"


def cell(width: int, content: str, *, span: int = 1, properties: str = "") -> str:
    """A cell of the given width over `span` columns; `properties` come after those, in the order of the schema."""
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanning}{properties}</w:tcPr>{content}</w:tc>'


def lines(texts: Texts, setting: Setting, style: str, more: str = "") -> str:
    """A text in every language of the document, one below the other; once, if all say the same; at least one paragraph."""
    printed: list[str] = []
    seen: set[str] = set()
    for language in spoken(texts, setting.languages):
        words = plain(texts[language])
        if words not in seen:
            seen.add(words)
            printed.append(paragraph(style, runs_of(texts, language, setting), more=more))
    return "".join(printed) or paragraph(style, "", more=more)


def beside(texts: Texts, setting: Setting, glue: str = "  ") -> str:
    """A text in every language of the document as runs on one line, with `glue` between; once, if all say the same."""
    said = {plain(texts[language]): runs_of(texts, language, setting) for language in spoken(texts, setting.languages)}
    return run(glue, "en").join(said.values())


def shares(weights: tuple[int, ...], width: int) -> tuple[int, ...]:
    """The width of each column by its weight; together they give exactly the whole."""
    total = sum(max(weight, 1) for weight in weights)
    edges, reached = [0], 0
    for weight in weights:
        reached += max(weight, 1)
        edges.append(width * reached // total)
    return tuple(right - left for left, right in pairwise(edges))


def _row(row: Row, widths: tuple[int, ...], setting: Setting, style: str) -> str:
    texts: tuple[Texts, ...] = (*row.cells, *({},) * len(widths))[: len(widths)]
    detailed = bool(spoken(row.detail, setting.languages))
    keep = "<w:keepNext/>" if detailed else ""
    cells = [cell(width, lines(text, setting, style, keep)) for width, text in zip(widths, texts, strict=True)]
    printed = row_xml(cells, "<w:cantSplit/>")
    if detailed:
        whole = cell(sum(widths), lines(row.detail, setting, style), span=len(widths))
        printed += row_xml([whole], "<w:cantSplit/>")
    return printed


def _with_headers(node: Table) -> tuple[Column, ...]:
    """The columns; those of definitions say what they are even if the document does not."""
    if node.kind != "definitions" or any(column.header for column in node.columns):
        return node.columns
    names = ("definitions-term", "definitions-meaning")
    return tuple(Column(name, _fixed(name), weight) for name, weight in zip(names, (1, 3), strict=True))


def _fixed(name: str) -> Texts:
    return says(**{language: word(name, language) for language in LANGUAGES})


def _said(node: Table, setting: Setting) -> str:
    """The caption and the column heads as text for screen readers."""
    caption = " / ".join(plain(node.caption[language]) for language in spoken(node.caption, setting.languages)) or node.id
    first = setting.languages[0]
    heads = ", ".join(plain(column.header.get(first, ())) for column in node.columns)
    return f'<w:tblCaption w:val="{escape(caption)}"/><w:tblDescription w:val="{escape(heads)}"/>'
