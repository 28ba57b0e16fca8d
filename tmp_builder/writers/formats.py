"""The formats on offer: how their files end and what they are called on the web; no engine is imported for it."""

from __future__ import annotations

from msgspec import Struct


class Format(Struct, frozen=True):
    """A format of documents: the ending of its files, with the dot, and its media type."""

    ending: str
    media_type: str


FORMATS: dict[str, Format] = {
    "docx": Format(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": Format(".pdf", "application/pdf"),
    "html": Format(".html", "text/html"),
    "md": Format(".md", "text/markdown"),
    "json": Format(".json", "application/json"),
}
"""Every format by the name that `--format` takes."""

PDF_ENGINES = ("weasyprint", "typst")
"""What can set a PDF, by the names that `--pdf-engine` takes; the first one is the default."""
