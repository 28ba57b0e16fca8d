"""The small change of WordprocessingML: escaped text, paragraphs, spacers."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 has no place for."""

SPACER = '<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>'
"""A paragraph without height: Word joins two tables that have nothing between them, and a cell must end in a paragraph."""


KEPT_SPACER = '<w:p><w:pPr><w:pStyle w:val="Spacer"/><w:keepNext/></w:pPr></w:p>'
"""The same, between what must stay together."""


def marked_spacer(mark: str) -> str:
    """A spacer with the properties of its paragraph mark, such as that it came or went; the plain one without."""
    return SPACER.replace("</w:pPr>", f"{mark}</w:pPr>") if mark else SPACER


def unspaced(content: str) -> str:
    """`content` without a spacer at its end, for what a heading follows: behind a full page it would make an empty one."""
    return content.removesuffix(SPACER)


def allowed(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids; none of them is printable, which most texts are through and through."""
    return text if text.isprintable() else FORBIDDEN.sub("", text)


def escape(text: str) -> str:
    """`text` as the content of an element, written as lxml writes it; characters that XML 1.0 forbids fall out."""
    return allowed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """`text` as the value of an attribute."""
    return escape(text).replace('"', "&quot;")


def paragraph(style: str, content: str, *, more: str = "") -> str:
    """A paragraph of `style`; `more` holds further properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def whole_part(xml: str) -> bytes:
    """A whole part with its declaration, as the serialiser of lxml writes it."""
    return f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n{xml}".encode()
