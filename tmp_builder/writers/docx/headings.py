"""Headings of sections, of schedules and of the signature page, in every language of the document."""

from __future__ import annotations

from tmp_builder.document.nodes import Annex, Schedule, Section, Signing, Texts
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.text import runs_of
from tmp_builder.writers.flow import reserved

_NEW_PAGE = "<w:pageBreakBefore/>"
_FOLLOWED = '<w:spacing w:after="40"/>'
_FOLLOWING = '<w:spacing w:before="0"/>'


def section_headings(section: Section, setting: Setting, *, new_page: bool = False) -> str:
    """A paragraph per language, each numbered by its own list; a section without text says that its number is reserved."""
    title = reserved() if section.reserved else section.title
    return _headings("Heading1", section.id, title, setting, _NEW_PAGE if new_page else "")


def schedule_headings(schedule: Schedule, setting: Setting) -> str:
    """The heading of a schedule, which begins a new page."""
    setting.heading = schedule.title
    return _headings("ScheduleHeading", schedule.id, schedule.title, setting, _NEW_PAGE)


def plain_headings(node: Signing | Annex, setting: Setting) -> str:
    """The heading of the signature page or of an annex, which begins a new page and has no number."""
    setting.heading = node.title
    return _headings("SigningHeading", node.id, node.title, setting, _NEW_PAGE)


def _headings(style: str, node_id: str, title: Texts, setting: Setting, before: str = "") -> str:
    out = []
    last = len(setting.languages) - 1
    for index, language in enumerate(setting.languages):
        more = before if index == 0 else ""
        more += (_FOLLOWED if index < last else "") or (_FOLLOWING if index else "")
        content = setting.commented(node_id, language, setting.bookmarked(node_id, language, runs_of(title, language, setting)))
        out.append(paragraph(f"{style}Zh" if language == "zh" else style, content, more=more))
    return "".join(out)
