"""A Word file without its words: the parts and relationships that python-docx makes from the reference, the same for all documents of a shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from tmp_builder import kept
from tmp_builder.datafiles import data_folder

MAIN, COMMENTS, CORE, CUSTOM = "word/document.xml", "word/comments.xml", "docProps/core.xml", "docProps/custom.xml"
RECIPE = "customXml/item1.xml"
CREATED = "1980-01-01T00:00:00Z"
"""The moment that stands in the skeleton's core properties; the document's own takes its place."""

Furniture = Mapping[tuple[str, str], tuple[str, str]]
"""Of each header and footer, by what and where: its relationship and the name of its part."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides on the skeleton: the places of headers, the width of the text, which further parts there are, the styles."""

    places: tuple[str, ...]
    width: int
    recipe: bool
    comments: bool
    protect: bool
    styles: bytes | None = None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Every part by its name in the file; those that the document fills are empty, the core properties hold `slot` texts."""

    parts: Mapping[str, bytes]
    furniture: Furniture


def slot(name: str) -> str:
    """What stands in the core properties where the document's own text goes."""
    return f"@@{name}@@"


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
    from tmp_builder.writers.docx.package import bare

    word_file, furniture = bare(shape)
    packed = BytesIO()
    word_file.save(packed)
    with ZipFile(packed) as archive:
        return Skeleton({name: archive.read(name) for name in archive.namelist()}, furniture)
