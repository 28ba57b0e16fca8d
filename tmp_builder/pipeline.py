"""The program on one screen: read, assemble, check, write."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tmp_builder import kept
from tmp_builder.annotate import annotate, marked
from tmp_builder.assemble import assemble
from tmp_builder.assemble.editions import edition
from tmp_builder.document.nodes import Document
from tmp_builder.errors import EngineError, IncompletePlanError, LibraryError, PlanError, UsageError, unknown
from tmp_builder.findings import Fault, Finding, Severity, Words, both
from tmp_builder.language import LANGUAGES
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.plan.blank import blank_plan
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan, Waiver
from tmp_builder.plan.source import ENDING, PlanSource, read_source
from tmp_builder.plan.writing import write_atomically
from tmp_builder.recipe import recipe_of, to_bytes
from tmp_builder.rules import Case
from tmp_builder.rules import check as run_rules
from tmp_builder.rules.waivers import apply_waivers
from tmp_builder.writers.formats import FORMATS, PDF_ENGINES
from tmp_builder.writers.house import House
from tmp_builder.writers.ours import seal
from tmp_builder.writers.signature_pages import signature_pages

CARRIERS = ("docx", "pdf")
"""The formats whose files carry the recipe."""

SIGNATURE = "signature:"
"""What precedes the id of a party where its signature page stands among the files of a build."""

_OURS = House()

_SEE = both("See them with: tmp check", "查看：tmp check")

_NO_CSS = (
    both(
        "the PDF engine typst knows no CSS: nothing of a style sheet of the house would be honoured in the PDF",
        "PDF引擎typst不使用CSS：自有样式表在PDF中将完全不起作用",
    ),
    both(
        "Leave out --pdf-engine, or the .css of --style. A .docx of --style serves Word with either engine.",
        "请去掉--pdf-engine，或者去掉--style的.css文件。--style的.docx文件不受影响，仍用于Word。",
    ),
)

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
    house: House = _OURS
    protect: bool = False
    toc_pages: bool = False
    signature_pages: bool = False
    pdf_engine: str = PDF_ENGINES[0]

    def __post_init__(self) -> None:
        """Raises UsageError for an engine that does not exist, or one that cannot honour the style of the house."""
        if self.pdf_engine not in PDF_ENGINES:
            raise unknown(both("PDF engine", "PDF引擎"), self.pdf_engine, PDF_ENGINES)
        if self.pdf_engine == "typst" and self.house.css and ("pdf" in self.formats or self.signature_pages):
            raise UsageError(*_NO_CSS)

    @property
    def settings(self) -> dict[str, str | bool]:
        """What decides the bytes of a file besides plan, library and format; goes into the recipe (of a style its hash)."""
        always: dict[str, str | bool] = {"layout": self.layout, "paper": self.paper, "final": self.final, "edition": self.edition}
        more: dict[str, str | bool] = {"protect": self.protect, "toc-pages": self.toc_pages, "style": self.house.fingerprint}
        more |= {"pdf-engine": self.pdf_engine} if self.pdf_engine != PDF_ENGINES[0] else {}
        return always | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan read, assembled and checked. `waived` holds the findings that waivers of the plan silence."""

    plan: Plan
    library: Library
    document: Document
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()

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


