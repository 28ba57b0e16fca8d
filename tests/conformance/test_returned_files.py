"""A file that LibreOffice opened and saved still gives its plan and differs in no clause; one edited sentence differs in its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as open_word_file
from lxml import etree

from tests.plans import small_word_file
from tmp_builder.library.schema import Library
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.verify import plan_source, verify

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice") is not None
office = pytest.mark.skipif(not OFFICE, reason="LibreOffice (soffice) is absent")
EDIT = ("shall", "may perhaps")


@pytest.fixture(scope="module")
def built(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan as a Word file in two columns."""
    return small_word_file(library, tmp_path_factory.mktemp("returned"))


def through_office(path: Path, folder: Path) -> Path:
    """The file opened and saved again by LibreOffice."""
    folder.mkdir()
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300)
    return folder / path.name


def edited(path: Path, target: Path) -> str:
    """Change one word in one clause of the English column; the id of that clause. Done by python-docx, as any tool would."""
    word_file = open_word_file(str(path))
    for control in word_file.element.body.iter(f"{W}sdt"):
        named = control.find(f"{W}sdtPr/{W}alias")
        alias = "" if named is None else str(named.get(f"{W}val"))
        texts = [node for node in control.iter(f"{W}t") if EDIT[0] in (node.text or "")]
        if alias.startswith("clause:protection.") and not alias.endswith(":zh") and texts:
            texts[0].text = texts[0].text.replace(*EDIT, 1)
            word_file.save(str(target))
            return alias.removeprefix("clause:")
    raise AssertionError("no clause with that word")


def test_a_file_as_built_is_as_built(built: Path) -> None:
    assert verify(built).same_bytes
    assert verify(built, built.with_name("small.plan.yaml")).same_bytes


def test_one_edited_sentence_differs_in_its_clause_and_in_no_other(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "edited.docx"
    clause = edited(built, target)
    verdict = verify(target)
    assert not verdict.agrees
    assert [(each.clause, EDIT[1] in each.found, EDIT[1] in each.expected) for each in verdict.differences] == [
        (clause, True, False)
    ]


def test_a_clause_that_was_struck_is_named(built: Path, tmp_path: Path) -> None:
    word_file = open_word_file(str(built))
    control = next(
        node for node in word_file.element.body.iter(f"{W}sdt") if "clause:protection." in etree.tostring(node).decode()
    )
    alias = control.find(f"{W}sdtPr/{W}alias").get(f"{W}val").removeprefix("clause:")
    for paragraph in list(control.iter(f"{W}p"))[1:]:
        paragraph.getparent().remove(paragraph)
    for text in control.iter(f"{W}t"):
        text.text = ""
    word_file.save(str(tmp_path / "struck.docx"))
    named = [each.clause for each in verify(tmp_path / "struck.docx").differences]
    assert alias in named
    assert [clause for clause in named if clause != alias and not clause.startswith(f"{alias}.")] == []


def test_a_changed_recipe_does_not_hide_a_changed_text(built: Path, tmp_path: Path) -> None:
    """The sender edits the text and leaves the recipe: the text is compared, the recipe is not believed."""
    target = tmp_path / "edited.docx"
    edited(built, target)
    recipe, before = read_recipe(target), read_recipe(built)
    assert recipe == before
    assert verify(target).differences


@pytest.mark.office
@pytest.mark.slow
@office
def test_a_file_that_libreoffice_saved_agrees_and_gives_its_plan(built: Path, tmp_path: Path) -> None:
    saved = through_office(built, tmp_path / "office")
    verdict = verify(saved)
    assert not verdict.same_bytes
    assert verdict.differences == ()
    recipe, before = read_recipe(saved), read_recipe(built)
    assert recipe is not None
    assert recipe == before
    assert plan_source(recipe, "saved").file.id == "small"


@pytest.mark.office
@pytest.mark.slow
@office
def test_one_sentence_edited_after_libreoffice_saved_the_file_is_found(built: Path, tmp_path: Path) -> None:
    saved = through_office(built, tmp_path / "office")
    clause = edited(saved, tmp_path / "edited.docx")
    found = verify(tmp_path / "edited.docx").differences
    assert {each.clause for each in found} == {clause}
    assert len(found) == 1


def altered(path: Path, target: Path, change: Callable[[bytes], bytes]) -> None:
    """A copy of a Word file with its main part changed."""
    import zipfile

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "word/document.xml" else content)


def test_a_tracked_deletion_counts_as_an_edit(built: Path, tmp_path: Path) -> None:
    def strike(content: bytes) -> bytes:
        root = etree.fromstring(content)
        run = next(
            run
            for control in root.iter(f"{W}sdt")
            if control.find(f"{W}sdtPr/{W}alias").get(f"{W}val").startswith("clause:protection.")
            for run in control.iter(f"{W}r")
            if run.find(f"{W}t") is not None and len(run.find(f"{W}t").text or "") > 40
        )
        text = run.find(f"{W}t")
        text.tag = f"{W}delText"
        deletion = etree.Element(f"{W}del", {f"{W}id": "9001", f"{W}author": "other side"})
        run.addprevious(deletion)
        deletion.append(run)
        return etree.tostring(root)

    altered(built, tmp_path / "struck.docx", strike)
    found = verify(tmp_path / "struck.docx").differences
    assert len({each.clause for each in found}) == 1
    assert found[0].clause.startswith("protection.")
