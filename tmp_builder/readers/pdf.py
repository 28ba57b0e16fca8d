"""The text of a PDF, page by page, as far as it can be read: words in the order they were drawn, without clauses or headings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tmp_builder.findings import both
from tmp_builder.library.marked import reason_of
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
            raise NotReadable(shown, both("is larger than {limit} MB", "大于{limit} MB", limit=MAX_FILE // 1000000))
        with without_log():
            return _pages(path, shown)
    except NotReadable:
        raise
    except OSError as error:
        raise NotReadable(shown, both("cannot be read: {reason}", "无法读取：{reason}", reason=reason_of(error))) from None
    except Exception as error:
        # A damaged PDF can fail anywhere in its engine, with any exception.
        raise NotReadable(shown, both("cannot be read as a PDF: {error}", "无法作为PDF读取：{error}", error=error)) from None


def _pages(path: Path, shown: str) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        raise NotReadable(shown, both("is encrypted", "已加密"), both("Save it without a password.", "请另存为不带密码的文件。"))
    if len(reader.pages) > MAX_PAGES:
        raise NotReadable(shown, both("has more than {max_pages:,} pages", "超过{max_pages:,}页", max_pages=MAX_PAGES))
    found: list[str] = []
    length = 0
    for page in reader.pages:
        found.append(page.extract_text())
        length += len(found[-1])
        if length > MAX_CHARACTERS:
            raise NotReadable(shown, both("holds more text than any agreement", "文本量超出任何协议应有的篇幅"))
    return found
