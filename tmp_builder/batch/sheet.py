"""The members' workbook of a plan: made from its open questions, filled with its members; and whether one was filled in since."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

from msgspec.structs import replace

from tmp_builder.batch.request import Base
from tmp_builder.batch.sheet_book import Book, write
from tmp_builder.batch.sheet_columns import Columns, columns_of
from tmp_builder.batch.sheet_formulas import FIRST
from tmp_builder.batch.sheet_rows import rows_of
from tmp_builder.batch.sheet_words import ABOVE, ELSEWHERE, GUIDE, HOW, LATER, TITLE, filled, two
from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.tables import form_mark

_SEAL = re.compile(rb"tmp-builder sha256:([0-9a-f]{64})")
_ABOUT = "docProps/core.xml"
_MOST = 200_000_000
"""A workbook of ours unpacks to less."""


def make_sheet(base: Base, name: str) -> tuple[bytes, Columns]:
    """The workbook of a base plan, and what it asks. `name` is what its guide calls it: the same plan and name, the same bytes.

    Raises PlanError for what no cell can hold.
    """
    columns = columns_of(base.plan, base.library)
    titles = _titles(base.plan)
    book = Book(
        title=two(filled(TITLE, title=titles), " / "),
        above=f"{two(filled(ABOVE, title=titles, first=FIRST + 1, guide=GUIDE), ' ')} {form_mark(base.plan.id, base.plan.version)}",
        columns=columns.columns,
        rows=rows_of(base.plan, columns.columns, base.library),
        guide=[two(text) for text in _guide(columns, name, base.path.name)],
        stamp=base.plan.dated,
    )
    seal = _digest(write(book))
    return write(replace(book, about=f"tmp-builder sha256:{seal}")), columns


def _titles(plan: Plan) -> Labels:
    return {language: plan.title.get(language) or plan.id for language in LANGUAGES}


def _guide(columns: Columns, name: str, base: str) -> list[Labels]:
    said = [filled(text, file=name, base=base) for text in HOW]
    if columns.later:
        said.append(filled(LATER, count=columns.later))
    if columns.elsewhere:
        said.append(filled(ELSEWHERE, names=", ".join(question.address for question in columns.elsewhere)))
    return said


def is_untouched(path: Path) -> bool:
    """Whether the workbook at `path` is as it was made: nobody filled anything in, and nothing is lost if it is made anew."""
    try:
        if path.stat().st_size > _MOST:
            return False
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo(_ABOUT).file_size > _MOST:
                return False
            found = _SEAL.search(package.read(_ABOUT))
        return bool(found and found[1].decode() == _digest(content))
    except (OSError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile):  # damaged or encrypted
        return False


def _digest(content: bytes) -> str:
    """The SHA-256 of every part of a workbook but the one that holds it."""
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(info.file_size for info in package.infolist()) > _MOST:
            return ""
        for name in sorted(set(package.namelist()) - {_ABOUT}):
            found.update(f"{name}\0".encode() + hashlib.sha256(package.read(name)).digest())
    return found.hexdigest()
