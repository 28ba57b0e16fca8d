"""Whether a file is one that this program built and nobody edited since: such a file may be overwritten without asking."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import ZipFile

SEAL = re.compile(rb"\n<!-- tmp-builder sha256:([0-9a-f]{64}) -->\n?\Z")
MAX_PART = 100_000_000
"""No part of a file of ours unpacks to more."""

_CALENDAR = re.compile(rb"\r\nX-TMP-SEAL:([0-9a-f]{64})(?=\r\n)")
"""A line of 75 octets, the most that iCalendar has without folding."""
_ABOUT, _AFTER = "docProps/core.xml", b"</dc:description>"
_BOOK = re.compile(rb" sha256:([0-9a-f]{64})(?=</dc:description>)")


def seal(text: str) -> bytes:
    """A text file with a last line, a comment, that tells whether it was edited since."""
    content = text.rstrip("\n").encode()
    return content + f"\n<!-- tmp-builder sha256:{hashlib.sha256(content).hexdigest()} -->\n".encode()


def seal_calendar(content: bytes) -> bytes:
    """A calendar with a property of its own that tells whether it was edited since; other programs pass over it."""
    first, rest = content.split(b"\r\n", 1)
    return first + f"\r\nX-TMP-SEAL:{hashlib.sha256(content).hexdigest()}\r\n".encode() + rest


def seal_book(content: bytes) -> bytes:
    """A workbook whose description ends in a hash over its parts: a program that saves it keeps the description, never the parts.

    Raises ValueError for one without a description, which would carry no seal.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as book, ZipFile(out, "w", ZIP_DEFLATED) as sealed:
        about = book.read(_ABOUT)
        if _AFTER not in about:
            raise ValueError("a workbook without a description cannot be sealed")
        mark = f" sha256:{_parts(book, about)}".encode() + _AFTER
        for part in book.infolist():
            sealed.writestr(part, about.replace(_AFTER, mark) if part.filename == _ABOUT else book.read(part))
    return out.getvalue()


def is_ours(path: Path, form: str = "") -> bool:
    """Whether the file at `path` is as this program built it. What cannot be read is not ours.

    `form` is its format, where its name may not end in it.
    """
    try:
        kind = f".{form}" if form else path.suffix.lower()
        if kind in _PACKAGES:
            return _is_package(path, _PACKAGES[kind])
        look = {".pdf": _pdf, ".html": _sealed, ".md": _sealed, ".json": _json, ".ics": _ics}.get(kind)
        return bool(look and look(path))
    except (OSError, ValueError, KeyError):
        return False


def _is_package(path: Path, look: Callable[[ZipFile], bool]) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as package:
            return look(package)
    except BadZipFile:
        return False


def _sealed(path: Path) -> bool:
    content = path.read_bytes()
    found = SEAL.search(content)
    return bool(found and hashlib.sha256(content[: found.start()]).hexdigest().encode() == found[1])


def _docx(package: ZipFile) -> bool:
    """A package of ours is stamped 1980 throughout and names the program as its application: a word processor names itself."""
    untouched = all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in package.infolist())
    about = package.getinfo("docProps/app.xml")
    return untouched and about.file_size < MAX_PART and b"tmp-builder" in package.read(about)


def _pdf(path: Path) -> bool:
    """Editors of PDF append to a file or rewrite it under their own name."""
    content = path.read_bytes()
    return content.startswith(b"%PDF-") and content.count(b"%%EOF") == 1 and b"tmp-builder" in content


def _json(path: Path) -> bool:
    import json

    from tmp_builder.document.canonical import fingerprint

    document = json.loads(path.read_text(encoding="utf-8"))["document"]
    parts = (document["cover"].get("title", {}), document.get("sections", []), document.get("schedules", []), document["signing"])
    return bool(document["imprint"]["fingerprint"] == fingerprint(parts))


def _ics(path: Path) -> bool:
    content = path.read_bytes()
    found = _CALENDAR.search(content)
    return bool(found and hashlib.sha256(content[: found.start()] + content[found.end() :]).hexdigest().encode() == found[1])


def _xlsx(book: ZipFile) -> bool:
    if book.getinfo(_ABOUT).file_size > MAX_PART:
        return False
    about = book.read(_ABOUT)
    found = _BOOK.search(about)
    return bool(found and _parts(book, _BOOK.sub(b"", about)).encode() == found[1])


_PACKAGES: Mapping[str, Callable[[ZipFile], bool]] = {".docx": _docx, ".xlsx": _xlsx}


def _parts(book: ZipFile, about: bytes) -> str:
    """A hash over the parts of a workbook, without unpacking more than `about`, its properties before they were sealed."""
    names = sorted((part.filename, part.CRC, part.file_size) for part in book.infolist() if part.filename != _ABOUT)
    return hashlib.sha256(repr(names).encode() + about).hexdigest()
