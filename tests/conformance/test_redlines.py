"""Redlines as Word files are sound, and LibreOffice accepts them to the new text and rejects them to the old one."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conformance.lint import lint, order
from tmp_builder import pipeline
from tmp_builder.assemble import assemble
from tmp_builder.compare.redline import redline
from tmp_builder.document.nodes import Document
from tmp_builder.readers.docx import read_docx
from tmp_builder.writers.docx import write

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "examples").glob("*/*.plan.yaml"))
SYSTEM = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("settle_changes.py")


def has_office() -> bool:
    if not (shutil.which("soffice") and SYSTEM.exists()):
        return False
    return subprocess.run([SYSTEM, "-c", "import uno"], check=False, capture_output=True).returncode == 0


def pair(path: Path) -> tuple[Document, Document]:
    """A plan, and the same one with a section and a party less, another order of sections, and another title."""
    plan, library = pipeline.read(path)
    new = assemble(plan, library)
    fewer = tuple(part for index, part in enumerate(new.sections) if index not in (7, 9))
    old = replace(
        new,
        sections=(*fewer[:4], fewer[5], fewer[4], *fewer[6:]),
        cover=replace(new.cover, title=new.cover.kind, parties=new.cover.parties[:-1]),
        schedules=new.schedules[1:],
        signing=replace(new.signing, blocks=new.signing.blocks[:-1]),
    )
    return old, new


@pytest.mark.parametrize("layout", ["columns", "stacked"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_redline_of_an_example_has_no_fault(path: Path, layout: str) -> None:
    old, new = pair(path)
    for data in (write(redline(old, new), layout=layout), write(redline(new, old), layout=layout)):
        assert lint(data) == []
        assert order(data) == []


@pytest.mark.skipif(not has_office(), reason="LibreOffice with its Python bridge (soffice, python3-uno) is absent")
@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_libreoffice_settles_a_redline_to_either_text(layout: str, tmp_path: Path) -> None:
    drafts = ROOT / "tests" / "data" / "drafts"
    old, new = (assemble(*pipeline.read(drafts / f"{name}.plan.yaml")) for name in ("old", "new"))
    source = tmp_path / "redline.docx"
    source.write_bytes(write(redline(old, new), layout=layout))
    jobs = [(str(source), str(tmp_path / f"{what}.docx"), what) for what in ("accept", "reject")]
    command = [str(SYSTEM), str(SCRIPT), str(tmp_path / "profile"), *(part for job in jobs for part in job)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for what, document in (("accept", new), ("reject", old)):
        plain = tmp_path / f"{what}-plain.docx"
        plain.write_bytes(write(document, layout=layout))
        assert said(tmp_path / f"{what}.docx") == said(plain)


def said(path: Path) -> list[str]:
    """The paragraphs with words, runs of spaces as one; without the last lines that carry fingerprints."""
    found = read_docx(path).paragraphs
    return [" ".join(each.text.split()) for each in found if each.text and not each.style.startswith("Colophon")]
