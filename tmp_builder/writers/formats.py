"""The formats a document can be written in: name → (ending, media type). No engine is imported here."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, tuple[str, str]] = {
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
    "html": ("html", "text/html"),
    "md": ("md", "text/markdown"),
    "json": ("json", "application/json"),
}
