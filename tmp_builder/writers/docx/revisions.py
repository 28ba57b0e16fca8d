"""Changes of a redline as Word's own tracked changes: runs, paragraph marks, table rows and moves, each with author and date.

Only text lines with an id move as Word understands it, a pair of ranges with one name; whatever else changed its place, rows of
tables among it, is deleted here and inserted there, as Word itself tracks it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tmp_builder.document.nodes import COME, DELETED, GONE, INSERTED, MOVED_FROM, MOVED_TO
from tmp_builder.writers.docx.furniture import NAMESPACES
from tmp_builder.writers.docx.markup import SPACER
from tmp_builder.writers.docx.setting import Setting

_ELEMENTS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
_SPACER = SPACER.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)
_MARKS = tuple(qn(f"w:{name}") for name in _ELEMENTS.values())
_COME = (qn("w:ins"), qn("w:moveTo"))
_PARAGRAPH_MARK = f"{qn('w:pPr')}/{qn('w:rPr')}"
_POINTS = tuple(
    qn(f"w:{name}{end}") for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange") for end in ("Start", "End")
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


def closed(body: Any, setting: Setting) -> Any:
    """The body with paragraphs without height around changed ones that no paragraph follows.

    A removed paragraph joins the one below it. Where a table, the end of a cell or of a control comes next there is none, and its
    number would stay behind. LibreOffice keeps the first of the joined paragraphs, so one without number goes and comes before them.
    """
    for paragraph in list(body.iter(qn("w:p"))):
        kind = _kind_of(paragraph)
        following = paragraph.getnext()
        while following is not None and following.tag in _POINTS:
            following = following.getnext()
        if kind and not _row_is_changed(paragraph) and (following is None or following.tag != qn("w:p")):
            paragraph.addnext(parse_xml(_SPACER))
            first = paragraph
            while first.getprevious() is not None and _kind_of(first.getprevious()) == kind:
                first = first.getprevious()
            first.addprevious(parse_xml(_SPACER.replace("</w:pPr>", f"{mark(kind, setting)}</w:pPr>")))
    return body


def _kind_of(node: Any) -> str:
    """Whether a paragraph came or went as a whole; nothing for another one, or another thing."""
    found = node.find(_PARAGRAPH_MARK) if node.tag == qn("w:p") else None
    for child in found if found is not None else ():
        if child.tag in _MARKS:
            return INSERTED if child.tag in _COME else DELETED
    return ""


def _row_is_changed(paragraph: Any) -> bool:
    """Whether the paragraph goes or comes with its row of a table."""
    row = next(paragraph.iterancestors(qn("w:tr")), None)
    marks = row.find(qn("w:trPr")) if row is not None else None
    return marks is not None and any(child.tag in _MARKS for child in marks)
