"""Whether a built file is as built: rebuilt from its recipe, or from a plan given beside it, and compared."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from tmp_builder import pipeline
from tmp_builder.document.walk import clauses
from tmp_builder.errors import UsageError
from tmp_builder.library.marked import read_marked
from tmp_builder.plan.source import PlanSource, source_from
from tmp_builder.plan.writing import new_text
from tmp_builder.readers.docx import ReadDocument, ReadParagraph, read_docx
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.recipe import Recipe
from tmp_builder.writers.docx.names import bookmark_name

MAX_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the text is not as built: the clause it belongs to, what should stand there, what stands there."""

    clause: str
    number: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome. `same_bytes`: exactly as built; `differences`: where the text differs; `skipped`: what was not compared."""

    recipe: Recipe
    same_bytes: bool
    differences: tuple[Difference, ...] = ()
    skipped: tuple[str, ...] = ()
    against_plan: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the text is as built."""
        return self.same_bytes or not self.differences


def plan_source(recipe: Recipe, shown: str) -> PlanSource:
    """The plan inside a recipe, as if read from a file. Raises UsageError where the file carries none."""
    from tmp_builder.plan.files import PlanFile

    if not recipe.plan:
        raise UsageError(f"{shown} carries fingerprints only, not its plan", "Give the plan: tmp verify FILE --plan PLAN")
    text = new_text(recipe.plan)
    return source_from(read_marked(text, f"{shown} (plan inside)"), Path(shown), f"{shown} (plan inside)", PlanFile)


def verify(path: Path, plan: Path | None = None, library: Path | None = None) -> Verdict:
    """Rebuild the file at `path` and compare. Raises NotReadable for a file that carries no recipe of this program."""
    recipe = read_recipe(path)
    if recipe is None:
        raise NotReadable(str(path), "is not one of ours: it carries no recipe", "Compare Word files from elsewhere with a comparison of texts.")
    if plan is None:
        source_plan, found = pipeline.resolve_source(plan_source(recipe, str(path)), library)
    else:
        source_plan, found = pipeline.read(plan, library)
    form = path.suffix.lower().lstrip(".")
    options = _options(recipe, form)
    checked = pipeline.examine(source_plan, found, options)
    expected = pipeline.render(replace(checked, findings=()), options)[form]
    if expected == path.read_bytes():
        return Verdict(recipe, same_bytes=True, against_plan=plan is not None)
    if form == "docx":
        differences, skipped = _docx(path, expected, checked)
    else:
        differences, skipped = _pdf(path, expected), ()
    return Verdict(recipe, False, tuple(differences), skipped, plan is not None)


def _options(recipe: Recipe, form: str) -> pipeline.Options:
    settings = recipe.settings
    return pipeline.Options(
        formats=(form,),
        final=settings.get("final") is True,
        layout=str(settings.get("layout", "columns")),
        paper=str(settings.get("paper", "A4")),
        audience=recipe.audience,
        edition=str(settings.get("edition", "clean")),
    )


# ── Word ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _docx(path: Path, expected: bytes, checked: pipeline.Checked) -> tuple[list[Difference], tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "built.docx"
        built.write_bytes(expected)
        mine = read_docx(built)
    other = read_docx(path)
    named = {bookmark_name(clause.id, lang): clause.id for clause in clauses(checked.document) for lang in checked.plan.languages}
    named |= {bookmark_name(part.id, lang): part.id for part in checked.document.sections for lang in checked.plan.languages}
    named |= {bookmark_name(part.id, lang): part.id for part in checked.document.schedules for lang in checked.plan.languages}
    numbers = {clause.id: clause.number for clause in clauses(checked.document)}
    return list(_differences(_marked(mine, named), _marked(other, named), numbers)), other.skipped


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    clause: str


def _marked(document: ReadDocument, named: Mapping[str, str]) -> list[_Line]:
    """Every paragraph with text, with the clause it stands in: by its bookmark, else as the one before it."""
    lines, current = [], ""
    for paragraph in document.paragraphs:
        current = next((named[name] for name in paragraph.bookmarks if name in named), current)
        if paragraph.text and not _is_furniture(paragraph):
            lines.append(_Line(paragraph.text, current))
    return lines


def _is_furniture(paragraph: ReadParagraph) -> bool:
    """Entries of the table of contents: Word and LibreOffice write them anew."""
    return paragraph.style.upper().startswith(("TOC", "CONTENTS"))


def _differences(mine: Sequence[_Line], other: Sequence[_Line], numbers: Mapping[str, str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, [line.text for line in mine], [line.text for line in other], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(b - a, d - c)):
            want = mine[a + index] if a + index < b else None
            have = other[c + index] if c + index < d else None
            clause = (want or have or _Line("", "")).clause
            yield Difference(clause, numbers.get(clause, ""), _short(want), _short(have))


def _short(line: _Line | None) -> str:
    text = line.text if line else ""
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pdf(path: Path, expected: bytes) -> list[Difference]:
    """The pages whose text differs; a PDF has no clauses."""
    import io

    from pypdf import PdfReader

    mine = [page.extract_text() for page in PdfReader(io.BytesIO(expected)).pages]
    other = [page.extract_text() for page in PdfReader(path).pages]
    found = []
    for number in range(max(len(mine), len(other))):
        want = mine[number] if number < len(mine) else ""
        have = other[number] if number < len(other) else ""
        if want != have:
            found.append(Difference("", str(number + 1), want[:MAX_SHOWN], have[:MAX_SHOWN]))
    return found
