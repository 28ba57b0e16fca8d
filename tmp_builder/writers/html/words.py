"""Words as HTML: escaped text, terms, gaps, references as links; a text in every language of the document."""

from __future__ import annotations

import html
import re
from typing import assert_never

from tmp_builder.document.nodes import Blank, FactBlank, Gap, Inline, Inlines, Reference, Term, Text, Texts, Value
from tmp_builder.document.walk import plain
from tmp_builder.writers.html.setting import Setting
from tmp_builder.writers.words import printable

_BREAK = re.compile("\r\n?|\n|\x85|\u2028|\u2029")


def escape(text: str) -> str:
    """`text` for content and attributes: markup becomes words, a line break a space, what no page may hold falls out."""
    return html.escape(printable(text.replace("\t", " ")))


def content(text: str) -> str:
    """`text` as content of an element; a line break stays one."""
    words = escape(text)
    return _BREAK.sub("<br>", words) if _BREAK.search(words) else words


def words(inlines: Inlines, setting: Setting) -> str:
    """A text in one language."""
    return "".join([_inline(inline, setting) for inline in inlines])


def spoken(texts: Texts, setting: Setting) -> tuple[str, ...]:
    """The languages of the document in which there is a text; the first of those in which it is the same."""
    said: dict[str, str] = {}
    for language in setting.languages:
        text = plain(texts.get(language, ()))
        if text:
            said.setdefault(text, language)
    return tuple(said.values())


def each(texts: Texts, setting: Setting, tag: str = "p", look: str = "") -> str:
    """A text in every language, an element each; once, if all say the same."""
    named = f' class="{look}"' if look else ""
    return "".join(
        f"<{tag}{named}{setting.lang(language)}>{words(texts[language], setting)}</{tag}>" for language in spoken(texts, setting)
    )


def flat(texts: Texts, setting: Setting, tag: str = "span") -> str:
    """As `each`; a text in one language only stands without an element of its own."""
    languages = spoken(texts, setting)
    if len(languages) == 1 and languages[0] == setting.languages[0]:
        return words(texts[languages[0]], setting)
    return " ".join(f"<{tag}{setting.lang(language)}>{words(texts[language], setting)}</{tag}>" for language in languages)


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
        case _:
            assert_never(inline)


def _reference(reference: Reference, setting: Setting) -> str:
    text = escape(f"{reference.before}{reference.number}{reference.after}")
    anchor = setting.anchors.get(reference.target)
    return f'<a href="#{anchor}">{text}</a>' if anchor else text
