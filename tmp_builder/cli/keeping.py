"""Which files a command may write over: its own, never those of others without --force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tmp_builder.errors import EngineError
from tmp_builder.findings import both

_MARKS = {
    "ics": b"PRODID:-//tmp-builder//",
    "csv": b"\xef\xbb\xbfCode",
    "json": b'"schema_version": 1',
    "html": b"tmp-builder",
    "md": b"tmp-builder",
}
"""What a file begins with or holds that this command wrote."""


def keep_foreign(path: Path, content: bytes, form: str, *, force: bool) -> None:
    """A report is not written over a file that no such command wrote, unless --force is given."""
    if force or not path.is_file():
        return
    old = path.read_bytes()
    if old == content or _MARKS.get(form, b"tmp-builder") in old[:4000] or (form == "xlsx" and _is_our_sheet(path)):
        return
    if form in ("docx", "pdf"):
        refuse_foreign([path], force=False)
        return
    raise EngineError(
        both("{path} exists and is not a file this command wrote", "{path}已存在，且不是本命令写成的文件", path=path),
        both("Move it, choose another name with -o, or use --force.", "请移走该文件，用-o另取名称，或者使用--force。"),
    )


def _is_our_sheet(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as book:
            return b"tmp-builder" in book.open("docProps/core.xml").read(4000)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def refuse_foreign(paths: Iterable[Path], *, force: bool) -> None:
    """Files that are there and that this program did not build are kept unless --force is given."""
    if force:
        return
    from tmp_builder.writers.ours import is_ours

    foreign = [path for path in paths if path.exists() and not is_ours(path)]
    if foreign:
        names = ", ".join(str(path) for path in foreign)
        raise EngineError(
            both("{names} exists and is not a file this program built", "{names}已存在，且不是本程序生成的文件", names=names),
            both("Move it, choose another folder with -o, or use --force.", "请移走该文件，用-o另选文件夹，或者使用--force。"),
        )
