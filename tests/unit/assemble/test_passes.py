"""The passes: what is selected, placed, filled, defined, scheduled, numbered, referred to and signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from tests.libraries import CARD, FILES, JOINT, KEEP
from tests.plans import changed, source_of
from tmp_builder.assemble import PASSES, assemble
from tmp_builder.document.nodes import Alternatives, Clause, Document, Gap, Section, Table, Text
from tmp_builder.document.walk import all_blocks, all_texts, clauses, plain
from tmp_builder.errors import LibraryError, PlanError
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import resolve

Build = Callable[[Mapping[str, str]], Any]
Make = Callable[..., Document]

PLAN: dict[str, Any] = {
    "id": "p",
    "title": {"en": "Plan", "zh": "计划"},
    "dated": "2026-09-15",
    "sides": [{"id": "US", "name": {"en": "the US Side", "zh": "美方"}, "territory": ["US"], "lead": "A1"}],
    "members": [
        {"id": "A1", "name": {"en": "Lake", "zh": "湖"}, "side": "US", "country": "US", "role": "lead"},
        {"id": "B1", "name": {"en": "Bay", "zh": "湾"}, "country": "CN", "legal-representative": "周文"},
    ],
    "choices": {"owner": ["employer"], "paper": ["keep"]},
    "parameters": {"owner.employer.report_days": "30"},
}


@pytest.fixture
def make(build_tree: Build) -> Make:
    """The document of PLAN with changes, from the library of two sections with some files replaced."""

    def assembled(
        changes: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None, *, final: bool = False
    ) -> Document:
        library = read_library(build_tree({**FILES, **(files or {})}))
        return assemble(resolve(source_of(changed(PLAN, changes or {})), library), library, final=final)

    return assembled


def outline(document: Document, language: str = "en") -> list[str]:
    """Every section, clause, table and schedule in a line: its number and its words."""
    lines = []
    for part in (*document.sections, *document.schedules):
        kind = "" if isinstance(part, Section) else "S"
        lines.append(f"{kind}{part.number} {plain(part.title[language])}")
        lines += [_line(block, language) for block in _flat(part)]
    return [line for line in lines if line]


def _flat(part: Any) -> list[Any]:
    found = []
    for child in part.children:
        found.append(child)
        if isinstance(child, Clause):
            found += _flat(child)
        if isinstance(child, Alternatives):
            for branch in child.branches:
                found += [branch, *_flat(branch)]
    return found


def _line(block: Any, language: str) -> str:
    match block:
        case Clause():
            return f"{block.number} {plain(block.texts[language])}"
        case Table():
            return f"table {block.id} of {len(block.rows)}"
        case Alternatives():
            return ""
        case _ if hasattr(block, "label"):
            return plain(block.label[language])
        case _:
            return plain(block.texts[language])


# ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_small_plan_from_beginning_to_end(make: Make) -> None:
    assert outline(make({"registers": {"register": []}})) == [
        "1 Ownership",
        "1.1 Each Member owns the Project Results that its personnel make.",
        "1.2 It reports them within thirty (30) days to the Members named in Schedule 1.",
        "2 Records",
        "2.1 Records are kept under Clause 1.",
        "S1 Register",
        "The register.",
        "Nothing.",
    ]
    assert outline(make({"registers": {"register": []}}), "zh") == [
        "1 归属",
        "1.1 各成员单位享有其人员完成的项目成果。",
        "1.2 其应在三十（30）日内向附件1所列成员单位报告。",
        "2 记录",
        "2.1 记录依第1条保存。",
        "S1 登记表",
        "登记表。",
        "无。",
    ]


def test_the_same_plan_gives_the_same_document(make: Make) -> None:
    one, two = make(), make()
    assert one == two
    assert one.imprint.fingerprint.startswith("v1:")


def test_the_fingerprint_moves_with_every_text(make: Make) -> None:
    prints = {
        make(changes).imprint.fingerprint
        for changes in (
            {},
            {"title.en": "Other"},
            {"parameters": {"owner.employer.report_days": "31"}},
            {"members.A1.name.zh": "池"},
            {"languages": ["en"]},
        )
    }
    assert len(prints) == 5


def test_the_order_of_keys_and_rows_of_choices_does_not_matter(make: Make) -> None:
    assert make({"choices": {"paper": ["keep"], "owner": ["employer"]}}) == make()


def test_the_passes_are_the_promised_ones() -> None:
    assert [step.__name__ for step in PASSES] == [
        *("select", "place", "fill", "define", "introduce", "schedules", "number", "refer", "sign"),
    ]


# ── select ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_section_enters_when_it_is_required_or_chosen(make: Make) -> None:
    assert [section.id for section in make({"choices": {"owner": [], "paper": []}}).sections] == ["section:owner"]
    assert [section.id for section in make().sections] == ["section:owner", "section:paper"]


def test_an_empty_slot_of_a_required_section_is_a_visible_gap(make: Make) -> None:
    section = make({"choices.owner": []}).sections[0]
    assert [clause.id for clause in section.children if isinstance(clause, Clause)] == ["slot:owner.owner"]
    assert section.children[0].texts["zh"] == (Gap("请选择: 权利人", "choices.owner"),)  # type: ignore[union-attr]


def test_options_stand_in_the_order_of_their_slot_however_the_plan_lists_them(make: Make) -> None:
    files = {"paper/shred.md": KEEP.replace("Records are kept", "Records are shredded").replace("pap.keep", "pap.shred")}
    document = make({"choices.paper": ["shred", "keep"]}, files)
    assert [clause.origin for clause in clauses(document) if clause.origin.startswith("paper")] == ["paper.keep", "paper.shred"]


# ── place ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_choice_prints_as_alternatives_with_the_position_of_each_side(make: Make) -> None:
    changes = {
        "choices": {"owner": {"open": ["employer", "joint"], "positions": {"US": "employer", "B1": "joint"}}, "paper": ["keep"]}
    }
    document = make(changes)
    assert outline(document)[:6] == [
        "1 Ownership",
        "Alternative A: The employer owns – proposed by the US Side",
        "1.1 Each Member owns the Project Results that its personnel make.",
        "1.2 It reports them within thirty (30) days to the Members named in Schedule 1.",
        "Alternative B: All own jointly – proposed by Bay",
        "1.3 The Members own in equal shares and keep records under Clause 2.1.",
    ]
    assert outline(document, "zh")[1] == "备选方案A：归雇主单位——美方提出"


def test_an_alternative_without_a_position_names_nobody(make: Make) -> None:
    lines = outline(make({"choices": {"owner": {"open": ["employer", "joint"]}}}))
    assert "Alternative B: All own jointly" in lines


WORDING = {
    "owner.employer": {
        "en": "1.  {#owner} The Sponsor owns, and tells it within {{ report_days }}.",
        "zh": "1.  {#owner} 出资方享有权利，并在{{ report_days }}内告知。",
    }
}


def test_bespoke_wording_takes_the_place_of_the_card_with_its_values(make: Make) -> None:
    lines = outline(make({"wording": WORDING}))
    assert lines[1] == "1.1 The Sponsor owns, and tells it within thirty (30) days."
    assert not [line for line in lines if "Project Results" in line]


def test_bespoke_wording_of_an_option_that_is_not_chosen_changes_nothing(make: Make) -> None:
    changes = {"wording": {"owner.joint": WORDING["owner.employer"] | {"en": "1. {#a} A.", "zh": "1. {#a} 甲。"}}}
    assert outline(make(changes)) == outline(make())


def test_bespoke_wording_in_a_language_it_does_not_have_is_a_fault(make: Make, build_tree: Build) -> None:
    library = read_library(build_tree(FILES))
    plan = resolve(source_of(changed(PLAN, {"languages": ["en"], "wording": {"owner.employer": {"en": "1. {#a} A."}}})), library)
    with pytest.raises(PlanError, match="the text in “zh” is missing"):
        assemble(replace(plan, languages=("en", "zh")), library)


def additional(ident: str, after: str) -> dict[str, Any]:
    return {
        "id": ident,
        "after": after,
        "title": {"en": ident.title(), "zh": "附加"},
        "en": "1.  {#rule} A rule.",
        "zh": "1.  {#rule} 规则。",
    }


def test_clauses_that_no_card_has_stand_after_the_section_they_name_in_the_order_of_the_plan(make: Make) -> None:
    document = make({"additional": [additional("safety", "owner"), additional("badges", "owner"), additional("last", "paper")]})
    assert [f"{section.number} {plain(section.title['en'])}" for section in document.sections] == [
        "1 Ownership",
        "2 Safety",
        "3 Badges",
        "4 Records",
        "5 Last",
    ]
    assert [clause.number for clause in clauses(document) if clause.id == "additional.badges#rule"] == ["3.1"]


def test_clauses_after_a_section_that_is_left_out_stand_at_the_end(make: Make) -> None:
    document = make({"choices.paper": [], "additional": [additional("safety", "paper")]})
    assert [section.id for section in document.sections] == ["section:owner", "section:additional.safety"]


def test_one_language_only(make: Make) -> None:
    document = make({"languages": ["zh"]})
    assert document.languages == ("zh",)
    assert all(set(texts) <= {"zh"} for texts in all_texts(document))


def test_every_fault_of_every_chosen_card_comes_at_once(make: Make) -> None:
    files = {
        "owner/employer.md": CARD.replace("Each Member owns", "Each <b>Member</b> owns"),
        "paper/keep.md": KEEP.replace(
            "kept under {{ section:owner }}", "kept {{ wher }} {{ section:ownr }} {{ fact:titel }}"
        ).replace("记录依{{ section:owner }}保存", "记录{{ wher }}{{ section:ownr }}{{ fact:titel }}"),
    }
    with pytest.raises(LibraryError) as caught:
        make(files=files)
    text = str(caught.value)
    for words in (
        "employer.md:22: an HTML tag",
        "{{ wher }} names nothing, did you mean “where”?",
        "{{ section:ownr }} names nothing, did you mean “owner”?",
        "{{ fact:titel }} names nothing, did you mean “title”?",
    ):
        assert words in text, text


def test_a_fault_of_a_card_that_is_not_chosen_does_no_harm(make: Make) -> None:
    assert make(files={"owner/joint.md": JOINT.replace("The Members own", "The <b>Members</b> own")}).sections


# ── fill ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_value_knows_its_address_and_a_missing_one_is_a_gap(make: Make) -> None:
    full = [inline for clause in clauses(make()) for inline in clause.texts["en"] if getattr(inline, "address", "")]
    assert [(inline.text, inline.address) for inline in full] == [("thirty (30) days", "parameters.owner.employer.report_days")]  # type: ignore[union-attr]
    lines = outline(make({"parameters": {"owner.employer.report_days": None}}), "zh")
    assert "1.2 其应在[报告天数 ●]内向附件1所列成员单位报告。" in lines


def test_an_item_that_says_nothing_falls_out_in_both_languages_and_numbers_close_up(make: Make) -> None:
    after = KEEP.replace("2.  {#where} {{ where }}", "2.  {#where} {{ where }}\n\n3.  {#end} The end.", 1).replace(
        "2.  {#where} {{ where }}\n\n## Guidance", "2.  {#where} {{ where }}\n\n3.  {#end} 完。\n\n## Guidance"
    )
    without = outline(make(files={"paper/keep.md": after}))
    assert [line for line in without if line.startswith("2.")] == ["2.1 Records are kept under Clause 1.", "2.2 The end."]
    with_value = outline(make({"parameters": {"paper.keep.where": "In Lake City."}}, {"paper/keep.md": after}))
    assert [line for line in with_value if line.startswith("2.")][1:] == ["2.2 In Lake City.", "2.3 The end."]


def test_an_empty_value_inside_a_sentence_leaves_no_double_space(make: Make) -> None:
    files = {
        "paper/keep.md": KEEP.replace("Records are kept under", "Records are kept {{ where }} under").replace(
            "记录依", "记录{{ where }}依"
        )
    }
    assert "2.1 Records are kept under Clause 1." in outline(make(files=files))
    assert "2.1 Records are kept here under Clause 1." in outline(make({"parameters": {"paper.keep.where": "here"}}, files))


LIST = """\
    type: list
    columns:
      who: {type: party, label: {en: Who, zh: 何人}}
      days: {type: days, label: {en: Days, zh: 天数}}
