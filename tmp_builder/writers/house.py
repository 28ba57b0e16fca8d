"""The style of a house: CSS for PDF and web pages, the styles of a Word file for Word; checked before they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import InputError
from tmp_builder.findings import Fault, Place, both

if TYPE_CHECKING:
    from tmp_builder.readers.package import Package

MAX_CSS = 200_000
"""Bytes of a style sheet; more is no style but a payload."""

MAX_REFERENCE = 10_000_000
"""Bytes of a Word file that is only read for its styles."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "word/styles.xml"


class House(Struct, frozen=True):
    """What a house brings: a style sheet that follows ours, and the styles that take the place of ours in Word files."""

    css: str = ""
    styles: bytes | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of both, empty where there is neither."""
        from hashlib import sha256

        return sha256(self.css.encode() + b"\0" + (self.styles or b"")).hexdigest() if self.css or self.styles else ""


def read_house(paths: Iterable[Path]) -> House:
    """The style of a house from a .css and a .docx file. Raises InputError with everything that is wrong with a file."""
    css, styles = "", None
    for path in paths:
        if path.suffix.lower() == ".css":
            css += ("\n" if css else "") + _css(path)
        elif path.suffix.lower() == ".docx":
            styles = _word_styles(path)
        else:
            raise _faulty(path, ["is no style: a .css file serves PDF and HTML, a .docx file serves Word"])
    return House(css, styles)


def _faulty(path: Path, messages: Iterable[str], hint: str = "") -> InputError:
    return InputError([Fault(Place(str(path)), message, hint) for message in messages])


# ── CSS ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _css(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _faulty(path, [f"cannot be read: {error.strerror}"]) from error
    if len(content) > MAX_CSS:
        raise _faulty(path, [f"is larger than {MAX_CSS // 1000} kB"])
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _faulty(path, ["is no UTF-8 text"], "Save it as UTF-8.") from None
    faults = [Fault(Place(str(path), line, column), message, _FETCH_HINT) for line, column, message in _fetching(text)]
    if faults:
        raise InputError(faults)
    return text


_FETCH_HINT = "A document is made without a network and from named files only. Put an image into the sheet itself: url(data:…)."
_FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "attr")


def _fetching(css: str) -> Iterator[tuple[int, int, str]]:
    """Whatever in a style sheet would fetch something: line, column, what. Escapes are read as the engine reads them."""
    import tinycss2  # type: ignore[import-untyped]

    yield from _walk(tinycss2.parse_component_value_list(css), inside=False)


def _walk(tokens: Iterable[Any], *, inside: bool) -> Iterator[tuple[int, int, str]]:
    for token in tokens:
        where = (token.source_line, token.source_column)
        if token.type == "at-keyword" and token.lower_value == "import":
            yield (*where, "@import fetches another sheet")
        elif token.type == "url" and not _is_inline(token.value):
            yield (*where, f"url({token.value}) fetches a file")
        elif token.type == "string" and inside and not _is_inline(token.value):
            yield (*where, f"“{token.value}” fetches a file")
        elif token.type == "function":
            yield from _walk(token.arguments, inside=inside or token.lower_name in _FETCHING)
        elif hasattr(token, "content"):
            yield from _walk(token.content, inside=inside)


def _is_inline(target: str) -> bool:
    return target.strip().lower().startswith(("data:", "#"))


# ── Word ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _word_styles(path: Path) -> bytes:
    """The part with the styles: every style that our files use must be there, tied to the same lists."""
    from lxml import etree

    from tmp_builder.readers.package import NotReadable, open_package

    if path.is_file() and path.stat().st_size > MAX_REFERENCE:
        raise NotReadable(
            str(path),
            both("is larger than {limit} MB", "大于{limit} MB", limit=MAX_REFERENCE // 1000000),
            both("Take a file that holds styles only.", "请使用仅含样式的文件。"),
        )
    with open_package(path) as package:
        if _has_macros(package):
            raise NotReadable(
                str(path),
                both("carries macros", "含有宏"),
                both("Save it as .docx without macros.", "请另存为不含宏的.docx文件。"),
            )
        root = package.xml(_STYLES)
    if root is None or root.tag != f"{_W}styles":
        raise NotReadable(str(path), both("has no styles", "没有样式"))
    faults = list(_style_faults(root))
    if faults:
        hint = (
            f"Start from {data_folder('templates').name}/reference.docx: change how its styles look, keep their names and lists."
        )
        raise _faulty(path, faults, hint)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _has_macros(package: Package) -> bool:
    types = package.read("[Content_Types].xml") or b""
    parts = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names)
    return parts or b"macroEnabled" in types or b"vbaProject" in types


def _style_faults(root: Any) -> Iterator[str]:
    from tmp_builder.readers.package import open_package

    with open_package(data_folder("templates") / "reference.docx") as package:
        ours = _styles(package.xml(_STYLES))
    theirs = _styles(root)
    missing = [name for name in ours if name not in theirs]
    if missing:
        yield f"lacks the styles {', '.join(missing)}"
    for name, (kind, numbered) in ours.items():
        if name in theirs and theirs[name][0] != kind:
            yield f"the style {name} is no {kind} style"
        elif name in theirs and theirs[name][1] != numbered:
            yield f"the style {name} is tied to another list than ours, so that its numbers would be wrong"


def _styles(root: Any) -> dict[str, tuple[str, tuple[str, str]]]:
    """Every style by its id: its kind, and the level and list that number it."""
    found = {}
    for style in root.iter(f"{_W}style"):
        place = style.find(f"{_W}pPr/{_W}numPr")
        numbered = ("0", "") if place is None else (_val(place, "ilvl") or "0", _val(place, "numId"))
        found[style.get(f"{_W}styleId", "")] = (style.get(f"{_W}type", ""), numbered)
    return found


def _val(parent: Any, name: str) -> str:
    node = parent.find(f"{_W}{name}")
    return "" if node is None else str(node.get(f"{_W}val", ""))
