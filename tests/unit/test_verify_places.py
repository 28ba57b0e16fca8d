"""`verify` names the place of a changed text by what a reader sees there, and shows what changed even far inside a long text."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.plans import save, small_plan, small_word_file
from tmp_builder import pipeline
from tmp_builder.cli import cli
from tmp_builder.cli.faults import run
from tmp_builder.library.schema import Library
from tmp_builder.verify import Difference, verify

MEANING = "means the licences and permissions to use"


@pytest.fixture(scope="module")
def built(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan as a Word file, in both languages."""
    return small_word_file(library, tmp_path_factory.mktemp("places"))


def edited(path: Path, target: Path, old: str, new: str, after: str = "") -> Path:
    """A copy in which the first `old` behind `after` reads `new`."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                text = content.decode()
                place = text.index(old, text.index(after))
                content = (text[:place] + new + text[place + len(old) :]).encode()
            copy.writestr(name, content)
    return target


def only(path: Path) -> Difference:
    (difference,) = verify(path).differences
    return difference


def test_a_changed_definition_belongs_to_its_section_and_to_no_clause(built: Path, tmp_path: Path) -> None:
    found = only(edited(built, tmp_path / "edited.docx", MEANING, f"{MEANING} freely"))
    assert (found.place, found.clause) == ("section", "section:definitions")
    assert found.number.isdecimal()


def test_a_changed_signature_page_is_no_change_of_the_last_clause(built: Path, tmp_path: Path) -> None:
    signing = ">Signatures<"
    found = only(edited(built, tmp_path / "edited.docx", "The parties sign", "Some parties sign", after=signing))
    assert (found.place, found.clause, found.number) == ("signature", "signing", "")


def test_what_stands_before_the_first_section_is_the_cover(built: Path, tmp_path: Path) -> None:
    found = only(edited(built, tmp_path / "edited.docx", ">Technology Management Plan<", ">Technology Plan<"))
    assert (found.place, found.clause) == ("cover", "cover")


def test_a_sub_clause_is_named_with_its_whole_number(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        text = archive.read("word/document.xml").decode()
    start = text.index('<w:pStyle w:val="Clause3"/>')
    words = text[text.index(">", text.index("<w:t", start)) + 1 :].partition("<")[0]
    found = only(edited(built, tmp_path / "edited.docx", words, f"{words} and more", after='<w:pStyle w:val="Clause3"/>'))
    above, _, below = found.number.partition("(")
    assert found.place == "clause"
    assert above.count(".") == 1
    assert below == "a)"


def test_the_command_names_the_place_and_shows_what_changed_in_a_long_text(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = edited(built, tmp_path / "edited.docx", MEANING, "word " * 120 + MEANING + " freely")
    assert run(cli, ["--ui-language", "en", "verify", str(first)]) == 1
    said = capsys.readouterr()
    assert "differs: Clause " in said.out
    assert "(section:definitions)" in said.out
    assert "+}" in said.out
    assert "to use freely" in said.out or "{+ freely+}" in said.out
    assert "1 place differs from the text as built." in said.err


def test_a_public_file_in_one_language_and_of_another_day_is_as_built_from_its_plan(library: Library, tmp_path: Path) -> None:
    path = save(small_plan(library), tmp_path / "small.plan.yaml")
    plan, found = pipeline.read(path)
    options = pipeline.Options(formats=("docx",), audience="public", languages=("en",), dated=date(2026, 10, 1))
    target = tmp_path / "small.docx"
    target.write_bytes(pipeline.files(pipeline.examine(plan, found, options), options)["docx"])
    assert verify(target, path).same_bytes
