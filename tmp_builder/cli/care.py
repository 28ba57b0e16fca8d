"""The care of a library as commands ask for it: a whole library, or a house's own cards laid over the built-in one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.findings import Finding, Severity

if TYPE_CHECKING:
    from tmp_builder.library.schema import Library


def is_overlay(path: Path | None) -> bool:
    """Whether a folder holds cards only, without the files that make a library."""
    return path is not None and path.is_dir() and not (path / "library.yaml").exists()


def read_house(path: Path | None) -> Library:
    """The library in `path` (None: the built-in one); a folder with cards only is laid over the built-in library."""
    from tmp_builder.library.reader import read_library

    return read_library(None, path) if is_overlay(path) else read_library(path)


def care(path: Path | None, as_of: date | None = None) -> list[Finding]:
    """Every finding about the library in `path`; of an overlay only those about its own files. What cannot be read is LIB-00."""
    from tmp_builder.errors import LibraryError
    from tmp_builder.library.care import Shelf, look_after
    from tmp_builder.plan.facts import NAMED_FACTS
    from tmp_builder.plan.printed import PRINTED_FACTS

    try:
        library = read_house(path)
    except LibraryError as error:
        return [
            Finding(
                "LIB-00",
                Severity.ERROR,
                {"en": fault.message, "zh": f"无法读取：{fault.message}"},
                place=fault.place,
                fix={"en": fault.hint} if fault.hint else {},
            )
            for fault in error.faults
        ]
    found = look_after(Shelf(library, frozenset(PRINTED_FACTS), frozenset(NAMED_FACTS), as_of or today()))
    return [finding for finding in found if finding.place.file.startswith(f"{path}/")] if is_overlay(path) else found


def today() -> date:
    """The day in UTC; SOURCE_DATE_EPOCH instead where it is set."""
    from datetime import UTC, datetime

    from tmp_builder.cli.given import parse_date

    return parse_date(None) or datetime.now(UTC).date()
