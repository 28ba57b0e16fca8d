"""The library that a folder holds: as it was read before where no file has changed since, else from its files (see `folders`)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder import kept
from tmp_builder.datafiles import data_folder
from tmp_builder.errors import LibraryError
from tmp_builder.findings import Fault, Place, both

if TYPE_CHECKING:
    from tmp_builder.library.schema import Library

_READ: dict[str, Library] = {}
"""The library read last, by where it lies and the fingerprint of its files: never stale, since every file goes into the key."""

_CODE = ("library", "values", "document/nodes.py", "findings.py", "language.py", "errors.py")
"""Our code that decides what a library is read as."""

_ENGINES = ("pydantic", "yaml", "markdown_it")


def read_library(folder: Path | None = None, overlay: Path | None = None) -> Library:
    """The library in `folder` (the built-in one by default), with the cards and sections of `overlay` laid over it.

    Raises LibraryError with every fault of the folders. The prose of a card is parsed when its text is first needed. Folders whose
    files have not changed since are not read again in the same process, nor, where things are `kept`, in the next one.
    """
    roots = [(folder or data_folder("clauses"), "clauses" if folder is None else str(folder))]
    roots += [(overlay, str(overlay))] if overlay else []
    for root, shown in roots:
        if not root.is_dir():
            raise LibraryError([Fault(Place(shown), both("is no folder of a clause library", "不是条款库文件夹"))])
    key = _key(roots)
    if key and key in _READ:
        return _READ[key]
    library = (_kept(key) if key else None) or _from_files(roots, key)
    if key:
        _READ.clear()
        _READ[key] = library
    return library


def _from_files(roots: list[tuple[Path, str]], key: str) -> Library:
    from tmp_builder.library.folders import assemble

    library = assemble(roots)
    if key and kept.in_use():
        from tmp_builder.library.plain import NotPlain, as_plain

        try:
            kept.keep(_place_of(key), as_plain(library))
        except NotPlain:
            return library
    return library


def _kept(key: str) -> Library | None:
    """The library as an earlier process read it from the same files with the same code."""
    found = kept.find(_place_of(key)) if kept.in_use() else None
    if found is None:
        return None
    from tmp_builder.library.plain import from_plain

    return from_plain(found)


def _place_of(key: str) -> str:
    return kept.key_of("library", key, kept.program_state(_CODE, _ENGINES))


def _key(roots: list[tuple[Path, str]]) -> str:
    """What a library read before is found by; empty where a file cannot be read (the reader then says which)."""
    try:
        where = "|".join(f"{root}={shown}" for root, shown in roots)
        others = "|".join(sorted(name for root, _ in roots for name in _unread(root)))
        return "|".join((where, others, fingerprint_of([root for root, _ in roots])))
    except OSError:
        return ""


def fingerprint_of(roots: Iterable[Path]) -> str:
    """`v1:` and the SHA-256 over names and contents of every file of the folders."""
    digest = hashlib.sha256()
    for root in roots:
        for name in sorted(_names(root), key=lambda name: name.split("/")):
            with open(f"{root}/{name}", "rb") as file:  # noqa: PTH123 - hundreds of files in every run
                content = file.read().replace(b"\r\n", b"\n")
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"v1:{digest.hexdigest()}"


def _names(root: Path) -> Iterator[str]:
    """Every file of a library below `root`, with slashes; of folders behind links none."""
    return (name for name, folder in _below(str(root), "") if not folder and name.endswith((".md", ".yaml")))


def _unread(root: Path) -> Iterator[str]:
    """What decides on a library without being read: its folders, and files that an overlay must not have."""
    return (name for name, folder in _below(str(root), "") if folder or name.endswith(".yml"))


def _below(root: str, prefix: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(f"{root}/{prefix}") as entries:
        for entry in entries:
            folder = entry.is_dir(follow_symlinks=False)
            yield prefix + entry.name, folder
            if folder:
                yield from _below(root, f"{prefix}{entry.name}/")
