"""Word files and PDFs under check: one of ours against its plan and its own text, one from elsewhere by what it seems to have."""

from __future__ import annotations

from pathlib import Path

from tmp_builder import pipeline
from tmp_builder.findings import both
from tmp_builder.library.reader import read_library
from tmp_builder.readers.docx import read_docx
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.pdf import without_log
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.vetting.elsewhere import vet_elsewhere
from tmp_builder.vetting.ours import vet_ours
from tmp_builder.vetting.outcome import Seen, Vetted

__all__ = ["Seen", "Vetted", "is_file_of_text", "vet"]

WORD = (".docx", ".docm", ".dotx", ".doc")
PDF = ".pdf"
_ONLY = "Of PDFs only those that carry their plan can be checked; give the Word file, or the plan."


def is_file_of_text(path: Path) -> bool:
    """Whether a target is a Word file or a PDF by its name."""
    return path.suffix.lower() in (*WORD, PDF)


def vet(path: Path, options: pipeline.Options, library: Path | None = None) -> Vetted:
    """Check the Word file or PDF at `path`. Raises NotReadable for a file that cannot be read, and for a PDF without its plan."""
    with without_log():
        recipe = read_recipe(path)
    if path.suffix.lower() == PDF:
        if recipe is None:
            raise NotReadable(
                str(path),
                both(
                    "carries no plan: it was not built by this program, or lost its recipe",
                    "不含计划：不是本程序生成的，或者生成信息已丢失",
                ),
                _ONLY,
            )
        if not recipe.plan:
            raise NotReadable(str(path), both("carries fingerprints only, not its plan", "仅含指纹，不含计划"), _ONLY)
        return vet_ours(path, recipe, None, options, library)
    document = read_docx(path)
    if recipe is None or not recipe.plan:
        return vet_elsewhere(path, recipe, document, read_library(library))
    return vet_ours(path, recipe, document, options, library)
