"""Any text that a plan may hold is printed by every writer as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree
from markdown_it import MarkdownIt

from tests.property.random_plans import NAMES
from tests.samples import sample_document
from tmp_builder.document.nodes import Document
from tmp_builder.writers.docx import write as write_docx
from tmp_builder.writers.html import write as write_html
from tmp_builder.writers.json import write as write_json
from tmp_builder.writers.markdown import write as write_markdown
from tmp_builder.writers.text import write as write_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = [
    "A*B_{{x}}<b>",
    "<&\"'{{**",
    "]]>",
    "<!--",
    "${x}",
    "a|b",
    "# a",
    "1. a",
    "`a`",
    "[a](b)",
    "_a_",
    "~~a~~",
    "\\",
    "&amp;",
    "a  b",
    "﷽",
]


def docx_text(document: Document) -> str:
    with ZipFile(BytesIO(write_docx(document))) as package:
        parts = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    return "".join(text.text or "" for part in parts for text in part.iter(f"{W}t"))


def html_text(document: Document) -> str:
    return unescape(re.sub(r"<[^>]*>", "", write_html(document)))


def markdown_text(document: Document) -> str:
    return "".join(_leaves(MarkdownIt("commonmark").enable("table").parse(write_markdown(document))))


def _leaves(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _leaves(token.children)
        elif token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type in ("html_inline", "html_block"):
            yield unescape(re.sub(r"<[^>]*>", "", token.content))


def json_text(document: Document) -> str:
    return "".join(_strings(json.loads(write_json(document))))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _strings(inner)


PRINTED: dict[str, Callable[[Document], str]] = {
    "docx": docx_text,
    "html": html_text,
    "markdown": markdown_text,
    "json": json_text,
    "text": lambda document: write_text(document, "en"),
}


def squeezed(text: str) -> str:
    """Without white space: where a line breaks is the writer's business."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("form", PRINTED)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_of_a_party_survives(form: str, name: str) -> None:
    assert squeezed(name) in squeezed(PRINTED[form](sample_document(party=name)))


@pytest.mark.parametrize("form", PRINTED)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(name=NAMES)
@example("A*B_{{x}}<b>")
def test_any_text_as_the_name_of_a_party_survives(form: str, name: str) -> None:
    assert squeezed(name) in squeezed(PRINTED[form](sample_document(party=name)))
