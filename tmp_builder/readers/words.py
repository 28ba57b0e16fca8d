"""The names of WordprocessingML that every reader of Word files uses, and the values of its elements."""

from __future__ import annotations

from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace of the rare “Strict Open XML” form."""
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def w(name: str) -> str:
    """A name of the main namespace, the way lxml writes it."""
    return f"{{{W}}}{name}"


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Any, *names: str) -> Any:
    """The element below `node` along `names`, or None."""
    for name in names:
        node = node.find(w(name)) if node is not None else None
    return node


def value(node: Any, *names: str) -> str:
    """The `w:val` of the element below `node` along `names`; empty where there is none."""
    found = child(node, *names)
    return str(found.get(w("val")) or "") if found is not None else ""


def is_on(node: Any, name: str) -> bool:
    """Whether the switch `name` is there and not turned off."""
    found = child(node, name)
    return found is not None and found.get(w("val"), "true") not in ("0", "false", "off")


def number(text: str, otherwise: int) -> int:
    """A whole number as an attribute writes it; `otherwise` where it is none, or too long to be meant."""
    plain = text.removeprefix("-")
    return int(text) if plain.isascii() and plain.isdigit() and len(plain) < 10 else otherwise
