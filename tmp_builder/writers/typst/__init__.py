"""The second writer of PDF files: the same tree set by Typst, many times faster, as PDF/A-3a and PDF/UA-1 at once."""

from tmp_builder.writers.typst.engine import write, write_page

__all__ = ["write", "write_page"]
