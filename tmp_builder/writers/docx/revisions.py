"""Changes of a redline as Word's own tracked changes: runs, paragraph marks, table rows and moves, each with author and date.

Only text lines with an id move as Word understands it, a pair of ranges with one name; whatever else changed its place, rows of
tables among it, is deleted here and inserted there, as Word itself tracks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tmp_builder.document.nodes import COME, DELETED, GONE, INSERTED, MOVED_FROM, MOVED_TO
from tmp_builder.writers.docx.furniture import NAMESPACES
from tmp_builder.writers.docx.markup import marked_spacer
from tmp_builder.writers.docx.setting import Setting

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ELEMENTS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
_MARKS = tuple(f"{_W}{name}" for name in _ELEMENTS.values())
_COME = (f"{_W}ins", f"{_W}moveTo")
_PARAGRAPH_MARK = f"{_W}pPr/{_W}rPr"
_POINTS = tuple(
    f"{_W}{name}{end}" for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange") for end in ("Start", "End")
)


def changed(kind: str, runs: str, setting: Setting) -> str:
    """`runs` as inserted, deleted or moved; nothing where there are none."""
    if not runs:
        return ""
    element = _element(kind, setting)
    if element == "del":
        runs = runs.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f"<w:{element} {setting.revision()}>{runs}</w:{element}>"


def mark(kind: str, setting: Setting) -> str:
    """The last of the properties of a paragraph whose mark, the end of the line, came or went with it; nothing without kind."""
    return f"<w:rPr><w:{_element(kind, setting)} {setting.revision()}/></w:rPr>" if kind else ""


def row_mark(kind: str, setting: Setting) -> str:
    """The last of the properties of a table row that came or went; Word knows no rows that move."""
    return f"<w:{'del' if kind in GONE else 'ins'} {setting.revision()}/>" if kind else ""


def moving(kind: str, name: str, content: str, setting: Setting) -> str:
    """`content` of a line between the two ends of its move; both places of the line have the same `name`."""
    element = _ELEMENTS[kind]
    number = setting.revision_number()
    start = f'<w:{element}RangeStart w:id="{number}" w:name="{name}" {setting.signed()}/>'
    return f'{start}{content}<w:{element}RangeEnd w:id="{number}"/>'


def _element(kind: str, setting: Setting) -> str:
    if setting.moves or kind not in (MOVED_FROM, MOVED_TO):
        return _ELEMENTS[kind]
    return "ins" if kind in COME else "del"


def in_one_version(old: bool, new: bool) -> str:
    """What happened to what stands in the old version, in the new one, or in both: then nothing."""
    return "" if old is new else DELETED if old else INSERTED


def of_gap(marks: Sequence[str], place: int) -> str:
    """What happened to what stands between the parts before `place` and the one there, whose marks these are.

    A version has it if it has that part, and one before it.
    """

    def stands(missing: tuple[str, ...]) -> bool:
        return marks[place] not in missing and any(mark not in missing for mark in marks[:place])

    return in_one_version(stands(COME), stands(GONE))


def closed(body: Any, setting: Setting) -> Any:
    """The body with what LibreOffice needs around paragraphs that came or went right before a table.

    A paragraph that goes joins the one below it. Word takes it away whole, whatever follows. LibreOffice joins nothing to a table, and
    keeps the first of the joined paragraphs: its number would stay behind, and all numbers after it would be wrong. So a paragraph
    without height and number stands before and after what was deleted, itself inserted and deleted: in Word neither version has it.
    What was inserted needs one before it only, and LibreOffice takes that away with the rest only if it is inserted and no more. Between
    sections the spacer of the table above serves; a schedule that came keeps one that begins its page.
    """
    for paragraph in list(body.iter(f"{_W}p")):
        kind = _kind_of(paragraph)
        if not kind or _row_is_changed(paragraph) or not _table_follows(paragraph):
            continue
        first = paragraph
        while first.getprevious() is not None and _kind_of(first.getprevious()) == kind:
            first = first.getprevious()
        if kind == DELETED:
            paragraph.addnext(_spacer(_passing(setting)))
            if _style(first) != "Spacer":
                first.addprevious(_spacer(_passing(setting)))
        elif _style(first).startswith(_NUMBERED):
            first.addprevious(_spacer(_page_break_of(first) + mark(kind, setting)))
    return body


_NUMBERED = ("Heading1", "ScheduleHeading", "Clause")


def _page_break_of(paragraph: Any) -> str:
    """The page break before a paragraph, taken from it: above its page a spacer could fill one alone."""
    found = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore")
    if found is None:
        return ""
    found.getparent().remove(found)
    return "<w:pageBreakBefore/>"


def _passing(setting: Setting) -> str:
    """The mark of a paragraph that stands in neither version."""
    return f"<w:rPr><w:ins {setting.revision()}/><w:del {setting.revision()}/></w:rPr>"


def _spacer(properties: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(marked_spacer(properties).replace("<w:p>", f"<w:p {NAMESPACES}>", 1))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))


def _table_follows(paragraph: Any) -> bool:
    following = paragraph.getnext()
    while following is not None and following.tag in _POINTS:
        following = following.getnext()
    return following is not None and following.tag == f"{_W}tbl"


def _kind_of(node: Any) -> str:
    """Whether a paragraph came or went as a whole; nothing for another one, or another thing."""
    found = node.find(_PARAGRAPH_MARK) if node.tag == f"{_W}p" else None
    for child in found if found is not None else ():
        if child.tag in _MARKS:
            return INSERTED if child.tag in _COME else DELETED
    return ""


def _row_is_changed(paragraph: Any) -> bool:
    """Whether the paragraph goes or comes with its row of a table."""
    row = next(paragraph.iterancestors(f"{_W}tr"), None)
    marks = row.find(f"{_W}trPr") if row is not None else None
    return marks is not None and any(child.tag in _MARKS for child in marks)
