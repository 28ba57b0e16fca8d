"""The signature page: one block a party, none of them ever split over two pages."""

from __future__ import annotations

from tmp_builder.document.nodes import SignatureBlock, SignatureLine
from tmp_builder.document.walk import plain
from tmp_builder.language import columns
from tmp_builder.writers.docx.headings import plain_headings
from tmp_builder.writers.docx.markup import SPACER, paragraph
from tmp_builder.writers.docx.revisions import row_mark
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.tables import beside, cell, frame, lines, row_xml, shares
from tmp_builder.writers.once import said_once

_LABEL = 36
"""How many characters a label may have on one line; a Chinese one counts as two."""

_KEEP = "<w:keepNext/>"
_FOOT = '<w:vAlign w:val="bottom"/>'
_RULE = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="404040"/></w:tcBorders>'


def signing(setting: Setting) -> str:
    """The heading on a new page, the sentence above the blocks, the blocks; nothing for a document that nobody signs."""
    node = setting.document.signing
    if not spoken(node.title, setting.languages):
        return ""
    intro = lines(node.intro, setting, "BodyText", _KEEP) if spoken(node.intro, setting.languages) else ""
    return plain_headings(node, setting) + intro + "".join(_block(block, setting) for block in node.blocks)


def _block(block: SignatureBlock, setting: Setting) -> str:
    widths = shares((2, 3), setting.width)
    party = cell(sum(widths), lines(block.party, setting, "SigningParty", _KEEP if block.lines else ""), span=2)
    rows = [row_xml([party], "<w:cantSplit/>", row_mark(block.mark, setting))]
    for index, line in enumerate(block.lines, 1):
        rows.append(_line(line, widths, setting, _KEEP if index < len(block.lines) else ""))
    return frame("Signature", widths, "".join(rows), look="0000") + SPACER


def _label(line: SignatureLine, setting: Setting, keep: str) -> str:
    """What is to be filled in: the languages on one line, or below each other where they are too long for it."""
    length = sum(columns(plain(said.inlines)) for said in said_once(line.label, setting.languages))
    if length > _LABEL:
        return lines(line.label, setting, "SigningLabel", keep)
    return paragraph("SigningLabel", beside(line.label, setting), more=keep)


def _line(line: SignatureLine, widths: tuple[int, ...], setting: Setting, keep: str) -> str:
    """The label, and a rule to write on; the row keeps with the next one."""
    cells = [
        cell(widths[0], _label(line, setting, keep), properties=_FOOT),
        cell(
            widths[1],
            paragraph("SigningValue", beside(line.value, setting), more=keep),
            properties=f"{_RULE}{_FOOT}",
        ),
    ]
    return row_xml(cells, '<w:cantSplit/><w:trHeight w:val="560" w:hRule="atLeast"/>', row_mark(line.mark, setting))
