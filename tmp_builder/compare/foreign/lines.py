"""The lines of each option: as the plan prints them, and as a returned file has them, by bookmark, control or likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from tmp_builder.compare.foreign.align import Line, align
from tmp_builder.compare.foreign.texts import is_furniture, one_line
from tmp_builder.document.nodes import Block, Clause, Document, Inlines, Paragraph
from tmp_builder.document.walk import plain
from tmp_builder.readers.docx import ReadDocument, ReadParagraph

ENOUGH = 0.5
"""With fewer of the bookmarks than this share a file is matched by its words."""
_LEVEL = re.compile(r"CLAUSE(\d)")
_NO_LINE = ("TABLE", "DEFINITION", "CAPTION", "REGISTER", "ALTERNATIVE", "SUBHEADING", "SPACER")
_HAN = re.compile("[\u4e00-\u9fff]")
_TAG = re.compile(r"clause:(?P<id>.*?)(?P<zh>:zh)?")

Names = Mapping[str, tuple[str, str]]
"""For each bookmark the node and the language it stands for."""


class Printed(Struct, frozen=True):
    """A line as the plan prints it: its node, its level (2 to 4; 0 a paragraph below an item), its text per language."""

    node: str
    level: int
    texts: Mapping[str, Inlines]

    def text(self, language: str) -> str:
        """Its words in one language."""
        return one_line(plain(self.texts.get(language, ())))


class Found(Struct, frozen=True):
    """A line of the returned file. `node` is the printed line it is, empty for a new one; `after` the one it follows."""

    text: str
    level: int
    node: str = ""
    after: str = ""


class Returned(Struct):
    """The lines of a returned file by the owner (option or additional section) and language. `by`: bookmarks or words.

    `sections` hold every line below a heading of the plan, in reading order, also those that belong to no option known there.
    """

    by: str
    lines: dict[str, dict[str, list[Found]]] = field(default_factory=dict)
    sections: dict[str, dict[str, list[Found]]] = field(default_factory=dict)

    def of(self, owner: str, language: str) -> list[Found]:
        """The lines of one owner in one language."""
        return self.lines.get(owner, {}).get(language, [])


def owner_of(node: str) -> str:
    """The option or additional section that a node belongs to."""
    return node.partition("#")[0]


def section_of(owner: str) -> str:
    """The section that an option or an additional section stands in."""
    return owner if owner.startswith("additional.") else owner.partition(".")[0]


def printed_lines(document: Document) -> dict[str, list[Printed]]:
    """The lines of every option and additional section that stands in the sections, open choices left out."""
    found: dict[str, list[Printed]] = {}
    for section in document.sections:
        for block in section.children:
            if isinstance(block, Clause) and "#" in block.id:
                found.setdefault(owner_of(block.id), []).extend(_lines(block))
    return found


def _lines(block: Block) -> Iterator[Printed]:
    if isinstance(block, Clause):
        yield Printed(block.id, block.level, block.texts)
        for each in block.children:
            yield from _lines(each)
    elif isinstance(block, Paragraph):
        yield Printed(block.id, 0, block.texts)


def returned_lines(read: ReadDocument, built: ReadDocument, names: Names, languages: tuple[str, ...]) -> Returned:
    """The lines of a returned file; `built` is the file that the plan gives, `names` say what the bookmarks of either stand for."""
    wanted = {name for paragraph in built.paragraphs for name in paragraph.bookmarks if name in names}
    there = {name for paragraph in read.paragraphs for name in paragraph.bookmarks if name in wanted}
    if len(there) >= ENOUGH * len(wanted):
        return _Reading(names, languages).read("bookmarks", read.paragraphs)
    return _Reading(names, languages).read("words", _renamed(read.paragraphs, built.paragraphs, names))


def _renamed(read: Sequence[ReadParagraph], built: Sequence[ReadParagraph], names: Names) -> Iterator[ReadParagraph]:
    """The paragraphs of a file that lost its bookmarks, each with those of the built paragraph that it is."""
    from msgspec.structs import replace

    ours = [each for each in built if each.text and not is_furniture(each)]
    theirs = [each for each in read if each.text and not is_furniture(each)]
    lines = [[Line(one_line(each.text), each.heading > 0) for each in side] for side in (ours, theirs)]
    partner = {match.new[0]: match.old[0] for match in align(*lines) if match.new and match.old}
    for index, each in enumerate(theirs):
        same = ours[partner[index]] if index in partner else None
        if same is None:
            yield replace(each, bookmarks=())
        else:
            marks = tuple(name for name in same.bookmarks if name in names)
            yield replace(each, bookmarks=marks, style=same.style, heading=same.heading, column=same.column)


class _Reading(Struct):
    """Goes through the paragraphs in order; one without a name belongs to the line before it, in the same cell."""

    names: Names
    languages: tuple[str, ...]
    current: tuple[str, str] | None = None
    column: int = 0
    section: str = ""
    known: set[tuple[str, str]] = field(default_factory=set)
    found: Returned = field(default_factory=lambda: Returned(""))

    def read(self, by: str, paragraphs: Sequence[ReadParagraph] | Iterator[ReadParagraph]) -> Returned:
        """Every line of a clause."""
        self.found.by, self.known = by, set(self.names.values())
        for paragraph in paragraphs:
            if not paragraph.note and not is_furniture(paragraph):
                self._paragraph(paragraph)
        return self.found

    def _paragraph(self, paragraph: ReadParagraph) -> None:
        text = one_line(paragraph.text)
        named = next((self.names[name] for name in paragraph.bookmarks if name in self.names), None)
        style = paragraph.style.upper()
        if named is not None and "#" in named[0]:
            self.current, self.column = named, paragraph.column
            self.section = section_of(owner_of(named[0]))
            if text:
                self._add(named, Found(text, _level(style), named[0]))
            return
        if named is not None or paragraph.heading or style.startswith("ALTERNATIVE"):
            self.current = None
        if named is not None or paragraph.heading:
            self.section = named[0].removeprefix("section:") if named is not None and named[0].startswith("section:") else ""
            return
        if not text or not self.section or style.startswith(_NO_LINE):
            return
        if self.current is None or paragraph.column != self.column or self.current[0].startswith("section:"):
            self.current, self.column = self._by_control(paragraph), paragraph.column
        self._add(self.current, Found(text, _level(style), after=self.current[0]))

    def _by_control(self, paragraph: ReadParagraph) -> tuple[str, str]:
        """By the control around it; one that the plan does not know belongs to the section alone."""
        tag = _TAG.fullmatch(paragraph.control)
        language = self._language(paragraph, zh=bool(tag and tag["zh"]))
        node = (tag["id"], language) if tag else ("", "")
        return node if node in self.known else (f"section:{self.section}", language)

    def _language(self, paragraph: ReadParagraph, *, zh: bool) -> str:
        if len(self.languages) == 1:
            return self.languages[0]
        return "zh" if zh or len(_HAN.findall(paragraph.text)) * 4 > len(paragraph.text) else "en"

    def _add(self, here: tuple[str, str], line: Found) -> None:
        self.found.sections.setdefault(self.section, {}).setdefault(here[1], []).append(line)
        self.found.lines.setdefault(owner_of(here[0]), {}).setdefault(here[1], []).append(line)


def _level(style: str) -> int:
    """The level of a line by its style: 2 to 4 for items, 0 for a paragraph below one."""
    found = _LEVEL.match(style)
    return int(found[1]) if found else 0