"""
RECORDS_CARD = CARD.replace("    type: days\n    default: 30\n    range: [10, 60]\n", LIST).replace(
    "It reports them within {{ report_days }} to the Members named in {{ schedule:register }}.", "{{ report_days }}"
)
RECORDS_CARD = RECORDS_CARD.replace("其应在{{ report_days }}内向{{ schedule:register }}所列成员单位报告。", "{{ report_days }}")


def test_a_list_of_records_prints_as_a_table(make: Make) -> None:
    document = make(
        {"parameters": {"owner.employer.report_days": [{"who": "A1", "days": "5"}, {"who": "B1"}]}},
        {"owner/employer.md": RECORDS_CARD},
    )
    (table,) = [block for block in document.sections[0].children if isinstance(block, Table)]
    assert [plain(column.header["zh"]) for column in table.columns] == ["何人", "天数"]
    assert [plain(row.cells[0]["en"]) for row in table.rows] == ["Lake", "Bay"]


def test_a_list_of_records_without_rows_is_a_gap_or_falls_out(make: Make) -> None:
    files = {"owner/employer.md": RECORDS_CARD}
    assert "1.2 [Days to report ●]" in outline(make({"parameters": {}, "parameters.owner.employer.report_days": None}, files))
    assert [clause.number for clause in clauses(make({"parameters": {"owner.employer.report_days": []}}, files))][:1] == ["1.1"]
    assert not [
        line for line in outline(make({"parameters": {"owner.employer.report_days": []}}, files)) if line.startswith("1.2")
    ]


HOSTILE = [
    "A*B_{{x}}<b>",
    "<&\"'{{**",
    "{{ report_days }}",
    "{#a}",
    "1. x",
    "# x",
    "\\",
    "$&\\1",
    "%s {0}",
    "😀",
    "  a  b  ",
    "a\nb",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str, make: Make) -> None:
    card = KEEP.replace("Records are kept under", "Records of {{ fact:members }} are kept under").replace(
        "记录依", "{{ fact:members }}的记录依"
    )
    files = {"paper/keep.md": card}
    document = make({"members.A1.name.en": name}, files)
    assert f"2.1 Records of {name} and Bay are kept under Clause 1." in outline(document)
    assert any(plain(party.name["en"]) == name for party in document.cover.parties)


# ── define ──────────────────────────────────────────────────────────────────────────────────────────────────────────

DEFINITIONS = {
    "outline.yaml": "sections: [definitions, owner, paper]\n",
    "definitions/section.yaml": FILES["paper/section.yaml"].replace("required-when: never", "required-when: always"),
    "definitions/keep.md": KEEP.replace("Records are kept under {{ section:owner }}.", "Words have these meanings.")
    .replace("记录依{{ section:owner }}保存。", "词语含义如下。")
    .replace("{{ where }}", "More."),
}


def terms_of(document: Document) -> list[str]:
    (table,) = [block for block in document.sections[0].children if isinstance(block, Table)]
    return [plain(row.cells[0]["en"]) for row in table.rows]


def test_only_terms_that_the_text_uses_are_defined_and_those_their_meanings_use(make: Make) -> None:
    assert terms_of(make({"choices": {"definitions": ["keep"], "owner": ["employer"], "paper": []}}, DEFINITIONS)) == ["Member"]
    assert terms_of(make({"choices": {"definitions": ["keep"], "owner": [], "paper": ["keep"]}}, DEFINITIONS)) == [
        "Member",
        "Record",
    ]


def test_a_term_in_the_name_of_a_party_is_no_use_of_it(make: Make) -> None:
    changes = {"choices": {"definitions": ["keep"], "owner": ["employer"], "paper": []}, "members.A1.name.en": "Escrow Agent Ltd"}
    assert terms_of(make(changes, DEFINITIONS)) == ["Member"]


# ── schedules ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_schedule_that_is_referred_to_is_printed_even_without_rows(make: Make) -> None:
    assert [schedule.id for schedule in make().schedules] == ["schedule:register"]
    assert make({"choices.owner": ["joint"]}).schedules == ()


def test_a_schedule_says_that_it_is_empty_only_where_the_plan_says_so(make: Make) -> None:
    assert outline(make())[-1] == "[Register ●]"
    assert outline(make(), "zh")[-1] == "[登记表 ●]"
    assert outline(make({"registers": {"register": []}}))[-1] == "Nothing."


def test_rows_make_a_schedule_with_a_table(make: Make) -> None:
    document = make(
        {"choices.owner": ["joint"], "registers": {"register": [{"item_id": "I-1", "holder": "A1"}, {"item_id": "I-2"}]}}
    )
    (table,) = [block for block in document.schedules[0].children if isinstance(block, Table)]
    assert [[plain(cell["zh"]) for cell in row.cells] for row in table.rows] == [["I-1", "湖"], ["I-2", ""]]


def test_internal_columns_and_registers_never_print(make: Make) -> None:
    files = {
        "schedules.yaml": FILES["schedules.yaml"].replace(
            "type: party, print: table", "type: party, print: table, internal: true"
        )
    }
    document = make({"registers": {"register": [{"item_id": "I-1", "holder": "B1"}]}}, files)
    assert "Bay" not in str(document.schedules)
    hidden = {"schedules.yaml": FILES["schedules.yaml"].replace("    key: item_id", "    internal: true\n    key: item_id")}
    assert make({"choices.owner": ["joint"], "registers": {"register": [{"item_id": "I-1"}]}}, hidden).schedules == ()


# ── projects with terms of their own ────────────────────────────────────────────────────────────────────────────────

PROJECTS = {
    "schedules.yaml": FILES["schedules.yaml"]
    + """\
  - id: projects
    domain-id: SCH-9
    title: {en: Projects, zh: 项目}
    intro: {en: The projects., zh: 各项目。}
    none: {en: Nothing., zh: 无。}
    key: project_id
    columns:
      - {name: project_id, type: text, print: table, required: true, label: {en: No., zh: 编号}}
      - {name: title, type: text, print: table, bilingual: true, label: {en: Title, zh: 名称}}
    headings:
      - {id: aims, label: {en: Aims, zh: 目标}}
