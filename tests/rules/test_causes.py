"""One cause gives one finding: a special rule takes the place of the general rules about the same cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.rules.test_cases import findings_of
from tmp_builder.library.schema import Library

SPECIAL: list[tuple[str, Mapping[str, Any], str]] = [
    ("two kinds of basis", {"choices.basis": ["protocol", "private", "award-first"]}, "BAS-02"),
    ("no owner", {"choices.ownership": []}, "OWN-01"),
    ("two owners", {"choices.ownership": ["employer", "sponsor"]}, "OWN-01"),
    ("co-ownership without any rule", {"choices.joint-ownership": []}, "OWN-02"),
    (
        "co-ownership without a regime",
        {"choices.joint-ownership": ["assignment-rules", "enforcement", "costs-abandonment"]},
        "OWN-02",
    ),
    ("no chain of title", {"choices.personnel": ["visitor-host"]}, "OWN-11"),
    ("both lists of background", {"choices.background": ["positive-list", "negative-list"]}, "BIP-02"),
    ("a positive list without a register", {"choices.background": ["positive-list"], "registers.background": None}, "BIP-01"),
    (
        "title by territory without a rule on third countries",
        {"choices": {"ownership": ["territory-split"], "territory": ["hong-kong-macau-taiwan"]}},
        "OWN-04",
    ),
    (
        "public results with a priority",
        {"choices": {"ownership": ["public-domain"], "third-party-licences": ["member-priority"]}},
        "OWN-13",
    ),
    (
        "public results with exclusive fields",
        {
            "choices": {"ownership": ["public-domain"], "licences": ["field-of-use"]},
            "parameters": {"licences.field-of-use.exclusive_in_field": "yes"},
        },
        "OWN-13",
    ),
]
GENERAL_CODES = ["STR-01", "STR-02", "STR-03", "STR-04"]


@pytest.mark.parametrize(("changes", "code"), [pytest.param(changes, code, id=name) for name, changes, code in SPECIAL])
def test_a_special_rule_replaces_the_general_ones(
    changes: Mapping[str, Any], code: str, library: Library, tmp_path: Path
) -> None:
    alone = findings_of(changes, library, tmp_path, codes=GENERAL_CODES)
    together = findings_of(changes, library, tmp_path, codes=[*GENERAL_CODES, code])
    assert alone, "the general rules see it too"
    assert [finding.code for finding in together] == [code]
