"""The cover: kind, title, parties with their roles, status lines, and the notice at the foot."""

from __future__ import annotations

from collections.abc import Callable

from tmp_builder.document.nodes import Cover, CoverParty, Texts
from tmp_builder.language import word
from tmp_builder.writers.docx.markup import SPACER, paragraph
from tmp_builder.writers.docx.revisions import mark, row_mark
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.tables import beside, cell, frame, lines, row_xml, shares, whole_change
from tmp_builder.writers.docx.text import run, runs
from tmp_builder.writers.once import said_once

FEW = 4
"""With more parties each takes one line for all languages, so that the cover stays one page."""


def cover(setting: Setting) -> str:
    """The first page."""
    node = setting.document.cover
    parties = _parties(node, setting)
    introduced = paragraph("CoverBetween", _each_in_its_font("between", setting)) if parties else ""
    status = "".join(
        paragraph("CoverLine", beside(line, setting, "    "), more=mark(whole_change(line), setting)) for line in node.lines
    )
    notice = lines(node.notice, setting, "CoverNotice") if spoken(node.notice, setting.languages) else ""
    return f"{lines(node.kind, setting, 'CoverKind')}{_titles(node.title, setting)}{introduced}{parties}{status}{notice}"


def _titles(title: Texts, setting: Setting) -> str:
    """The title in the first language, the second below it in the style of a subtitle; once, if they are the same."""
    styles = ("Title", "Subtitle")
    return "".join(
        paragraph(style, setting.commented("", said.language, runs(said.inlines, said.language, setting)))
        for style, said in zip(styles, said_once(title, setting.languages), strict=False)
    )


def _each_in_its_font(name: str, setting: Setting) -> str:
    space = run("  ", "en")
    return space.join(run(word(name, language), language) for language in setting.languages)


def _parties(node: Cover, setting: Setting) -> str:
    if not node.parties:
        return ""
    widths = shares((5, 2) if len(node.parties) > FEW else (3, 2), setting.width)
    said = _in_one_line if len(node.parties) > FEW else lines
    rows = "".join(_party(party, widths, setting, said) for party in node.parties)
    return f"{frame('Parties', widths, rows, look='0000')}{SPACER}"


def _in_one_line(texts: Texts, setting: Setting, style: str) -> str:
    return paragraph(style, beside(texts, setting, "  "))


def _party(party: CoverParty, widths: tuple[int, ...], setting: Setting, said: Callable[[Texts, Setting, str], str]) -> str:
    cells = [
        cell(widths[0], said(party.name, setting, "CoverParty")),
        cell(widths[1], said(party.role, setting, "CoverRole")),
    ]
    return row_xml(cells, "<w:cantSplit/>", row_mark(party.mark, setting))
