"""A Word file without its words: the parts and relationships that python-docx makes from the reference, the same for all documents of a shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from tmp_builder import kept
from tmp_builder.datafiles import data_folder

MAIN, COMMENTS, CORE, CUSTOM = "word/document.xml", "word/comments.xml", "docProps/core.xml", "docProps/custom.xml"
RECIPE = "customXml/item1.xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

CREATED = "1980-01-01T00:00:00Z"
"""The moment that stands in the skeleton's core properties; the document's own takes its place."""

Furniture = Mapping[tuple[str, str], tuple[str, str]]
"""Of each header and footer, by what and where: its relationship and the name of its part."""


class Shape(Struct, frozen=True):
    """What decides on the skeleton: the places of headers, the width of the text, which further parts there are, the styles."""

    places: tuple[str, ...]
    width: int
    recipe: bool
    comments: bool
    protect: bool
    styles: bytes | None = None


class Skeleton(Struct, frozen=True):
    """Every part by its name in the file; those that the document fills are empty, the core properties hold `slot` texts."""

    parts: Mapping[str, bytes]
    furniture: Furniture


def slot(name: str) -> str:
    """What stands in the core properties where the document's own text goes; of no name, what divides the slots from the rest."""
    return f"@@{name}@@" if name else "@@"


@lru_cache(maxsize=16)
def skeleton(shape: Shape) -> Skeleton:
    """The skeleton of a shape; kept for the next process, since loading python-docx takes longer than writing a document."""
    reference = data_folder("templates") / "reference.docx"
    if not kept.in_use():
        return _made(shape)
    content = hashlib.sha256(reference.read_bytes()).hexdigest()
    styles = hashlib.sha256(shape.styles).hexdigest() if shape.styles is not None else ""
    asked = repr((astuple(shape)[:-1], styles))
    key = kept.key_of("skeleton", content, asked, kept.program_state(("writers/docx",), ("docx", "lxml")))
    found = kept.find(key)
    if found is None:
        made = _made(shape)
        kept.keep(key, (dict(made.parts), dict(made.furniture)))
        return made
    return Skeleton(*found)


def _made(shape: Shape) -> Skeleton:
    from docx import Document as open_word_file

    word_file = open_word_file(str(data_folder("templates") / "reference.docx"))
    if shape.styles is not None:
        from docx.oxml import parse_xml

        word_file.part._styles_part._element = parse_xml(shape.styles)
    if shape.protect:
        _protect(word_file.settings.element)
    furniture = _furniture(word_file.part, shape)
    _related(word_file, shape)
    _contents_tab(word_file, shape.width)
    _properties(word_file.core_properties)
    from zipfile import ZipFile

    stored = BytesIO()
    word_file.save(stored)
    with ZipFile(stored) as archive:
        return Skeleton({name: archive.read(name) for name in archive.namelist()}, furniture)


def _furniture(main: Any, shape: Shape) -> Furniture:
    """The headers and footers as empty parts."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

    kinds = (
        ("header", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
        ("footer", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    )
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for number, place in enumerate(shape.places, 1):
        for kind, content_type, relationship in kinds:
            name = f"word/{kind}{number}.xml"
            found[kind, place] = (main.relate_to(empty_part(main, name, content_type), relationship), name)
    return found


def empty_part(main: Any, name: str, content_type: str) -> Any:
    """A part that the document fills, by its name in the file."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    return Part(PackURI(f"/{name}"), content_type, b"", main.package)


def _related(word_file: Any, shape: Shape) -> None:
    """The further parts: comments and the recipe."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if shape.comments:
        word_file.part.relate_to(empty_part(word_file.part, COMMENTS, _COMMENTS_TYPE), RELATIONSHIP_TYPE.COMMENTS)
    if shape.recipe:
        from tmp_builder.writers.docx.recipe import relate_recipe

        relate_recipe(word_file.part)


def _protect(settings: Any) -> None:
    """Every edit is tracked, and tracking cannot be switched off; LibreOffice drops the one without the other."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    before = settings.find(qn("w:defaultTabStop"))
    for tag, said in (("w:trackRevisions", {}), ("w:documentProtection", {"w:edit": "trackedChanges", "w:enforcement": "1"})):
        before.addprevious(OxmlElement(tag, attrs={qn(name): value for name, value in said.items()}))


def _contents_tab(word_file: Any, width: int) -> None:
    """A right tab with dots where the pages stand, or Word will put them: at the edge of the text."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    stops = word_file.styles["toc 1"].paragraph_format.tab_stops
    stops.add_tab_stop(width * 635, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _properties(core: Any) -> None:
    core.title, core.language, core.version = slot("title"), slot("language"), slot("version")
    core.identifier, core.content_status = slot("identifier"), slot("status")
    core.author = core.last_modified_by = ""
    core.created = core.modified = datetime(1980, 1, 1, tzinfo=UTC)
    core.revision = 1
