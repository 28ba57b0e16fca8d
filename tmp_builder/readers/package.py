"""A Word file as an untrusted package: bounded in size, its XML parsed without entities or network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tmp_builder.errors import InputError
from tmp_builder.findings import Fault, Place

MAX_FILE = 100_000_000
MAX_PART = 60_000_000
MAX_UNPACKED = 300_000_000
MAX_PARTS = 5_000
OLE = b"\xd0\xcf\x11\xe0"
"""How an encrypted Word file, or one of the old binary format, begins."""


class NotReadable(InputError):
    """A file that cannot be read as what it claims to be."""

    def __init__(self, file: str, reason: str, hint: str = "") -> None:
        super().__init__([Fault(Place(file), reason, hint)])


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, checked for its bounds before anything is unpacked. Raises NotReadable with one clear sentence."""
    shown = str(path)
    try:
        if path.stat().st_size > MAX_FILE:
            raise NotReadable(shown, f"is larger than {MAX_FILE // 1_000_000} MB")
        with path.open("rb") as file:
            start = file.read(4)
        if start == OLE:
            raise NotReadable(shown, "is encrypted, or of the old .doc format", "Save it as .docx without a password.")
        if start[:2] != b"PK":
            raise NotReadable(shown, "is no Word file (.docx)")
        with zipfile.ZipFile(path) as archive:
            yield Package(archive, shown)
    except zipfile.BadZipFile:
        raise NotReadable(shown, "is damaged: its package cannot be opened") from None
    except OSError as error:
        raise NotReadable(shown, f"cannot be read: {error.strerror}") from None


class Package:
    """The parts of an open Word file."""

    def __init__(self, archive: zipfile.ZipFile, shown: str) -> None:
        self._archive, self.shown = archive, shown
        infos = archive.infolist()
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise NotReadable(shown, "unpacks to more than any agreement holds")
        self.names = {info.filename for info in infos if not info.is_dir()}

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None when the file has no such part. Raises NotReadable where it is too large or damaged."""
        if name not in self.names:
            return None
        info = self._archive.getinfo(name)
        if info.file_size > MAX_PART or info.flag_bits & 0x1:
            raise NotReadable(self.shown, f"its part {name} is {'encrypted' if info.flag_bits & 0x1 else 'too large'}")
        try:
            with self._archive.open(info) as part:
                content = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as error:
            raise NotReadable(self.shown, f"its part {name} is damaged: {error}") from None
        if len(content) > MAX_PART:
            raise NotReadable(self.shown, f"its part {name} is too large")
        return content

    def xml(self, name: str) -> Any:
        """The root element of a part, or None. Entities stay unresolved, nothing is fetched, no huge trees."""
        content = self.read(name)
        if content is None:
            return None
        from lxml import etree

        if b"<!DOCTYPE" in content[:4000] or b"<!ENTITY" in content:
            raise NotReadable(self.shown, f"its part {name} declares entities, which no Word file does")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise NotReadable(self.shown, f"its part {name} is broken XML: {error.msg}") from None
