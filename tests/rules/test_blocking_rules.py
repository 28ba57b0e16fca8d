"""Red technology, and what China prohibits from export, block a plan: a mark on the draft, no copy for signature."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.plans import changed, save
from tests.rules.test_cases import BASE
from tmp_builder import pipeline
from tmp_builder.cli.output import finding_data
from tmp_builder.errors import IncompletePlanError
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan

RED = {"registers.technologies.T-2.tier": "red"}
PROHIBITED = {"registers.technologies.T-1": {"cn_catalogue_item": "183506X", "cn_catalogue_status": "prohibited"}}
RESTRICTED = {"registers.technologies.T-1": {"cn_catalogue_item": "183507X", "cn_catalogue_status": "restricted"}}
YELLOW = {"registers.technologies.T-2.tier": "yellow"}


def _examined(changes: Mapping[str, Any], library: Library, folder: Path, *, final: bool = False) -> pipeline.Checked:
    plan = read_plan(save(changed(BASE, changes), folder / "case.plan.yaml"), library)
    return pipeline.examine(plan, library, pipeline.Options(final=final, formats=("html",)))


@pytest.mark.parametrize(("changes", "code"), [(RED, "SEC-01"), (PROHIBITED, "SEC-05")])
def test_a_blocking_rule_marks_the_draft(changes: Mapping[str, Any], code: str, library: Library, tmp_path: Path) -> None:
    checked = _examined(changes, library, tmp_path)
    blocking = [finding for finding in checked.findings if finding.blocks]
    assert [finding.code for finding in blocking] == [code]
    assert finding_data(blocking[0])["blocks"] is True
    assert checked.document.imprint.blocked
    assert "BLOCKED – not to be signed".encode() in pipeline.write(checked.document, "html", pipeline.Options())


@pytest.mark.parametrize("changes", [RED, PROHIBITED])
def test_no_final_document_is_made_of_a_blocked_plan(changes: Mapping[str, Any], library: Library, tmp_path: Path) -> None:
    checked = _examined(changes, library, tmp_path, final=True)
    with pytest.raises(IncompletePlanError, match="no final document"):
        pipeline.render(checked, pipeline.Options(final=True, formats=("html",)))


@pytest.mark.parametrize("changes", [{}, YELLOW, RESTRICTED])
def test_other_tiers_and_restrictions_do_not_block(changes: Mapping[str, Any], library: Library, tmp_path: Path) -> None:
    checked = _examined(changes, library, tmp_path)
    assert not checked.document.imprint.blocked
    assert not any(finding_data(finding)["blocks"] for finding in checked.findings)
