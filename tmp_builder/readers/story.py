"""The walk through one story of a Word file (its body, a footnote), which gives the paragraphs as they read in a view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.findings import Words, both
from tmp_builder.readers.labels import Labels
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.words import MC, child, local, number, value, w

MAX_PARAGRAPHS = 200_000
_GONE = {"accepted": ("del", "moveFrom", "cellDel"), "rejected": ("ins", "moveTo", "cellIns")}
"""Elements whose content is not part of the text in each view."""
_WRAPPERS = ("ins", "del", "moveTo", "moveFrom", "customXml", "smartTag", "sdtContent")
_NOT_TEXT = (
    "instrText",
    "delInstrText",
    "pPr",
    "rPr",
    "sdtPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sectPr",
    "commentReference",
    "pict",
    "object",
    "drawing",
    "rt",
    "rubyPr",
)


class ReadParagraph(Struct, frozen=True):
    """A paragraph as it reads: its text, its style, the bookmarks that begin in it, the content control around it.

    `look` is the name of its style in lower case ("heading 1", "toc 2"), `heading` its outline level (1 is the highest, 0 text),
    `label` the number that Word computes for it, `column` the place of its cell in its row (from 1, 0 outside tables).
    """

    text: str
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    control: str = ""
    cell: bool = False
    look: str = ""
    heading: int = 0
    label: str = ""
    column: int = 0
    note: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it is an entry of the table of contents, which Word and LibreOffice write anew."""
        return self.style.upper().startswith(("TOC", "CONTENTS")) or self.look.startswith(("toc ", "contents "))


def too_many_paragraphs() -> Words:
    """Why a file with more paragraphs than any agreement is not read."""
    return both("has more than {most} paragraphs", "段落超过{most}个", most=f"{MAX_PARAGRAPHS:,}")


class Story:
    """Goes through a story once, joining paragraphs whose mark is gone in the view. `notes`: what the text refers to, in order."""

    def __init__(self, view: str, shown: str, labels: Labels) -> None:
        self.gone, self.shown, self.labels = _GONE[view], shown, labels
        self.found: list[ReadParagraph] = []
        self.notes: list[tuple[str, str]] = []
        self._open: ReadParagraph | None = None
        self._properties: Any = None
        self._pending: list[str] = []
        self._fields: list[str] = []
        self._note = False

    def read(self, parent: Any, *, note: bool = False) -> None:
        """Every paragraph below `parent`, which may be None."""
        self._note = note
        if parent is not None:
            self._blocks(parent, "", 0)
        self._flush()

    def _blocks(self, parent: Any, control: str, column: int) -> None:
        for node in parent:
            name = local(node)
            if name in self.gone:
                continue
            if name == "p":
                self._paragraph(node, control, column)
            elif name == "sdt":
                inner = node.find(w("sdtContent"))
                if inner is not None:
                    self._blocks(inner, control_name(node) or control, column)
            elif name == "tbl":
                self._table(node, control)
            elif name in _WRAPPERS:
                self._blocks(node, control, column)
            elif name == "AlternateContent":
                self._blocks(_branch(node), control, column)
            elif name == "bookmarkStart":
                self._pending.append(node.get(w("name"), ""))

    def _table(self, table: Any, control: str) -> None:
        # Only a paragraph whose mark is gone is open here: with no words left, nothing of it stays before the table.
        if self._open is not None and not self._open.text:
            self._pending += self._open.bookmarks
            self._open = self._properties = None
        self._flush()
        for row in inside(table, "tr"):
            if not self._is_gone(child(row, "trPr")):
                cells = (cell for cell in inside(row, "tc") if not self._is_gone(child(cell, "tcPr")))
                for column, cell in enumerate(cells, 1):
                    self._blocks(cell, control_name(cell.getparent().getparent()) or control, column)
                    self._flush()

    def _is_gone(self, properties: Any) -> bool:
        """Whether a row, a cell or a paragraph's own mark is not there in this view."""
        return properties is not None and any(properties.find(w(tag)) is not None for tag in self.gone)

    def _paragraph(self, node: Any, control: str, column: int) -> None:
        if len(self.found) > MAX_PARAGRAPHS:
            raise NotReadable(self.shown, too_many_paragraphs())
        properties = node.find(w("pPr"))
        names = [mark.get(w("name"), "") for mark in node.iter(w("bookmarkStart"))]
        style, text = value(properties, "pStyle"), self._text(node)
        here = ReadParagraph(text, style, (*self._pending, *names), control, column > 0, column=column, note=self._note)
        self._pending = []
        if self._open is not None:
            control = self._open.control or control
            names = [*self._open.bookmarks, *here.bookmarks]
            here = replace(here, text=self._open.text + text, bookmarks=tuple(names), control=control)
        self._open, self._properties = here, properties
        # Word joins the next paragraph where the mark is gone; what is joined has the style of the last one.
        if not self._is_gone(child(properties, "rPr")):
            self._flush()

    def _flush(self) -> None:
        if self._open is not None:
            here, properties = self._open, self._properties
            own = value(properties, "outlineLvl")
            outline = number(own, 9) + 1 if own else self.labels.styles.outline(here.style)
            self.found.append(
                replace(
                    here,
                    text=here.text.replace("\u00a0", " ").strip(),
                    look=self.labels.styles.name(here.style),
                    heading=outline if outline < 10 else 0,
                    label=self.labels.next(properties, here.style),
                )
            )
        self._open = self._properties = None

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _text(self, node: Any) -> str:
        out: list[tuple[str, bool]] = []
        self._words(node, out)
        unclosed = "code" in self._fields
        # A field without an end hides nothing: its result would otherwise swallow what follows.
        self._fields = [state for state in self._fields if state != "code"]
        return "".join(text for text, code in out if unclosed or not code)

    def _words(self, node: Any, out: list[tuple[str, bool]]) -> None:
        for each in node:
            name = local(each)
            if name in self.gone or name in _NOT_TEXT:
                continue
            if name == "fldChar":
                self._field(each.get(w("fldCharType"), ""))
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), each.get(w("id"), "")))
            elif name == "AlternateContent":
                self._words(_branch(each), out)
            elif (text := _said(each, name)) is not None:
                out.append((text, "code" in self._fields))
            else:
                self._words(each, out)

    def _field(self, kind: str) -> None:
        """A field has its instruction between begin and separate, its result between separate and end."""
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()


def _said(node: Any, name: str) -> str | None:
    """What an element itself says; None for one that only holds others."""
    if name in ("t", "delText"):
        return node.text or ""
    if name in ("tab", "ptab", "br", "cr"):
        return " "
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        code = node.get(w("char"), "")
        return chr(int(code, 16)) if len(code) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in code) else ""
    return None


def _branch(alternatives: Any) -> Any:
    """The one branch of alternative content that is read: the fallback, else the choice."""
    fallback = alternatives.find(f"{{{MC}}}Fallback")
    return fallback if fallback is not None else next(iter(alternatives), alternatives)


def inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and the like; not those of nested tables."""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in ("sdt", "sdtContent", "customXml", "smartTag"):
            yield from inside(node, name)


def control_name(control: Any) -> str:
    """What a content control is called: LibreOffice drops the tag and keeps the alias."""
    properties = child(control, "sdtPr") if control is not None else None
    return value(properties, "tag") or value(properties, "alias") if properties is not None else ""
