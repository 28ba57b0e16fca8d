"""Parts as a zip whose bytes depend on nothing but the parts: a fixed order, no times, no traces of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file, by their names: content types first, then the relationships of the package."""
    out = BytesIO()
    with ZipFile(out, "w") as new:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, parts[name], compresslevel=6)
    return out.getvalue()


def repack(data: bytes) -> bytes:
    """The parts of a zip that another program made."""
    with ZipFile(BytesIO(data)) as old:
        return packed({name: old.read(name) for name in old.namelist()})