"""
}
PROJECT: dict[str, Any] = {
    "id": "P1",
    "title": {"en": "Cells", "zh": "电芯"},
    "headings": {"aims": {"en": "To learn.", "zh": "学习。"}},
}


def test_a_project_prints_its_headings_and_a_gap_where_one_is_missing(make: Make) -> None:
    document = make({"projects": [PROJECT, {"id": "P2", "title": {"en": "Modules", "zh": "模组"}}]}, PROJECTS)
    (schedule,) = [each for each in document.schedules if each.id == "schedule:projects"]
    tables = [block for block in schedule.children if isinstance(block, Table)]
    assert [plain(table.rows[-1].cells[1]["en"]) for table in tables] == ["To learn.", "[to be completed ●]"]


def test_what_a_project_chooses_otherwise_stands_in_its_schedule_and_the_main_body_never_varies(make: Make) -> None:
    project = {**PROJECT, "choices": {"owner": "joint"}, "parameters": {"owner.employer.report_days": "20"}}
    document = make({"projects": [project]}, PROJECTS)
    assert [line for line in outline(document) if line.startswith("1.")] == [
        line for line in outline(make()) if line.startswith("1.")
    ]
    special = outline(document)[outline(document).index("Special terms of Project P1") :]
    assert special == [
        "Special terms of Project P1",
        "S2.1 The Members own in equal shares and keep records under Clause 2.1.",
        "S2.2 Each Member owns the Project Results that its personnel make.",
        "S2.3 It reports them within twenty (20) days to the Members named in Schedule 1.",
    ]


def test_a_schedule_that_only_special_terms_refer_to_is_printed(make: Make) -> None:
    project = {**PROJECT, "choices": {"owner": "employer"}}
    document = make({"choices.owner": ["joint"], "projects": [project], "registers": {"register": []}}, PROJECTS)
    assert [schedule.id for schedule in document.schedules] == ["schedule:register", "schedule:projects"]
    assert not [line for line in outline(document) if "●" in line]


def test_special_terms_refer_to_themselves(make: Make) -> None:
    """The main body has the same clause; the one of the project is meant."""
    again = CARD.replace("It reports them within", "Under {{ clause:owner.employer#owner }} it reports within").replace(
        "其应在{{ report_days }}内", "依{{ clause:owner.employer#owner }}应在{{ report_days }}内"
    )
    lines = outline(make({"projects": [{**PROJECT, "choices": {"owner": "employer"}}]}, {**PROJECTS, "owner/employer.md": again}))
    assert "1.2 Under Clause 1.1 it reports within thirty (30) days to the Members named in Schedule 1." in lines
    assert "S2.2 Under Clause S2.1 it reports within thirty (30) days to the Members named in Schedule 1." in lines


# ── number and refer ────────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_close_up_and_references_follow(make: Make) -> None:
    files = {"outline.yaml": "sections: [paper, owner]\n"}
    assert "1.1 Records are kept under Clause 2." in outline(make(files=files))
    assert "2.1 The Members own in equal shares and keep records under Clause 1.1." in outline(
        make({"choices.owner": ["joint"]}, files)
    )


def test_a_dropped_clause_keeps_its_number_where_the_plan_says_so(make: Make) -> None:
    changes = {"numbering": "reserve", "reserved": ["owner.employer"], "choices.owner": ["joint"]}
    assert outline(make(changes))[:4] == [
        "1 Ownership",
        "1.1 [Reserved]",
        "1.2 [Reserved]",
        "1.3 The Members own in equal shares and keep records under Clause 2.1.",
    ]
    assert outline(make(changes), "zh")[1] == "1.1 【保留】"
    assert outline(make({**changes, "numbering": "close-up"}))[1].startswith("1.1 The Members own")


def test_a_section_of_which_only_numbers_are_left_is_reserved_as_a_whole(make: Make) -> None:
    changes = {"numbering": "reserve", "reserved": ["paper.keep"], "choices.paper": []}
    section = make(changes).sections[1]
    assert (plain(section.title["en"]), section.reserved, section.children) == ("[Reserved]", True, ())


def test_an_item_that_had_no_number_leaves_none_behind(make: Make) -> None:
    """Its last item said nothing while the option was chosen; nothing is reserved for it either."""
    files = {"paper/shred.md": KEEP.replace("Records are kept", "Records are shredded").replace("pap.keep", "pap.shred")}
    before = [
        clause.number for clause in clauses(make({"choices.paper": ["keep", "shred"]}, files)) if clause.origin == "paper.shred"
    ]
    changes = {"numbering": "reserve", "reserved": ["paper.keep"], "choices.paper": ["shred"]}
    assert [clause.number for clause in clauses(make(changes, files)) if clause.origin == "paper.shred"] == before


def test_a_reference_to_what_is_not_there_stays_visible(make: Make) -> None:
    lines = outline(make({"choices": {"owner": ["joint"], "paper": []}}))
    assert "1.1 The Members own in equal shares and keep records under Clause ●." in lines


# ── sign and cover ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_party_signs_with_the_lines_of_its_country(make: Make) -> None:
    changes = {
        "members.A1.registration-no": "38-1",
        "members.B1.registration-no": "9144",
        "members.A1.signatory": {"name": "Ann", "title": "Dean"},
    }
    lake, bay = make(changes).signing.blocks
    labels = {block.id: [plain(line.label["en"]) for line in block.lines] for block in (lake, bay)}
    assert "Registration no." in labels["sign:A1"]
    assert "Seal" not in labels["sign:A1"]
    assert {"Unified social credit code", "Legal representative", "Seal"} <= set(labels["sign:B1"])
    assert [plain(line.value["zh"]) for line in lake.lines if line.value] == ["38-1", "Ann", "Dean"]


@pytest.mark.parametrize(
    ("changes", "signing"),
    [({}, ["A1", "B1"]), ({"members.B1.status": "left"}, ["A1"]), ({"members.B1.role": "observer"}, ["A1"])],
)
def test_who_signs(changes: dict[str, Any], signing: list[str], make: Make) -> None:
    document = make(changes)
    assert [block.id.removeprefix("sign:") for block in document.signing.blocks] == signing
    assert len(document.cover.parties) == len(signing)


@pytest.mark.parametrize(
    ("changes", "final", "words"),
    [
        ({}, False, "Draft"),
        ({"status": "negotiating"}, False, "Draft under negotiation"),
        ({}, True, "Execution copy"),
        ({"status": "signed", "signed-on": "2026-10-01"}, False, "Signed"),
    ],
)
def test_the_cover_says_what_kind_of_copy_it_is(changes: dict[str, Any], final: bool, words: str, make: Make) -> None:
    cover = make(changes, final=final).cover
    assert cover.lines[0]["en"] == (Text(words),)
    assert bool(cover.notice) is not (final or words == "Signed")


def test_a_signed_plan_calls_itself_no_draft(make: Make) -> None:
    document = make({"status": "signed", "signed-on": "2026-10-01", "version": 4})
    assert document.imprint.final
    lines = [plain(line["en"]) for line in document.cover.lines]
    assert lines[:2] == ["Signed", "Version 4"]
    assert lines[-1] == "Last signed on 1 October 2026"


def test_ids_are_unique(make: Make) -> None:
    ids = [block.id for block in all_blocks(make())]
    assert len(ids) == len(set(ids))


def test_an_empty_plan_is_a_document_of_gaps(library: Library) -> None:
    document = assemble(resolve(source_of({"id": "x", "title": {}}), library), library)
    assert document.signing.blocks == ()
    required = [section.id for section in library.sections.values() if section.required_when == "always"]
    assert [section.id for section in document.sections] == [f"section:{ident}" for ident in required]
    gaps = [
        inline for texts in all_texts(document) for inlines in texts.values() for inline in inlines if isinstance(inline, Gap)
    ]
    assert {gap.address for gap in gaps} >= {"title.en", "title.zh", "choices.ownership"}
