"""Redlines as Word files are sound, and Word's and LibreOffice's ways of settling them give either text, with its numbers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.lint import lint, order
from tests.second_versions import EXAMPLES, documents
from tmp_builder import pipeline
from tmp_builder.assemble import assemble
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document
from tmp_builder.readers.docx import read_docx
from tmp_builder.writers.docx import write

ROOT = Path(__file__).parents[2]
DRAFTS = "drafts"
LAYOUTS = ("columns", "stacked")
SETTLED = (DRAFTS, "quiet-rotors", "printed-electronics")
"""The pairs that LibreOffice settles."""

SYSTEM = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("settle_changes.py")
LONGEST = 1800
"""Seconds that LibreOffice may take for all files together on a busy machine; alone it takes a tenth of that."""


def has_office() -> bool:
    if sys.platform != "linux" or not (shutil.which("soffice") and SYSTEM.exists()):
        return False
    return subprocess.run([SYSTEM, "-c", "import uno"], check=False, capture_output=True).returncode == 0


def pair(name: str) -> tuple[Document, Document]:
    if name != DRAFTS:
        return documents(name)
    folder = ROOT / "tests" / "data" / "drafts"
    old, new = (assemble(*pipeline.read(folder / f"{version}.plan.yaml")) for version in ("old", "new"))
    return old, new


@pytest.fixture(scope="module", params=[(name, layout) for name in (*EXAMPLES, DRAFTS) for layout in LAYOUTS], ids="-".join)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A folder with both versions of a pair, and their redlines forth and back."""
    name, layout = request.param
    folder = tmp_path_factory.mktemp("redlines")
    save(folder, name, layout)
    yield name, folder
    shutil.rmtree(folder)


def save(folder: Path, name: str, layout: str) -> None:
    old, new = pair(name)
    made = {"old": old, "new": new, "forth": redline(old, new), "back": redline(new, old)}
    for what, document in made.items():
        (folder / f"{what}.docx").write_bytes(write(document, layout=layout))


SETTLINGS = (
    ("forth", "accepted", "new"),
    ("forth", "rejected", "old"),
    ("back", "accepted", "old"),
    ("back", "rejected", "new"),
)
"""Which redline, settled how, gives which version."""

KEPT_SPACERS = {"quiet-rotors": 1}
"""How many paragraphs without height stay where a schedule came: one each, at the top of its page."""


@pytest.mark.slow
def test_a_redline_of_an_example_is_sound_and_both_of_its_versions(written: tuple[str, Path]) -> None:
    name, folder = written
    for which in ("forth", "back"):
        data = (folder / f"{which}.docx").read_bytes()
        assert lint(data) == []
        assert order(data) == []
    for which, view, version in SETTLINGS:
        found, wanted = every(folder / f"{which}.docx", view), every(folder / f"{version}.docx")
        more = len(found) - len(wanted)
        assert more in (0, KEPT_SPACERS.get(name, 0))
        assert found == wanted or (more and [each for each in found if each[1]] == [each for each in wanted if each[1]])


@pytest.mark.validators
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ooxml-validator") is None, reason="ooxml-validator is not on the path")
def test_the_open_xml_sdk_finds_nothing_in_a_redline(written: tuple[str, Path]) -> None:
    for which in ("forth", "back"):
        for version in ("Office2010", "Microsoft365"):
            command = ["ooxml-validator", str(written[1] / f"{which}.docx"), "--officeVersion", version]
            answer = json.loads(subprocess.run(command, check=False, capture_output=True, text=True, timeout=300).stdout)
            assert answer["ok"], (written[0], which, answer["errors"])


@pytest.mark.slow
@pytest.mark.skipif(not has_office(), reason="LibreOffice with its Python bridge (soffice, python3-uno) is absent")
def test_libreoffice_settles_redlines_to_either_text(tmp_path: Path) -> None:
    jobs: list[tuple[Path, Path, str]] = []
    wanted: dict[Path, Path] = {}
    for name in SETTLED:
        for layout in LAYOUTS:
            folder = tmp_path / f"{name}-{layout}"
            folder.mkdir()
            save(folder, name, layout)
            for which, view, version in SETTLINGS:
                target = folder / f"{which}-{view}.docx"
                jobs.append((folder / f"{which}.docx", target, view.removesuffix("ed")))
                wanted[target] = folder / f"{version}.docx"
    command = [str(SYSTEM), str(SCRIPT), str(tmp_path / "profile"), *(str(part) for job in jobs for part in job)]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    for target, version in wanted.items():
        assert said(target) == said(version), target.parent.name


def every(path: Path, view: str = "accepted") -> list[tuple[str, str, str]]:
    """All paragraphs with their numbers and styles; without the table of contents and the last lines, which carry fingerprints."""
    found = [each for each in read_docx(path, view).paragraphs if not (each.is_contents or each.style.startswith("Colophon"))]
    return [(each.label, each.text, each.style) for each in found]


def said(path: Path) -> list[tuple[str, str]]:
    """The paragraphs with words and their numbers, runs of spaces as one: LibreOffice keeps empty paragraphs before tables."""
    return [(label, " ".join(text.split())) for label, text, _ in every(path) if text]
