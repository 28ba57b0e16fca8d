"""The writer of web pages: one self-contained file, for the screen and for print."""

from tmp_builder.writers.html.page import write

__all__ = ["write"]
