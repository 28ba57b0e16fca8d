"""JSON: the whole tree, indented, stable."""

from __future__ import annotations

import json

import pytest

from tests.samples import sample_document
from tests.unit.writers.probes import HOSTILE, PROBES
from tmp_builder.document.canonical import as_data
from tmp_builder.writers.json import write


@pytest.mark.parametrize("kind", PROBES)
def test_it_holds_every_kind_of_node(kind: str) -> None:
    make, _, _ = PROBES[kind]
    assert f'"node": "{kind.lower()}"' in write(make())


def test_it_is_the_canonical_form_in_an_outer_object() -> None:
    document = sample_document()
    data = json.loads(write(document))
    assert data == {"schema_version": 1, "document": as_data(document)}


def test_it_is_readable_and_stable() -> None:
    text = write(sample_document())
    assert text == write(sample_document())
    assert text.startswith('{\n  "document": {\n')
    assert text.endswith('\n  "schema_version": 1\n}\n')
    assert "湖滨大学" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    data = json.loads(write(sample_document(party=name)))
    assert data["document"]["cover"]["parties"][0]["name"]["en"][0]["text"] == name
