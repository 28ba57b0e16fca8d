"""The writer of PDF files: the page of the HTML writer, set by WeasyPrint as PDF/A-3a and PDF/UA-1 at once."""

from tmp_builder.writers.pdf.engine import write, write_page

__all__ = ["write", "write_page"]
