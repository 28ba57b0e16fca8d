"""The parties at the head of the agreement: each identified once, by the customs of its country, in the language of the column."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.plans import changed, small_plan, source_of
from tmp_builder.assemble import assemble
from tmp_builder.assemble.introduce import MOST
from tmp_builder.document.nodes import Document, Gap, Paragraph, Reference, Row, Table
from tmp_builder.document.walk import all_blocks, plain
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.reader import read_plan, resolve
from tmp_builder.plan.schema import Plan

ROOT = Path(__file__).parents[3]
FORM = {"en": "Stock corporation", "zh": "股份公司"}
TOLD: dict[str, Any] = {
    "members.A1.legal-form": FORM,
    "members.A1.registration-no": "38-1",
    "members.A1.address": {"en": "1 Harbor Walk", "zh": "港湾步道1号"},
    "members.A1.signatory": {"title": {"en": "Provost", "zh": "教务长"}},
    "members.B1.legal-form": "事业单位法人",
    "members.B1.registration-no": "1200",
    "members.B1.legal-representative": "校长",
}


@cache
def library() -> Library:
    return read_library()


def plan_of(changes: dict[str, Any] | None = None) -> Plan:
    return resolve(source_of(changed(small_plan(library()), TOLD | (changes or {}))), library())


def document_of(changes: dict[str, Any] | None = None) -> Document:
    return assemble(plan_of(changes), library())


def parties(document: Document) -> Table | None:
    return next((block for block in all_blocks(document) if isinstance(block, Table) and block.id == "parties.table"), None)


def party(document: Document, ident: str, language: str = "en") -> list[str]:
    table = parties(document)
    assert table is not None
    (row,) = [row for row in table.rows if row.id == f"party:{ident}"]
    return [plain(cell[language]) for cell in row.cells]


def member_row(document: Document, ident: str) -> Row:
    (table,) = [block for block in all_blocks(document) if isinstance(block, Table) and block.id == "schedule:members.table"]
    (row,) = [row for row in table.rows if row.id == f"schedule:members.{ident}"]
    return row


def test_a_party_is_identified_before_the_first_clause() -> None:
    document = document_of()
    section = next(section for section in document.sections if section.id == "section:parties")
    assert section.children[0] is parties(document)
    said = "Legal form: Stock corporation; Registration no.: 38-1; Address: 1 Harbor Walk; Represented by: Provost"
    assert party(document, "A1")[1] == said


def test_each_column_speaks_its_own_language() -> None:
    assert party(document_of(), "A1", "zh")[1] == "组织形式：股份公司；登记号：38-1；地址：港湾步道1号；签署代表：教务长"


def test_a_chinese_party_has_a_credit_code_and_a_legal_representative() -> None:
    assert party(document_of(), "B1", "zh")[1] == "组织形式：事业单位法人；统一社会信用代码：1200；法定代表人：校长"


def test_a_government_body_elsewhere_is_not_asked_for_a_register() -> None:
    said = party(document_of({"members.A1.type": "government", "members.A1.registration-no": ""}), "A1")[1]
    assert said.startswith("Legal form: Stock corporation; Address:")


def test_a_text_in_one_language_only_is_a_gap_in_the_other() -> None:
    table = parties(document_of({"members.A1.legal-form": {"en": "Stock corporation"}}))
    assert table is not None
    gaps = [inline for inline in table.rows[0].cells[1]["zh"] if isinstance(inline, Gap)]
    assert [gap.address for gap in gaps] == ["members.A1.legal-form.zh"]


def test_nothing_is_said_twice() -> None:
    document = document_of()
    for language in ("en", "zh"):
        detail = plain(member_row(document, "A1").detail.get(language, ()))
        assert FORM[language] not in detail
        assert "38-1" not in detail
    labels = [plain(line.label["en"]) for block in document.signing.blocks for line in block.lines]
    assert "Legal form" not in labels
    assert "Address" not in labels


def test_the_schedule_says_where_the_rest_stands() -> None:
    (above,) = [
        block for block in all_blocks(document_of()) if isinstance(block, Paragraph) and block.id == "schedule:members.above"
    ]
    targets = [inline.target for inline in above.texts["en"] if isinstance(inline, Reference)]
    assert targets == ["section:parties"]
    assert plain(above.texts["zh"]) == "签署方的组织形式、登记信息、地址和代表人载于第1条首部。"


def test_many_parties_stand_in_their_schedule_alone() -> None:
    many = {f"members.X{number}": {"id": f"X{number}", "name": f"University {number}", "side": "US"} for number in range(MOST)}
    document = document_of(many | {"choices.parties": ["recitals", "all-sign"]})
    assert len(document.signing.blocks) > MOST
    assert parties(document) is None
    assert "Stock corporation" in plain(member_row(document, "A1").detail["en"])


def test_parties_of_whom_nothing_is_told_are_not_listed() -> None:
    assert parties(assemble(resolve(source_of(small_plan(library())), library()), library())) is None


def test_the_168_members_of_an_alliance_are_in_the_schedule_its_two_leads_at_the_head() -> None:
    plan = read_plan(ROOT / "examples/coastal-climate/coastal-climate.plan.yaml", library())
    table = parties(assemble(plan, library()))
    assert table is not None
    assert [row.id for row in table.rows] == ["party:A01", "party:B001"]


def test_a_chinese_party_signs_through_its_legal_or_authorised_representative() -> None:
    first = {block.id: plain(block.lines[0].label["zh"]) for block in document_of().signing.blocks}
    assert first == {"sign:A1": "签字", "sign:B1": "法定代表人或者授权代表签字"}


@pytest.mark.parametrize("text", ["Dean 院长", {"en": "Dean", "zh": "院长"}, {"en": "Dean"}])
def test_what_is_given_per_language_or_once_comes_back_as_it_was(text: Any) -> None:
    plan = plan_of({"members.A1.signatory": {"title": text}, "members.A1.legal-form": text})
    data = plan_data(plan, library())
    (member,) = [member for member in data["members"] if member["id"] == "A1"]
    assert (member["signatory"], member["legal-form"]) == ({"title": text}, text)
    assert resolve(source_of(data), library()).member("A1") == plan.member("A1")


def test_a_contact_has_a_name_per_language_and_is_found_by_the_first() -> None:
    name = {"en": "IP Office", "zh": "知识产权办公室"}
    plan = plan_of({"registers.contacts": [{"role": "ip_contact", "member": "A1", "name": name}]})
    (row,) = plan.rows("contacts")
    assert (row.id, row.cells["name"]) == ("IP Office", name)
