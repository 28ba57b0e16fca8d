"""The writer of PDF files: the page of the HTML writer, set by WeasyPrint as PDF/A-3a and PDF/UA-1 at once."""

from tmp_builder.writers.pdf.engine import write

__all__ = ["write"]
