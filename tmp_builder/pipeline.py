"""The program on one screen: read, assemble, check, write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tmp_builder.assemble import assemble
from tmp_builder.assemble.editions import edition
from tmp_builder.document.nodes import Document
from tmp_builder.errors import EngineError, IncompletePlanError, UsageError, nearest
from tmp_builder.findings import Finding, Severity
from tmp_builder.language import LANGUAGES
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.blank import blank_plan
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.source import ENDING, PlanSource, read_source
from tmp_builder.plan.writing import write_atomically
from tmp_builder.recipe import recipe_of, to_bytes
from tmp_builder.rules import Case
from tmp_builder.rules import check as run_rules
from tmp_builder.writers.formats import FORMATS
from tmp_builder.writers.ours import seal

TEMPLATE_RULES = ("STR-04", "STR-05", "STR-06")
"""What a blank text is held against: it has no facts yet, but its clauses must stand together."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is to be built; everything that decides its bytes besides plan and library."""

    formats: tuple[str, ...] = ("docx", "pdf")
    final: bool = False
    languages: tuple[str, ...] = ()
    dated: date | None = None
    layout: str = "columns"
    paper: str = "A4"
    font_dirs: tuple[Path, ...] = ()
    audience: str = "counterparty"
    edition: str = "clean"

    @property
    def settings(self) -> dict[str, str | bool]:
        """What decides the bytes of a file besides plan, library and format; goes into the recipe."""
        return {"layout": self.layout, "paper": self.paper, "final": self.final, "edition": self.edition}


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan read, assembled and checked."""

    plan: Plan
    library: Library
    document: Document
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity."""
        return [finding for finding in self.findings if finding.severity is severity]

    @property
    def open_points(self) -> list[Finding]:
        """Gaps and open choices."""
        return [finding for finding in self.findings if finding.code == "STR-05"]

    @property
    def errors(self) -> list[Finding]:
        """Errors other than gaps and open choices, and other than the finding that counts them (STR-10)."""
        return [finding for finding in self.of(Severity.ERROR) if finding.code not in ("STR-05", "STR-10")]


def read(path: Path, library: Path | None = None) -> tuple[Plan, Library]:
    """The plan at `path` and the library it is resolved against (the built-in one, or `library`, with the plan's overlay)."""
    source = read_source(path)
    return resolve_source(source, library)


def resolve_source(source: PlanSource, library: Path | None = None) -> tuple[Plan, Library]:
    """The plan of a source already read, with its library."""
    found = read_library(library, source.overlay)
    return resolve(source, found), found


def examine(plan: Plan, library: Library, options: Options | None = None) -> Checked:
    """The plan as a document with every finding about it."""
    options = options or Options()
    plan = replace(plan, languages=options.languages or plan.languages, dated=options.dated or plan.dated)
    document = assemble(plan, library, final=options.final)
    findings = run_rules(Case(plan, library, document, options.final), TEMPLATE_RULES if plan.template else None)
    if any(finding.blocks for finding in findings):
        document = replace(document, imprint=replace(document.imprint, blocked=True))
    return Checked(plan, library, edition(document, plan, library, options.edition), tuple(findings))


def model_text(profile: str, options: Options, library: Path | None = None) -> Checked:
    """The blank text of a profile, assembled and checked. Raises UsageError for a profile that does not exist."""
    found = read_library(library)
    if profile not in found.profiles:
        known = f"Known: {', '.join(found.profiles)}."
        raise UsageError(f"unknown profile “{profile}”{nearest(profile, found.profiles)}", known)
    return examine(blank_plan(found.profiles[profile], found, options.languages or LANGUAGES), found, options)


def write(document: Document, form: str, options: Options, recipe: bytes | None = None) -> bytes:
    """The file of a document in one format; Word and PDF carry the recipe."""
    if form == "docx":
        from tmp_builder.writers.docx import write as write_docx

        return write_docx(document, layout=options.layout, paper=options.paper, recipe=recipe)
    if form == "pdf":
        from tmp_builder.writers.pdf import write as write_pdf

        return write_pdf(document, layout=options.layout, paper=options.paper, attachment=recipe, font_dirs=options.font_dirs)
    if form == "html":
        from tmp_builder.writers.html import write as write_html

        return seal(write_html(document, layout=options.layout, paper=options.paper))
    if form == "md":
        from tmp_builder.writers.markdown import write as write_markdown

        return seal(write_markdown(document))
    if form == "json":
        from tmp_builder.writers.json import write as write_json

        return write_json(document).encode()
    raise UsageError(f"unknown format “{form}”{nearest(form, FORMATS)}", f"Known: {', '.join(FORMATS)}.")


def targets(path: Path, folder: Path, forms: Iterable[str], edition_name: str = "clean") -> Mapping[str, Path]:
    """The files that a build of the plan at `path` writes, by format: named after the plan and the edition, in `folder`."""
    stem = path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem
    name = stem if edition_name == "clean" else f"{stem}-{edition_name}"
    return {form: folder / f"{name}{FORMATS[form].ending}" for form in forms}


def render(checked: Checked, options: Options) -> Mapping[str, bytes]:
    """Every file of a build. Nothing is written before all of them exist.

    Raises IncompletePlanError for a final document with gaps, open choices or errors.
    """
    if options.final:
        _refuse(checked)
    if options.final and options.audience == "internal":
        raise UsageError("a final document is never for internal use", "Leave out --for internal.")
    recipe = to_bytes(recipe_of(checked.document, checked.plan, checked.library, options.audience, options.settings))
    return {form: write(checked.document, form, options, recipe) for form in options.formats}


def _refuse(checked: Checked) -> None:
    if checked.open_points:
        count = len(checked.open_points)
        raise IncompletePlanError(f"no final document: {count} {'gap is' if count == 1 else 'gaps or choices are'} open", "See them with: tmp check")
    if checked.errors:
        error = IncompletePlanError(f"no final document: {len(checked.errors)} errors", "See them with: tmp check")
        error.exit_code = 1
        raise error


def save(files: Mapping[Path, bytes]) -> list[Path]:
    """Write every file in one step each; those that hold the same bytes already are left alone. Returns what was written."""
    written = []
    for path, content in files.items():
        if path.is_dir():
            raise EngineError(f"{path} is a folder and cannot be written", "Choose another folder with -o.")
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)
            written.append(path)
    return written
