"""The package around the body: the parts of a document put into the skeleton of its shape, as a zip with nothing else in its bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.document.walk import plain
from tmp_builder.errors import UsageError
from tmp_builder.language import BCP47
from tmp_builder.writers.docx.archive import packed
from tmp_builder.writers.docx.body import document_xml, has_wide_pages
from tmp_builder.writers.docx.furniture import footer, header
from tmp_builder.writers.docx.markup import allowed, whole_part
from tmp_builder.writers.docx.setting import AUTHOR, LAYOUTS, PAPERS, Setting
from tmp_builder.writers.docx.skeleton import COMMENTS, CORE, CREATED, CUSTOM, MAIN, RECIPE, Furniture, Shape, skeleton, slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmp_builder.document.nodes import Document

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_LONGEST_PROPERTY = 255
_FURNITURE = {"header": header, "footer": footer}


class Making(Struct, frozen=True):
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
    shape = _shape(setting, making)
    furniture = skeleton(shape).furniture
    heads = _heads(setting, furniture)
    body = _body(setting, furniture)
    if setting.commented_on:
        shape = replace(shape, comments=True)
    same = skeleton(shape).parts
    parts = {**same, **heads, MAIN: body}
    if setting.commented_on:
        from tmp_builder.writers.docx.comments import Comment, comments_xml

        every = [Comment(number, *each) for number, each in enumerate(setting.commented_on)]
        parts[COMMENTS] = comments_xml(every, document.imprint.dated).encode()
    parts[CORE] = _properties(parts[CORE].decode(), document).encode()
    if making.recipe is not None:
        from tmp_builder.writers.docx.recipe import custom_part, recipe_part

        parts |= {RECIPE: recipe_part(making.recipe), CUSTOM: custom_part(document)}
    return packed(parts, {name for name, part in same.items() if parts[name] is part})


def _shape(setting: Setting, making: Making) -> Shape:
    places = ("default", "first", "wide") if has_wide_pages(setting.document) else ("default", "first")
    return Shape(places, setting.width, making.recipe is not None, False, making.protect, making.styles)


def _heads(setting: Setting, furniture: Furniture) -> dict[str, bytes]:
    """The headers and footers by the names of their parts."""
    made = {}
    for (kind, place), (_, name) in furniture.items():
        setting.landscape = place == "wide"
        made[name] = _FURNITURE[kind](setting, first=place == "first").encode()
    setting.landscape = False
    return made


def _body(setting: Setting, furniture: Furniture) -> bytes:
    """The main part. Of a redline every paragraph that came or went is looked at in its surroundings, which needs the tree."""
    text = document_xml(setting, {key: relationship for key, (relationship, _) in furniture.items()})
    if not setting.has_revisions:
        return whole_part(text)
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    from tmp_builder.writers.docx.revisions import closed

    serialised: bytes = serialize_part_xml(closed(parse_xml(text.encode()), setting))
    return serialised


def _known(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UsageError(f"unknown {what} {value!r} for a Word file", f"use one of: {', '.join(allowed)}")


def _properties(core: str, document: Document) -> str:
    """Title, language, version and identifier; nobody's name, and no time but the document's own date."""
    title = document.cover.title
    said = {
        "title": _property(" · ".join(dict.fromkeys(plain(title[code]) for code in document.languages if code in title))),
        "language": ", ".join(BCP47[code] for code in document.languages),
        "version": _property(document.imprint.version),
        "identifier": _property(document.imprint.plan),
        "status": _property(document.imprint.status),
    }
    core = core.replace(CREATED, _moment(document.imprint.dated).strftime("%Y-%m-%dT%H:%M:%SZ"))
    before, *pieces = core.split(slot(""))
    return before + "".join(_content(said[piece]) if index % 2 == 0 else piece for index, piece in enumerate(pieces))


def _content(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _property(text: str) -> str:
    """`text` as a core property may be: without forbidden characters, and not too long."""
    return allowed(text)[:_LONGEST_PROPERTY]


def _moment(dated: str) -> datetime:
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        return _EPOCH
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
