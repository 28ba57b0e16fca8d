"""What was worked out before, kept on disk as plain data under a fingerprint of all it came from; without it, it is worked out again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SWITCH = "TMP_CACHE"
"""The variable that names another folder, or says `off`."""

MOST, MOST_BYTES = 512, 50_000_000
"""So many files and bytes are kept; beyond that the ones written first go."""

_OFF = ("off", "no", "0")
_MAGIC = b"tmp-builder kept 1\n"
_HEAD = len(_MAGIC) + 32 + 4

_folder: list[str] = []
"""Where things are kept, or nothing: then nothing is kept, which is so until `use` is called."""


def use(folder: str | Path | None) -> None:
    """From now on keep things in `folder`; None for nowhere."""
    _folder[:] = [os.fspath(folder)] if folder else []


def in_use() -> bool:
    """Whether anything is kept."""
    return bool(_folder)


def usual_folder() -> str | None:
    """The folder of the user's caches for this program, as `TMP_CACHE` or the system says; None where it is switched off."""
    said = os.environ.get(SWITCH, "")
    if said:
        return None if said.lower() in _OFF else said
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - pathlib raises where there is no home
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return os.path.join(base, "tmp-builder") if base and os.path.isabs(base) else None  # noqa: PTH117, PTH118


def find(key: str) -> Any | None:
    """What is kept under `key`, or None. A file that is damaged, or that another user could have written, counts as none.

    The data is what `marshal` writes, the format of Python's own compiled modules: it holds no code that runs when read.
    """
    if not _folder:
        return None
    import marshal

    try:
        with open(_path(key), "rb") as file:  # noqa: PTH123 - the first command of a run must not wait for pathlib
            if not _ours(os.fstat(file.fileno())):
                return None
            content = file.read()
        head, body = content[:_HEAD], content[_HEAD:]
        return marshal.loads(body) if head == _head(key, body) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(key: str, value: Any) -> None:
    """Keep plain data (texts, numbers, tuples, lists, mappings) under `key`. Where the folder cannot be written, nothing happens."""
    if not _folder:
        return
    import marshal
    from contextlib import suppress
    from pathlib import Path

    body, path = marshal.dumps(value), Path(_path(key))
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(path.parent.stat()):
            return
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - made so that nobody else may read it
            file.write(_head(key, body) + body)
        beside.replace(path)
        _forget_old(path.parent)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def key_of(*parts: str) -> str:
    """A key for what follows from `parts`: their fingerprint, with the version of Python, since marshal differs between versions."""
    import hashlib

    digest = hashlib.sha256(sys.version.encode())
    for part in parts:
        digest.update(f"\0{len(part)}\0{part}".encode())
    return digest.hexdigest()


def program_state(modules: Iterable[str], packages: Iterable[str] = ()) -> str:
    """The state of the code that works something out: size and day of change of our modules and folders, and of foreign packages."""
    from importlib.util import find_spec

    root = os.path.dirname(__file__)  # noqa: PTH120
    found = [_state(os.path.join(root, name)) for name in modules]  # noqa: PTH118
    for package in packages:
        spec = find_spec(package)
        found.append(_state(spec.origin) if spec and spec.origin else package)
    return "\n".join(found)


def _state(path: str) -> str:
    try:
        if os.path.isdir(path):  # noqa: PTH112
            with os.scandir(path) as entries:
                files = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py"))
            return "|".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files)
        stat = os.stat(path)  # noqa: PTH116
        return f"{path} {stat.st_size} {stat.st_mtime_ns}"
    except OSError:
        return f"{path} -"


def _path(key: str) -> str:
    return os.path.join(_folder[0], f"{key}.kept")  # noqa: PTH118


def _head(key: str, body: bytes) -> bytes:
    import zlib

    return _MAGIC + bytes.fromhex(key) + zlib.crc32(body).to_bytes(4, "big")


def _ours(stat: os.stat_result) -> bool:
    """Whether it belongs to this user and nobody else may write it; systems without owners keep the folder to the user anyway."""
    return not hasattr(os, "getuid") or (stat.st_uid == os.getuid() and not stat.st_mode & 0o022)


def _forget_old(folder: Path) -> None:
    stats = [(path, path.stat()) for path in folder.glob("*.kept")]
    size = 0
    for number, (path, stat) in enumerate(sorted(stats, key=lambda each: each[1].st_mtime_ns, reverse=True)):
        size += stat.st_size
        if number >= MOST or size > MOST_BYTES:
            path.unlink(missing_ok=True)
