"""The writer of forms as Word files: a wide table with drop-downs and dates to choose, and the reference of each row in small type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from docx import Document as open_word_file
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from tmp_builder.datafiles import data_folder
from tmp_builder.document.form import Form, FormColumn, FormRow, Labels, Paragraphs
from tmp_builder.language import BCP47, word
from tmp_builder.writers.docx.archive import repack
from tmp_builder.writers.docx.fields import field
from tmp_builder.writers.docx.furniture import NAMESPACES
from tmp_builder.writers.docx.markup import SPACER, paragraph, quoted
from tmp_builder.writers.docx.tables import cell, frame, row_xml, shares
from tmp_builder.writers.docx.text import properties, run

LONG, SHORT, MARGIN = 16838, 11906, 1020
"""A4 on its side with margins of 1.8 cm, in twentieths of a point: a table of many columns needs the width."""
WIDTH = LONG - 2 * MARGIN
REFERENCE_IN = "section"
"""The column in whose cell the reference stands, below what it says."""
_EPOCH = date(1980, 1, 1)
_LONGEST_PROPERTY = 255
_SMALL = '<w:rPr><w:color w:val="595959"/><w:sz w:val="13"/><w:szCs w:val="13"/></w:rPr>'
_FAINT = '<w:rPr><w:color w:val="595959"/></w:rPr>'
_FILL = '<w:shd w:val="clear" w:color="auto" w:fill="FFFBE6"/>'


def write(form: Form) -> bytes:
    """The form as the bytes of a Word file; the same form gives the same bytes."""
    word_file = open_word_file(str(data_folder("templates") / "reference.docx"))
    main = word_file.part
    related = {kind: _part(main, kind, blob) for kind, blob in (("header", _header(form)), ("footer", _footer(form)))}
    main._element = parse_xml(_document(form, related).encode())
    _describe(word_file.core_properties, form)
    packed = BytesIO()
    word_file.save(packed)
    return repack(packed.getvalue())


def _part(main: Any, kind: str, blob: str) -> str:
    """The relationship of a header or footer."""
    content, relation = {
        "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
        "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    }[kind]
    related: str = main.relate_to(Part(PackURI(f"/word/{kind}1.xml"), content, blob.encode(), main.package), relation)
    return related


def _describe(core: Any, form: Form) -> None:
    core.title = f"{_plain(form, form.kind)} · {_plain(form, form.title)}"[:_LONGEST_PROPERTY]
    core.language = ", ".join(BCP47[language] for language in form.languages)
    core.identifier = form.identity
    core.author = core.last_modified_by = ""
    day = form.dated or _EPOCH
    core.created = core.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    core.revision = 1


def _plain(form: Form, labels: Labels, glue: str = " / ") -> str:
    return glue.join(text for _, text in form.said(labels))


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _document(form: Form, related: dict[str, str]) -> str:
    heading = paragraph("Subheading", _beside(form, form.kind) + run(" · ", "en") + _beside(form, form.title))
    notes = "".join(paragraph("TableText", _beside(form, note)) for note in form.notes) + SPACER
    rest = ""
    if form.rest:
        rest = paragraph("Subheading", _beside(form, form.rest_heading))
        rest += "".join(paragraph("TableText", run(text, lang)) for each in form.rest for lang, text in form.said(each))
    return f"<w:document {NAMESPACES}><w:body>{heading}{notes}{_table(form)}{rest}{_section(related)}</w:body></w:document>"


def _beside(form: Form, labels: Labels) -> str:
    return run("  ", "en").join(run(text, language) for language, text in form.said(labels))


def _section(related: dict[str, str]) -> str:
    parts = "".join(f'<w:{kind}Reference w:type="default" r:id="{ident}"/>' for kind, ident in related.items())
    margins = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr>{parts}<w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _header(form: Form) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
    words = f"{_beside(form, form.title)}<w:r><w:tab/></w:r>{_beside(form, form.kind)}{run(f'  {form.identity}', 'en')}"
    return f"<w:hdr {NAMESPACES}>{paragraph('Header', words, more=tab)}</w:hdr>"


def _footer(form: Form) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
    lines = "".join(paragraph("FooterTop", f"<w:r><w:tab/></w:r>{_page(language)}", more=tab) for language in form.languages)
    return f"<w:ftr {NAMESPACES}>{lines}</w:ftr>"


def _page(language: str) -> str:
    """ "Page x of y" with fields for the two numbers."""
    look = properties(language)
    before, _, rest = word("page", language, page="{page}", pages="{pages}").partition("{page}")
    between, _, after = rest.partition("{pages}")
    said = [run(text, language, look) for text in (before, between, after)]
    return f"{said[0]}{field('PAGE', '1', look)}{said[1]}{field('NUMPAGES', '1', look)}{said[2]}"


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(form: Form) -> str:
    """A header row that repeats, then a row for each of the form."""
    if not form.rows:
        return ""
    widths = shares(tuple(column.weight for column in form.columns), WIDTH)
    heads = [
        cell(width, "".join(paragraph("TableHead", run(text, language)) for language, text in form.said(column.heading)))
        for width, column in zip(widths, form.columns, strict=True)
    ]
    rows = [row_xml(heads, "<w:cantSplit/><w:tblHeader/>")]
    rows += [_row(form, number, row, widths) for number, row in enumerate(form.rows, 1)]
    caption = quoted(_plain(form, form.kind))
    said = quoted(", ".join(column.heading[form.languages[0]] for column in form.columns))
    description = f'<w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{said}"/>'
    return frame("Register", widths, "".join(rows), description) + SPACER


def _row(form: Form, number: int, row: FormRow, widths: tuple[int, ...]) -> str:
    cells = []
    for place, (width, column) in enumerate(zip(widths, form.columns, strict=True)):
        if column.fill:
            cells.append(cell(width, _blank(form, column, number, place), properties=_FILL))
            continue
        content = _paragraphs(form, row.cells.get(column.id, ()))
        if column.id == REFERENCE_IN:
            content += paragraph("TableTextSmall", run(row.reference, "en", _SMALL))
        cells.append(cell(width, content))
    return row_xml(cells, "<w:cantSplit/>")


def _paragraphs(form: Form, said: Paragraphs) -> str:
    lines = [paragraph("TableTextSmall", run(text, language)) for language, text in form.lines(said)]
    return "".join(lines) or paragraph("TableTextSmall", "")


def _blank(form: Form, column: FormColumn, number: int, place: int) -> str:
    """Where people write: a drop-down, a day to choose, or an empty cell."""
    if column.fill == "choice":
        items = "".join(_item(form, name, labels) for name, labels in column.choices.items())
        control = f"<w:dropDownList>{_empty_item(form)}{items}</w:dropDownList>"
    elif column.fill == "date":
        control = (
            '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="date"/>'
            '<w:calendar w:val="gregorian"/></w:date>'
        )
    else:
        return paragraph("TableTextSmall", "")
    name, ident = f"{column.id}:{number}", number * 100 + place
    shown = _plain(form, form.placeholders[column.fill], " ")
    return paragraph(
        "TableTextSmall",
        f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:id w:val="{ident}"/><w:showingPlcHdr/>{control}</w:sdtPr>'
        f"<w:sdtContent>{run(shown, 'en', _FAINT)}</w:sdtContent></w:sdt>",
    )


def _empty_item(form: Form) -> str:
    return f'<w:listItem w:displayText="{quoted(_plain(form, form.placeholders["choice"], " "))}" w:value=""/>'


def _item(form: Form, name: str, labels: Labels) -> str:
    return f'<w:listItem w:displayText="{quoted(_plain(form, labels, " "))}" w:value="{name}"/>'
