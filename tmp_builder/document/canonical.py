"""The canonical form of a document: JSON with one spelling, and fingerprints over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

FORM = "v1"
"""The version of the canonical form; a fingerprint is only comparable with one of the same form."""


def as_data(node: Any) -> Any:
    """`node` as lists, dictionaries and strings; every dictionary of a node says in `node` what it is; empty fields are left out."""
    kind = type(node)
    if kind is str:
        return node
    if kind is tuple or kind is list:
        return [as_data(item) for item in node]
    names = _FIELDS[kind] if kind in _FIELDS else _field_names(kind)
    if names:
        data: dict[str, Any] = {"node": kind.__name__.lower()}
        for name in names:
            value = getattr(node, name)
            if type(value) is not str:
                value = as_data(value)
            if value not in _EMPTY:
                data[name] = value
        return data
    if isinstance(node, Mapping):
        return {key: as_data(value) for key, value in node.items()}
    if isinstance(node, tuple | list):
        return [as_data(item) for item in node]
    return node


_EMPTY: tuple[Any, ...] = ("", [], {}, False)
_FIELDS: dict[type, tuple[str, ...]] = {}


def _field_names(kind: type) -> tuple[str, ...]:
    """The names of the fields of a node; looked up once for each kind of node."""
    if kind not in _FIELDS:
        _FIELDS[kind] = kind.__struct_fields__ if issubclass(kind, Struct) else ()
    return _FIELDS[kind]


def canonical_json(data: Any) -> str:
    """One spelling: keys sorted, no white space, no escapes outside ASCII."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(data: Any) -> str:
    """`v1:` and the SHA-256 of the canonical form of a node or of plain data."""
    digest = hashlib.sha256(canonical_json(as_data(data)).encode()).hexdigest()
    return f"{FORM}:{digest}"
