"""Waivers: one finding each, within limits, until a day; what is wrong with a waiver is itself a finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.plans import changed, save
from tests.rules.test_cases import BASE
from tmp_builder import pipeline
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan
from tmp_builder.rules.waivers import apply_waivers

WITHOUT_RULES_MEANWHILE = {"choices.disputes": ["ladder", "uncitral-mutual"]}
"""Two findings of DIS-06, for two clauses at one address."""
TWO_YEARS_OF_SCREENING = {"members.A1.screening-result": "hit"}


def waiver(rule: str, **more: str) -> dict[str, str]:
    return {"rule": rule, "reason": "agreed in May", "by": "counsel-us", "until": "2027-06-30", **more}


def examined(
    library: Library, folder: Path, changes: dict[str, Any], *waivers: dict[str, str], day: date | None = None
) -> pipeline.Checked:
    data = changed(BASE, {**changes, "waivers": list(waivers)})
    return pipeline.examine(read_plan(save(data, folder / "w.plan.yaml"), library), library, pipeline.Options(dated=day))


def codes(checked: pipeline.Checked) -> list[str]:
    return [finding.code for finding in checked.findings]


def test_it_silences_the_finding_of_its_rule_and_keeps_it_for_the_report(library: Library, tmp_path: Path) -> None:
    checked = examined(library, tmp_path, {"choices.disputes": ["ladder", "uncitral-mutual", "injunction"]}, waiver("DIS-06"))
    assert codes(checked) == []
    assert [(finding.code, by.by) for finding, by in checked.waived] == [("DIS-06", "counsel-us")]


def test_it_silences_only_the_object_it_names(library: Library, tmp_path: Path) -> None:
    checked = examined(library, tmp_path, WITHOUT_RULES_MEANWHILE, waiver("DIS-06", object="disputes.injunction"))
    assert [(finding.code, finding.clause) for finding in checked.findings] == [("DIS-06", "disputes.interim-ip")]


def test_one_that_fits_two_findings_silences_neither(library: Library, tmp_path: Path) -> None:
    checked = examined(library, tmp_path, WITHOUT_RULES_MEANWHILE, waiver("DIS-06"))
    assert sorted(codes(checked)) == ["DIS-06", "DIS-06", "WAI-05"]
    assert "2 findings" in next(each for each in checked.findings if each.code == "WAI-05").text()


@pytest.mark.parametrize("name", ["EQ-1", "registers.equipment", "registers.equipment.EQ-1"])
def test_an_object_is_an_address_a_part_of_one_or_an_id(library: Library, tmp_path: Path, name: str) -> None:
    checked = examined(library, tmp_path, {"registers.equipment.EQ-1.host": "B1"}, waiver("TIM-03", object=name))
    assert "TIM-03" not in codes(checked)


def test_it_holds_on_its_last_day_and_not_on_the_next(library: Library, tmp_path: Path) -> None:
    changes = {"choices.disputes": ["ladder", "uncitral-mutual", "injunction"], "members.A1.screening-date": "2027-03-01"}
    last, late = (
        examined(library, tmp_path, changes, waiver("DIS-06"), day=date(2027, month, day)) for month, day in ((6, 30), (7, 1))
    )
    assert not {"DIS-06", "WAI-01"} & set(codes(last))
    assert {"DIS-06", "WAI-01"} <= set(codes(late))
    assert "30 June 2027" in next(each for each in late.findings if each.code == "WAI-01").text()


def test_one_that_silences_nothing_is_a_finding_at_its_own_line(library: Library, tmp_path: Path) -> None:
    (finding,) = examined(library, tmp_path, {}, waiver("DIS-06")).findings
    assert (finding.code, finding.address) == ("WAI-02", "waivers.0")
    assert finding.place.line > 300


@pytest.mark.parametrize(
    ("rule", "changes", "why"),
    [
        ("PAR-05", TWO_YEARS_OF_SCREENING, "law"),
        ("STR-02", {"parameters.protection.disclose.party_to_party_days": 121}, "blocks"),
    ],
)
def test_law_and_the_text_itself_cannot_be_waived(
    library: Library, tmp_path: Path, rule: str, changes: dict[str, Any], why: str
) -> None:
    checked = examined(library, tmp_path, changes, waiver(rule))
    assert {rule, "WAI-03"} <= set(codes(checked))
    assert why in next(each for each in checked.findings if each.code == "WAI-03").text()


def test_a_blocking_finding_cannot_be_waived_and_the_mark_stays(library: Library, tmp_path: Path) -> None:
    checked = examined(library, tmp_path, {"registers.technologies.T-1.tier": "red"}, waiver("SEC-01"))
    assert {"SEC-01", "WAI-03"} <= set(codes(checked))
    assert checked.document.imprint.blocked


def test_a_finding_of_a_funder_needs_its_approval(library: Library, tmp_path: Path) -> None:
    from tmp_builder.findings import Finding, Force, Severity
    from tmp_builder.rules.catalogue import catalogue

    rule = next(each for each in catalogue().values() if each.force is Force.FUNDER)
    found = [Finding(rule.code, Severity.ERROR, {"en": "text", "zh": "文字"}, "choices.licences", force=Force.FUNDER)]

    def outcome(**more: str) -> list[str]:
        data = changed(BASE, {"waivers": [waiver(rule.code, **more)]})
        plan = read_plan(save(data, tmp_path / "f.plan.yaml"), library)
        return [finding.code for finding in apply_waivers(plan, found).findings]

    assert sorted(outcome()) == sorted([rule.code, "WAI-03"])
    assert outcome(**{"approval-ref": "letter of 3 May 2026"}) == []


def test_an_unknown_rule_is_an_error_that_names_the_nearest(library: Library, tmp_path: Path) -> None:
    (finding,) = examined(library, tmp_path, {}, waiver("DIS-6")).findings
    assert finding.code == "WAI-04"
    assert "DIS-06" in finding.text()


def test_one_without_a_reason_is_none(library: Library, tmp_path: Path) -> None:
    checked = examined(
        library, tmp_path, {"choices.disputes": ["ladder", "uncitral-mutual", "injunction"]}, waiver("DIS-06", reason=" ")
    )
    assert sorted(codes(checked)) == ["DIS-06", "WAI-03"]


def test_a_waived_error_no_longer_keeps_a_document_from_being_final(library: Library, tmp_path: Path) -> None:
    changes = {"parameters.exit.survival.tail_months": 59}
    plain, waived = (examined(library, tmp_path, changes, *given) for given in ((), (waiver("TIM-04"),)))
    assert [error.code for error in plain.errors] == ["TIM-04"]
    assert waived.errors == []
    final = pipeline.examine(waived.plan, library, pipeline.Options(final=True))
    assert [error.code for error in final.of(pipeline.Severity.ERROR)] == []


def test_the_order_of_severity_is_kept(library: Library, tmp_path: Path) -> None:
    checked = examined(library, tmp_path, WITHOUT_RULES_MEANWHILE, waiver("DIS-6"))
    assert [finding.severity.rank for finding in checked.findings] == sorted(
        finding.severity.rank for finding in checked.findings
    )
