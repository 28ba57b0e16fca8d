"""The manifest of a batch: inputs, versions, files with hashes, findings and dates of each set; and the journal of a run not yet done."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct, field
from msgspec.structs import asdict

from tmp_builder.errors import EngineError, InputError
from tmp_builder.findings import Fault, Place, Words, both, spoken
from tmp_builder.plan.writing import write_atomically

VERSION = 1
NAME = "manifest.json"
JOURNAL = ".tmp-batch.jsonl"
MAX_BYTES = 500_000_000


class FileEntry(Struct, frozen=True):
    """A file of a set: where below the folder of the batch, what it is, and the SHA-256 of its bytes."""

    path: str
    paper: str
    format: str
    sha256: str
    size: int


class Entry(Struct, frozen=True):
    """A set: the row it belongs to, what was made of it, and the fingerprints of what decided its bytes (`parts`).

    `findings`, `dates` and `skipped` are plain data (see `entries`). `member` is empty for the common text of a consortium.
    `warnings` are sentences per language about the row itself, such as a name that two rows wanted. `fault` is in both languages
    (`findings.both`), in plain data a sentence per language.
    """

    id: str
    consortium: str
    member: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    place: str = ""
    files: tuple[FileEntry, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    gaps: int = 0
    dates: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    skipped: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[Mapping[str, str], ...] = ()
    fingerprint: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    code: int = 0

    def data(self) -> dict[str, Any]:
        """As plain data, without what is empty."""
        every = {**asdict(self), "files": tuple(map(asdict, self.files))}
        data = {key: value for key, value in every.items() if value not in ("", (), {}, [], 0)}
        return data | {"fault": {"en": str(self.fault), "zh": spoken(self.fault, "zh")}} if self.fault else data

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Entry:
        """From plain data. Raises ValueError or TypeError for data that is none."""
        known = {key: value for key, value in data.items() if key in cls.__struct_fields__}
        files = tuple(FileEntry(**each) for each in known.pop("files", ()))
        if isinstance(fault := known.get("fault", ""), dict):
            known["fault"] = Words(str(fault["en"]), str(fault["zh"]))
        rest: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in known.items()}
        return cls(**rest, files=files)


class Manifest(Struct, frozen=True):
    """What a folder of a batch holds. `about` says from what it was made; no path of a machine stands anywhere in it."""

    about: Mapping[str, Any] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """As JSON; the same entries give the same bytes."""
        entries = [entry.data() for entry in self.entries.values()]
        data = {"manifest": VERSION, **self.about, "entries": entries}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder with what its journal adds; empty where there is neither. Raises InputError for one that cannot be read."""
    path = folder / NAME
    if not path.is_file():
        return Manifest({}, _journalled(folder))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(both("it is larger than any batch", "文件过大"))
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.pop("manifest", None) != VERSION:
            raise ValueError(both("it has a form that this version does not know", "本版本无法识别其格式"))
        entries = {entry.id: entry for entry in map(Entry.of, data.pop("entries"))}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        hint = both(
            "Move it away, and everything is built anew; or restore it.", "请将其移走，之后全部重新生成；或者恢复该文件。"
        )
        raise InputError(
            [
                Fault(
                    Place(str(path)),
                    both(
                        "cannot be read: {error}",
                        "无法读取：{error}",
                        error=error.args[0] if error.args else type(error).__name__,
                    ),
                    hint,
                )
            ]
        ) from error
    return Manifest(data, entries | _journalled(folder))


def _journalled(folder: Path) -> dict[str, Entry]:
    """What a run that was stopped had finished; a line torn by the stop counts for nothing."""
    path = folder / JOURNAL
    found: dict[str, Entry] = {}
    if not path.is_file():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = Entry.of(json.loads(line))
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
        found[entry.id] = entry
    return found


class Journal(Struct):
    """Each finished set at once on disk, so that a stop costs no more than the sets on their way."""

    folder: Path
    file: TextIO | None = None

    def note(self, entry: Entry) -> None:
        """Write a line, and see it on disk. Raises EngineError where the disk takes no more."""
        try:
            self._note(json.dumps(entry.data(), ensure_ascii=False))
        except OSError as error:
            message = both(
                "{file} cannot be written: {why}", "{file}无法写入：{why}", file=self.folder / JOURNAL, why=error.strerror
            )
            hint = both("Make room and run the same command again.", "请腾出空间后重新执行同一命令。")
            raise EngineError(message, hint) from error

    def _note(self, line: str) -> None:
        import os

        if self.file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.file = (self.folder / JOURNAL).open("a", encoding="utf-8")
            self.file.write("\n")  # ends a line that an earlier stop tore
        self.file.write(line + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self, *, done: bool) -> None:
        """Close it; `done`: the manifest holds everything now, and the journal goes."""
        if self.file is not None:
            with contextlib.suppress(OSError):  # what a full disk did not take was told already
                self.file.close()
            self.file = None
        if done:
            (self.folder / JOURNAL).unlink(missing_ok=True)


def write_manifest(folder: Path, about: Mapping[str, Any], entries: Iterable[Entry]) -> None:
    """Write the manifest in one step; one that says the same is left alone."""
    content = Manifest(about, {entry.id: entry for entry in entries}).to_bytes()
    path = folder / NAME
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)


def safe_path(folder: Path, relative: str) -> Path | None:
    """The file `relative` below `folder`; None where a manifest names one outside."""
    path = folder / relative
    if not relative or Path(relative).is_absolute() or ".." in Path(relative).parts or "\\" in relative:
        return None
    return path if path.resolve().is_relative_to(folder.resolve()) else None
