"""Approvals in a plan file: read with every fault, kept out of what goes out, tied to words and not to numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.plans import small_plan, source_of
from tmp_builder.assemble import assemble
from tmp_builder.document.said import words_of
from tmp_builder.errors import PlanError
from tmp_builder.library.schema import Library
from tmp_builder.plan.approvals import Ground, Standing
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.json_schema import json_schema
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Approval, Plan
from tmp_builder.plan.writing import merge_rows

PlanOf = Callable[..., Plan]
HEX = "0" * 64
ROW: dict[str, Any] = {
    "of": "choices.ownership",
    "clauses": "ownership.employer",
    "fingerprint": {"en": f"v1:{HEX}", "zh": f"v1:{HEX}"},
    "decision": "approve",
    "reason": "as agreed",
    "by": "Ms Liu",
    "given-on": "2026-09-20",
}


def ground(plan: Plan, library: Library) -> Ground:
    return Ground(plan, library, assemble(plan, library))


def approved(on: Ground, of: str, *clauses: str) -> Approval:
    found = on.fingerprint(of, clauses)
    return Approval(of, "approve", "Ms Liu", date(2026, 9, 20), clauses, found, removed=not found)


def test_an_approval_is_read_as_it_is_written_and_written_as_it_was_read(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of({"approvals": [ROW, {**ROW, "of": "members.A9", "clauses": [], "fingerprint": None, "removed": "yes"}]})
    first, second = plan.approvals
    assert (first.clauses, first.given_on, first.removed) == (("ownership.employer",), date(2026, 9, 20), False)
    assert (second.removed, dict(second.fingerprint)) == (True, {})
    again = resolve(source_of(plan_data(plan, library)), library)
    assert again.approvals == plan.approvals


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision": "maybe"}, "approve"),
        ({"fingerprint": {"en": "abc"}}, "fingerprint"),
        ({"fingerprint": {"fr": f"v1:{HEX}"}}, "fr"),
        ({"removed": "yes"}, "never both"),
        ({"fingerprint": None}, "never both"),
        ({"by": ""}, "by"),
        ({"given-on": "20.9.2026"}, "2026-09-30"),
        ({"who": "me"}, "who"),
    ],
)
def test_a_fault_in_an_approval_is_named_with_its_line(change: dict[str, Any], said: str, library: Library) -> None:
    with pytest.raises(PlanError) as caught:
        resolve(source_of({**small_plan(library), "approvals": [{**ROW, **change}]}), library)
    assert said in str(caught.value)
    assert all(fault.place.line > 1 for fault in caught.value.faults)


def test_approvals_are_never_in_a_file_for_the_other_side(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of({"approvals": [ROW]})
    assert "approvals" in plan_data(plan, library)
    assert "approvals" not in plan_data(plan, library, internal=False)


def test_an_editor_knows_the_keys_of_an_approval(library: Library) -> None:
    schema = json_schema("plan", library)
    assert {"of", "clauses", "fingerprint", "removed", "decision", "given-on"} <= set(
        schema["$defs"]["ApprovalFile"]["properties"]
    )
    assert "tmp approve" in schema["properties"]["approvals"]["description"]


def test_an_approval_holds_when_clauses_are_only_renumbered(plan_of: PlanOf, library: Library) -> None:
    before = ground(plan_of(), library)
    approval = approved(before, "choices.confidentiality", "confidentiality.compelled")
    own = {"id": "site", "after": "projects", "title": "Site", "en": "1.  {#a} Safety first.", "zh": "1.  {#a} 安全第一。"}
    after = ground(plan_of({"additional": [own]}), library)
    numbers = [next(s.number for s in on.document.sections if s.id == "section:confidentiality") for on in (before, after)]
    assert int(numbers[1]) == int(numbers[0]) + 1
    assert after.standing(approval) is Standing.HOLDS


def test_an_approval_lapses_when_a_value_in_the_words_changes(plan_of: PlanOf, library: Library) -> None:
    approval = approved(ground(plan_of(), library), "choices.protection", "protection.disclose")
    other = plan_of({"parameters.protection.disclose.party_to_party_days": "61"})
    assert ground(other, library).standing(approval) is Standing.LAPSED


def test_an_approval_lapses_when_only_the_chinese_words_change(plan_of: PlanOf, library: Library) -> None:
    option = library.options["ownership.employer"]
    bespoke = {lang: text for lang, (text, _) in option.texts.items()}
    same = plan_of({"wording.ownership.employer": bespoke})
    approval = approved(ground(same, library), "wording.ownership.employer", "ownership.employer")
    changed = plan_of({"wording.ownership.employer": {**bespoke, "zh": bespoke["zh"].replace("单位", "机构", 1)}})
    assert bespoke["zh"].count("单位") > 0
    assert ground(changed, library).standing(approval) is Standing.LAPSED
    english = replace(changed, languages=("en",))
    assert Ground(english, library, assemble(english, library)).standing(approval) is Standing.HOLDS


def test_a_language_that_was_not_approved_is_not_covered(plan_of: PlanOf, library: Library) -> None:
    english = plan_of({"languages": ["en"]})
    approval = approved(ground(english, library), "choices.ownership", "ownership.employer")
    assert set(approval.fingerprint) == {"en"}
    assert ground(plan_of(), library).standing(approval) is Standing.LAPSED


def test_what_was_approved_to_go_lapses_when_it_comes_back(plan_of: PlanOf, library: Library) -> None:
    without = plan_of({"choices.protection": ["disclose", "us-first", "dual-clearance", "filing-lead", "abandonment"]})
    approval = approved(ground(without, library), "choices.protection", "protection.china-first")
    assert approval.removed
    assert ground(without, library).standing(approval) is Standing.HOLDS
    assert ground(plan_of(), library).standing(approval) is Standing.LAPSED


def test_a_reserved_number_is_no_clause(plan_of: PlanOf, library: Library) -> None:
    reserved = plan_of(
        {
            "numbering": "reserve",
            "reserved": ["protection.china-first"],
            "choices.protection": ["disclose", "us-first", "dual-clearance", "filing-lead", "abandonment"],
        }
    )
    assert not any(words_of(assemble(reserved, library), "protection.china-first", "en"))


def test_a_member_s_data_are_what_an_approval_of_it_covers(plan_of: PlanOf, library: Library) -> None:
    plan = plan_of()
    approval = approved(ground(plan, library), "members.A1.type")
    assert ground(plan, library).standing(approval) is Standing.HOLDS
    assert ground(plan_of({"members.A1.type": "company"}), library).standing(approval) is Standing.LAPSED
    gone = replace(approval, of="members.Z9.type")
    assert ground(plan, library).standing(gone) is Standing.ABSENT


TEXT = """# a plan
id: one
title: {en: A very long title that somebody broke over
    two lines, zh: 标题}
approvals:  # of the board
  # the first
  - of: a
    decision: approve  # at last
    by: Liu
  - {of: b, clauses: [x.y], decision: ask, by: Liu}
# the rest
waivers: []
"""


def test_only_the_rows_that_change_are_written_anew() -> None:
    made = merge_rows(TEXT, "approvals", [{"of": "b", "clauses": ["x.y"], "decision": "reject", "by": "Li"}], ("of", "clauses"))
    assert made == TEXT.replace("decision: ask, by: Liu", "decision: reject, by: Li")
    assert merge_rows(made, "approvals", [{"of": "a", "decision": "approve", "by": "Liu"}], ("of", "clauses")) == made


def test_rows_of_a_new_list_stand_at_the_end_of_the_file() -> None:
    assert merge_rows("id: one", "approvals", [{"of": "a", "by": "Liu"}], ("of",)) == (
        "id: one\n\napprovals:\n  - of: a\n    by: Liu\n"
    )


def test_a_plan_on_one_line_is_refused_and_not_broken() -> None:
    with pytest.raises(PlanError, match="flow mapping"):
        merge_rows("{id: one}", "approvals", [{"of": "a"}], ("of",))
