"""Parts as a zip whose bytes depend on nothing but the parts: a fixed order, no times, no traces of the machine."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from io import BytesIO
from struct import Struct

LEVEL = 2
"""How hard deflate tries: a third of the time of its usual level, for files an eighth larger. Level 1 is no faster."""

THOROUGH = 6
"""The same for what is made once and delivered with the program or filled in by others."""

_SMALL = 4096
_OF_SMALL = 12, 5
"""The window and the memory level for a part of so many bytes: to make the usual ones takes six times as long as to fill these."""

_VERSION, _DEFLATED, _NEW_YEAR_1980 = 20, 8, 1 << 5 | 1
_FOR_THE_OWNER = 0o600 << 16
_ENTRY = Struct("<4sHHHHHIIIHH")
_LISTED = Struct("<4sHHHHHHIIIHHHHHII")
_END = Struct("<4sHHHHIIH")


def packed(parts: Mapping[str, bytes], lasting: Collection[str] = (), level: int = LEVEL) -> bytes:
    """The parts as a file, by their names (ASCII): content types first, then the relationships of the package.

    Of the `lasting` ones, which many files share, the compressed form is remembered. The zip is written here, since `zipfile` takes
    as long for its entries as deflate for the text; no part of ours comes near the four gigabytes where its plain form ends.
    """
    pieces, listed, at = [], [], 0
    for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
        check, small = (_remembered if name in lasting else _deflated)(parts[name], level)
        said = name.encode("ascii")
        common = (_VERSION, 0, _DEFLATED, 0, _NEW_YEAR_1980, check, len(small), len(parts[name]), len(said), 0)
        pieces += [_ENTRY.pack(b"PK\3\4", *common), said, small]
        listed += [_LISTED.pack(b"PK\1\2", _VERSION, *common, 0, 0, 0, _FOR_THE_OWNER, at), said]
        at += _ENTRY.size + len(said) + len(small)
    directory = b"".join(listed)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), at, 0)
    return b"".join([*pieces, directory, end])


def _deflated(part: bytes, level: int) -> tuple[int, bytes]:
    """The check sum of a part, and the part compressed, without a frame around it."""
    window, memory = (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL) if len(part) > _SMALL else _OF_SMALL
    press = zlib.compressobj(level, zlib.DEFLATED, -window, memory)
    return zlib.crc32(part), press.compress(part) + press.flush()


_remembered = lru_cache(maxsize=64)(_deflated)


def repack(data: bytes) -> bytes:
    """The parts of a zip that another program made."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as old:
        return packed({name: old.read(name) for name in old.namelist()}, level=THOROUGH)
