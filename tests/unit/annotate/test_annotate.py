"""What is printed beside the agreement: marks, open points, timeline, notes; and nothing of the house in what goes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from tmp_builder.annotate import annotate
from tmp_builder.assemble import assemble
from tmp_builder.document.nodes import Document, Reference, Table, Timeline
from tmp_builder.document.walk import clauses, plain
from tmp_builder.findings import Finding, Severity
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan

OPEN = {
    "effective-date": None,
    "title": {"zh": ""},
    "choices.ownership": {
        "open": ["employer", "joint-equal"],
        "positions": {"US": "employer", "CN": "joint-equal"},
        "reasons": {"US": "our statute"},
    },
}


def found(code: str, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    return Finding(code, severity, {"en": f"wrong {code}", "zh": f"有误{code}"}, **more)  # type: ignore[arg-type]


@pytest.fixture
def printed(plan_of: Callable[..., Plan], library: Library) -> Callable[..., Document]:
    """The small plan with changes, as an audience sees it."""

    def make(
        changes: object = None, *, audience: str = "counterparty", findings: Sequence[Finding] = (), final: bool = False
    ) -> Document:
        plan = plan_of(changes)
        return annotate(assemble(plan, library, final=final), plan, library, findings, audience)

    return make


def rows(document: Document) -> list[tuple[str, str]]:
    """The open points in English: place and point."""
    (annex,) = document.annexes
    (table,) = [block for block in annex.children if isinstance(block, Table)]
    return [(plain(row.cells[0].get("en", ())), plain(row.cells[1].get("en", ()))) for row in table.rows]


def said(document: Document) -> str:
    return "\n".join(plain(texts.get("en", ())) for note in document.notes for texts in note.paragraphs)


def test_a_complete_draft_has_no_open_points(printed: Callable[..., Document]) -> None:
    assert printed().annexes == ()


def test_gaps_and_open_choices_are_listed_with_links(printed: Callable[..., Document]) -> None:
    document = printed(OPEN)
    points = dict((point, place) for place, point in rows(document))
    (choice,) = [point for point in points if point.startswith("Choice between")]
    assert "proposed by the US Side" in choice
    number = next(section.number for section in document.sections if section.id == "section:ownership")
    assert points[choice] == f"Clause {number}"
    assert any(point.startswith("Blank: Effective Date") for point in points)
    (annex,) = document.annexes
    table = annex.children[1]
    assert isinstance(table, Table)
    references = [inline for row in table.rows for inline in row.cells[0]["en"] if isinstance(inline, Reference)]
    known = {section.id for section in document.sections} | {clause.id for clause in clauses(document)}
    known |= {schedule.id for schedule in document.schedules}
    assert references
    assert {reference.target for reference in references} <= known


def test_a_gap_is_listed_once_with_every_place(printed: Callable[..., Document]) -> None:
    points = [point for _, point in rows(printed({"effective-date": None}))]
    assert len(points) == len(set(points))
    (place,) = [place for place, point in rows(printed({"effective-date": None})) if point == "Blank: Effective Date"]
    assert place.count("Clause") >= 1


def test_what_the_cover_lacks_is_listed_too(printed: Callable[..., Document]) -> None:
    (annex,) = printed({"title": {"en": "", "zh": "小联盟"}}).annexes
    assert "Cover, signatures" in str(annex) or "Clause" in str(annex)


def test_a_final_document_never_has_open_points_or_notes(printed: Callable[..., Document]) -> None:
    document = printed(OPEN, final=True, audience="internal", findings=[found("OWN-01")])
    assert document.annexes == ()
    assert document.notes == ()


def test_findings_are_listed_for_ones_own_house_only(printed: Callable[..., Document]) -> None:
    findings = [found("OWN-01", clause="ownership.employer"), found("PUB-01", Severity.WARNING), found("LAN-01", Severity.NOTE)]
    assert printed(findings=findings).annexes == ()
    points = [point for _, point in rows(printed(findings=findings, audience="internal"))]
    assert points == ["Error OWN-01: wrong OWN-01", "Warning PUB-01: wrong PUB-01"]


@pytest.mark.parametrize("audience", ["counterparty", "public"])
def test_nobody_else_gets_notes(printed: Callable[..., Document], audience: str) -> None:
    assert printed(OPEN, audience=audience, findings=[found("OWN-01")]).notes == ()


def test_each_option_has_one_note_at_its_first_clause(printed: Callable[..., Document]) -> None:
    document = printed(audience="internal")
    first: dict[str, str] = {}
    for clause in clauses(document):
        if clause.level == 2 and clause.origin:
            first.setdefault(clause.origin, clause.id)
    assert [note.target for note in document.notes] == list(first.values())
    assert "Stands here as in the profile" in said(document)
    assert "Favours: " in said(document)
    assert "Also on offer for" in said(document)


def test_a_choice_other_than_the_profiles_says_what_the_profile_has(printed: Callable[..., Document]) -> None:
    notes = printed({"choices.ownership": ["joint-equal"]}, audience="internal").notes
    note = next(note for note in notes if note.target.startswith("ownership.joint-equal"))
    words = plain(note.paragraphs[0]["en"])
    assert "Chosen in this plan; the profile" in words
    assert words.count("“") == 2


def test_a_position_and_its_reason_are_for_the_house(printed: Callable[..., Document]) -> None:
    words = said(printed(OPEN, audience="internal"))
    assert "Position of US" in words
    assert "Reason: our statute" in words


def test_a_finding_stands_at_its_clause_its_option_or_its_schedule(printed: Callable[..., Document]) -> None:
    findings = [
        found("A-1", clause="protection.disclose"),
        found("A-2", address="registers.equipment.EQ-1.value"),
        found("A-3", address="parameters.protection.disclose.party_to_party_days"),
        found("A-4", address="choices.ownership"),
        found("A-5", address="dates.calendars"),
    ]
    notes = {
        plain(note.paragraphs[0]["en"])[6:9]: note
        for note in printed(findings=findings, audience="internal").notes
        if note.kind == "error"
    }
    targets = {code: note.target for code, note in notes.items()}
    assert targets["A-1"].startswith("protection.disclose#")
    assert targets["A-2"] == "schedule:equipment"
    assert targets["A-3"] == targets["A-1"]
    assert targets["A-4"] == "section:ownership"
    assert targets["A-5"] == ""


def test_the_text_and_its_fingerprint_stay_as_they_are(
    printed: Callable[..., Document], plan_of: Callable[..., Plan], library: Library
) -> None:
    plain_document = assemble(plan_of(OPEN), library)
    document = printed(OPEN, audience="internal")
    assert document.imprint.fingerprint == plain_document.imprint.fingerprint
    assert document.sections == plain_document.sections
    assert document.signing == plain_document.signing


def test_the_cover_says_how_the_text_stands_and_who_may_read_it(printed: Callable[..., Document]) -> None:
    lines = [plain(line["en"]) for line in printed().cover.lines]
    assert "Draft for negotiation – not binding until signed" in lines
    assert "Confidential – for the parties and their advisers only" in lines
    final = [plain(line["en"]) for line in printed(final=True).cover.lines]
    assert "Draft for negotiation – not binding until signed" not in final
    assert "Confidential – for the parties and their advisers only" in final
    public = printed(audience="public")
    assert not public.imprint.confidential
    assert "Confidential" not in str(public.cover)


def test_a_blank_text_is_neither_confidential_nor_full_of_open_points(plan_of: Callable[..., Plan], library: Library) -> None:
    plan = replace(plan_of(OPEN), template=True)
    document = annotate(assemble(plan, library), plan, library, (), "public")
    assert document.annexes == ()
    assert not document.imprint.confidential


def test_the_schedule_of_dates_has_a_timeline_of_its_days(printed: Callable[..., Document]) -> None:
    (schedule,) = [schedule for schedule in printed().schedules if schedule.id == "schedule:dates"]
    (drawn,) = [block for block in schedule.children if isinstance(block, Timeline)]
    days = {mark.label: mark.day for mark in drawn.marks}
    assert days["D01"] == "2026-10-01"
    words = plain(drawn.alternative["en"])
    assert words.startswith("Timeline from 2026 to ")
    assert "D01 1 October 2026 (Effective Date)" in words
    assert "2026年10月1日" in plain(drawn.alternative["zh"])


def test_without_known_days_nothing_is_drawn(printed: Callable[..., Document]) -> None:
    document = printed({"effective-date": None, "parameters": {"basis.protocol.instruments": None}})
    assert not [block for schedule in document.schedules for block in schedule.children if isinstance(block, Timeline)]
