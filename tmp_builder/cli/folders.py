"""What a folder is to `tmp check`: a clause library, a house's own cards, plans, or nothing that can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.plan.source import ENDING

DEEPEST = 4
"""So far below the folder plans are looked for."""
MAX_PLANS = 5_000
_PASSED_OVER = ("drafts", "node_modules")
"""Folders that hold no plans to work on: `drafts` are copies of what was sent, and stay as they were."""


def is_library(folder: Path) -> bool:
    """Whether a folder is a clause library, or cards of a house to be laid over one; plans in it come before mere cards."""
    if (folder / "library.yaml").is_file() or (folder / "outline.yaml").is_file():
        return True
    return next(_plans_in(folder), None) is None and (
        _holds(folder, "*/section.yaml") or any(map(_is_card, folder.glob("*/*.md")))
    )


def plans_below(folder: Path) -> list[Path]:
    """The plan files of a folder and of the folders below it, in the order of their names. Raises UsageError where there is none."""
    found = sorted(_walk(folder, DEEPEST))
    if not found:
        raise UsageError(
            both(
                "{folder} holds neither plan files (*{ending}) nor a clause library",
                "{folder}中既没有计划文件（*{ending}），也没有条款库",
                folder=folder,
                ending=ENDING,
            ),
            both("Name a plan, a Word file, a PDF or a library.", "请写明计划、Word文件、PDF或者条款库。"),
        )
    if len(found) > MAX_PLANS:
        raise UsageError(
            both(
                "{folder} holds more than {max_plans:,} plans",
                "{folder}中的计划超过{max_plans:,}份",
                folder=folder,
                max_plans=MAX_PLANS,
            ),
            both("Name a smaller folder.", "请写明较小的文件夹。"),
        )
    return found


def _plans_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob(f"*{ENDING}") if path.is_file())


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Plans in reading order of the folders; hidden folders, links and libraries are passed over."""
    yield from _plans_in(folder)
    for below in sorted(folder.iterdir()) if depth else ():
        hidden = below.name.startswith(".") or below.name in _PASSED_OVER
        if below.is_dir() and not below.is_symlink() and not hidden and not is_library(below):
            yield from _walk(below, depth - 1)


def _holds(folder: Path, pattern: str) -> bool:
    return next(folder.glob(pattern), None) is not None


def _is_card(path: Path) -> bool:
    """Whether a Markdown file begins with the front matter of a card."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return (
                file.read(4_000).startswith("---") and "domain-id:" in path.read_text(encoding="utf-8", errors="replace")[:4_000]
            )
    except OSError:
        return False
