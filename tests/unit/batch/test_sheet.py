"""The members' workbook: its columns, its bytes, its headings and locks; filled in and read back, every bad cell named."""

from __future__ import annotations

import io
import string
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from tmp_builder.batch.members import MemberRow, read_members
from tmp_builder.batch.merge import changed, check_rows
from tmp_builder.batch.request import Base
from tmp_builder.batch.sheet import is_untouched, make_sheet
from tmp_builder.batch.sheet_columns import columns_of
from tmp_builder.batch.sheet_rows import rows_of
from tmp_builder.errors import InputError, PlanError
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Member, Plan
from tmp_builder.plan.tables import form_mark
from tmp_builder.values import Money

TERM = "parameters.term.fixed.term_months"


@pytest.fixture
def plan(plan_of: Callable[..., Plan]) -> Plan:
    """A plan with an open value, an open choice and an unanswered fact."""
    whole = plan_of()
    values = {address: value for address, value in whole.values.items() if address != TERM.removeprefix("parameters.")}
    choices = {section: decision for section, decision in whole.choices.items() if section != "licences"}
    return replace(whole, values=values, choices=choices)


@pytest.fixture
def base(plan: Plan, library: Library) -> Base:
    return Base(Path("small.plan.yaml"), plan, library)


@pytest.fixture
def sheet(base: Base, tmp_path: Path) -> Path:
    path = tmp_path / "members.xlsx"
    path.write_bytes(make_sheet(base, path.name)[0])
    return path


@pytest.fixture
def fill(sheet: Path, base: Base) -> Callable[..., tuple[MemberRow, ...]]:
    """Writes cells by heading into the line of the first member, then reads the workbook."""

    def write(cells: dict[str, Any], line: int = 4, formats: str = "") -> tuple[MemberRow, ...]:
        book = load_workbook(sheet)
        for heading, value in cells.items():
            cell = book["Members"].cell(line, _columns(book)[heading], value)
            cell.number_format = formats or cell.number_format
        book.save(sheet)
        return read_members(sheet, base.plan, base.library)

    return write


def _columns(book: Workbook) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(book["Members"][3], 1)}


def test_it_has_a_column_for_each_field_of_a_member_and_each_open_question(base: Base) -> None:
    columns = {column.heading: column for column in columns_of(base.plan, base.library).columns}
    assert [*columns][:4] == ["id", "name.en", "name.zh", "side"]
    assert TERM in columns
    assert "choices.licences" in columns
    assert [*columns["type"].values][:2] == ["university", "institute"]
    assert columns["type"].values["ngo"]["zh"] == "非政府组织"
    assert set(columns["side"].values) == {side.id for side in base.plan.sides}


def test_a_plan_with_nothing_open_asks_for_members_alone(plan_of: Callable[..., Plan], library: Library) -> None:
    assert not [column.heading for column in columns_of(plan_of(), library).columns if column.of_plan]


def test_values_of_an_option_apply_only_where_it_is_chosen(base: Base) -> None:
    columns = {column.heading: column for column in columns_of(base.plan, base.library).columns}
    applies = columns["parameters.licences.sublicensing.allowed"].applies
    assert applies is not None
    assert (applies.heading, applies.values, applies.many) == ("choices.licences", ("sublicensing",), True)


def test_a_plan_that_leaves_everything_open_has_no_more_columns_than_a_table_may_have(library: Library) -> None:
    found = columns_of(Plan(id="x", title={}, profile="cerc", languages=("en", "zh"), library=library.label), library)
    assert len(found.columns) <= 300
    assert len({column.heading for column in found.columns}) == len(found.columns)


def test_the_same_plan_gives_the_same_bytes(base: Base, sheet: Path) -> None:
    assert make_sheet(base, "members.xlsx")[0] == sheet.read_bytes()


def test_the_lines_above_say_whose_sheet_it_is_and_name_each_column_twice(base: Base, sheet: Path) -> None:
    book = load_workbook(sheet)
    members = book["Members"]
    assert book.sheetnames[0] == "Members"
    assert str(members["A1"].value).endswith(form_mark(base.plan.id, base.plan.version))
    assert members["B2"].value == "Name (English)\n名称（英文）"
    assert members["B3"].value == "name.en"
    assert (
        members.cell(2, _columns(book)[TERM]).value
        == "Fixed calendar term: Length of the term\n固定期限：期限\n[months, 6–120 · 月，6–120]"
    )


def test_headings_are_locked_without_a_password_and_cells_are_open(sheet: Path) -> None:
    members = load_workbook(sheet)["Members"]
    assert members.protection.sheet
    assert members.protection.password is None
    assert [members[at].protection.locked for at in ("A1", "B2", "B3", "B4")] == [True, True, True, False]
    assert not members.column_dimensions["B"].protection.locked
    with zipfile.ZipFile(sheet) as package:
        assert b"password" not in package.read("xl/worksheets/sheet1.xml")


