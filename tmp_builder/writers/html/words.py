"""Words as HTML: escaped text, terms, gaps, references as links; a text in every language of the document."""

from __future__ import annotations

import html
import re
from typing import assert_never

from tmp_builder.document.nodes import (
    GONE,
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
from tmp_builder.document.sides import old_words
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.once import said_once
from tmp_builder.writers.words import printable

_BREAK = re.compile("\r\n?|\n|\x85|\u2028|\u2029")
_FILE_NUMBER = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\b")
_HYPHEN = re.compile(r"(?<=....)-(?=\d\d)")
_NO_BREAK = "\u00a0"
"""Between the word and the number of a reference: the engine breaks lines badly around what CSS forbids to break."""


def escape(text: str) -> str:
    """`text` for content and attributes: markup becomes words, a line break a space, what no page may hold falls out."""
    return html.escape(printable(text.replace("\t", " ")))


def content(text: str) -> str:
    """`text` as content of an element; a line break stays one.

    An address of mail may be broken behind its @, a long number of a file behind a hyphen: better there than anywhere.
    """
    words = escape(text).replace("@", "@<wbr>")
    if "-" in words:
        words = _FILE_NUMBER.sub(lambda found: _HYPHEN.sub("-<wbr>", found[0]), words)
    return _BREAK.sub("<br>", words) if _BREAK.search(words) else words


def words(inlines: Inlines, setting: Setting) -> str:
    """A text in one language."""
    return "".join([_inline(inline, setting) for inline in inlines])


def spoken(texts: Texts, setting: Setting) -> tuple[str, ...]:
    """The languages of the document in which there is a text; the first of those in which it is the same."""
    return tuple(said.language for said in said_once(texts, setting.languages))


def each(texts: Texts, setting: Setting, tag: str = "p", look: str = "") -> str:
    """A text in every language, an element each; once, if all say the same."""
    named = f' class="{look}"' if look else ""
    return "".join(
        f"<{tag}{named}{setting.lang(said.language)}>{words(said.inlines, setting)}</{tag}>"
        for said in said_once(texts, setting.languages)
    )


def flat(texts: Texts, setting: Setting, tag: str = "span") -> str:
    """As `each`; a text in one language only stands without an element of its own."""
    found = said_once(texts, setting.languages)
    if len(found) == 1 and found[0].language == setting.languages[0]:
        return words(found[0].inlines, setting)
    return " ".join(f"<{tag}{setting.lang(said.language)}>{words(said.inlines, setting)}</{tag}>" for said in found)


def standing(inlines: Inlines) -> str:
    """A text without markup, as the new version has it; as the old one where the new one has nothing."""
    return plain(inlines) or plain(old_words(inlines))


def _inline(inline: Inline, setting: Setting) -> str:
    match inline:
        case Text(text=text) | Value(text=text):
            return content(text)
        case Term(text=text):
            return f"<dfn>{content(text)}</dfn>"
        case Gap(label=label) | Blank(name=label) | FactBlank(name=label):
            return f"<mark>[{content(label)} ●]</mark>"
        case Reference():
            return _reference(inline, setting)
        case Change(kind=kind, inlines=inner):
            return _change(kind, inner, setting)
        case _:
            assert_never(inline)


def _change(kind: str, inner: Inlines, setting: Setting) -> str:
    """Words that came or went, with the brackets that say so where neither line nor colour is seen; what went links nowhere."""
    tag = "del" if kind in GONE else "ins"
    if kind in GONE:
        inner = tuple(Text(plain((inline,))) if isinstance(inline, Reference) else inline for inline in inner)
    moved = ' class="moved"' if kind in (MOVED_FROM, MOVED_TO) else ""
    return f"<{tag}{moved}>{words(inner, setting)}</{tag}>" if inner else ""


def _reference(reference: Reference, setting: Setting) -> str:
    text = escape(f"{reference.before}{reference.number}{reference.after}").replace(" ", _NO_BREAK)
    anchor = setting.anchors.get(reference.target)
    return f'<a href="#{anchor}">{text}</a>' if anchor else text
