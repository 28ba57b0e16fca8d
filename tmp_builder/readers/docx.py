"""The text of a Word file, paragraph by paragraph, as it reads with every tracked change accepted or rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tmp_builder.readers.package import NotReadable, Package, open_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MAX_PARAGRAPHS = 200_000
_GONE = {"accepted": ("del", "moveFrom"), "rejected": ("ins", "moveTo")}
"""Elements whose content is not part of the text in each view."""
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
)


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as it reads: its text, its style, the bookmarks that begin in it, the content control around it."""

    text: str
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    control: str = ""
    cell: bool = False


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read of a Word file; `skipped` names what was there and was not read."""

    paragraphs: tuple[ReadParagraph, ...]
    skipped: tuple[str, ...] = ()
    revisions: int = 0
    properties: dict[str, str] = field(default_factory=dict)


def read_docx(path: Path, view: str = "accepted") -> ReadDocument:
    """The text of the Word file at `path`; `view` is accepted or rejected. Raises NotReadable with one clear sentence."""
    with open_package(path) as package:
        root = package.xml("word/document.xml")
        if root is None or root.tag != _w("document"):
            raise NotReadable(package.shown, "is no Word document: its main part is missing")
        walk = _Walk(view)
        body = root.find(_w("body"))
        if body is not None:
            walk.blocks(body, "", cell=False)
        walk.flush()
        revisions = sum(1 for tag in ("ins", "del", "moveFrom", "moveTo") for _ in root.iter(_w(tag)))
        return ReadDocument(tuple(walk.found), tuple(_skipped(root)), revisions, _properties(package))


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _skipped(root: Any) -> Iterator[str]:
    if next(root.iter(_w("txbxContent")), None) is not None:
        yield "text boxes"
    if next(root.iter(_w("drawing")), None) is not None or next(root.iter(_w("pict")), None) is not None:
        yield "images"
    if next(root.iter(_w("object")), None) is not None:
        yield "embedded objects"


def _properties(package: Package) -> dict[str, str]:
    """The custom document properties."""
    root = package.xml("docProps/custom.xml")
    found = {}
    for node in root if root is not None else ():
        found[node.get("name", "")] = "".join(node.itertext())
    return found


class _Walk:
    """Goes through the body once, joining paragraphs whose mark is gone in the view."""

    def __init__(self, view: str) -> None:
        self.gone = _GONE[view]
        self.found: list[ReadParagraph] = []
        self.open: ReadParagraph | None = None
        self.pending: list[str] = []

    def blocks(self, parent: Any, control: str, *, cell: bool) -> None:
        for node in parent:
            name = _local(node)
            if name == "p":
                self.paragraph(node, control, cell=cell)
            elif name == "sdt":
                inner = node.find(_w("sdtContent"))
                if inner is not None:
                    self.blocks(inner, _alias(node) or control, cell=cell)
            elif name == "tbl":
                self.table(node, control)
            elif name in ("ins", "moveTo", "customXml", "smartTag") and name not in self.gone:
                self.blocks(node, control, cell=cell)
            elif name == "bookmarkStart":
                self.pending.append(node.get(_w("name"), ""))

    def table(self, table: Any, control: str) -> None:
        self.flush()
        for row in _inside(table, "tr"):
            marks = row.find(_w("trPr"))
            if marks is not None and any(marks.find(_w(tag)) is not None for tag in self.gone):
                continue
            for cell in _inside(row, "tc"):
                self.blocks(cell, control, cell=True)
                self.flush()

    def paragraph(self, node: Any, control: str, *, cell: bool) -> None:
        if len(self.found) > MAX_PARAGRAPHS:
            raise NotReadable("this file", f"has more than {MAX_PARAGRAPHS:,} paragraphs")
        properties = node.find(_w("pPr"))
        style = properties.find(_w("pStyle")) if properties is not None else None
        names = [mark.get(_w("name"), "") for mark in node.iter(_w("bookmarkStart"))]
        here = ReadParagraph(
            self.text(node), style.get(_w("val"), "") if style is not None else "", (*self.pending, *names), control, cell
        )
        self.pending = []
        if self.open is not None:
            here = replace(
                self.open,
                text=self.open.text + here.text,
                bookmarks=(*self.open.bookmarks, *here.bookmarks),
                control=self.open.control or control,
            )
        self.open = here
        if not self.mark_is_gone(properties):
            self.flush()

    def mark_is_gone(self, properties: Any) -> bool:
        """Whether the paragraph's own mark is removed in this view: the next paragraph then joins it."""
        run = properties.find(_w("rPr")) if properties is not None else None
        return run is not None and any(run.find(_w(tag)) is not None for tag in self.gone)

    def flush(self) -> None:
        if self.open is not None:
            self.found.append(self.open)
        self.open = None

    def text(self, node: Any) -> str:
        out: list[str] = []
        self.words(node, out)
        return "".join(out).replace("\u00a0", " ").strip()

    def words(self, node: Any, out: list[str]) -> None:
        for child in node:
            name = _local(child)
            if name in self.gone or name in _NOT_TEXT:
                continue
            if name in ("t", "delText"):
                out.append(child.text or "")
            elif name in ("tab", "br", "cr"):
                out.append(" ")
            elif name == "noBreakHyphen":
                out.append("-")
            elif name == "AlternateContent":
                choice = child.find(f"{{{MC}}}Fallback")
                self.words(choice if choice is not None else child, out)
            elif name != "drawing":
                self.words(child, out)


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and the like; not those of nested tables."""
    for node in parent:
        if _local(node) == name:
            yield node
        elif _local(node) in ("sdt", "sdtContent", "customXml", "smartTag"):
            yield from _inside(node, name)


def _alias(control: Any) -> str:
    """What a content control is called: LibreOffice drops the tag and keeps the alias."""
    properties = control.find(_w("sdtPr"))
    if properties is None:
        return ""
    for name in ("tag", "alias"):
        node = properties.find(_w(name))
        if node is not None and node.get(_w("val")):
            return str(node.get(_w("val")))
    return ""
