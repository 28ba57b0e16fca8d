"""The codes of findings that are no rules of a plan, about files and libraries, with their pages in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tmp_builder.findings import CodePage


def code_pages() -> tuple[CodePage, ...]:
    """The pages of the check of a file (DOC-…) and of a library (LIB-…)."""
    from tmp_builder.library.care.pages import library_pages
    from tmp_builder.vetting.pages import FILE_PAGES

    return (*FILE_PAGES, *library_pages())
