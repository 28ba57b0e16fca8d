"""What a worker of a cluster does: says what its files would rest on, and makes the files of some jobs."""

from __future__ import annotations

import hashlib
import pickle
import threading
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

import tmp_builder
from tmp_builder.batch import fingerprints
from tmp_builder.batch.jobs import Job, Outcome, Shared
from tmp_builder.batch.run import portion
from tmp_builder.errors import EngineError
from tmp_builder.pipeline import Options

PROGRAM, TEMPLATES, FONTS, LAYOUT = "tmp-builder", "templates", "fonts", "pango"
"""The names of parts of a setup that are no package."""

_SHOWN = 12
"""So many characters of a fingerprint tell two apart."""

_turn = threading.Lock()
"""A worker with several threads makes one file after the other: layout holds the interpreter anyway, and engines are not made for threads."""

_at: list[tuple[Shared, Shared]] = []
"""The batch that this worker is at: the data as it came, which may travel on to another worker at any moment, and a copy that keeps
what this worker works out (`Shared.kept`)."""

# ── what a worker's files rest on ───────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=8)
def setup(options: Options) -> dict[str, str]:
    """Everything of this process that decides bytes and does not travel with the jobs: program, engines, templates, fonts.

    The library travels and needs no comparing. Worked out once a process: files that change on disk later do not change a program that runs.
    """
    fonts, layout = _of_pdf(options)
    parts = {PROGRAM: f"{tmp_builder.__version__} ({_program()[:_SHOWN]})", **fingerprints.engines()}
    return {**parts, TEMPLATES: fingerprints.of_templates()[:_SHOWN], FONTS: fonts, LAYOUT: layout}


def _program() -> str:
    """Of the code of the program: two checkouts can have one version."""
    root = Path(tmp_builder.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        found.update(f"{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _of_pdf(options: Options) -> tuple[str, str]:
    """The fonts, and the version of the layout engine with the name of what cuts fonts down: both change the bytes of a PDF."""
    try:
        fonts = fingerprints.of_fonts(options)
    except EngineError as fault:
        return (fault.message, "")
    return fonts[:_SHOWN], fingerprints.layout_engine(options)


# ── jobs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def packed(shared: Shared) -> bytes:
    """What all jobs share as it travels."""
    return zlib.compress(pickle.dumps(shared, pickle.HIGHEST_PROTOCOL), 6)


def unpacked(data: bytes) -> Shared:
    """What all jobs share, on a worker. It comes from the scheduler, which may run any code on a worker anyway."""
    shared = pickle.loads(zlib.decompress(data))
    if not isinstance(shared, Shared):
        raise TypeError("this is no data of a batch")
    return shared


def portion_there(shared: Shared, expected: Mapping[str, str], jobs: tuple[Job, ...]) -> tuple[Outcome, ...] | None:
    """The outcomes of some jobs; None where this worker would make other bytes than the machine that asks.

    A worker may join in the middle of a batch, so each looks at itself.
    """
    with _turn:
        if setup(shared.options) != expected:
            return None
        if not _at or _at[0][0] is not shared:
            _at[:] = [(shared, replace(shared, kept={}))]
        return portion(jobs, _at[0][1])
