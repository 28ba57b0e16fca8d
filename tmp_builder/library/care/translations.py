"""Whether every Chinese text was read against the English text that stands beside it now, and the stamp that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tmp_builder.document.canonical import as_data, fingerprint
from tmp_builder.document.nodes import Clause
from tmp_builder.document.walk import blocks, texts_of
from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Option

_STAMP = re.compile(r"^translated-from:.*$", re.M)


def english_fingerprint(option: Option) -> str:
    """`v1:` and the SHA-256 over the English clauses of a card: their names, words and marks, not their line breaks."""
    return fingerprint([_english(clause) for clause in option.clauses])


def _english(clause: Clause) -> list[Any]:
    texts = [as_data(each.get("en", ())) for block in (clause, *blocks(clause)) for each in texts_of(block)]
    return [clause.id, texts]


def stamped(card: str, option: Option) -> str:
    """The text of a card with the stamp that its Chinese was read against its present English."""
    line = f"translated-from: {english_fingerprint(option)}"
    head, mark, rest = card.partition("\n---")
    if _STAMP.search(head):
        return _STAMP.sub(line, head, count=1) + mark + rest
    ending = "\r\n" if "\r\n" in head else "\n"
    return head.rstrip("\r\n") + ending + line + ("\r" if ending == "\r\n" else "") + mark + rest


@check("LIB-25", Severity.WARNING)
def translations_are_fresh(shelf: Shelf) -> Iterator[Hit]:
    """The Chinese text of a card was read after the English was last changed: `translated-from` is its fingerprint."""
    for option in shelf.readable:
        if option.translated_from == english_fingerprint(option):
            continue
        stale = bool(option.translated_from)
        yield Hit(
            f"{option.id}: the English text has changed since the translation"
            if stale
            else f"{option.id}: the translation is not stamped",
            f"{option.id}：英文文本在翻译之后已有改动" if stale else f"{option.id}：译文尚未标记",
            Place(option.place.file, option.lines.get("translated-from", 1)),
            f"Read both texts side by side, then: tmp library translated {option.id}",
            f"对照审读两种文本后执行：tmp library translated {option.id}",
            option.id,
        )
