"""The editions: guidance beside the clauses and no number moved; a summary of a few tables that every writer prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tmp_builder.assemble import assemble
from tmp_builder.assemble.editions import EDITIONS, annotated, edition
from tmp_builder.assemble.summary import summary
from tmp_builder.assemble.summing import WORDS
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.document.nodes import Alternatives, Clause, Document, Paragraph, Table
from tmp_builder.document.walk import all_blocks, clauses, plain
from tmp_builder.errors import UsageError
from tmp_builder.library.schema import Library
from tmp_builder.pipeline import Options, examine, model_text, write
from tmp_builder.plan.blank import blank_plan
from tmp_builder.plan.schema import Decision, Plan


@pytest.fixture
def plan(plan_of: Callable[..., Plan]) -> Plan:
    return plan_of()


def notes(document: Document) -> list[Paragraph]:
    return [block for block in all_blocks(document) if isinstance(block, Paragraph) and block.style == "note"]


def words(document: Document, language: str = "en") -> str:
    """Everything in the tables and paragraphs of a document."""
    found = []
    for block in all_blocks(document):
        if isinstance(block, Table):
            found += [plain(cell.get(language, ())) for row in block.rows for cell in (*row.cells, row.detail)]
        else:
            found.append(plain(getattr(block, "texts", {}).get(language, ())))
    return "\n".join(found)


# ── annotated ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_annotation_adds_notes_and_changes_nothing_else(plan: Plan, library: Library) -> None:
    clean = assemble(plan, library)
    noted = annotated(clean, library)
    assert [clause.id for clause in clauses(noted)] == [clause.id for clause in clauses(clean)]
    assert [clause.number for clause in clauses(noted)] == [clause.number for clause in clauses(clean)]
    assert noted.imprint == clean.imprint
    assert noted.schedules == clean.schedules
    assert len(notes(noted)) > len(set(clause.origin for clause in clauses(clean)))


def test_guidance_stands_after_the_first_clause_of_its_option_and_says_what_it_is(plan: Plan, library: Library) -> None:
    noted = annotated(assemble(plan, library), library)
    section = next(section for section in noted.sections if section.id == "section:protection")
    head, first, note = section.children[:3]
    assert isinstance(head, Paragraph)
    assert head.id == "guidance:section:protection.0"
    assert isinstance(first, Clause)
    assert first.id == "protection.disclose#inventor"
    assert isinstance(note, Paragraph)
    assert plain(note.texts["en"]).startswith("Guidance, not part of the text: Every later right hangs on this chain")
    assert plain(note.texts["zh"]).startswith("说明（不属于正文）：")


def test_notes_carry_no_marks_and_no_broken_lines(plan: Plan, library: Library) -> None:
    for note in notes(annotated(assemble(plan, library), library)):
        for language, inlines in note.texts.items():
            text = plain(inlines)
            assert "**" not in text
            assert "\n" not in text
            assert language == "en" or "。 " not in text


def test_alternatives_are_annotated_inside_their_branches(plan: Plan, library: Library) -> None:
    choices = {**plan.choices, "ownership": Decision((), ("ownership.employer", "ownership.joint-equal"))}
    noted = annotated(assemble(replace(plan, choices=choices), library), library)
    (found,) = [block for block in all_blocks(noted) if isinstance(block, Alternatives)]
    for branch in found.branches:
        assert sum(isinstance(block, Paragraph) and block.style == "note" for block in branch.children) >= 1


# ── summary ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_summary_names_every_choice_by_section(plan: Plan, library: Library) -> None:
    document = summary(assemble(plan, library), plan, library)
    choices = document.sections[0]
    (table,) = choices.children
    assert isinstance(table, Table)
    assert [row.id.rpartition(".")[2] for row in table.rows] == [name for name in library.sections if plan.choices.get(name)]
    for option in plan.chosen():
        assert library.options[option].label["en"] in words(document)
        assert library.options[option].label["zh"] in words(document, "zh")


def test_the_summary_shows_departures_from_the_profile_in_both_directions(plan: Plan, library: Library) -> None:
    choices = {
        **plan.choices,
        "joint-ownership": Decision(("joint-ownership.managed", *plan.choices["joint-ownership"].options[1:])),
    }
    document = summary(assemble(plan, library), replace(plan, choices=choices), library)
    departures = next(section for section in document.sections if section.id == "summary:departures")
    (table,) = departures.children
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row.id == "summary:departures.joint-ownership")
    assert [plain(cell["en"]) for cell in row.cells] == [
        "Joint ownership",
        library.options["joint-ownership.consent-all"].label["en"],
        library.options["joint-ownership.managed"].label["en"],
    ]


def test_a_plan_without_a_profile_has_no_departures(plan: Plan, library: Library) -> None:
    document = summary(assemble(plan, library), replace(plan, profile=""), library)
    assert [section.id for section in document.sections] == ["summary:choices", "summary:rights", "summary:values"]
    assert [section.number for section in document.sections] == ["1", "2", "3"]


def test_values_are_shown_where_they_are_not_the_usual_ones(plan: Plan, library: Library) -> None:
    values = {**plan.values, "protection.disclose.party_to_party_days": 45}
    document = summary(assemble(plan, library), replace(plan, values=values), library)
    (table,) = document.sections[-1].children
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row.id.endswith("protection.disclose.party_to_party_days"))
    assert [plain(cell["en"]) for cell in row.cells] == [
        "Days for a Member to inform the other Members",
        "forty-five (45) days",
        "sixty (60) days",
    ]
    assert not any(row.id.endswith("inventor_to_employer_days") for row in table.rows), "it has the usual value"


def test_rights_say_who_owns_who_licenses_where_and_how_long(plan: Plan, library: Library) -> None:
    document = summary(assemble(plan, library), plan, library)
    rights = next(section for section in document.sections if section.id == "summary:rights")
    (table,) = rights.children
    assert isinstance(table, Table)
    names = [row.id.removeprefix("summary:rights.") for row in table.rows]
    assert names == ["party.US", "party.CN", "owns", "licenses", "where.US", "where.CN", "how-long"]
    cells = {row.id.removeprefix("summary:rights."): plain(row.cells[1]["en"]) for row in table.rows}
    assert library.options["ownership.employer"].effect["en"] in cells["owns"]
    assert "the United States of America" in cells["where.US"]
    assert "sixty (60) months" in cells["how-long"]


def test_the_summary_has_no_signature_page_and_says_that_the_text_decides(plan: Plan, library: Library) -> None:
    document = summary(assemble(plan, library), plan, library)
    assert document.schedules == ()
    assert document.signing.blocks == ()
    assert plain(document.cover.notice["en"]) == WORDS["note"]["en"]


@pytest.mark.parametrize("form", ["docx", "html", "md", "json"])
@pytest.mark.parametrize("name", EDITIONS)
def test_every_writer_prints_every_edition(name: str, form: str, plan: Plan, library: Library) -> None:
    document = edition(assemble(plan, library), plan, library, name)
    content = write(document, form, Options(formats=(form,), edition=name))
    assert len(content) > 5000
    if name == "summary" and form in ("html", "md"):
        assert "Signatures" not in content.decode()


def test_a_blank_text_can_be_summed_up_too(library: Library) -> None:
    plan = blank_plan(library.profiles["desca"], library)
    assert summary(assemble(plan, library), plan, library).sections[0].children


# ── tmp build ───────────────────────────────────────────────────────────────────────────────────────────────────────


def tmp(*arguments: object) -> int:
    return run(cli, ["--ui-language", "en", *map(str, arguments)])


def test_build_names_the_file_after_the_edition(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "small.plan.yaml"
    for name in ("annotated", "summary"):
        tmp("build", path, "-f", "md", "--edition", name, "-q")
        assert (tmp_path / f"small-{name}.md").exists()
    assert not (tmp_path / "small.md").exists()


def test_the_rules_look_at_the_clean_text_whatever_the_edition(plan: Plan, library: Library) -> None:
    clean, summed = (examine(plan, library, Options(edition=name)) for name in ("clean", "summary"))
    assert clean.findings == summed.findings


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--edition", "annotated", "--final"), "never the annotated edition"),
        (("--edition", "summary", "--for", "counterparty"), "for your own house"),
        (("--profile", "cerc"), "stands instead of a plan"),
    ],
)
def test_combinations_that_make_no_sense_are_refused(
    arguments: tuple[str, ...], says: str, plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tmp("build", tmp_path / "small.plan.yaml", "-f", "md", *arguments) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["small.plan.yaml"]


def test_build_without_a_plan_or_a_profile_says_what_to_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert tmp("build") == 2
    assert "tmp build --profile cerc" in capsys.readouterr().err


def test_a_profile_is_built_into_its_blank_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tmp("build", "--profile", "university-industry", "-f", "md,docx", "-o", tmp_path) == 0
    out, err = capsys.readouterr()
    assert "university-industry-template.md" in out
    assert "places to fill" in err
    text = (tmp_path / "university-industry-template.md").read_text(encoding="utf-8")
    assert "●" in text
    assert tmp("build", "--profile", "university-industri", "-o", tmp_path) == 2
    assert "did you mean “university-industry”?" in capsys.readouterr().err


def test_a_blank_text_is_never_final(tmp_path: Path) -> None:
    assert tmp("build", "--profile", "cerc", "-f", "md", "-o", tmp_path, "--final") == 4
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_profile_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="unknown profile"):
        model_text("cercs", Options())
