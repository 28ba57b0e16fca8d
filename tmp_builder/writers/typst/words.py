"""Words as expressions of Typst: strings, terms, gaps, references as links; a text in every language of the document."""

from __future__ import annotations

from typing import assert_never

from tmp_builder.document.nodes import (
    DELETED,
    GONE,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    Blank,
    Change,
    FactBlank,
    Gap,
    Inline,
    Inlines,
    Reference,
    Term,
    Text,
    Texts,
    Value,
)
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.once import said_once
from tmp_builder.writers.typst.markup import UNBROKEN, block, call, literal

LOOKS = {INSERTED: "inserted", DELETED: "deleted", MOVED_FROM: "moved-from", MOVED_TO: "moved-to"}
"""The function that shows a change, by its kind."""


def words(inlines: Inlines, setting: Setting, *, bare: bool = False, unbroken: int = UNBROKEN) -> str:
    """A text in one language. With `bare` a change shows no brackets: the words behind it have them."""
    return block(_inline(inline, setting, bare, unbroken) for inline in _joined(inlines))


def within(language: str, expression: str, setting: Setting) -> str:
    """An expression in a language; the first one is that of the whole document."""
    return expression if language == setting.languages[0] else call(language, expression)


def each(texts: Texts, setting: Setting, unbroken: int = UNBROKEN) -> str:
    """A text in every language, a paragraph each; once, if all say the same."""
    return block(
        call("par", within(said.language, words(said.inlines, setting, unbroken=unbroken), setting))
        for said in said_once(texts, setting.languages)
    )


def flat(texts: Texts, setting: Setting, glue: str = '" "', unbroken: int = UNBROKEN) -> str:
    """As `each`, in one line, with `glue` between the languages."""
    found = [
        within(said.language, words(said.inlines, setting, unbroken=unbroken), setting)
        for said in said_once(texts, setting.languages)
    ]
    return block(part for index, part in enumerate(found) for part in ((glue, part) if index else (part,)))


def _joined(inlines: Inlines) -> list[Inline]:
    """Plain words and values that follow each other as one: a long token may cross from one to the other."""
    found: list[Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        if isinstance(inline, Text | Value) and isinstance(last, Text):
            found[-1] = Text(last.text + inline.text)
        else:
            found.append(Text(inline.text) if isinstance(inline, Value) else inline)
    return found


def _inline(inline: Inline, setting: Setting, bare: bool, unbroken: int) -> str:
    match inline:
        case Text(text=text) | Value(text=text):
            return literal(text, unbroken)
        case Term(text=text):
            return call("strong", literal(text, unbroken))
        case Gap(label=label) | Blank(name=label) | FactBlank(name=label):
            return call("gap", literal(f"[{label} ●]", unbroken))
        case Reference():
            return _reference(inline, setting)
        case Change(kind=kind, inlines=inner):
            return _change(kind, inner, setting, bare, unbroken)
        case _:
            assert_never(inline)


def _change(kind: str, inner: Inlines, setting: Setting, bare: bool, unbroken: int) -> str:
    """Words that came or went; what went links nowhere."""
    if not inner:
        return '""'
    if kind in GONE:
        inner = tuple(Text(plain((inline,))) if isinstance(inline, Reference) else inline for inline in inner)
    shown = words(inner, setting, unbroken=unbroken)
    return call(LOOKS[kind], *(("bare:true",) if bare else ()), shown)


def _reference(reference: Reference, setting: Setting) -> str:
    text = literal(f"{reference.before}{reference.number}{reference.after}")
    anchor = setting.anchors.get(reference.target)
    return call("ref-to", literal(anchor), text) if anchor else text
