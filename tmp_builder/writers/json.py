"""The writer of JSON: the document tree in its canonical form, for other programs."""

from __future__ import annotations

import json

from tmp_builder.document.canonical import as_data
from tmp_builder.document.nodes import Document

SCHEMA_VERSION = 1
"""Raised when a reader of the last version would misread a file."""


def write(document: Document) -> str:
    """The document as JSON, indented, keys sorted; every object says in `node` what it is, and empty fields are left out."""
    data = {"schema_version": SCHEMA_VERSION, "document": as_data(document)}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
