"""Dates in documents: the Schedule of Dates, the computed columns of registers, the extract of a member."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.plans import changed, small_plan, source_of
from tmp_builder.assemble import assemble
from tmp_builder.assemble.extract import extract
from tmp_builder.assemble.extract.bearing import is_theirs
from tmp_builder.assemble.extract.when import NEXT, PERIODS
from tmp_builder.deadlines import current, deadlines
from tmp_builder.document.nodes import Document, Paragraph, Schedule, Table
from tmp_builder.document.walk import all_blocks, plain, texts_of
from tmp_builder.errors import UsageError
from tmp_builder.library.schema import Library
from tmp_builder.plan.reader import read_plan, resolve
from tmp_builder.writers.docx import write as write_docx
from tmp_builder.writers.html import write as write_html
from tmp_builder.writers.markdown import write as write_markdown
from tmp_builder.writers.pdf import write as write_pdf

EXAMPLE = Path(__file__).parents[3] / "templates" / "demo" / "clean-vehicles.plan.yaml"


def schedule(document: Document, name: str) -> Schedule | None:
    return next((each for each in document.schedules if each.id == f"schedule:{name}"), None)


def cells(table: Table, language: str) -> dict[str, list[str]]:
    return {row.id: [plain(texts[language]) for texts in row.cells] for row in table.rows}


def dates_table(document: Document) -> Table:
    found = schedule(document, "dates")
    assert found is not None
    return next(block for block in found.children if isinstance(block, Table))


def test_the_schedule_of_dates_is_the_last_one_in_both_languages(rich, library: Library) -> None:
    document = assemble(rich(), library)
    last = document.schedules[-1]
    assert (last.id, plain(last.title["en"]), plain(last.title["zh"])) == ("schedule:dates", "Schedule of Dates", "日期表")
    assert last.number == str(len(document.schedules))


def test_it_prints_code_what_formula_date_and_who(rich, library: Library) -> None:
    table = dates_table(assemble(rich(), library))
    assert [column.id for column in table.columns] == ["code", "what", "formula", "date", "who"]
    english, chinese = cells(table, "en"), cells(table, "zh")
    assert english["schedule:dates.D32"] == ["D32", "End of confidentiality", "D02 + 60 months", "1 October 2036", "every Member"]
    assert chinese["schedule:dates.D32"] == ["D32", "保密期限届满", "D02 + 60个月", "2036年10月1日", "各成员单位"]
    assert english["schedule:dates.D48:1-negotiation"][3] == "60 days after receipt of the notice of dispute"


def test_provisional_days_are_marked_and_explained(rich, library: Library) -> None:
    found = schedule(assemble(rich(), library), "dates")
    assert found is not None
    assert cells(dates_table(assemble(rich(), library)), "en")["schedule:dates.D54"][3] == "30 December 2031 (provisional)"
    note = found.children[-1]
    assert isinstance(note, Paragraph)
    assert "holidays " in plain(note.texts["en"])
    assert "暂定" in plain(note.texts["zh"])


def test_rows_of_registers_and_internal_ones_stay_out(rich, library: Library) -> None:
    document = assemble(rich(), library)
    assert not any(name in row for row in cells(dates_table(document), "en") for name in ("EQ-1", "PUB-1", "R-1", "P1", "needed"))
    assert "PUB-1" not in write_markdown(document)


def test_no_printed_date_rests_on_a_register_that_is_never_sent_out(rich, library: Library) -> None:
    """A file for the other side carries no events; whoever rebuilds it must get the same text."""
    order = [{"event_id": "E-1", "kind": "first_member_order", "date": "2027-05-31", "object": "EQ-1"}]
    signature = [{"event_id": "E-2", "kind": "signature", "date": "2026-09-15"}]
    changes = {
        "choices.competition": ["ancillary", "us-notification"],
        "parameters.competition.us-notification.file_days": 90,
        "parameters.equipment.sale-ban.anchor": "first_member_order",
    }
    with_events, without = (assemble(rich({**changes, "registers.events": rows}), library) for rows in (order + signature, []))
    assert with_events.schedules == without.schedules


def test_what_the_schedule_says_of_rights_follows_the_plan_s_setting(rich, library: Library) -> None:
    words = {}
    for roll in ("none", "next", "previous"):
        found = schedule(assemble(rich({"dates.roll": roll}), library), "dates")
        assert found is not None
        words[roll] = plain(next(texts_of(found.children[0]))["en"])
    assert "does not move" in words["none"]
    assert "moves to the next Working Day" in words["next"]
    assert "moves to the Working Day before" in words["previous"]


def test_its_working_day_is_defined(rich, library: Library) -> None:
    definitions = next(
        block for block in all_blocks(assemble(rich(), library)) if isinstance(block, Table) and block.kind == "definitions"
    )
    assert "term:working-day" in {row.id for row in definitions.rows}


def test_a_plan_that_says_nothing_of_dates_has_no_such_schedule(library: Library) -> None:
    assert schedule(assemble(resolve(source_of({"id": "empty", "title": "Empty"}), library), library), "dates") is None


def test_a_length_that_is_still_open_is_a_gap_of_its_clause_and_no_row(rich, library: Library) -> None:
    table = dates_table(assemble(rich({"parameters.exit.wind-up.close_days": None}), library))
    assert "schedule:dates.D54" not in cells(table, "en")
    assert not any("●" in cell for row in cells(table, "en").values() for cell in row)


def test_computed_columns_of_registers_hold_their_dates(rich, library: Library) -> None:
    document = assemble(rich(), library)
    equipment = schedule(document, "equipment")
    assert equipment is not None
    rows = cells(next(block for block in equipment.children if isinstance(block, Table)), "en")
    assert rows["schedule:equipment.EQ-1"][-1] == "28 February 2028"
    assert rows["schedule:equipment.=EQ"][-1] == ""
    results = schedule(document, "results")
    assert results is not None
    detail = next(row.detail for block in results.children if isinstance(block, Table) for row in block.rows)
    assert "Last day for filings with priority: 28 February 2028" in plain(detail["en"])


def test_the_same_plan_gives_the_same_document(rich, library: Library) -> None:
    assert assemble(rich(), library) == assemble(rich(), library)


# ── the extract ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_extract_says_who_what_and_when_in_both_languages(rich, library: Library) -> None:
    text = write_markdown(extract(rich(), library, "A1"))
    for words in ("Extract for Lakeshore University", "湖滨大学适用摘要", "Rights", "义务", "P1 Cells", "P1 电芯", "EQ-1"):
        assert words in text
    assert "28 February 2028" in text
    assert "The inventor's employer owns" in text
    assert "| The inventor's employer owns<br>归发明人的雇主单位 | 9.1 |" in text


def test_an_extract_counts_what_it_leaves_to_the_calendar(rich, library: Library) -> None:
    found = {section.id: section.children[0] for section in extract(rich(), library, "A1").sections}
    dates, periods = found["section:dates"], found["section:periods"]
    assert isinstance(dates, Table)
    assert isinstance(periods, Table)
    assert len(dates.rows) <= NEXT
    assert len(periods.rows) == PERIODS
    mine = [each for each in current(deadlines(rich(), library, rich().dated)) if is_theirs(each, rich(), rich().members[0])]
    left = sum(1 for each in mine if each.date is None) - PERIODS
    assert f"{left} more periods" in plain(periods.rows[-1].detail["en"])


def test_a_yearly_series_takes_one_line(rich, library: Library) -> None:
    dates = {section.id: section.children[0] for section in extract(rich(), library, "A1").sections}["section:dates"]
    assert isinstance(dates, Table)
    (review,) = (words for words in (plain(row.cells[1]["en"]) for row in dates.rows) if "Annual Review" in words)
    assert review == "Annual Review 1 (and 4 more, the last on 1 October 2031)"


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")], ids="-".join)
def test_an_extract_is_one_page_a_language(languages: tuple[str, ...], library: Library) -> None:
    plan = read_plan(EXAMPLE, library)
    made = write_pdf(extract(replace(plan, languages=languages), library, "A1"))
    assert len(PdfReader(BytesIO(made)).pages) == len(languages)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is absent")
def test_an_extract_in_one_language_is_one_page_in_a_word_processor(library: Library, tmp_path: Path) -> None:
    plan = replace(read_plan(EXAMPLE, library), languages=("en",))
    (tmp_path / "a1.docx").write_bytes(write_docx(extract(plan, library, "A1")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a1.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert len(PdfReader(tmp_path / "a1.pdf").pages) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_printed_extract_indents_no_heading_and_has_no_type_below_8_points(language: str, library: Library) -> None:
    plan = replace(read_plan(EXAMPLE, library), languages=(language,))
    document = extract(plan, library, "A1")
    printed: list[tuple[str, float, float]] = []

    def note(text: str, matrix: list[float], within: list[float], _font: object, size: float) -> None:
        if text.strip():
            printed.append((text.strip(), matrix[0] * within[4] + matrix[4], abs(size * within[3] * matrix[3])))

    PdfReader(BytesIO(write_pdf(document))).pages[0].extract_text(visitor_text=note)
    titles = [plain(section.title[language]) for section in document.sections]
    left = {text: x for text, x, size in printed if text in titles and size > 8.5}
    assert set(left) == set(titles)
    assert {round(x) for x in left.values()} == {round(min(x for _, x, _ in printed))}
    assert min(size for _, _, size in printed) >= 7.99


def test_an_extract_leaves_out_what_binds_only_others(rich, library: Library) -> None:
    american, chinese = (write_markdown(extract(rich(), library, each)) for each in ("A1", "B1"))
    assert "Reward and remuneration of inventors in China" in chinese
    assert "Reward and remuneration of inventors in China" not in american
    assert "Close-out complete" in chinese
    assert "Close-out complete" not in american
    assert "EQ-1" not in chinese


def test_an_extract_looks_ahead_from_its_day(rich, library: Library) -> None:
    text = write_markdown(extract(rich(), library, "A1", date(2028, 6, 1)))
    assert "Annual Review 1" not in text
    assert "Annual Review 2" in text
    assert "Dated 1 June 2028" in text


def test_an_extract_is_not_signed_and_not_the_plan(rich, library: Library) -> None:
    document = extract(rich(), library, "A1")
    assert document.signing.blocks == ()
    assert document.id == "small-A1"
    assert "changes nothing" in plain(document.cover.notice["en"])
    assert write_html(document).startswith("<!DOCTYPE html>")


def test_an_extract_of_a_plan_without_choices_says_so(library: Library) -> None:
    bare = {"choices": None, "parameters": None, "effective-date": None, "registers": None, "facts": None}
    text = write_markdown(extract(resolve(source_of(changed(small_plan(library), bare)), library), library, "B1"))
    assert text.count("Nothing has been chosen yet.") == 2
    assert "No date concerns this Member yet." in text


def test_an_extract_of_nobody_is_refused(rich, library: Library) -> None:
    with pytest.raises(UsageError, match="no member has the id “A9”"):
        extract(rich(), library, "A9")
