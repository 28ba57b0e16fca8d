"""The text of a PDF, page by page, as far as it can be read: words in the order they were drawn, without clauses or headings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tmp_builder.readers.package import MAX_FILE, NotReadable

MAX_PAGES = 3_000
MAX_CHARACTERS = 20_000_000


@contextmanager
def without_log() -> Iterator[None]:
    """Keeps the PDF engine from printing its own remarks on a damaged file: one sentence of ours says what is wrong."""
    log = logging.getLogger("pypdf")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def read_pdf(path: Path) -> list[str]:
    """The text of every page; a page that is a picture is empty. Raises NotReadable with one clear sentence."""
    shown = str(path)
    try:
        if path.stat().st_size > MAX_FILE:
            raise NotReadable(shown, f"is larger than {MAX_FILE // 1_000_000} MB")
        with without_log():
            return _pages(path, shown)
    except NotReadable:
        raise
    except OSError as error:
        raise NotReadable(shown, f"cannot be read: {error.strerror}") from None
    except Exception as error:
        # A damaged PDF can fail anywhere in its engine, with any exception.
        raise NotReadable(shown, f"cannot be read as a PDF: {error}") from None


def _pages(path: Path, shown: str) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        raise NotReadable(shown, "is encrypted", "Save it without a password.")
    if len(reader.pages) > MAX_PAGES:
        raise NotReadable(shown, f"has more than {MAX_PAGES:,} pages")
    found: list[str] = []
    length = 0
    for page in reader.pages:
        found.append(page.extract_text())
        length += len(found[-1])
        if length > MAX_CHARACTERS:
            raise NotReadable(shown, "holds more text than any agreement")
    return found
