"""Whether a built file is as built: rebuilt from its recipe, or from a plan given beside it, and compared."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from tmp_builder import pipeline
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import whole_numbers
from tmp_builder.errors import UsageError
from tmp_builder.findings import both
from tmp_builder.language import LANGUAGES
from tmp_builder.library.marked import read_marked
from tmp_builder.library.schema import Labels
from tmp_builder.plan.source import PlanSource, source_from
from tmp_builder.plan.writing import new_text
from tmp_builder.readers.docx import ReadDocument, ReadParagraph, read_docx
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.recipe import Recipe, calendar_of
from tmp_builder.writers.docx.names import bookmark_name
from tmp_builder.writers.formats import PDF_ENGINES

if TYPE_CHECKING:
    from pypdf import PdfReader

OFTEN = 0.6
"""A line that more than this share of the pages carries belongs to the page, not to the text."""

_PAGE = re.compile(r"(Page \d+ of \d+|第\d+页，共\d+页|\s)+")


class Difference(Struct, frozen=True):
    """Where the text is not as built: the id of the clause or part, its number, what should stand there, what stands there.

    `place`: clause, section, schedule, signature, annex or cover; in a PDF, which has no clauses, page.
    """

    clause: str
    number: str
    expected: str
    found: str
    place: str = "clause"


class Verdict(Struct, frozen=True):
    """The outcome. `same_bytes`: exactly as built; `differences`: where the text differs; `skipped`: what was not compared.

    `reasons` say with what else the file was built than what is installed here, which alone can make it differ.
    """

    recipe: Recipe
    same_bytes: bool
    differences: tuple[Difference, ...] = ()
    skipped: tuple[str, ...] = ()
    against_plan: bool = False
    reasons: tuple[Labels, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the text is as built."""
        return self.same_bytes or not self.differences


def plan_source(recipe: Recipe, shown: str) -> PlanSource:
    """The plan inside a recipe, as if read from a file. Raises UsageError where the file carries none."""
    from tmp_builder.plan.files import PlanFile

    if not recipe.plan:
        raise UsageError(
            both("{shown} carries fingerprints only, not its plan", "{shown}仅含指纹，不含计划", shown=shown),
            both("Give the plan: tmp verify FILE --plan PLAN", "请写明计划：tmp verify FILE --plan PLAN"),
        )
    text = new_text(recipe.plan)
    return source_from(read_marked(text, f"{shown} (plan inside)"), Path(shown), f"{shown} (plan inside)", PlanFile)


def verify(path: Path, plan: Path | None = None, library: Path | None = None) -> Verdict:
    """Rebuild the file at `path` and compare. Raises NotReadable for a file that carries no recipe of this program."""
    recipe = read_recipe(path)
    if recipe is None:
        raise NotReadable(
            str(path),
            both("is not one of ours: it carries no recipe", "不是本程序生成的文件：其中没有生成信息"),
            both("Compare Word files from elsewhere with a comparison of texts.", "来自他处的Word文件，请用文本比较。"),
        )
    if plan is None:
        source_plan, found = pipeline.resolve_source(plan_source(recipe, str(path)), library)
    else:
        source_plan, found = pipeline.read(plan, library)
    form = path.suffix.lower().lstrip(".")
    options = _options(recipe, form)
    checked = pipeline.examine(source_plan, found, options)
    expected = pipeline.files(checked, options)[form]
    if expected == path.read_bytes():
        return Verdict(recipe, same_bytes=True, against_plan=plan is not None)
    reasons = tuple(_reasons(recipe, checked))
    if form == "docx":
        differences, skipped = _docx(path, expected, checked)
    else:
        differences, skipped = _pdf(path, expected), ()
    styled = ("the style of the house, which the file does not carry",) if recipe.settings.get("style") else ()
    return Verdict(recipe, False, tuple(differences), (*skipped, *styled), plan is not None, reasons)


def _reasons(recipe: Recipe, checked: pipeline.Checked) -> Iterator[Labels]:
    """What was another one when the file was built: the holiday data, the clause library."""
    here = calendar_of(checked.plan)
    if recipe.calendar and recipe.calendar != here:
        yield {
            "en": f"built with another holiday calendar: {recipe.calendar}; here: {here}",
            "zh": f"生成时使用的节假日数据不同：{recipe.calendar}；此处为{here}",
        }
    if recipe.library_fingerprint != checked.library.fingerprint:
        yield {
            "en": f"built with another clause library: {recipe.library}; here: {checked.library.label}, with other contents",
            "zh": f"生成时使用的条款库不同：{recipe.library}；此处为{checked.library.label}，内容不同",
        }


