"""A file that carries its plan: the plan under all rules, and its sections looked for in the text of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.findings import Finding, Place, Severity, both
from tmp_builder.library.schema import Labels, Library
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Plan
from tmp_builder.readers.docx import ReadDocument
from tmp_builder.readers.package import NotReadable
from tmp_builder.readers.pdf import read_pdf
from tmp_builder.recipe import Recipe
from tmp_builder.recognise.standing import Standing, standing
from tmp_builder.verify import plan_source
from tmp_builder.vetting.outcome import HARMLESS, Vetted, not_read, revised

HELD_BACK = ("PAR-05", "COM-01", "COM-02")
"""Rules that read screening, competitors or market shares: a file for the other side leaves those out, and silence is no breach."""

_LANGUAGES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}
_RESTORE = {
    "en": "Put the text back, or take it out of the plan too. See every difference with: tmp verify FILE",
    "zh": "恢复该文本，或者在计划中同样取消。用tmp verify查看全部差异。",
}


def vet_ours(
    path: Path, recipe: Recipe, document: ReadDocument | None, options: pipeline.Options, library: Path | None
) -> Vetted:
    """Check a file by the plan inside; `document` is None for a PDF. Raises NotReadable where it holds no text, PlanError for a damaged plan."""
    shown = str(path)
    plan, found = pipeline.resolve_source(plan_source(recipe, shown), library)
    final = options.final or recipe.settings.get("final") is True
    checked = pipeline.examine(plan, found, replace(options, final=final))
    findings = [*_judged(checked.findings, recipe, shown)]
    remarks = [*_about_plan(shown, recipe, found)]
    if recipe.settings.get("edition") == "summary":
        remarks.append({"en": f"{shown} is a summary: only its plan is checked", "zh": f"{shown}是摘要，仅检查其计划"})
    else:
        remarks += _about_text(shown, document)
        findings += _text_findings(path, checked, document)
    skipped = document.skipped if document else ()
    findings += not_read(shown, [name for name in skipped if name not in HARMLESS])
    return Vetted(tuple(findings), checked.waived, tuple(remarks), unread=skipped)


def _judged(findings: Iterable[Finding], recipe: Recipe, shown: str) -> Iterator[Finding]:
    """The findings about the plan; those that a file for the other side cannot answer become one note."""
    held: list[str] = []
    for finding in findings:
        if recipe.audience == "counterparty" and finding.code in HELD_BACK:
            held.append(finding.code)
        else:
            yield finding
    if held:
        codes = ", ".join(dict.fromkeys(held))
        message = {
            "en": f"not judged: {codes}; a file for the other side leaves out screening, competitors and market shares",
            "zh": f"未判断：{codes}；发给对方的文件不含筛查、竞争关系和市场份额",
        }
        fix = {"en": "Check the plan itself: tmp check NAME.plan.yaml", "zh": "请检查计划文件本身：tmp check NAME.plan.yaml"}
        yield Finding("DOC-06", Severity.NOTE, message, place=Place(shown), fix=fix)


def _about_plan(shown: str, recipe: Recipe, library: Library) -> Iterator[Labels]:
    yield {
        "en": f"{shown}: checked by the plan inside, which its sender could have changed",
        "zh": f"{shown}：按文件内含的计划检查，发送人可能改动过该计划",
    }
    if recipe.audience == "counterparty":
        yield {
            "en": f"{shown}: waivers and internal columns are not inside; what a waiver silences shows here",
            "zh": f"{shown}：文件内不含豁免和内部栏目，已豁免的事项在此仍会列出",
        }
    if recipe.library_fingerprint != library.fingerprint:
        yield {
            "en": f"{shown}: built with another state of the clause library ({recipe.library}); lost clauses may only be worded anew there",
            "zh": f"{shown}：生成时所用条款库（{recipe.library}）与现有条款库不同，所列缺失条款可能只是条款库措辞有变",
        }


def _about_text(shown: str, document: ReadDocument | None) -> Iterator[Labels]:
    if document is None:
        yield {
            "en": f"{shown}: the text of a PDF tells no headings; a section counts as there when its words are found",
            "zh": f"{shown}：PDF文本不区分标题，仅能按文字判断各部分是否存在",
        }
    else:
        yield from revised(shown, document.revisions)
    yield {
        "en": f"{shown}: changed words are not looked at here; see them with: tmp verify {shown}",
        "zh": f"{shown}：此处不检查文字改动，请用tmp verify {shown}查看",
    }


# ── the sections in the text ────────────────────────────────────────────────────────────────────────────────────────


def _text_findings(path: Path, checked: pipeline.Checked, document: ReadDocument | None) -> Iterator[Finding]:
    text, headings = _text_of(path, document)
    if not text.strip():
        raise NotReadable(
            str(path),
            both("holds no text that can be read", "没有可读取的文本"),
            both("It may be a scan: ask for the file as it was built.", "可能是扫描件：请索取原始生成的文件。"),
        )
    for each in standing(checked.document, checked.plan.languages, text, headings):
        required = _is_required(each.section, checked.plan, checked.library)
        yield from _lost(each, _title(each.section, checked), str(path), required=required)


def _text_of(path: Path, document: ReadDocument | None) -> tuple[str, list[str] | None]:
    """The text of a file without its table of contents, and its headings; a PDF does not say which lines those are."""
    if document is None:
        return "\n".join(read_pdf(path)), None
    lines = [each for each in document.paragraphs if not each.is_contents]
    headings = [each.text for each in lines if each.heading and "schedule" not in each.look]
    return "\n".join(each.text for each in lines), headings


def _is_required(section: str, plan: Plan, library: Library) -> bool:
    spec = library.sections.get(section)
    return spec is not None and (spec.required_when == "always" or fact(plan, library, spec.required_when) is True)


def _title(section: str, checked: pipeline.Checked) -> Labels:
    """What a section is called; one that the plan adds has no title in the library and is called by its id."""
    spec = checked.library.sections.get(section)
    return spec.title if spec else {"en": section, "zh": section}


def _lost(each: Standing, title: Labels, shown: str, *, required: bool) -> Iterator[Finding]:
    """What is missing of one section in one language: all of it, its text below the heading, or some clauses."""
    why = {"en": "required", "zh": "必备部分"} if required else {"en": "chosen in the plan", "zh": "计划所选部分"}
    named = {
        "en": f"section {each.number} “{title['en']}” ({why['en']}), {_LANGUAGES['en'][each.language]} text",
        "zh": f"第{each.number}条“{title['zh']}”（{why['zh']}）的{_LANGUAGES['zh'][each.language]}文本",
    }
    said = _said(each)
    if said is None:
        return
    code, en, zh = said
    severity = Severity.ERROR if required and code != "DOC-03" else Severity.WARNING
    message = {"en": f"{named['en']}: {en}", "zh": f"{named['zh']}：{zh}"}
    yield Finding(code, severity, message, f"choices.{each.section}", Place(shown), each.section, fix=_RESTORE)


def _said(each: Standing) -> tuple[str, str, str] | None:
    """The code of what is missing, and how it is said in both languages; None where nothing is."""
    if each.gone and each.heading:
        return "DOC-02", "the heading stands, its text does not", "标题尚在，内容已不在文件中"
    if each.gone:
        return "DOC-01", "is not in the text of the file", "不在文件文本中"
    if each.lost:
        return "DOC-03", f"not found as built: {', '.join(each.lost)}", f"未找到与生成时相符的{'、'.join(each.lost)}"
    return None
