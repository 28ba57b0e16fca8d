"""The table of contents: a field whose entries are right as written, with number and title; Word adds the pages when asked to."""

from __future__ import annotations

from tmp_builder.document.nodes import DELETED, GONE, INSERTED, Schedule, Section
from tmp_builder.language import word
from tmp_builder.writers.contents import Listed, listed, mark_of, title_of
from tmp_builder.writers.docx.fields import begin, end, field
from tmp_builder.writers.docx.markup import paragraph
from tmp_builder.writers.docx.names import bookmark_name
from tmp_builder.writers.docx.numbering import list_of
from tmp_builder.writers.docx.revisions import changed, mark
from tmp_builder.writers.docx.setting import Setting
from tmp_builder.writers.docx.text import run, runs_of

_ALL_HEADINGS = r'TOC \o "1-1" \h \z \u'
_OF_LANGUAGE = {
    "en": r'TOC \o "1-1" \h \z \t "Schedule Heading,1,Signing Heading,1"',
    "zh": r'TOC \h \z \t "Heading 1 Chinese,1,Schedule Heading Chinese,1,Signing Heading Chinese,1"',
}
"""In a bilingual file each language has a table of contents of its own, made from its own heading styles."""


def contents(setting: Setting) -> str:
    """A table of contents per language, each under its heading on a new page; nothing if there is nothing to list.

    Side by side they would be out of step: LibreOffice takes such a field out of columns and cells.
    """
    if _is_empty(setting):
        return ""
    one = len(setting.languages) == 1
    return "".join(
        paragraph("ContentsHeading", run(word("contents", language), language))
        + _listing(language, _ALL_HEADINGS if one else _OF_LANGUAGE[language], setting)
        for language in setting.languages
    )


def _is_empty(setting: Setting) -> bool:
    return not (setting.document.sections or setting.document.schedules)


def _listing(language: str, instruction: str, setting: Setting) -> str:
    """The entries as paragraphs, the field beginning in the first and ending in the last."""
    nodes = listed(setting.document)
    entries = [_entry(node, language, setting) for node in nodes]
    entries[0] = begin(instruction) + entries[0]
    entries[-1] += end()
    return "".join(
        paragraph("TOC1", entry, more=mark(mark_of(node), setting) if mark_of(node) else "")
        for entry, node in zip(entries, nodes, strict=True)
    )


def _entry(node: Listed, language: str, setting: Setting) -> str:
    """A line of the table, a link to its heading."""
    label = "<w:r><w:tab/></w:r>" if setting.pages else ""
    if isinstance(node, (Section, Schedule)):
        part = "body" if isinstance(node, Section) else "schedules"
        label = _label(node, list_of(part, language).levels[0].text, language, setting)
    words = runs_of(title_of(node), language, setting)
    if mark_of(node) in GONE:
        return f"{label}{words}"
    name = bookmark_name(node.id, language)
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{label}{words}{_page(name, setting)}</w:hyperlink>'


def _label(node: Section | Schedule, text: str, language: str, setting: Setting) -> str:
    """The number of an entry; in a redline the old one as well, where it differs."""
    tab = "<w:r><w:tab/></w:r>"
    if not (node.mark or node.was):
        return run(text.replace("%1", node.number), language) + tab
    if node.mark:
        return changed(node.mark, run(text.replace("%1", node.number), language) + tab, setting)
    old, new = (run(text.replace("%1", number), language) for number in (node.was, node.number))
    return changed(DELETED, old, setting) + changed(INSERTED, new, setting) + tab


def _page(bookmark: str, setting: Setting) -> str:
    """The page of an entry at the right edge, where it is known."""
    page = setting.pages.get(bookmark)
    return "<w:r><w:tab/></w:r>" + field(rf"PAGEREF {bookmark} \h", str(page)) if page else ""
