"""The names by which a clause is found again in a Word file: bookmarks, tags of content controls, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct

from tmp_builder.document.nodes import GONE, Clause, Document, Schedule, Section
from tmp_builder.document.walk import blocks

LONGEST_TAG = 64
"""Word refuses a file in which the tag or the alias of a content control is longer."""


class Anchor(Struct, frozen=True):
    """A numbered node that references can point at: in which part and on which level it is numbered, its number, its mark."""

    part: str
    level: int
    number: str
    mark: str = ""


def bookmark_name(node_id: str, language: str) -> str:
    """The bookmark of a node in one language: hidden (it begins with `_`), 32 characters, the same in every build."""
    return f"_tmp_{language}_{_short(node_id, 24)}"


def move_name(node_id: str, language: str) -> str:
    """The name of the move of a line in one language, the same where it went from and where it went to."""
    return f"move_{language}_{_short(node_id, 24)}"


def control_tag(clause_id: str, language: str, languages: tuple[str, ...]) -> str:
    """The tag of the content control around a clause: `clause:<id>`, in a bilingual file the Chinese one with `:zh`.

    A tag that would be too long for Word keeps its beginning and ends in `~` and ten digits of a hash of the id.
    """
    suffix = ":zh" if language == "zh" and len(languages) > 1 else ""
    tag = f"clause:{clause_id}{suffix}"
    if _length(tag) <= LONGEST_TAG:
        return tag
    ending = f"~{_short(clause_id, 10)}{suffix}"
    head = f"clause:{clause_id}"
    while _length(head) + len(ending) > LONGEST_TAG:
        head = head[:-1]
    return head + ending


def anchors(document: Document) -> dict[str, Anchor]:
    """Every node with a number, by id; of two nodes with the same id the first counts. What is gone in a redline is no target."""
    found: dict[str, Anchor] = {}
    for node_id, anchor in _numbered(document):
        if node_id:
            found.setdefault(node_id, anchor)
    return found


def _numbered(document: Document) -> Iterator[tuple[str, Anchor]]:
    parts: tuple[tuple[str, Section | Schedule], ...] = (
        *(("body", section) for section in document.sections),
        *(("schedules", schedule) for schedule in document.schedules),
    )
    for part, parent in parts:
        if parent.mark in GONE:
            continue
        yield parent.id, Anchor(part, 1, parent.number, parent.mark)
        for block in blocks(parent):
            if isinstance(block, Clause) and block.mark not in GONE:
                yield block.id, Anchor(part, block.level, block.number, block.mark)


@lru_cache(maxsize=4096)
def _short(text: str, digits: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def _length(text: str) -> int:
    """The length as Word counts: in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
