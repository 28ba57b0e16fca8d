"""The program on one screen: read, assemble, check, write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.annotate import annotate, marked
from tmp_builder.assemble import assemble
from tmp_builder.assemble.editions import edition
from tmp_builder.collector import few_collections
from tmp_builder.document.nodes import Document
from tmp_builder.errors import EngineError, IncompletePlanError, PlanError, UsageError, unknown
from tmp_builder.findings import Fault, Finding, Severity, Words, both
from tmp_builder.language import LANGUAGES
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Library
from tmp_builder.pipeline.options import Options
from tmp_builder.pipeline.writing import write, write_page
from tmp_builder.plan.blank import blank_plan
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Plan, Waiver
from tmp_builder.plan.source import ENDING, PlanSource, read_source
from tmp_builder.plan.writing import write_atomically
from tmp_builder.recipe import recipe_of, to_bytes
from tmp_builder.rules import Case
from tmp_builder.rules import check as run_rules
from tmp_builder.rules.waivers import apply_waivers
from tmp_builder.writers.formats import FORMATS
from tmp_builder.writers.signature_pages import signature_pages

__all__ = [
    "CARRIERS",
    "SIGNATURE",
    "TEMPLATE_RULES",
    "Checked",
    "Options",
    "examine",
    "files",
    "model_text",
    "printed",
    "read",
    "render",
    "resolve_source",
    "save",
    "targets",
    "write",
    "write_page",
]

CARRIERS = ("docx", "pdf")
"""The formats whose files carry the recipe."""

SIGNATURE = "signature:"
"""What precedes the id of a party where its signature page stands among the files of a build."""

_SEE = both("See them with: tmp check", "查看：tmp check")

TEMPLATE_RULES = ("STR-04", "STR-05", "STR-06")
"""What a blank text is held against: it has no facts yet, but its clauses must stand together."""


class Checked(Struct, frozen=True):
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


def read(path: Path, library: Path | None = None) -> tuple[Plan, Library]:
    """The plan at `path` and the library it is resolved against (the built-in one, or `library`, with the plan's overlay)."""
    from tmp_builder.plan import unchanged

    with few_collections():
        if known := unchanged.read(path, library):
            return known
        source = read_source(path)
        return unchanged.keep(source, *resolve_source(source, library))


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


def targets(path: Path, folder: Path, checked: Checked, options: Options) -> Mapping[str, Path]:
    """The files that a build of the plan at `path` writes, by format, named after the plan and the edition, in `folder`.

    Signature pages stand under `signature:` and the id of the party.
    """
    stem = path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem
    name = stem if options.edition == "clean" else f"{stem}-{options.edition}"
    found = {form: folder / f"{name}{FORMATS[form]}" for form in options.formats}
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
