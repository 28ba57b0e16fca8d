"""The pages of a Word file as LibreOffice breaks them: on which page every bookmark stands."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tmp_builder.errors import EngineError
from tmp_builder.findings import both

TIMEOUT = 600
"""Seconds after which a conversion has failed."""

_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_HINT = "Install LibreOffice (Debian and Ubuntu: apt install libreoffice-writer), or build without --toc-pages."


def pages_of(word_file: bytes) -> Mapping[str, int]:
    """The page of every bookmark, counted from 1. Raises EngineError where LibreOffice is missing or fails."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise EngineError(
            both(
                "the pages of a table of contents need LibreOffice, which is not installed",
                "目录页码须由LibreOffice计算，但尚未安装",
            ),
            _HINT,
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file.docx").write_bytes(word_file)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", _FILTER, "--outdir", name, str(folder / "file.docx")]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
            return _destinations(folder / "file.pdf")
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineError(
                both("LibreOffice did not set the pages: {error}", "LibreOffice未能排出页码：{error}", error=error), _HINT
            ) from error


def _destinations(path: Path) -> dict[str, int]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    found = {}
    for name, destination in reader.named_destinations.items():
        page = reader.get_destination_page_number(destination)
        if page is not None and page >= 0:
            found[_bookmark(name)] = page + 1
    return found


def _bookmark(name: str) -> str:
    """A bookmark by the name of its destination, in which LibreOffice spells the underscore as its code."""
    return name.removeprefix("/").replace("#", "").replace("5F", "_")
