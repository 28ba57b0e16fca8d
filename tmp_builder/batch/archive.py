"""Sets as archives, one for each member or one for all: the same files give the same bytes, whatever the machine's clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tmp_builder.batch.execute import Run, State
from tmp_builder.errors import EngineError
from tmp_builder.findings import both

KINDS = ("member", "all")
_STAMP = (1980, 1, 1, 0, 0, 0)


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files by name: sorted, undated, stored as they are, since Word files and PDFs are packed already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_STORED, 0, 0
            package.writestr(entry, files[name])
    return out.getvalue()


def archives(run: Run, kind: str) -> Iterable[tuple[str, bytes]]:
    """The archives of a run by name: `member` gives one for each set, `all` one for the batch. Sets that failed are in none.

    Raises EngineError where one would take the place of a file that is not ours.
    """
    folder = run.work.request.folder
    sets = [done.entry for done in run.in_order() if done.state is not State.FAILED]
    every = [file.path for entry in sets for file in entry.files]
    if kind == "all":
        names = {"batch.zip": every}
    else:
        owners = [entry for entry in sets if entry.folder]
        names = {f"{entry.folder}.zip": [path for path in every if path.startswith(f"{entry.folder}/")] for entry in owners}
    for name, paths in names.items():
        inside = name.removesuffix(".zip").rpartition("/")[0] if kind == "member" else ""
        content = archive({path.removeprefix(f"{inside}/") if inside else path: (folder / path).read_bytes() for path in paths})
        _refuse_foreign(folder / name, content)
        yield name, content


def _refuse_foreign(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() == content:
        return
    try:
        with zipfile.ZipFile(path) as package:
            ours = all(info.date_time == _STAMP and info.compress_type == zipfile.ZIP_STORED for info in package.infolist())
    except (OSError, zipfile.BadZipFile):
        ours = False
    if not ours:
        raise EngineError(
            both("{path} exists and is not an archive of a batch", "{path}已存在，且不是批处理生成的压缩包", path=path),
            both("Move it, or choose another folder with -o.", "请将其移走，或者用-o另选文件夹。"),
        )
