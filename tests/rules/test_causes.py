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
    ("two standards of confidentiality", {"choices.confidentiality": ["marked", "nature", "compelled"]}, "CON-03"),
    (
        "free memory beside the controls of a yellow project",
        {
            "choices": {
                "confidentiality": ["business-confidential", "residuals", "compelled"],
                "export-control": ["general", "us-ear", "china-export", "tiers", "yellow-pack"],
                "data": ["inventory", "rights-creator", "software-repository-control"],
            },
            "projects.P1.tier": "yellow",
        },
        "CON-03",
    ),
    (
        "fundamental research under the treaty review",
        {
            "choices": {"publication": ["treaty-review", "thesis"], "third-party-licences": []},
            "parameters": {"export-control.us-ear.rely_on_fre": "yes", "publication.treaty-review.review_working_days": "60"},
        },
        "CON-04",
    ),
    ("a publication held back for seven months", {"parameters.publication.patent-delay.max_delay_months": "7"}, "CON-05"),
    (
        "a sale ban of more than ten years",
        {
            "choices": {
                "equipment": ["provider-keeps", "leaver-keeps", "sale-ban"],
                "competition": ["ancillary", "window-review"],
            },
            "parameters.equipment.sale-ban.retention_months": "121",
        },
        "EQP-02",
    ),
    (
        "a sale ban without a schedule of equipment",
        {
            "choices": {
                "equipment": ["provider-keeps", "sale-ban"],
                "competition": ["ancillary", "window-review"],
            },
            "registers.equipment": None,
        },
        "EQP-01",
    ),
    (
        "a long sale ban without review",
        {
            "choices.equipment": ["provider-keeps", "leaver-keeps", "sale-ban"],
            "parameters.equipment.sale-ban.retention_months": "25",
        },
        "EQP-04",
    ),
    (
        "yellow controls without the limits on code",
        {
            "choices.export-control": ["general", "us-ear", "china-export", "tiers", "yellow-pack"],
            "projects.P1.tier": "yellow",
        },
        "SEC-02",
    ),
    (
        "reviews too far apart under smart openness",
        {
            "profile": "smart-openness",
            "choices.export-control": ["general", "us-ear", "china-export", "tiers", "annual-review"],
            "parameters.export-control.annual-review.interval_months": "13",
        },
        "SEC-08",
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
