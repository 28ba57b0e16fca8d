"""The text of a Word file, paragraph by paragraph, as it reads with every tracked change accepted or rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tmp_builder.findings import both
from tmp_builder.readers.labels import Labels, Styles
from tmp_builder.readers.package import NotReadable, Package, open_package
from tmp_builder.readers.story import MAX_PARAGRAPHS, ReadParagraph, Story, too_many_paragraphs
from tmp_builder.readers.unread import unread
from tmp_builder.readers.words import STRICT, child, w

__all__ = ["ReadDocument", "ReadParagraph", "read_docx"]

REVISIONS = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
_NOTES = ("footnote", "endnote")


class ReadDocument(Struct, frozen=True):
    """What was read of a Word file; `skipped` names what was there and was not read."""

    paragraphs: tuple[ReadParagraph, ...]
    skipped: tuple[str, ...] = ()
    revisions: int = 0
    properties: dict[str, str] = field(default_factory=dict)


def read_docx(path: Path, view: str = "accepted") -> ReadDocument:
    """The text of the Word file at `path`; `view` is accepted or rejected. Raises NotReadable with one clear sentence.

    Footnotes and endnotes follow the body, in the order in which it refers to them.
    """
    with open_package(path) as package:
        root = main_part(package)
        story = Story(view, package.shown, labels_of(package))
        story.read(child(root, "body"))
        _read_notes(package, story)
        revisions = sum(1 for tag in REVISIONS for _ in root.iter(w(tag)))
        return ReadDocument(tuple(story.found), tuple(unread(root, package)), revisions, _properties(package))


def main_part(package: Package) -> Any:
    """The root of the main part. Raises NotReadable where the package is no Word document."""
    root = package.xml(package.main)
    if root is not None and root.tag == f"{{{STRICT}}}document":
        hint = both("Open it in Word and save it as “Word document (.docx)”.", "请用Word打开后另存为“Word文档（.docx）”。")
        raise NotReadable(
            package.shown,
            both("is in the form “Strict Open XML”, which is not read", "为“Strict Open XML”格式，本程序不读取该格式"),
            hint,
        )
    if root is None or root.tag != w("document"):
        raise NotReadable(package.shown, both("is no Word document: its main part is missing", "不是Word文档：缺少主文档部件"))
    if sum(1 for _ in root.iter(w("p"))) > MAX_PARAGRAPHS:
        raise NotReadable(package.shown, too_many_paragraphs())
    return root


def labels_of(package: Package) -> Labels:
    """What numbers the paragraphs of a file: its styles and lists."""
    parts = {}
    for kind in ("styles", "numbering"):
        names = package.related(package.main, kind)
        parts[kind] = package.xml(names[0]) if names else None
    return Labels.of(Styles(parts["styles"]), parts["numbering"])


def _read_notes(package: Package, story: Story) -> None:
    """Every note that the body refers to."""
    for kind in _NOTES:
        wanted = [ident for each, ident in story.notes if each == kind]
        names = package.related(package.main, f"{kind}s") if wanted else []
        root = package.xml(names[0]) if names else None
        notes = {node.get(w("id"), ""): node for node in root.iter(w(kind))} if root is not None else {}
        for ident in dict.fromkeys(wanted):
            if ident in notes:
                story.read(notes[ident], note=True)


def _properties(package: Package) -> dict[str, str]:
    """The custom document properties."""
    root = package.xml("docProps/custom.xml")
    found = {}
    for node in root if root is not None else ():
        if isinstance(node.tag, str):
            found[node.get("name", "")] = "".join(node.itertext())
    return found
