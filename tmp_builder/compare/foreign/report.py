"""The comparison of two texts as lines for people and as data for programs; what was not compared is always said."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from tmp_builder.compare.changes import Weight
from tmp_builder.compare.foreign.texts import Spot, TextChange, TextChanges
from tmp_builder.compare.report import WORDS, Line, counted, excerpt
from tmp_builder.language import word
from tmp_builder.library.schema import Labels
from tmp_builder.readers.unread import UNREAD

KINDS: dict[str, Labels] = {
    "added": {"en": "added", "zh": "新增"},
    "removed": {"en": "removed", "zh": "删除"},
    "reworded": {"en": "reworded", "zh": "改写"},
    "moved": {"en": "moved", "zh": "移动"},
    "split": {"en": "split into several paragraphs", "zh": "拆分为多段"},
    "joined": {"en": "joined with the next paragraph", "zh": "与下一段合并"},
    "column": {"en": "now in another column", "zh": "移至另一栏"},
}
SAID: dict[str, Labels] = {
    "none": {"en": "No differences in what was compared.", "zh": "已比较的内容没有差异。"},
    "unread": {"en": "Not compared: {what}.", "zh": "未比较：{what}。"},
    "never": {"en": "formatting", "zh": "格式"},
    "from": {"en": "before: {place}", "zh": "原位置：{place}"},
    "note": {"en": "footnote", "zh": "脚注"},
    "start": {"en": "before the first heading", "zh": "首个标题之前"},
}
LONGEST = 600
"""A text that came or went as a whole is shown up to this many characters."""


def said_lines(found: TextChanges, language: str) -> Iterator[Line]:
    """The report below its heading: the weightiest changes first, then what was not compared."""
    if not found.changes:
        yield Line(SAID["none"][language])
    for weight in Weight:
        changes = [change for change in found.changes if change.weight is weight]
        if changes:
            yield Line(counted(WORDS[weight], len(changes), language), look="title")
        for change in changes:
            yield from _change(change, language)
        if changes:
            yield Line("")
    yield Line(SAID["unread"][language].format(what=not_compared(found.unread, language)))


def not_compared(unread: Sequence[str], language: str) -> str:
    """What was not compared, as a list; formatting never is."""
    names = [name if language == "en" else UNREAD.get(name, name) for name in unread]
    return word("comma", language).join([SAID["never"][language], *names])


def _change(change: TextChange, language: str) -> Iterator[Line]:
    yield Line(f"{place(change.spot, language)}: {KINDS[change.kind][language]}", 1, "head")
    if change.kind == "moved":
        yield Line(SAID["from"][language].format(place=place(change.before, language)), 2)
    if change.kind == "added":
        yield Line(f"+ {visible(_short(change.new))}", 2, "new")
    elif change.kind == "removed":
        yield Line(f"- {visible(_short(change.old))}", 2, "old")
    else:
        yield Line(visible(excerpt(change.pieces)), 2)


def place(spot: Spot, language: str) -> str:
    """A place in words: "12.6 (12. Protection and filing)"."""
    heading = spot.heading or SAID["start"][language]
    own = spot.number if spot.number and not heading.startswith(spot.number + " ") else ""
    note = f", {SAID['note'][language]}" if spot.note else ""
    return f"{own} ({heading}{note})" if own else f"{heading}{note}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def visible(text: str) -> str:
    """The text with characters that nobody sees, or that turn the line about, spelt out: <U+202E>."""
    return "".join(f"<U+{ord(each):04X}>" if unicodedata.category(each) in ("Cc", "Cf", "Co", "Cs") else each for each in text)


def texts_data(found: TextChanges) -> dict[str, Any]:
    """The comparison as plain data; keys are never translated."""
    return {
        "class": str(found.weight) if found.weight else "",
        "counts": {str(weight): sum(change.weight is weight for change in found.changes) for weight in Weight},
        "changes": [_data(change) for change in found.changes],
        "not_compared": ["formatting", *found.unread],
        "paragraphs": {"old": found.paragraphs[0], "new": found.paragraphs[1]},
    }


def _data(change: TextChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "class": str(change.weight),
        "number": change.spot.number,
        "heading": change.spot.heading,
        "footnote": change.spot.note,
        "old_number": change.before.number,
        "old_heading": change.before.heading,
        "old": change.old,
        "new": change.new,
        "words": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
    }
