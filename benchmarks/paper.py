"""PDFs: the document of the targets from its plan, against bare WeasyPrint of the same HTML, Typst, Chromium and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.plans import target_plan
from benchmarks.timing import Ratio, interleaved, process, ratio
from tmp_builder import pipeline
from tmp_builder.document.nodes import Document
from tmp_builder.writers.html.page import page, stylesheet

BARE = "bare WeasyPrint"
_ENGLISH = ("en",)
PROGRAM_ROUNDS = 2
"""Chromium and LibreOffice take seconds to start: so many rounds are enough to see where they stand."""


def measure(rounds: int) -> Iterator[Ratio]:
    """English and bilingual; the other programs once a round as processes of their own."""
    for name, languages in {"English": _ENGLISH, "bilingual columns": ("en", "zh")}.items():
        yield from _measured(name, languages, rounds)


def _measured(name: str, languages: tuple[str, ...], rounds: int) -> Iterator[Ratio]:
    folder = peers.fresh("paper")
    plan, library = pipeline.read(target_plan(folder / "target.plan.yaml"))
    options = pipeline.Options(formats=("pdf",), languages=languages)
    checked = pipeline.examine(plan, library, options)
    document = pipeline.printed(checked, options)
    source = folder / "page.html"
    source.write_text(html_of(document), encoding="utf-8")

    def whole() -> Any:
        return pipeline.files(pipeline.examine(plan, library, options), options)

    candidates: dict[str, Callable[[], Any]] = {"ours": whole, BARE: lambda: bare(source.read_text(encoding="utf-8"))}
    candidates["assembly"] = lambda: pipeline.assemble(plan, library)
    if peers.has("typst") and (typst := _typst(document)):
        candidates["typst"] = typst
    times = interleaved(candidates, rounds)
    typst_target = 0.14 if languages == _ENGLISH else 0.12
    yield ratio(times, "ours", BARE, name=f"PDF, {name}: from plan, default engine", target=0.95)
    yield ratio(times, "assembly", "ours", name=f"assembly of the plan, {name}, against its PDF", target=0.02)
    if "typst" in times:
        yield ratio(times, "typst", BARE, name=f"PDF, {name}: typst engine", target=typst_target)
    yield from _programs(name, folder, source, document, times[BARE][:PROGRAM_ROUNDS])


def bare(source: str) -> bytes:
    """The same HTML by WeasyPrint as its documentation shows."""
    from weasyprint import HTML

    return bytes(HTML(string=source).write_pdf(pdf_variant="pdf/a-3a"))


def html_of(document: Document) -> str:
    """The page that our default engine is given."""
    from tmp_builder.writers.pdf.engine import _page_numbers

    return page(
        document,
        layout="columns",
        css=stylesheet("A4", None, "document.pdf.css") + _page_numbers(document, cover=True),
        running=True,
    )


def _typst(document: Document) -> Callable[[], Any] | None:
    try:
        from tmp_builder.writers.typst import write
    except ImportError:
        return None
    try:
        write(document)
    except Exception:  # the engine is a colleague in the making: where it does not set this document it is not measured
        return None
    return lambda: write(document)


def _programs(name: str, folder: Path, source: Path, document: Document, bare_times: list[float]) -> Iterator[Ratio]:
    word_file = folder / "document.docx"
    word_file.write_bytes(pipeline.write(document, "docx", pipeline.Options()))
    commands = {}
    if chromium := peers.program("chromium", "google-chrome"):
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
        commands["Chromium, cold"] = [chromium, *flags, f"--print-to-pdf={folder / 'c.pdf'}", source.as_uri()]
    if office := peers.program("soffice", "libreoffice"):
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        commands["LibreOffice from the DOCX, cold"] = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(word_file),
        ]
    for said, command in commands.items():
        times = {said: [process(command) for _ in bare_times], BARE: bare_times}
        yield ratio(times, said, BARE, name=f"PDF, {name}: {said}", note="a process of its own each time")