def _options(recipe: Recipe, form: str) -> pipeline.Options:
    settings = recipe.settings
    languages = recipe.plan.get("languages", str(settings.get("languages", "")).split(","))
    return pipeline.Options(
        formats=(form,),
        final=settings.get("final") is True,
        languages=tuple(code for code in languages if code in LANGUAGES) if isinstance(languages, list) else (),
        dated=_day(recipe.plan.get("dated", settings.get("dated"))),
        layout=str(settings.get("layout", "columns")),
        paper=str(settings.get("paper", "A4")),
        audience=recipe.audience,
        edition=str(settings.get("edition", "clean")),
        protect=settings.get("protect") is True,
        pdf_engine=_engine(settings.get("pdf-engine")),
        toc_pages=settings.get("toc-pages") is True and shutil.which("soffice") is not None,
    )


def _engine(name: object) -> str:
    """The engine that a recipe names; the default one where it names none that is known here."""
    return str(name) if name in PDF_ENGINES else PDF_ENGINES[0]


def _day(dated: object) -> date | None:
    try:
        return date.fromisoformat(str(dated))
    except ValueError:
        return None


# ── Word ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _docx(path: Path, expected: bytes, checked: pipeline.Checked) -> tuple[list[Difference], tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "built.docx"
        built.write_bytes(expected)
        mine = read_docx(built)
    other = read_docx(path)
    places = _places(checked.document)
    named = {bookmark_name(node, lang): node for node in places for lang in checked.plan.languages}
    return list(_differences(_marked(mine, named, places), _marked(other, named, places), places)), other.skipped


_Places: TypeAlias = Mapping[str, tuple[str, str]]
_COVER = "cover"


def _places(document: Document) -> _Places:
    """The kind and the whole number of every clause and part by id; what stands before the first of them is the cover."""
    found = {_COVER: ("cover", ""), document.signing.id: ("signature", "")}
    found |= {part.id: ("section", part.number) for part in document.sections}
    found |= {part.id: ("schedule", part.number) for part in document.schedules}
    found |= {part.id: ("annex", "") for part in document.annexes}
    return found | {ident: ("clause", number) for ident, number in whole_numbers(document).items()}


class _Line(Struct, frozen=True):
    text: str
    clause: str


def _marked(document: ReadDocument, named: Mapping[str, str], places: _Places) -> list[_Line]:
    """Every paragraph with text, with the clause it stands in: by its bookmark, else as the one before it.

    The definitions follow the clauses of their section and are part of none of them.
    """
    lines, current, section = [], _COVER, _COVER
    for paragraph in document.paragraphs:
        current = next((named[name] for name in paragraph.bookmarks if name in named), current)
        section = current if places[current][0] == "section" else section
        if paragraph.text and not _is_furniture(paragraph):
            lines.append(_Line(paragraph.text, section if paragraph.look == "definition" else current))
    return lines


def _is_furniture(paragraph: ReadParagraph) -> bool:
    """Entries of the table of contents, which Word and LibreOffice write anew, and the last lines with the fingerprints."""
    return paragraph.style.upper().startswith(("TOC", "CONTENTS", "COLOPHON"))


def _differences(mine: Sequence[_Line], other: Sequence[_Line], places: _Places) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, [line.text for line in mine], [line.text for line in other], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(b - a, d - c)):
            want = mine[a + index] if a + index < b else None
            have = other[c + index] if c + index < d else None
            clause = (want or have or _Line("", _COVER)).clause
            place, number = places[clause]
            yield Difference(clause, number, want.text if want else "", have.text if have else "", place)


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pdf(path: Path, expected: bytes) -> list[Difference]:
    """Where the text of a PDF differs, by page: it has no clauses. Where a page breaks makes no difference."""
    import io

    from pypdf import PdfReader

    mine, other = _page_lines(PdfReader(io.BytesIO(expected))), _page_lines(PdfReader(path))
    matcher = SequenceMatcher(None, [line for _, line in mine], [line for _, line in other], autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            page = mine[a][0] if a < len(mine) else other[c][0]
            want, have = (" ".join(line for _, line in lines) for lines in (mine[a:b], other[c:d]))
            found.append(Difference("", str(page), want, have, "page"))
    return found


def _page_lines(reader: PdfReader) -> list[tuple[int, str]]:
    """Every line of text with its page, without running heads and feet: those are on nearly every page."""
    pages = [[line.strip() for line in page.extract_text().splitlines() if line.strip()] for page in reader.pages]
    common = Counter(line for lines in pages for line in set(lines))
    often = {line for line, count in common.items() if count > 3 and count > len(pages) * OFTEN}
    return [(number, line) for number, lines in enumerate(pages, 1) for line in lines if line not in often and not _counts(line)]


def _counts(line: str) -> bool:
    """Whether a line is that of the page numbers or of the fingerprints at the end."""
    return bool(_PAGE.fullmatch(line)) or "sha256:" in line
