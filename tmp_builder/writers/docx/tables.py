"""Tables over the full width: registers, records and definitions, every cell in all languages of the document."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from tmp_builder.document.nodes import Change, Column, Row, Table, Text, Texts
from tmp_builder.document.walk import plain, says
from tmp_builder.language import LANGUAGES, word
from tmp_builder.writers.docx.markup import SPACER, paragraph, quoted
from tmp_builder.writers.docx.revisions import mark, row_mark
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.text import run, runs
from tmp_builder.writers.once import said_once

WIDE = 7
"""With more columns than this a table needs the page turned."""

_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="186" w:lineRule="exact"/>'
_NO_MARGINS = '<w:tblCellMar><w:top w:w="4" w:type="dxa"/><w:bottom w:w="4" w:type="dxa"/></w:tblCellMar>'
"""How close the rows of a sheet stand."""


def table(node: Table, setting: Setting) -> str:
    """A table with its caption above it (unless the heading says the same), a header row that repeats, rows that stay whole."""
    columns = _with_headers(node)
    widths = shares(tuple(column.weight for column in columns), setting.width)
    style, looks = _looks(node, small=setting.document.sheet)
    header = row_xml(
        [cell(width, _words(column.header, setting, "TableHead")) for width, column in zip(widths, columns, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
        row_mark(node.mark, setting),
    )
    rows = "".join([_row(row, widths, setting, looks) for row in node.rows])
    titled = spoken(node.caption, setting.languages) and node.caption != setting.heading
    caption = lines(node.caption, setting, "Caption", kind=node.mark) if titled else ""
    margins = _NO_MARGINS if setting.document.sheet else ""
    return f"{caption}{frame(style, widths, f'{header}{rows}', _said(node, setting), margins=margins)}{SPACER}"


def _looks(node: Table, *, small: bool) -> tuple[str, str]:
    """The styles of the table and of what stands in its cells: definitions are read like the text around them."""
    if node.kind == "definitions":
        return "Definitions", "Definition"
    return "Register", "TableTextSmall" if small or len(node.columns) > WIDE else "TableText"


def frame(style: str, widths: tuple[int, ...], rows: str, description: str = "", look: str = "0620", *, margins: str = "") -> str:
    """A table of fixed widths; `description` holds its caption and description for those who listen to it, `margins` its cells'."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'{margins}<w:tblLook w:val="{look}"/>{description}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def row_xml(cells: list[str], properties: str = "", mark: str = "") -> str:
    """A row; `properties` are those of the row, `mark` says that it came or went."""
    properties += mark
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{said}{''.join(cells)}</w:tr>"


def cell(width: int, content: str, *, span: int = 1, properties: str = "") -> str:
    """A cell of the given width over `span` columns; `properties` come after those, in the order of the schema."""
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanning}{properties}</w:tcPr>{content}</w:tc>'


def lines(texts: Texts, setting: Setting, style: str, more: str = "", *, kind: str = "") -> str:
    """A text in every language of the document, one below the other; once, if all say the same; at least one paragraph.

    `kind` is the mark of paragraphs of their own, as the lines of a cell are not.
    """
    found = said_once(texts, setting.languages)
    marks = [kind] * len(found) if kind else ends_of([said.mark for said in found])
    printed = [
        paragraph(style, runs(said.inlines, said.language, setting), more=more + mark(each, setting))
        for said, each in zip(found, marks, strict=True)
    ]
    return "".join(printed) or paragraph(style, "", more=more)


def ends_of(marks: list[str]) -> list[str]:
    """The marks of the ends of lines below each other, of which each came, went or stayed.

    The end of the last one always stays: a cell keeps a paragraph. So where the last lines came or went, the end of the line before
    each of them did.
    """
    if not any(marks):
        return marks
    kept = max((place for place, mark in enumerate(marks) if not mark), default=len(marks) - 1)
    return [*marks[:kept], *marks[kept + 1 :], ""][: len(marks)]


def beside(texts: Texts, setting: Setting, glue: str = "  ") -> str:
    """A text in every language of the document as runs on one line, with `glue` between; once, if all say the same."""
    out: list[str] = []
    for said in said_once(texts, setting.languages):
        if out:
            out.append(runs((Change(said.mark, (Text(glue),)),), "en", setting) if said.mark else run(glue, "en"))
        out.append(runs(said.inlines, said.language, setting))
    return "".join(out)


@lru_cache(maxsize=64)
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
    cells = [cell(width, _words(text, setting, style, keep)) for width, text in zip(widths, texts, strict=True)]
    printed = row_xml(cells, "<w:cantSplit/>", row_mark(row.mark, setting))
    if detailed:
        whole = cell(sum(widths), _words(row.detail, setting, style), span=len(widths))
        printed += row_xml([whole], "<w:cantSplit/>", row_mark(row.mark or whole_change(row.detail), setting))
    return printed


def whole_change(texts: Texts) -> str:
    """What happened to a text that came or went from its first word to its last; nothing for one that did not."""
    found = [inline for inlines in texts.values() for inline in inlines]
    kinds = {inline.kind if isinstance(inline, Change) else "" for inline in found}
    return kinds.pop() if len(kinds) == 1 else ""


def _words(texts: Texts, setting: Setting, style: str, more: str = "") -> str:
    """What stands in a cell; on a sheet line close to line."""
    return lines(texts, setting, style, more + _TIGHT if setting.document.sheet else more)


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
    return f'<w:tblCaption w:val="{quoted(caption)}"/><w:tblDescription w:val="{quoted(heads)}"/>'
