"""The formats on offer and how their files end; no engine is imported for it."""

from __future__ import annotations

FORMATS = {"docx": ".docx", "pdf": ".pdf", "html": ".html", "md": ".md", "json": ".json"}
"""The ending of the files of each format, with the dot, by the name that `--format` takes."""

PDF_ENGINES = ("weasyprint", "typst")
"""What can set a PDF, by the names that `--pdf-engine` takes; the first one is the default."""
