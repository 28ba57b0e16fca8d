"""Comparisons as the data of a page: what stands where in the HTML report, in one language, before any markup."""

from tmp_builder.compare.page.diff import diff_page
from tmp_builder.compare.page.history import history_page
from tmp_builder.compare.page.matrix import matrix_page

__all__ = ["diff_page", "history_page", "matrix_page"]
