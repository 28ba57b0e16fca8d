"""Headings of sections, of schedules and of the signature page, in every language of the document."""

from __future__ import annotations

from tmp_builder.document.nodes import GONE, Annex, Schedule, Section, Signing, Texts
from tmp_builder.writers.docx.lines import changed_line, line_mark
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.text import runs_of
from tmp_builder.writers.flow import reserved

_NEW_PAGE = "<w:pageBreakBefore/>"
_FOLLOWED = '<w:spacing w:after="40"/>'
_FOLLOWING = '<w:spacing w:before="0"/>'


def section_headings(section: Section, setting: Setting, *, new_page: bool = False) -> str:
    """A paragraph per language, each numbered by its own list; a section without text says that its number is reserved."""
    title = reserved(section.mark) if section.reserved else section.title
    return _headings("Heading1", section, title, setting, _NEW_PAGE if new_page else "")


def schedule_headings(schedule: Schedule, setting: Setting) -> str:
    """The heading of a schedule, which begins a new page."""
    setting.heading = schedule.title
    return _headings("ScheduleHeading", schedule, schedule.title, setting, _NEW_PAGE)


def plain_headings(node: Signing | Annex, setting: Setting) -> str:
    """The heading of the signature page or of an annex, which begins a new page and has no number."""
    setting.heading = node.title
    return _headings("SigningHeading", node, node.title, setting, _NEW_PAGE)


def _headings(style: str, node: Section | Schedule | Signing | Annex, title: Texts, setting: Setting, before: str = "") -> str:
    out = []
    kind = node.mark if isinstance(node, (Section, Schedule)) else ""
    last = len(setting.languages) - 1
    for index, language in enumerate(setting.languages):
        more = before if index == 0 else ""
        more += (_FOLLOWED if index < last else "") or (_FOLLOWING if index else "")
        if kind:
            content = changed_line(node.id, kind, title, language, setting)
            more += line_mark(node.id, kind, setting)
        else:
            content = runs_of(title, language, setting)
        if kind not in GONE:
            content = setting.commented(node.id, language, setting.bookmarked(node.id, language, content))
        out.append(paragraph(f"{style}Zh" if language == "zh" else style, content, more=more))
    return "".join(out)
