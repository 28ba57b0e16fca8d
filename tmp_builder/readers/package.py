"""A Word file as an untrusted package: bounded in size, its XML parsed without entities or network."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from tmp_builder.errors import InputError
from tmp_builder.findings import Fault, Place, Words, both

MAX_FILE = 100_000_000
MAX_PART = 60_000_000
MAX_UNPACKED = 300_000_000
MAX_PARTS = 5_000
MAX_ELEMENTS = 3_000_000
"""More marks than this have no agreement in them: a tree of them would take gigabytes of memory."""
OLE = b"\xd0\xcf\x11\xe0"
"""How an encrypted Word file, or one of the old binary format, begins."""

MAIN = "word/document.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, OSError, NotImplementedError, EOFError, ValueError, RuntimeError)


class NotReadable(InputError):
    """A file that cannot be read as what it claims to be."""

    def __init__(self, file: str, reason: str, hint: str = "") -> None:
        super().__init__([Fault(Place(file), reason, hint)])


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, checked for its bounds before anything is unpacked. Raises NotReadable with one clear sentence."""
    with _archive(path) as archive:
        yield Package(archive, str(path))


def _archive(path: Path) -> zipfile.ZipFile:
    shown = str(path)
    try:
        if path.stat().st_size > MAX_FILE:
            raise NotReadable(shown, both("is larger than {size} MB", "大于{size} MB", size=MAX_FILE // 1_000_000))
        with path.open("rb") as file:
            start = file.read(4)
        if start == OLE:
            raise NotReadable(
                shown,
                both("is encrypted, or of the old .doc format", "已加密，或者为旧的.doc格式"),
                both("Save it as .docx without a password.", "请另存为不设密码的.docx文件。"),
            )
        if start[:2] != b"PK":
            raise NotReadable(shown, both("is no Word file (.docx)", "不是Word文件（.docx）"))
        return zipfile.ZipFile(path)
    except OSError as error:
        raise NotReadable(shown, both("cannot be read: {why}", "无法读取：{why}", why=error.strerror)) from None
    except _DAMAGED:
        raise NotReadable(shown, both("is damaged: its package cannot be opened", "已损坏：无法打开其压缩包")) from None


_ENCRYPTED = ("is encrypted", "已加密")
_LARGE = ("is too large", "过大")
_ENTITIES = ("declares entities, which no Word file does", "声明了实体，正常的Word文件不会如此")


def _fault(part: str, en: str, zh: str) -> Words:
    """What is wrong with a part."""
    return both("its part {part} {wrong}", "部件{part}{wrong}", part=part, wrong=both(en, zh))


class Package:
    """The parts of an open Word file."""

    def __init__(self, archive: zipfile.ZipFile, shown: str) -> None:
        self._archive, self.shown = archive, shown
        infos = archive.infolist()
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise NotReadable(shown, both("unpacks to more than any agreement holds", "解压后的内容超出任何协议应有的规模"))
        self._often = Counter(info.filename for info in infos if not info.is_dir())
        self.names = set(self._often)
        outside = next((name for name in sorted(self.names) if _leads_out(name)), None)
        if outside is not None:
            raise NotReadable(
                shown,
                both(
                    "holds a part whose name leads out of the file: “{name}”",
                    "含有指向文件之外的部件：“{name}”",
                    name=outside[:80],
                ),
                both("Do not open it in Word.", "请勿用Word打开。"),
            )

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None when the file has no such part. Raises NotReadable where it is too large, damaged or there twice."""
        if name not in self.names:
            return None
        if self._often[name] > 1:
            raise NotReadable(
                self.shown,
                both(
                    "holds its part {name} twice, so that two programs may read two texts",
                    "部件{name}出现两次，不同程序可能读到不同文本",
                    name=name,
                ),
            )
        info = self._archive.getinfo(name)
        if info.file_size > MAX_PART or info.flag_bits & 0x1:
            raise NotReadable(self.shown, _fault(name, *(_ENCRYPTED if info.flag_bits & 0x1 else _LARGE)))
        try:
            with self._archive.open(info) as part:
                content = part.read(MAX_PART + 1)
        except _DAMAGED as error:
            raise NotReadable(self.shown, _fault(name, f"is damaged: {error}", f"已损坏：{error}")) from None
        if len(content) > MAX_PART:
            raise NotReadable(self.shown, _fault(name, *_LARGE))
        return content

    def xml(self, name: str) -> Any:
        """The root element of a part, or None. Entities stay unresolved, nothing is fetched, no huge trees."""
        content = self.read(name)
        if content is None:
            return None
        from lxml import etree

        if b"<!DOCTYPE" in content[:4000] or b"<!ENTITY" in content:
            raise NotReadable(self.shown, _fault(name, *_ENTITIES))
        if content.count(b"<") > MAX_ELEMENTS:
            raise NotReadable(self.shown, _fault(name, "has more elements than any agreement", "元素数量超出任何协议应有的规模"))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise NotReadable(
                self.shown,
                _fault(name, f"is broken XML: {getattr(error, 'msg', error)}", f"中的XML有误：{getattr(error, 'msg', error)}"),
            ) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise NotReadable(self.shown, _fault(name, *_ENTITIES))
        return root

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that `part` names as related, of a kind such as `footnotes`, in order; `part` is empty for the package itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for node in root.iter(_RELATIONSHIP) if root is not None else ():
            if node.get("Type", "").rpartition("/")[2] == kind and node.get("TargetMode") != "External":
                target = node.get("Target", "")
                found.append(posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)))
        return found

    @property
    def main(self) -> str:
        """The name of the main part: as the package says, else the usual one."""
        if MAIN in self.names:
            return MAIN
        return next((name for name in self.related("", "officeDocument") if name in self.names), MAIN)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3]
