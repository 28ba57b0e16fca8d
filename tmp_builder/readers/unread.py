"""What a Word file holds beside its text that is not read, so that nobody takes silence about it for agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tmp_builder.readers.package import Package
from tmp_builder.readers.words import M, local, w

UNREAD: dict[str, str] = {
    "text boxes": "文本框",
    "images": "图片",
    "charts": "图表",
    "diagrams": "示意图",
    "embedded objects": "嵌入对象",
    "equations (letters only)": "公式（仅比较其中的文字）",
    "inserted files": "插入的文件",
    "headers and footers": "页眉和页脚",
    "the table of contents": "目录",
    "form fields and controls": "表单域和控件",
    "tracked changes of formatting": "格式修订",
}
"""The names of what is not read, in English and Chinese."""

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_SIGNS: dict[str, tuple[str, ...]] = {
    "text boxes": (w("txbxContent"),),
    "images": (w("drawing"), w("pict")),
    "charts": (_CHART,),
    "diagrams": (_DIAGRAM,),
    "embedded objects": (w("object"),),
    "equations (letters only)": (f"{{{M}}}oMath",),
    "inserted files": (w("altChunk"), w("subDoc")),
    "form fields and controls": (w("ffData"), w("control")),
    "tracked changes of formatting": (w("rPrChange"), w("pPrChange")),
}
"""By which elements each is recognised."""
_HEADERS = ("headerReference", "footerReference")


def unread(root: Any, package: Package) -> Iterator[str]:
    """The names of what the main part `root` holds and the readers leave out, whatever its tracked changes."""
    yield from (name for name, tags in _SIGNS.items() if any(_has(root, tag) for tag in tags))
    if _has_headers(root, package):
        yield "headers and footers"


def _has(root: Any, tag: str) -> bool:
    return next(root.iter(tag), None) is not None


def _has_headers(root: Any, package: Package) -> bool:
    """Whether a header or footer says anything."""
    if not any(_has(root, w(name)) for name in _HEADERS):
        return False
    for name in (*package.related(package.main, "header"), *package.related(package.main, "footer")):
        part = package.xml(name)
        if part is not None and any(local(node) in ("t", "fldSimple", "instrText", "drawing", "pict") for node in part.iter()):
            return True
    return False
