"""A sheet: in place of a cover a few lines at the head of the text, and headings that take one line in all languages."""

from __future__ import annotations

from tmp_builder.document.nodes import Section
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import Setting, spoken
from tmp_builder.writers.docx.tables import beside, lines
from tmp_builder.writers.docx.text import run, runs_of

_NUMBERLESS = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
_HEADING = (
    f'{_NUMBERLESS}<w:spacing w:before="60" w:after="20" w:line="220" w:lineRule="exact"/><w:ind w:left="0" w:firstLine="0"/>'
)
_KIND = '<w:spacing w:before="0" w:after="20" w:line="300" w:lineRule="exact"/>'
_LINE = '<w:spacing w:before="0" w:after="20" w:line="220" w:lineRule="exact"/>'
_NOTICE = '<w:spacing w:before="0" w:after="60" w:line="220" w:lineRule="exact"/>'
_GLUE = "  ·  "


def head(setting: Setting) -> str:
    """What it is; title and status on one line; the notice."""
    cover = setting.document.cover
    title = setting.commented("", setting.languages[0], beside(cover.title, setting, _GLUE))
    status = run(_GLUE, "en").join([title, *(beside(line, setting, " ") for line in cover.lines)])
    notice = lines(cover.notice, setting, "TableTextSmall", _NOTICE) if spoken(cover.notice, setting.languages) else ""
    kind = paragraph("CoverKind", beside(cover.kind, setting, _GLUE), more=_KIND)
    return f"{kind}{paragraph('TableText', status, more=_LINE)}{notice}"


def headings(section: Section, setting: Setting) -> str:
    """The heading of a section on one line, without a number, yet a heading for those who go from one to the next."""
    said = [
        setting.commented(
            section.id, language, setting.bookmarked(section.id, language, runs_of(section.title, language, setting))
        )
        for language in spoken(section.title, setting.languages)
    ]
    return paragraph("Heading1", run("  ", "en").join(said), more=_HEADING)