@contextmanager
def few_collections() -> Iterator[None]:
    """The collector of garbage looks less often: reading and checking make many objects and no cycles, and halve their time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def read(path: Path, library: Path | None = None) -> tuple[Plan, Library]:
    """The plan at `path` and the library it is resolved against (the built-in one, or `library`, with the plan's overlay)."""
    with few_collections():
        return _unchanged(path, library) or _read_anew(read_source(path), library)


def _unchanged(path: Path, library: Path | None) -> tuple[Plan, Library] | None:
    """What an earlier process kept of the same plan file, tables and library; no plan with an overlay is kept."""
    if not kept.in_use():
        return None
    from tmp_builder.plan.unchanged import find

    try:
        found = read_library(library)
    except LibraryError:
        return None  # said where the plan is read, after the faults of the plan itself
    plan = find(path, found)
    return (plan, found) if plan else None


def _read_anew(source: PlanSource, library: Path | None) -> tuple[Plan, Library]:
    plan, found = resolve_source(source, library)
    if kept.in_use():
        from tmp_builder.plan.unchanged import keep

        keep(source, plan, found)
    return plan, found


def resolve_source(source: PlanSource, library: Path | None = None) -> tuple[Plan, Library]:
    """The plan of a source already read, with its library."""
    found = read_library(library, source.overlay)
    return resolve(source, found), found


def examine(plan: Plan, library: Library, options: Options | None = None) -> Checked:
    """The plan as a document with every finding about it. Raises PlanError for a signed plan whose text is not the signed one."""
    options = options or Options()
    plan = replace(plan, dated=options.dated or plan.dated)
    _hold_signed(plan, library)
    plan = replace(plan, languages=options.languages or plan.languages)
    with few_collections():
        document = assemble(plan, library, final=options.final)
        findings = run_rules(Case(plan, library, document, options.final), TEMPLATE_RULES if plan.template else None)
    outcome = apply_waivers(plan, findings)
    if any(finding.blocks for finding in outcome.findings):
        document = replace(document, imprint=replace(document.imprint, blocked=True))
    return Checked(plan, library, edition(document, plan, library, options.edition), outcome.findings, outcome.silenced)


def _hold_signed(plan: Plan, library: Library) -> None:
    """A plan with the status signed gives the text that was signed, in its own languages, or nothing."""
    if plan.status != "signed" or not plan.signed_fingerprint:
        return
    found = assemble(plan, library).imprint.fingerprint
    if found != plan.signed_fingerprint:
        en, zh = (
            "the text is not the one that was signed: its fingerprint is {found}, the signed one {signed}",
            "文本与签署的文本不一致：现指纹为{found}，签署时为{signed}",
        )
        message = both(en, zh, found=found, signed=plan.signed_fingerprint)
        hint = both(
            "Undo the change to the plan, or use the clause library it was signed with. To amend it, copy it to a new plan.",
            "请撤销对计划的改动，或者使用签署时的条款库。如需修订，请另存为新计划。",
        )
        raise PlanError([Fault(plan.place("signed-fingerprint"), message, hint)])


def model_text(profile: str, options: Options, library: Path | None = None) -> Checked:
    """The blank text of a profile, assembled and checked. Raises UsageError for a profile that does not exist."""
    found = read_library(library)
    if profile not in found.profiles:
        raise unknown(both("profile", "模板"), profile, found.profiles)
    return examine(blank_plan(found.profiles[profile], found, options.languages or LANGUAGES), found, options)


def write(document: Document, form: str, options: Options, recipe: bytes | None = None) -> bytes:
    """The file of a document in one format; Word and PDF carry the recipe."""
    look = {"layout": options.layout, "paper": options.paper}
    if form == "docx":
        from tmp_builder.writers.docx import write as write_docx

        styles, protect, pages = options.house.styles, options.protect, options.toc_pages
        return write_docx(document, **look, recipe=recipe, styles=styles, protect=protect, toc_pages=pages)
    if form == "pdf":
        return _pdf(document, options, recipe)
    if form == "html":
        from tmp_builder.writers.html import write as write_html

        return seal(write_html(document, **look, style=options.house.css))
    if form == "md":
        from tmp_builder.writers.markdown import write as write_markdown

        return seal(write_markdown(document))
    if form == "json":
        from tmp_builder.writers.json import write as write_json

        return write_json(document).encode()
    raise unknown(both("format", "格式"), form, FORMATS)


def _pdf(document: Document, options: Options, recipe: bytes | None) -> bytes:
    look = {"layout": options.layout, "paper": options.paper}
    if options.pdf_engine == "typst":
        from tmp_builder.writers.typst import write as write_typst

        return write_typst(document, **look, attachment=recipe, font_dirs=options.font_dirs)
    from tmp_builder.writers.pdf import write as write_pdf

    return write_pdf(document, **look, style=options.house.css, attachment=recipe, font_dirs=options.font_dirs)


def write_page(document: Document, options: Options) -> bytes:
    """The PDF of a document that is one page of another: without cover, table of contents and recipe."""
    look = {"layout": options.layout, "paper": options.paper}
    if options.pdf_engine == "typst":
        from tmp_builder.writers.typst import write_page as page_by_typst

        return page_by_typst(document, **look, font_dirs=options.font_dirs)
    from tmp_builder.writers.pdf import write_page as page_by_default

    return page_by_default(document, **look, style=options.house.css, font_dirs=options.font_dirs)


def targets(path: Path, folder: Path, checked: Checked, options: Options) -> Mapping[str, Path]:
    """The files that a build of the plan at `path` writes, by format, named after the plan and the edition, in `folder`.

    Signature pages stand under `signature:` and the id of the party.
    """
    stem = path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem
    name = stem if options.edition == "clean" else f"{stem}-{options.edition}"
    found = {form: folder / f"{name}{FORMATS[form].ending}" for form in options.formats}
    if options.signature_pages:
        blocks = [block.id.removeprefix("sign:") for block in checked.document.signing.blocks]
        found |= {f"{SIGNATURE}{ident}": folder / f"{stem}-signature-{ident}.pdf" for ident in blocks}
    return found


def render(checked: Checked, options: Options) -> Mapping[str, bytes]:
    """Every file of a build. Nothing is written before all of them exist.

    Raises IncompletePlanError for a final document with gaps, open choices or errors.
    """
    if options.final:
        _refuse(checked)
    if options.final and options.audience == "internal":
        raise UsageError(
            both("a final document is never for internal use", "签署稿不供内部使用"),
            both("Leave out --for internal.", "请去掉--for internal。"),
        )
    return files(checked, options)


def files(checked: Checked, options: Options) -> Mapping[str, bytes]:
    """The files of a build as they are, whatever its findings."""
    document = printed(checked, options)
    recipe = to_bytes(recipe_of(checked.document, checked.plan, checked.library, options.audience, options.settings))
    digest = f"sha256:{hashlib.sha256(recipe).hexdigest()}"
    carrying = replace(document, imprint=replace(document.imprint, recipe=digest))
    made = {
        form: write(carrying, form, options, recipe) if form in CARRIERS else write(document, form, options)
        for form in options.formats
    }
    return {**made, **_signature_pages(document, options)} if options.signature_pages else made


def printed(checked: Checked, options: Options) -> Document:
    """The document as its audience sees it: marks, open points and dates; notes and findings only for one's own house."""
    if options.edition == "summary":
        return marked(checked.document, checked.plan, options.audience)
    return annotate(checked.document, checked.plan, checked.library, checked.findings, options.audience)


def _signature_pages(document: Document, options: Options) -> Mapping[str, bytes]:
    """A PDF for each party that signs: its signature block and the fingerprint of the text it signs."""
    pages = signature_pages(document)
    return {f"{SIGNATURE}{ident}": write_page(page, options) for ident, page in pages.items()}


def _refuse(checked: Checked) -> None:
    if checked.open_points:
        count = len(checked.open_points)
        raise IncompletePlanError(
            Words(
                f"no final document: {count} {'gap is' if count == 1 else 'gaps or choices are'} open",
                f"不能生成签署稿：尚有{count}处空白或者未定的选择",
            ),
            _SEE,
        )
    if checked.errors:
        many = len(checked.errors)
        error = IncompletePlanError(
            Words(f"no final document: {many} {'error' if many == 1 else 'errors'}", f"不能生成签署稿：有{many}项错误"), _SEE
        )
        error.exit_code = 1
        raise error


def save(files: Mapping[Path, bytes]) -> list[Path]:
    """Write every file in one step each; those that hold the same bytes already are left alone. Returns what was written."""
    written = []
    for path, content in files.items():
        if path.is_dir():
            raise EngineError(
                both("{path} is a folder and cannot be written", "{path}是文件夹，无法写入", path=path),
                both("Choose another folder with -o.", "请用-o另选文件夹。"),
            )
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)
            written.append(path)
    return written
