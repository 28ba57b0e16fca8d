"""Which files a command may write over: its own as it wrote them, never edited ones or those of others without --force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tmp_builder.errors import EngineError
from tmp_builder.findings import both

_MARKS = {"csv": b"\xef\xbb\xbfCode", "json": b'"schema_version": 1'}
"""What a file begins with that these commands wrote, in the formats that have no place for a seal: an edit does not show in them."""
_BEGINNING = 4000


def keep_foreign(path: Path, content: bytes, form: str, *, force: bool) -> None:
    """A report is not written over a file that no such command wrote, or that was edited since, unless --force is given.

    CSV and the JSON of dates have no place for a seal: of them every file that begins as ours do may be written over.
    """
    if force or not path.is_file():
        return
    from tmp_builder.writers.ours import is_ours

    old = path.read_bytes()
    if old == content or is_ours(path, form) or (form in _MARKS and _MARKS[form] in old[:_BEGINNING]):
        return
    raise EngineError(
        both(
            "{path} exists and is not as this program wrote it: a file of others, or edited since",
            "{path}已存在，且与本程序写成时不符：系他人文件，或者写成后经过修改",
            path=path,
        ),
        both("Move it, choose another name with -o, or use --force.", "请移走该文件，用-o另取名称，或者使用--force。"),
    )


def refuse_foreign(paths: Iterable[Path], *, force: bool) -> None:
    """Files that are there and that this program did not build, or that were edited since, are kept unless --force is given."""
    if force:
        return
    from tmp_builder.writers.ours import is_ours

    foreign = [path for path in paths if path.exists() and not is_ours(path)]
    if foreign:
        names = ", ".join(str(path) for path in foreign)
        raise EngineError(
            both(
                "{names} exists and is not as this program built it: a file of others, or edited since",
                "{names}已存在，且与本程序生成时不符：系他人文件，或者生成后经过修改",
                names=names,
            ),
            both("Move it, choose another folder with -o, or use --force.", "请移走该文件，用-o另选文件夹，或者使用--force。"),
        )
