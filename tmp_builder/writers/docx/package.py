"""The package around the body: parts carried by python-docx, then a zip whose bytes depend on nothing but the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as open_word_file
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from tmp_builder.datafiles import data_folder
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import plain
from tmp_builder.errors import UsageError
from tmp_builder.language import BCP47
from tmp_builder.writers.docx.body import document_xml, has_wide_pages
from tmp_builder.writers.docx.comments import Comment, add_comments
from tmp_builder.writers.docx.furniture import footer, header
from tmp_builder.writers.docx.markup import allowed
from tmp_builder.writers.docx.pages import Furniture
from tmp_builder.writers.docx.recipe import add_recipe
from tmp_builder.writers.docx.revisions import closed
from tmp_builder.writers.docx.setting import AUTHOR, LAYOUTS, PAPERS, Setting

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class Making:
    """How a file is to be made; the fields are the arguments of `write`."""

    layout: str = "columns"
    paper: str = "A4"
    recipe: bytes | None = None
    styles: bytes | None = None
    protect: bool = False
    author: str = AUTHOR


def pack(document: Document, making: Making, pages: Mapping[str, int] | None = None) -> bytes:
    """The whole file; `pages` are those of the table of contents, by bookmark."""
    _known("layout", making.layout, LAYOUTS)
    _known("paper", making.paper, tuple(PAPERS))
    setting = Setting(document, making.layout, making.paper, pages=pages or {}, author=making.author)
    word_file = open_word_file(str(data_folder("templates") / "reference.docx"))
    if making.styles is not None:
        word_file.part._styles_part._element = parse_xml(making.styles)
    if making.protect:
        _protect(word_file.settings.element)
    _fill(word_file, setting)
    if making.recipe is not None:
        add_recipe(word_file.part, making.recipe, document)
    packed = BytesIO()
    word_file.save(packed)
    return repack(packed.getvalue())


def repack(data: bytes) -> bytes:
    """The same parts in a fixed order, without times or traces of the machine."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name), compresslevel=6)
    return out.getvalue()


def _known(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError(f"unknown {what} {value!r} for a Word file", f"use one of: {', '.join(allowed)}")


def _protect(settings: Any) -> None:
    """Every edit is tracked, and tracking cannot be switched off; LibreOffice drops the one without the other."""
    before = settings.find(qn("w:defaultTabStop"))
    for tag, said in (("w:trackRevisions", {}), ("w:documentProtection", {"w:edit": "trackedChanges", "w:enforcement": "1"})):
        before.addprevious(OxmlElement(tag, attrs={qn(name): value for name, value in said.items()}))


def _fill(word_file: Any, setting: Setting) -> None:
    """Body, headers, footers and properties of the document in place of those of the reference."""

    main = word_file.part
    furniture = _furniture(main, setting)
    main._element = parse_xml(document_xml(setting, furniture).encode())
    if setting.has_revisions:
        closed(main._element, setting)
    add_comments(
        main, [Comment(number, *each) for number, each in enumerate(setting.commented_on)], setting.document.imprint.dated
    )
    _contents_tab(word_file, setting)
    _properties(word_file.core_properties, setting.document)


def _furniture(main: Any, setting: Setting) -> Furniture:
    """The headers and footers as parts, and the relationship of each."""

    places = ["default", "first"] + (["wide"] if has_wide_pages(setting.document) else [])
    kinds = (
        ("header", header, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
        ("footer", footer, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    )
    related: Furniture = {}
    for number, place in enumerate(places, 1):
        setting.landscape = place == "wide"
        for kind, make, content_type, relationship in kinds:
            blob = make(setting, first=place == "first").encode()
            part = Part(PackURI(f"/word/{kind}{number}.xml"), content_type, blob, main.package)
            related[kind, place] = main.relate_to(part, relationship)
    setting.landscape = False
    return related


def _contents_tab(word_file: Any, setting: Setting) -> None:
    """A right tab with dots where the pages stand, or Word will put them: at the edge of the text."""
    stops = word_file.styles["toc 1"].paragraph_format.tab_stops
    stops.add_tab_stop(setting.width * 635, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _properties(core: Any, document: Document) -> None:
    """Title, language, version and identifier; nobody's name, and no time but the document's own date."""
    title = document.cover.title
    core.title = _property(" · ".join(dict.fromkeys(plain(title[code]) for code in document.languages if code in title)))
    core.language = ", ".join(BCP47[code] for code in document.languages)
    core.version = _property(document.imprint.version)
    core.identifier = _property(document.imprint.plan)
    core.content_status = _property(document.imprint.status)
    core.author = core.last_modified_by = ""
    core.created = core.modified = _moment(document.imprint.dated)
    core.revision = 1


def _property(text: str) -> str:
    """`text` as a core property may be: without forbidden characters, and not too long."""
    return allowed(text)[:_LONGEST_PROPERTY]


def _moment(dated: str) -> datetime:
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        return _EPOCH
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
