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


FOLLOWS: list[tuple[str, Mapping[str, Any], str, str]] = [
    (
        "title leaves China while the clause on fiscal money is missing",
        {
            "choices": {"ownership": ["lead-assigns"], "public-funding": ["us-reservation"]},
            "parameters.ownership.lead-assigns.lead": "A1",
        },
        "OWN-07",
        "FUN-02",
    ),
    (
        "survival that ends before the window of an item",
        {
            "choices.equipment": ["provider-keeps", "leaver-keeps", "sale-ban"],
            "parameters": {"equipment.sale-ban.retention_months": "12", "equipment.sale-ban.anchor": "acceptance"},
            "registers.equipment.EQ-1": {"accepted_on": "2026-11-02", "window_months": "119"},
        },
        "TIM-04",
        "EQP-03",
    ),
    (
        "a review that waits for the day of a classification",
        {"registers.technologies.T-1": {"classified_on": None, "next_review": None}},
        "TIM-05",
        "SEC-03",
    ),
    (
        "a report that waits for the end of a cooperation",
        {
            "registers.datasets.D-2": {
                "dataset_id": "D-2",
                "owner": "B1",
                "place": "CN",
                "recipients": "A1",
                "tier": "green",
                "hgr": "yes",
                "hgr_ref": "HGR-2026-7",
            }
        },
        "TIM-05",
        "DAT-05",
    ),
    (
        "a clause that refers to the option which its card needs",
        {"choices.basis": ["endorsed"]},
        "STR-06",
        "STR-03",
    ),
]


@pytest.mark.parametrize(
    ("changes", "consequence", "code"), [pytest.param(changes, one, code, id=name) for name, changes, one, code in FOLLOWS]
)
def test_a_consequence_falls_away_where_its_cause_is_reported(
    changes: Mapping[str, Any], consequence: str, code: str, library: Library, tmp_path: Path
) -> None:
    alone = findings_of(changes, library, tmp_path, codes=[consequence])
    together = findings_of(changes, library, tmp_path, codes=[consequence, code])
    assert alone, "by itself the rule sees it"
    assert {finding.code for finding in together} == {code}


def test_a_later_window_of_another_kind_is_still_told(library: Library, tmp_path: Path) -> None:
    changes = {
        "choices.equipment": ["provider-keeps", "leaver-keeps", "sale-ban"],
        "parameters": {
            "equipment.sale-ban.retention_months": "12",
            "equipment.sale-ban.anchor": "acceptance",
            "confidentiality.business-confidential.months_after_end": "120",
        },
        "registers.equipment.EQ-1": {"accepted_on": "2026-11-02", "window_months": "119"},
    }
    assert {finding.code for finding in findings_of(changes, library, tmp_path, codes=["TIM-04", "EQP-03"])} == {
        "TIM-04",
        "EQP-03",
    }
