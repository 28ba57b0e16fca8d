"""The writer of pages for the screen, comparisons and the report of a batch: one self-contained HTML file that loads nothing and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tmp_builder
from tmp_builder.datafiles import data_folder
from tmp_builder.writers.ours import seal
from tmp_builder.writers.words import printable

if TYPE_CHECKING:
    from jinja2 import Environment

KINDS = ("diff", "matrix", "history", "batch")


def write(view: Mapping[str, Any]) -> bytes:
    """The page of `view`, as `compare.page` and `batch.page` make it: the same view gives the same bytes.

    Every text is escaped, and a policy in the page forbids all but its own style sheet and script, so that no name in a plan can
    become markup or load anything; its last line is the seal of `writers.ours`. Raises ValueError for a kind of page that does not exist.
    """
    if view["kind"] not in KINDS:
        raise ValueError(f"page {view['kind']!r} is none of {', '.join(KINDS)}")
    css, js = _read("report.css"), _read("report.js")
    template = _environment().get_template(f"report-{view['kind']}.html.j2")
    policy = f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(js)}'; base-uri 'none'; form-action 'none'"
    program = f"tmp-builder {tmp_builder.__version__}"
    return seal(printable(template.render(view, css=css, js=js, policy=policy, program=program)))


def _hash(text: str) -> str:
    """What a content security policy calls the text of an element by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache
def _read(name: str) -> str:
    return (data_folder("templates") / name).read_text(encoding="utf-8")


@lru_cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
