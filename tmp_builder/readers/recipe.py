"""The recipe inside a Word file or a PDF that comes back."""

from __future__ import annotations

import json
from pathlib import Path

from tmp_builder.findings import both
from tmp_builder.library.marked import reason_of
from tmp_builder.readers.package import NotReadable, open_package
from tmp_builder.recipe import Recipe, from_bytes

NAME_IN_PDF = "recipe.json"
NAMESPACE = "urn:tmp-builder:recipe:1"


def read_recipe(path: Path) -> Recipe | None:
    """The recipe inside the file at `path`; None where it carries none. Raises NotReadable, or InputError for a recipe that is damaged."""
    content = _from_pdf(path) if path.suffix.lower() == ".pdf" else _from_docx(path)
    return from_bytes(content, str(path)) if content else None


def _from_docx(path: Path) -> bytes | None:
    with open_package(path) as package:
        for name in sorted(package.names):
            if name.startswith("customXml/item") and "Props" not in name and "/_rels/" not in name:
                root = package.xml(name)
                if root is not None and root.tag == f"{{{NAMESPACE}}}recipe":
                    return (root.text or "").encode()
    return None


def _from_pdf(path: Path) -> bytes | None:
    try:
        from pypdf import PdfReader

        attachments = PdfReader(path).attachments
        found = attachments.get(NAME_IN_PDF) or []
        content = next((bytes(item) for item in found), None)
        return content if content is None or json.loads(content) else None
    except OSError as error:
        raise NotReadable(str(path), both("cannot be read: {reason}", "无法读取：{reason}", reason=reason_of(error))) from None
    except Exception as error:
        raise NotReadable(str(path), both("cannot be read as a PDF: {error}", "无法作为PDF读取：{error}", error=error)) from None
