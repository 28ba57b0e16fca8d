"""Members from spreadsheets: bad rows reported with sheet, cell and reason, the good ones kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from tests.interviews import answer, go_to
from tmp_builder.interview.asks import Outcome
from tmp_builder.interview.session import Session

Opens = Callable[..., Session]
HEADER = ["id", "name.en", "name.zh", "side", "type", "country", "public-money"]


def _row(number: int) -> list[str]:
    side = "US" if number % 2 else "CN"
    return [f"M{number}", f"Member {number}", f"成员{number}", side, "university", side, "none"]


def _book(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members"
    for row in [HEADER, *rows]:
        sheet.append(row)
    book.save(path)
    return path


def _read(session: Session, name: str) -> Outcome:
    go_to(session, "members")
    session.answer("table")
    return answer(session, "members.table", name)


def test_of_168_members_with_two_bad_rows_166_are_kept_and_both_faults_name_sheet_cell_and_reason(
    open_session: Opens, tmp_path: Path
) -> None:
    rows = [_row(number) for number in range(1, 169)]
    rows[40][4] = "collage"
    rows[99][5] = "XX"
    _book(tmp_path / "members.xlsx", rows)
    session = open_session(profile="cerc")
    outcome = _read(session, "members.xlsx")
    told = "\n".join(outcome.notices)
    assert "members.xlsx: Members!E42" in told
    assert "'collage' is not one of university" in told
    assert "members.xlsx: Members!F101" in told
    assert "unknown country or region “XX”" in told
    assert len(session.state.plan.members) == 166
    assert "M41" not in [member.id for member in session.state.plan.members]


def test_a_faultless_table_beside_the_plan_is_pointed_to(open_session: Opens, tmp_path: Path) -> None:
    _book(tmp_path / "members.xlsx", [_row(1), _row(2)])
    session = open_session(profile="cerc")
    assert not _read(session, "members.xlsx").refused
    assert session.state.raw["members"] == "members.xlsx"
    assert [member.id for member in session.state.plan.members] == ["M1", "M2"]


def test_a_table_from_elsewhere_is_copied_into_the_plan(open_session: Opens, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    path = _book(tmp_path / "elsewhere" / "members.xlsx", [_row(1), _row(2)])
    session = open_session(profile="cerc")
    assert not _read(session, str(path)).refused
    assert isinstance(session.state.raw["members"], list)
    assert session.state.plan.members[1].name == {"en": "Member 2", "zh": "成员2"}


def test_a_csv_fault_names_line_and_column(open_session: Opens, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("id,name.en,side\nA1,One,US\nA2,Two,XX\nA1,Again,US\n", encoding="utf-8")
    session = open_session(profile="cerc")
    told = "\n".join(_read(session, "m.csv").notices)
    assert "m.csv:3:3" in told
    assert "unknown side “XX”" in told
    assert "stands twice" in told
    assert [(member.id, member.name["en"]) for member in session.state.plan.members] == [("A1", "One")]


def test_a_file_that_is_not_there_is_refused_and_the_parties_stay(open_session: Opens) -> None:
    session = open_session(profile="cerc")
    assert "does not exist" in _read(session, "nowhere.csv").refused
    assert session.state.plan.members == ()
    assert session.at == "members.table"


def test_a_lead_named_in_the_table_becomes_the_lead_of_its_side(open_session: Opens, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("id,name.en,side,role\nA1,One,US,member\nA2,Two,US,lead\n", encoding="utf-8")
    session = open_session(profile="cerc")
    _read(session, "m.csv")
    assert session.state.plan.sides[0].lead == "A2"
