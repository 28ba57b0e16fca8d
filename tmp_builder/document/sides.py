"""A redline as either of its versions: every change accepted, or every change rejected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.document.nodes import COME, GONE, Change, Cover, Document, Inline, Inlines, Text, Texts, Value


def accepted(document: Document) -> Document:
    """The new version: what was deleted or moved away is gone, what was inserted stands."""
    side: Document = _side(document, GONE, old=False)
    return side


def rejected(document: Document) -> Document:
    """The old version, with its own numbers."""
    side: Document = _side(document, COME, old=True)
    return side


def new_words(inlines: Inlines) -> Inlines:
    """A text as the new version has it."""
    return tuple(_inlines(inlines, GONE))


def old_words(inlines: Inlines) -> Inlines:
    """A text as the old version has it."""
    return tuple(_inlines(inlines, COME))


def is_marked(document: Document) -> bool:
    """Whether anything differs: words, places or numbers."""
    return any(_marks(document))


def words_of(node: Any) -> Any:
    """What `node` prints, as nested lists: equal for two nodes that print the same.

    Where a word came from does not count, nor how words are spread over nodes, nor what surrounds the text.
    """
    if isinstance(node, Document):
        return [words_of(part) for part in (node.cover, node.sections, node.schedules, node.signing)]
    if isinstance(node, dict):
        return {language: _normal(inlines) for language, inlines in node.items() if inlines}
    if isinstance(node, (tuple, list)):
        return [words_of(item) for item in node]
    if isinstance(node, Struct):
        kept = (name for name in node.__struct_fields__ if name not in ("origin", "was", "mark"))
        return [type(node).__name__, *(words_of(getattr(node, name)) for name in kept)]
    return node


def _normal(inlines: Inlines) -> list[Any]:
    """The words of neighbours joined, whether the text of the card or a value of the plan."""
    found: list[Any] = []
    for inline in inlines:
        if not isinstance(inline, (Text, Value)):
            found.append(inline)
        elif found and isinstance(found[-1], str):
            found[-1] += inline.text
        elif inline.text:
            found.append(inline.text)
    return found


def _side(node: Any, gone: tuple[str, ...], *, old: bool) -> Any:
    """`node` without what has one of the marks `gone`, and without the other marks."""
    if isinstance(node, dict):
        return _texts(node, gone)
    if isinstance(node, tuple):
        return tuple(_side(item, gone, old=old) for item in node if getattr(item, "mark", "") not in gone)
    if not isinstance(node, Struct):
        return node
    if isinstance(node, Cover):
        node = replace(node, lines=tuple(line for line in node.lines if not _is_gone(line, gone)))
    changes = {name: _side(getattr(node, name), gone, old=old) for name in node.__struct_fields__ if name != "imprint"}
    if "mark" in changes:
        changes["mark"] = ""
    if "was" in changes:
        changes |= {"was": "", "number": (changes["was"] or changes["number"]) if old else changes["number"]}
    return replace(node, **changes)


def _is_gone(line: Texts, gone: tuple[str, ...]) -> bool:
    """A line of the cover has no mark of its own: it is gone if all its words are."""
    found = [inline for inlines in line.values() for inline in inlines]
    return bool(found) and all(isinstance(inline, Change) and inline.kind in gone for inline in found)


def _texts(texts: Texts, gone: tuple[str, ...]) -> Texts:
    return {language: tuple(_inlines(inlines, gone)) for language, inlines in texts.items()}


def _inlines(inlines: Inlines, gone: tuple[str, ...]) -> Iterator[Inline]:
    for inline in inlines:
        if not isinstance(inline, Change):
            yield inline
        elif inline.kind not in gone:
            yield from _inlines(inline.inlines, gone)


def has_changes(texts: Texts) -> bool:
    """Whether a text has words that came, went or moved."""
    return any([isinstance(inline, Change) for inlines in texts.values() for inline in inlines])


def _marks(node: Any) -> Iterator[bool]:
    if isinstance(node, dict):
        yield has_changes(node)
    elif isinstance(node, tuple):
        for item in node:
            yield from _marks(item)
    elif isinstance(node, Struct):
        yield bool(getattr(node, "mark", "") or getattr(node, "was", ""))
        for name in node.__struct_fields__:
            yield from _marks(getattr(node, name))
