"""The signature page: one block a party, none of them ever split over two pages."""

from __future__ import annotations

from msgspec.structs import replace

from tmp_builder.document.nodes import DELETED, GONE, INSERTED, Change, SignatureBlock, SignatureLine
from tmp_builder.document.sides import has_changes, new_words, old_words
from tmp_builder.document.walk import plain
from tmp_builder.language import columns
from tmp_builder.writers.docx.headings import plain_headings
from tmp_builder.writers.docx.markup import SPACER, marked_spacer, paragraph
from tmp_builder.writers.docx.revisions import mark, of_gap, row_mark
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
    return plain_headings(node, setting) + intro + _blocks(node.blocks, setting)


def _blocks(blocks: tuple[SignatureBlock, ...], setting: Setting) -> str:
    """The blocks, with a spacer between two of them wherever a version has both."""
    marks, printed = [block.mark for block in blocks], ""
    for place, block in enumerate(blocks):
        between = marked_spacer(mark(of_gap(marks, place), setting)) if place else ""
        printed += between + _block(block, setting)
    return printed + SPACER if blocks else ""


def _block(block: SignatureBlock, setting: Setting) -> str:
    widths = shares((2, 3), setting.width)
    party = cell(sum(widths), lines(block.party, setting, "SigningParty", _KEEP if block.lines else ""), span=2)
    rows = [row_xml([party], "<w:cantSplit/>", row_mark(block.mark, setting))]
    every = [each for line in block.lines for each in _apart(line, setting)]
    for index, line in enumerate(every, 1):
        rows.append(_line(line, widths, setting, _KEEP if index < len(every) else ""))
    return frame("Signature", widths, "".join(rows), look="0000")


def _apart(line: SignatureLine, setting: Setting) -> tuple[SignatureLine, ...]:
    """A line whose label takes one line in one version and several in the other: as one that went and one that came."""
    if not has_changes(line.label):
        return (line,)
    old, new = (
        replace(
            line,
            label={language: words(inlines) for language, inlines in line.label.items()},
            value={language: words(inlines) for language, inlines in line.value.items()},
        )
        for words in (old_words, new_words)
    )
    if line.mark or _is_long(old, setting) is _is_long(new, setting):
        return (line,)
    return _whole(old, DELETED), _whole(new, INSERTED)


def _whole(line: SignatureLine, kind: str) -> SignatureLine:
    label, value = (
        {language: (Change(kind, inlines),) for language, inlines in texts.items() if inlines}
        for texts in (line.label, line.value)
    )
    return replace(line, label=label, value=value, mark=kind)


def _is_long(line: SignatureLine, setting: Setting) -> bool:
    """Whether the label does not fit on one line, in the version that has it."""
    gone = line.mark in GONE
    label = {language: old_words(inlines) if gone else new_words(inlines) for language, inlines in line.label.items()}
    return sum(columns(plain(said.inlines)) for said in said_once(label, setting.languages)) > _LABEL


def _label(line: SignatureLine, setting: Setting, keep: str) -> str:
    """What is to be filled in: the languages on one line, or below each other where they are too long for it."""
    if _is_long(line, setting):
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
