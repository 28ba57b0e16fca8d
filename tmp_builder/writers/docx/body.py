"""The body of a Word file, from the cover to the last schedule, straight from the tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tmp_builder.document.nodes import Document, Schedule, Section, Table
from tmp_builder.document.walk import blocks
from tmp_builder.writers.docx.contents import contents
from tmp_builder.writers.docx.cover import cover
from tmp_builder.writers.docx.furniture import NAMESPACES, colophon
from tmp_builder.writers.docx.headings import plain_headings, schedule_headings, section_headings
from tmp_builder.writers.docx.markup import SPACER, marked_spacer, unspaced
from tmp_builder.writers.docx.pages import Furniture, Portion, bound
from tmp_builder.writers.docx.revisions import mark, of_gap
from tmp_builder.writers.docx.runs import print_blocks
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.sheet import head, headings
from tmp_builder.writers.docx.signing import signing
from tmp_builder.writers.docx.tables import WIDE


def document_xml(setting: Setting, furniture: Furniture) -> str:
    """The main part of the file."""
    return f"<w:document {NAMESPACES}><w:body>{bound(list(_portions(setting)), setting, furniture)}</w:body></w:document>"


def has_wide_pages(document: Document) -> bool:
    """Whether a schedule has a table with so many columns that its pages lie on their side."""
    return any(map(_is_wide, document.schedules))


def _is_wide(schedule: Schedule) -> bool:
    return any(isinstance(block, Table) and len(block.columns) > WIDE for block in blocks(schedule))


def _portions(setting: Setting) -> Iterator[Portion]:
    """The document in runs of pages of one kind: wide tables on wide pages."""
    main = head(setting) if setting.document.sheet else cover(setting) + contents(setting)
    main += _sections(setting) + unspaced(signing(setting))
    for wide, group in groupby(setting.document.schedules, _is_wide):
        printed = _schedules(tuple(group), setting, wide)
        if wide:
            yield Portion(main)
            yield Portion(printed, wide=True)
            main = ""
        else:
            main += printed
    main += _annexes(setting) + colophon(setting)
    if main:
        yield Portion(main)


def _annexes(setting: Setting) -> str:
    """What is no part of the agreement, each on a new page."""
    return "".join(
        [plain_headings(annex, setting) + unspaced(print_blocks(annex.children, setting)) for annex in setting.document.annexes]
    )


def _sections(setting: Setting) -> str:
    """The sections, with what a table needs below it between them; the last one has a heading on a new page below it."""
    setting.part = "body"
    sections, printed = setting.document.sections, [""]
    marks = [section.mark for section in sections]
    for index, section in enumerate(sections):
        if printed[-1].endswith(SPACER):
            printed[-1:] = unspaced(printed[-1]), marked_spacer(mark(of_gap(marks, index), setting))
        printed += _heading(section, setting, first=index == 0), print_blocks(section.children, setting)
    printed[-1] = unspaced(printed[-1])
    return "".join(printed)


def _heading(section: Section, setting: Setting, *, first: bool) -> str:
    return headings(section, setting) if setting.document.sheet else section_headings(section, setting, new_page=first)


def _schedules(schedules: tuple[Schedule, ...], setting: Setting, wide: bool) -> str:
    setting.part, setting.landscape = "schedules", wide
    printed = "".join(
        [schedule_headings(schedule, setting) + unspaced(print_blocks(schedule.children, setting)) for schedule in schedules]
    )
    setting.landscape = False
    return printed
