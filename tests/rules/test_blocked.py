"""A finding that blocks marks everything that is built from the plan (STR-10)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plans import changed, save
from tests.rules.test_cases import BASE
from tmp_builder import pipeline
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import RULES, Hit, Rule, catalogue


def _red(case: Case) -> Iterator[Hit]:
    """A rule that blocks plans called “red”."""
    if case.plan.id == "red":
        yield Hit("a red technology", "红类技术", "id", blocks=True)


@pytest.mark.parametrize(("ident", "blocked"), [("red", True), ("green", False)])
def test_only_a_blocking_finding_puts_the_mark_on_the_text(
    ident: str, blocked: bool, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue()
    monkeypatch.setitem(RULES, "RED-01", Rule("RED-01", Severity.ERROR, Force.LAW, "test", _red, _red.__doc__ or ""))
    plan = read_plan(save(changed(BASE, {"id": ident}), tmp_path / "case.plan.yaml"), library)
    checked = pipeline.examine(plan, library)
    assert checked.document.imprint.blocked is blocked
    text = pipeline.write(checked.document, "html", pipeline.Options())
    assert ("BLOCKED – not to be signed".encode() in text) is blocked
    assert [finding.code for finding in checked.findings if finding.blocks] == (["RED-01"] if blocked else [])
