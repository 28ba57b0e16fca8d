"""A plan file as a plan: every fault of form and of name with its line, all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.plans import changed, save, small_plan
from tmp_builder.errors import LibraryError, PlanError
from tmp_builder.findings import Place
from tmp_builder.library.schema import Library
from tmp_builder.plan.printable import unprintable
from tmp_builder.plan.reader import read_plan
from tmp_builder.plan.schema import Plan

HEAD = "id: small\ntitle: {en: Small, zh: 小}\n"
PlanOf = Callable[..., Plan]


def faults_of(text: str | bytes, library: Library, folder: Path) -> list[str]:
    """The faults of a plan file, as a person reads them, without the folder."""
    path = folder / "p.plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PlanError) as caught:
        read_plan(path, library)
    return [str(fault).replace(f"{folder}/", "") for fault in caught.value.faults]


def test_a_plan_holds_what_its_file_says(plan_of: PlanOf) -> None:
    plan = plan_of()
    assert (plan.id, plan.title["zh"], plan.dated, plan.effective_date) == (
        "small",
        "小联盟",
        date(2026, 9, 15),
        date(2026, 10, 1),
    )
    assert plan.side("CN") is plan.sides[1]
    assert plan.member("B1") is plan.members[1]
    assert plan.members[0].cells["public_money"] == ("us_federal",), "a schedule's column has underscores"
    assert plan.has("ownership.employer")
    assert plan.values["protection.disclose.party_to_party_days"] == 60
    assert plan.rows("awards")[0].cells["recipient"] == "A1"
    assert plan.rows("equipment") == ()


FORM = [
    ("an unknown key", HEAD + "choises: {}\n", "p.plan.yaml:3:1: unknown key “choises”, did you mean “choices”?"),
    ("an unknown key below", HEAD + "members:\n  - {id: A1, name: X, typ: company}\n", "p.plan.yaml:4:23: unknown key “typ”, did you mean “type”?"),
    ("an unknown key of a title", "id: small\ntitle: {en: Small, de: Klein}\n", "p.plan.yaml:2:20: unknown key “de”"),
    ("a key with an underscore", HEAD + "effective_date: 2026-09-30\n", "unknown key “effective_date”, did you mean “effective-date”?"),
    ("a missing key", "title: {en: Small, zh: 小}\n", "p.plan.yaml:1:1: the key “id” is missing"),
    ("no mapping", "- a\n- b\n", "expected keys with values"),
    ("an empty file", "", "the key “id” is missing"),
    ("an id with a space", "id: small plan\ntitle: X\n", "p.plan.yaml:1:1: id:"),
    ("a version that is a word", HEAD + "version: eleven\n", "p.plan.yaml:3:1: version: expected a whole number, not 'eleven'"),
    ("a version below nought", HEAD + "version: -1\n", "version"),
    ("a date in another order", HEAD + "dated: 30.09.2026\n", "p.plan.yaml:3:1: dated: expected a date such as 2026-09-30"),
    ("a day that is none", HEAD + "dated: 2026-02-30\n", "dated: expected a date such as 2026-09-30"),
    ("a date as a number of seconds", HEAD + "dated: 1789000000\n", "dated: expected a date such as 2026-09-30"),
    ("a status that is none", HEAD + "status: singed\n", "status: 'singed' is not one of draft, negotiating, signed, did you mean “signed”?"),
    ("signed without a date", HEAD + "status: signed\n", "a signed plan needs signed-on"),
    ("a third language", HEAD + "languages: [en, fr]\n", "languages"),
    ("a language twice", HEAD + "languages: [en, en]\n", "the same language stands twice"),
    ("no language", HEAD + "languages: []\n", "languages"),
    ("a fact that is neither yes nor no", HEAD + "facts: {competitors: perhaps}\n", "expected yes or no, not 'perhaps'"),
    ("an open choice of one", HEAD + "choices: {ownership: {open: [employer]}}\n", "choices.ownership"),
    ("an open choice with an unknown key", HEAD + "choices: {ownership: {opne: [employer, sponsor]}}\n", "unknown key “opne”, did you mean “open”?"),
    ("a choice that is a list of lists", HEAD + "choices: {ownership: [[employer]]}\n", "choices.ownership.0: expected a text"),
    ("members that are a number of keys", HEAD + "members: {A1: {name: X}}\n", "members: expected"),
    ("a date of no form", HEAD + "effective-date: soon\n", "p.plan.yaml:3:1: effective-date: expected a date such as 2026-09-30, not 'soon'"),
    ("midnight as a number of seconds", HEAD + "dated: 86400\n", "dated: expected a date such as 2026-09-30, not '86400'"),
    ("a type of member that is none", HEAD + "members:\n  - {id: A1, name: X, type: univercity}\n", "did you mean “university”?"),
    ("a key twice", HEAD + "id: other\n", "p.plan.yaml:3:1: the key “id” stands twice"),
    ("an alias", HEAD + "choices: {a: &x [b], c: *x}\n", "p.plan.yaml:3:25: uses an alias"),
    ("a tag", HEAD + "facts: !!python/object/new:os.system [x]\n", "p.plan.yaml:3:8: has a tag that is not read"),
    ("a file that is no YAML", "id: [small\n", "is no valid YAML"),
    ("a control character as itself", b"id: small\ntitle: {en: Sm\x07all}\n", "p.plan.yaml:2:15: holds the control character U+0007"),
    ("a control character written out", 'id: small\ntitle: {en: "Sm\\all"}\n', "p.plan.yaml:2:9: title.en: holds the control character U+0007"),
    ("another encoding", "id: small\ntitle: 清洁汽车联盟\n".encode("gb18030"), "p.plan.yaml: cannot be read: it is not UTF-8 text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in FORM], ids=[row[0] for row in FORM])
def test_a_fault_of_form(text: str | bytes, words: str, library: Library, tmp_path: Path) -> None:
    found = faults_of(text, library, tmp_path)
    assert any(words in line for line in found), found
    assert all("File" not in line and "tuple" not in line and "pydantic" not in line for line in found), "no names of the program"


NAMES: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown section", {"choices.ownerschip": ["employer"]}, "unknown section “ownerschip”, did you mean “ownership”?"),
    ("an unknown option", {"choices.ownership": ["employr"]}, "unknown option “employr” in ownership, did you mean “employer”?"),
    ("an option twice", {"choices.licences": ["research-only", "research-only"]}, "the option “licences.research-only” stands twice"),
    ("an option of another section", {"choices.ownership": ["licences.research-only"]}, "unknown option “licences.research-only” in ownership"),
    (
        "an unknown option in an open choice",
        {"choices.ownership": {"open": ["employer", "sponser"]}},
        "unknown option “sponser” in ownership, did you mean “sponsor”?",
    ),
    (
        "a position of nobody",
        {"choices.ownership": {"open": ["employer", "sponsor"], "positions": {"UK": "employer"}}},
        "unknown side or member “UK”",
    ),
    ("a parameter that is none", {"parameters": {"protection.disclose.days": "60"}}, "unknown parameter “protection.disclose.days”"),
    ("a parameter of an option that is none", {"parameters": {"protection.disclos.days": "60"}}, "did you mean “protection.disclose”?"),
    ("a value of another kind", {"parameters": {"term.fixed.term_months": "five years"}}, "term.fixed.term_months: expected a whole number of months"),
    ("a value that is no choice", {"parameters": {"export-control.us-ear.rely_on_fre": "maybe"}}, "'maybe' is not one of yes, no"),
    ("a value that repeats a fact", {"parameters": {"term.fixed.effective_date": "2026-10-01"}}, "repeats a fact of the plan (effective-date)"),
    ("a value that names no member", {"parameters": {"governance.secretariat.secretariat": "B9"}}, "no member has the id “B9”"),
    ("an unknown profile", {"profile": "cercc"}, "unknown profile “cercc”, did you mean “cerc”?"),
    ("an unknown fact", {"facts": {"competitor": "no"}}, "unknown fact “competitor”, did you mean “competitors”?"),
    ("a lead that is no member", {"sides.US.lead": "A9"}, "unknown member “A9”"),
    ("a side that is none", {"members.A1.side": "UK"}, "member A1: unknown side “UK”"),
    ("a country that is none", {"members.A1.country": "XX"}, "member A1: unknown country or region “XX”"),
    ("a territory that is none", {"sides.US.territory": ["USA"]}, "side US: unknown country or region “USA”"),
    ("a calendar that is none", {"dates.calendars": ["ZZ"]}, "calendars: unknown country or region “ZZ”"),
    ("a competitor that is no member", {"members.A1.competes-with": ["C1"]}, "competes-with names no member: “C1”"),
    ("an amount without a currency", {"members.A1.cash": "1000"}, "A1: cash: expected an amount with its currency"),
    ("a share that is no number", {"members.A1.share-pct": "half"}, "A1: share-pct: expected a number"),
    ("two members with one id", {"members": [{"id": "A1", "name": "X"}, {"id": "A1", "name": "Y"}]}, "the id “A1” stands twice in members"),
    ("two sides with one id", {"sides": [{"id": "S", "name": "X"}, {"id": "S", "name": "Y"}]}, "the id “S” stands twice in sides"),
    ("a register that is none", {"registers.equipments": []}, "unknown register “equipments”, did you mean “equipment”?"),
    ("members as a register", {"registers.members": []}, "unknown register “members”"),
    ("a column that is none", {"registers.equipment": [{"eq_id": "EQ-1", "nam": "x"}]}, "unknown column “nam” in equipment, did you mean “name”?"),
    ("a computed column", {"registers.equipment": [{"eq_id": "E", "retention_end": "2030-01-01"}]}, "retention_end is computed by the program"),
    ("a row without its key", {"registers.equipment": [{"name": "x"}]}, "a row of the register equipment has no eq_id"),
    ("two rows with one key", {"registers.equipment": [{"eq_id": "E"}, {"eq_id": "E"}]}, "the id “E” stands twice in the register equipment"),
    ("a cell of another kind", {"registers.equipment": [{"eq_id": "E", "accepted_on": "soon"}]}, "accepted_on: expected a date"),
    ("a cell that names no member", {"registers.equipment": [{"eq_id": "E", "provider": "Z"}]}, "provider: no member has the id “Z”"),
    ("a row of a plan column that is none", {"work-plan": [{"topics": "x"}]}, "unknown column “topics” in work-plan"),
    ("a project with a member that is none", {"projects": [{"id": "P1", "members": ["Z"]}]}, "project P1: no member has the id “Z”"),
    ("a project with a heading that is none", {"projects": [{"id": "P1", "headings": {"aims": "x"}}]}, "project P1: unknown heading “aims”"),
    ("a project with a tier that is none", {"projects": [{"id": "P1", "tier": "blue"}]}, "'blue' is not one of red, yellow, green"),
    ("a project with an option that is none", {"projects": [{"id": "P1", "choices": {"ownership": "x"}}]}, "unknown option “x” in ownership"),
    ("wording of an option that is none", {"wording": {"ownership.x": {"en": "1. {#a} A.", "zh": "1. {#a} 甲。"}}}, "unknown option “ownership.x”"),
    ("wording in one language", {"wording": {"ownership.employer": {"en": "1. {#a} A."}}}, "wording.ownership.employer: the text in “zh” is missing"),
    ("an additional clause after nothing", {"additional": [{"id": "x", "after": "y", "title": "T", "en": "1. {#a} A.", "zh": "1. {#a} 甲。"}]}, "unknown section “y”"),
    ("two additional clauses with one id", {"additional": [{"id": "x", "after": "term", "title": "T", "en": "1. {#a} A.", "zh": "1. {#a} 甲。"}] * 2}, "the id “x” stands twice in additional"),
    ("a kept number of nothing", {"reserved": ["ownership.x"]}, "unknown option “ownership.x”"),
    ("a waiver without a reason", {"waivers": [{"rule": "BAS-03", "by": "x", "until": "2027-01-01"}]}, "the key “reason” is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_name_that_leads_nowhere(changes: Mapping[str, Any], words: str, library: Library, tmp_path: Path) -> None:
    data = changed(small_plan(library), changes)
    with pytest.raises(PlanError) as caught:
        read_plan(save(data, tmp_path / "p.plan.yaml"), library)
    found = [str(fault) for fault in caught.value.faults]
    assert any(words in line for line in found), found
    assert all(fault.place.line > 1 for fault in caught.value.faults), "each knows its line"


def test_a_fault_stands_at_its_own_line(library: Library, tmp_path: Path) -> None:
    text = (
        HEAD
        + "choices:\n  ownership: employr\nparameters:\n  term.fixed.term_months: x\nregisters:\n  equipment:\n    - eq_id: E\n      host: Z\n"
    )
    assert [line.partition(" ")[0] for line in faults_of(text, library, tmp_path)] == [
        "p.plan.yaml:4:3:",
        "p.plan.yaml:6:3:",
        "p.plan.yaml:10:7:",
    ]


def test_faults_of_bespoke_wording_stand_at_their_lines(library: Library, tmp_path: Path) -> None:
    text = HEAD + (
        "wording:\n"
        "  ownership.employer:\n"
        "    en: |\n"
        "      1.  {#a} One <b>bold</b>.\n"
        "    zh: '1.  {#a} 甲。'\n"
        "  publication.thesis:\n"
        "    en: '1.  {#a} After {{ thesis_embargo_month }} and {{ section:nowhere }}.'\n"
        "    zh: '1.  {#a} {{ thesis_embargo_month }}后，见{{ section:nowhere }}。'\n"
        "additional:\n"
        "  - id: x\n"
        "    after: term\n"
        "    title: X\n"
        "    en: '1.  {#a} Within {{ days }}.'\n"
        "    zh: '1.  {#a} {{ days }}内。'\n"
    )
    found = faults_of(text, library, tmp_path)
    assert [line.splitlines()[0] for line in found] == [
        "p.plan.yaml:6: an HTML tag is not allowed here",
        "p.plan.yaml:9: {{ thesis_embargo_month }} names nothing, did you mean “thesis_embargo_months”?",
        "p.plan.yaml:9: {{ section:nowhere }} names nothing",
        "p.plan.yaml:10: {{ thesis_embargo_month }} names nothing, did you mean “thesis_embargo_months”?",
        "p.plan.yaml:10: {{ section:nowhere }} names nothing",
        "p.plan.yaml:15: {{ days }} names nothing",
        "p.plan.yaml:16: {{ days }} names nothing",
    ]


def test_a_plan_may_be_in_one_language(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "p.plan.yaml"
    path.write_text(HEAD + "languages: zh\nwording: {ownership.employer: {zh: '1. {#a} 甲。'}}\n", encoding="utf-8")
    assert read_plan(path, library).languages == ("zh",)


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("employer", ("ownership.employer",)),
        ("ownership.employer", ("ownership.employer",)),
        ("[employer]", ("ownership.employer",)),
        ("employer, sponsor", ("ownership.employer", "ownership.sponsor")),
        ("[]", ()),
        ("", ()),
    ],
)
def test_one_id_a_list_or_nothing(written: str, options: tuple[str, ...], library: Library, tmp_path: Path) -> None:
    path = tmp_path / "p.plan.yaml"
    path.write_text(f"{HEAD}choices:\n  ownership: {written}\n", encoding="utf-8")
    assert read_plan(path, library).choices["ownership"].options == options


def test_keys_without_values_say_nothing(library: Library, tmp_path: Path) -> None:
    keys = "profile dated signed-on effective-date sides members facts dates choices parameters work-plan projects registers wording additional waivers"
    path = tmp_path / "p.plan.yaml"
    path.write_text(HEAD + "".join(f"{key}:\n" for key in keys.split()), encoding="utf-8")
    plan = read_plan(path, library)
    assert (plan.members, plan.choices, plan.registers, plan.dates.roll) == ((), {}, {}, "none")


def test_the_order_of_keys_does_not_matter(library: Library, tmp_path: Path) -> None:
    data = small_plan(library)
    one = read_plan(save(data, tmp_path / "p.plan.yaml"), library)
    two = read_plan(save(dict(reversed(data.items())), tmp_path / "p.plan.yaml"), library)
    assert (one.values, one.choices, one.members, one.registers) == (two.values, two.choices, two.members, two.registers)


def test_an_effective_date_may_be_conditional(plan_of: PlanOf) -> None:
    plan = plan_of({"effective-date": "conditional"})
    assert (plan.conditional, plan.effective_date) == (True, None)


def test_no_is_norway_where_a_country_stands(plan_of: PlanOf) -> None:
    assert plan_of({"members.A1.country": "NO"}).members[0].country == "NO"


def test_places_are_known_by_address(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "p.plan.yaml"
    path.write_text(
        HEAD + "members:\n  - id: A1\n    name: X\nregisters:\n  contacts:\n    - name: Office\n      role: agency\n",
        encoding="utf-8",
    )
    plan = read_plan(path, library)
    assert plan.place("members.A1.name") == Place(str(path), 5, 5)
    assert plan.place("members.A1.side") == Place(str(path), 4, 5), "a key that is not there: its row"
    assert plan.place("registers.contacts.Office.role") == Place(str(path), 9, 7)
    assert plan.place("parameters.term.fixed.term_months") == Place(str(path), 1, 1)


@pytest.mark.parametrize(
    ("name", "words"), [("none.plan.yaml", "does not exist"), (".", "is a folder, not a plan file")], ids=["missing", "a folder"]
)
def test_a_plan_that_is_not_there(name: str, words: str, library: Library, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan(tmp_path / name, library)
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["A*B_{{x}}<b>", "<&\"'{{**", "a\tb\nc", "甲\u3000乙", "😀", "\ufeff"])
def test_what_can_be_printed(text: str) -> None:
    assert unprintable(text) == ""


@pytest.mark.parametrize("text", ["a\x00", "\x1b[31m", "\x7f", "\x85", "\ud800", "\uffff", "\x0b", "\u202eabc", "\u2066"])
def test_what_cannot_be_printed(text: str) -> None:
    assert unprintable(text)


def test_a_fact_that_a_library_names_and_nobody_computes_is_a_fault_of_the_library(
    build_tree: Callable[[Mapping[str, str]], Path], library: Library
) -> None:
    from tests.libraries import CARD, under
    from tmp_builder.library.reader import read_library

    card = CARD.replace("needs: []", "needs: [{option: ownership.sponsor, if: cn-partty}]").replace("source: LAW", "source: USNL")
    root = build_tree(under("own", {"ownership/house.md": card.replace("schedule:register", "schedule:members")}))
    own = read_library(overlay=root / "own")
    with pytest.raises(LibraryError) as caught:
        read_plan(save({"id": "x", "title": "X"}, root / "p.plan.yaml"), own)
    assert "house.md:1: if: unknown fact “cn-partty”, did you mean “cn-party”?" in str(caught.value)