def test_drop_downs_ranges_and_grey_cells_stand_in_the_file(sheet: Path) -> None:
    book = load_workbook(sheet)
    members, at = book["Members"], _columns(book)
    rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in members.data_validations.dataValidation}
    assert rules[at["type"]].type == "list"
    words = str(rules[at["type"]].formula1).rpartition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in book["Lists 列表"][words]][:2] == ["university", "institute"]
    term = rules[at[TERM]]
    assert (term.type, term.formula1, term.formula2) == ("whole", "6", "120")
    assert term.prompt is not None
    assert "6–120" in term.prompt
    assert all(len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32 for rule in rules.values())
    grey = [rule.formula[0] for rules_of in members.conditional_formatting for rule in rules_of.rules]
    assert any('"left"' in formula and formula.startswith('AND($A4<>"",NOT(') for formula in grey)


def test_every_formula_is_one_of_the_checks(base: Base, sheet: Path) -> None:
    book = load_workbook(sheet)
    for page in book:
        formulas = [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
        assert bool(formulas) == (page.title == "Check 检查")
    cached = load_workbook(sheet, data_only=True)["Check 检查"]
    assert cached["C2"].value == len(base.plan.members)
    missing = {
        str(row[1].value).partition(" · ")[2]: row[2].value
        for row in cached.iter_rows(min_row=5)
        if "Missing" in str(row[0].value)
    }
    assert missing[TERM] == len(base.plan.members)
    assert missing["name.en"] == 0


def test_as_made_it_gives_the_members_of_the_plan(base: Base, sheet: Path) -> None:
    rows = read_members(sheet, base.plan, base.library)
    found = check_rows(rows, base.plan, base.library)
    assert found.faults == {}
    assert tuple(found.members.values()) == base.plan.members
    assert all(row.changes == {} for row in rows)


def test_answers_to_open_questions_are_read_as_values_of_the_plan(fill: Callable[..., tuple[MemberRow, ...]], base: Base) -> None:
    row = fill(
        {TERM: 24, "choices.licences": "field-of-use; sublicensing", "parameters.licences.sublicensing.allowed": "affiliates"}
    )[0]
    assert row.faults == ()
    found = changed(base.plan, base.library, row.changes, row.cells)
    assert found.values["term.fixed.term_months"] == 24
    assert found.choices["licences"].options == ("licences.field-of-use", "licences.sublicensing")


def test_a_value_outside_its_range_is_named_at_its_cell_in_both_languages(fill: Callable[..., tuple[MemberRow, ...]]) -> None:
    (fault,) = fill({TERM: 1400}, line=5)[1].faults
    assert fault.place.cell.startswith("Members!")
    assert fault.place.cell.endswith("5")
    assert "1,400 months is above 120" in fault.text("en")
    assert "1,400个月大于120" in fault.text("zh")
    (low,) = fill({TERM: 5}, line=5)[1].faults
    assert "5 months is below 6" in str(low)


def test_all_bad_cells_of_a_row_are_named_at_once(fill: Callable[..., tuple[MemberRow, ...]], base: Base) -> None:
    rows = fill({TERM: "soon", "type": "circus", "cash": "lots", "country": "QQ", "joined-on": "2026-99-99"})
    said = [str(fault) for fault in check_rows(rows, base.plan, base.library).faults[1]]
    assert [any(text in fault for fault in said) for text in ("circus", "lots", "QQ", "2026-99-99")] == [True] * 4
    assert len({fault.partition(": ")[2].partition(":")[0] for fault in said}) == 4
    with pytest.raises(PlanError, match="soon"):
        changed(base.plan, base.library, rows[0].changes, rows[0].cells)


def test_a_formula_is_refused_at_its_cell(fill: Callable[..., tuple[MemberRow, ...]]) -> None:
    (fault,) = fill({"name.en": '=HYPERLINK("http://x.test","y")'})[0].faults
    assert str(fault).startswith("members.xlsx: Members!B4: holds a formula")
    assert "含有公式" in fault.text("zh")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-2", "@SUM(1)", "'x", "=cmd|' /C calc'!A0", "http://x.test"])
def test_a_name_like_a_formula_stays_a_text_both_ways(base: Base, tmp_path: Path, name: str) -> None:
    first = replace(base.plan.members[0], name={"en": name, "zh": name})
    first = replace(first, cells={**first.cells, "name": name})
    plan = replace(base.plan, members=(first, *base.plan.members[1:]))
    path = tmp_path / "m.xlsx"
    path.write_bytes(make_sheet(replace(base, plan=plan), path.name)[0])
    cell = load_workbook(path)["Members"]["B4"]
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (name, "s", "@", None)
    assert cell.quotePrefix == (name[0] in "=+-@")
    row = read_members(path, plan, base.library)[0]
    assert (row.member["name"], row.faults) == ({"en": name, "zh": name}, ())


def test_a_percentage_is_read_as_people_see_it(fill: Callable[..., tuple[MemberRow, ...]], base: Base) -> None:
    rows = fill({"share-pct": 0.1447}, formats="0.00%")
    assert check_rows(rows, base.plan, base.library).members[1].cells["share_pct"] == Decimal("14.47")


def test_a_number_that_lost_digits_and_an_error_are_refused(fill: Callable[..., tuple[MemberRow, ...]]) -> None:
    (long,) = fill({"registration-no": 911100000000000000})[0].faults
    assert "more than 15 digits" in str(long)
    (error,) = fill({"registration-no": "#REF!"})[0].faults
    assert "holds the error #REF!" in str(error)


def test_a_table_that_is_no_form_begins_with_its_headings(base: Base, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(f"Members {form_mark('x', 1)},\nNo.,Name\nid,name.en\nC1,Acme\n", encoding="utf-8")
    (row,) = read_members(tmp_path / "m.csv", base.plan, base.library)
    assert row.member == {"id": "C1", "name": {"en": "Acme"}}
    assert row.place.line == 4
    (tmp_path / "n.csv").write_text("No.,Name\nid,name.en\nC1,Acme\n", encoding="utf-8")
    with pytest.raises(InputError, match="neither an address nor an output"):
        read_members(tmp_path / "n.csv", base.plan, base.library)


def test_a_workbook_is_untouched_until_somebody_fills_it_in(
    sheet: Path, fill: Callable[..., tuple[MemberRow, ...]], tmp_path: Path
) -> None:
    assert is_untouched(sheet)
    fill({"class.en": "A"})
    assert not is_untouched(sheet)
    (tmp_path / "other.xlsx").write_bytes(b"PK")
    assert not is_untouched(tmp_path / "other.xlsx")


def test_what_no_cell_can_hold_is_refused_at_its_place(base: Base) -> None:
    first = base.plan.members[0]
    long = {"en": "x" * 40_000, "zh": "y"}
    divided = replace(first, cells={**first.cells, "affiliates": ("A; B",)})
    for member, why in ((divided, "semicolon"), (replace(first, legal_form=long), "too long")):
        plan = replace(base.plan, members=(member,))
        with pytest.raises(PlanError, match=why):
            rows_of(plan, columns_of(plan, base.library).columns, base.library)


# ── whatever is written ─────────────────────────────────────────────────────────────────────────────────────────────

_ALPHABET = string.ascii_letters + string.digits + "=+-@'\"<>&,.%#/\\_ 甲乙，。“”é\U00020000"
TEXTS = st.text(_ALPHABET, min_size=1, max_size=24).map(lambda text: text.strip() or "x")
SINGLE = st.text(_ALPHABET, min_size=1, max_size=24).map(lambda text: text.strip(" ,") or "x")
AMOUNTS = st.builds(Money, st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 4), st.sampled_from(("USD", "CNY")))


@st.composite
def members(draw: st.DrawFn, number: int) -> Member:
    """A member with whatever its cells can hold."""
    names = {"en": draw(TEXTS), "zh": draw(TEXTS)}
    cells: dict[str, Any] = {
        "member_id": f"M{number}",
        "name": names["en"] if names["en"] == names["zh"] else names,
        "registration_no": draw(TEXTS),
        "affiliates": tuple(draw(st.lists(SINGLE, min_size=1, max_size=3))),
        "joined_on": draw(st.dates(date(1850, 1, 1), date(2100, 1, 1))),
        "votes": draw(st.integers(-(10**6), 10**12)),
        "share_pct": Decimal(draw(st.integers(0, 100_000))) / 1000,
        "cash": draw(AMOUNTS),
        "nonprofit": draw(st.sampled_from(("yes", "no"))),
        "type": "company",
        "role": "member",
        "status": "active",
    }
    return Member(
        f"M{number}", names, type="company", registration_no=cells["registration_no"], address={"en": "", "zh": ""}, cells=cells
    )


def test_whatever_is_written_is_read_back_equal(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"

    @settings(max_examples=20, phases=(Phase.explicit, Phase.generate))
    @given(first=members(1), second=members(2))
    def check(first: Member, second: Member) -> None:
        plan = replace(base.plan, members=(first, second), sides=())
        path.write_bytes(make_sheet(replace(base, plan=plan), path.name)[0])
        found = check_rows(read_members(path, plan, base.library), plan, base.library)
        assert found.faults == {}
        assert list(found.members.values()) == [first, second]

    check()


@settings(max_examples=40)
@given(content=st.binary(max_size=400))
def test_no_package_makes_the_look_at_a_seal_fail(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("docProps/core.xml", content)
    path.write_bytes(out.getvalue()[: len(out.getvalue()) - len(content) % 7])
    assert not is_untouched(path)
