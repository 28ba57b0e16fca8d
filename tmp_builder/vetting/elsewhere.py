"""A Word file without its plan: the sections that it seems to have, and a finding for each that it should have and may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tmp_builder.findings import Finding, Place, Severity
from tmp_builder.library.schema import Labels, Library
from tmp_builder.readers.docx import ReadDocument
from tmp_builder.recipe import Recipe
from tmp_builder.recognise import Sure, recognise
from tmp_builder.vetting.outcome import Seen, Vetted, not_read, revised


def vet_elsewhere(path: Path, recipe: Recipe | None, document: ReadDocument, library: Library) -> Vetted:
    """Check a Word file by heading and wording; with a recipe of fingerprints the sections it had as built are known.

    A section without any trace is an error: of a file from elsewhere one that every plan needs, since its facts are not known.
    """
    shown = str(path)
    found = recognise(document.paragraphs, library)
    seen = tuple(Seen(section, found.get(section.id)) for section in library.sections.values())
    built = {ident.partition(".")[0] for ident in recipe.clauses} if recipe else None
    wanted = [each for each in seen if (each.always if built is None else each.section.id in built)]
    doubts = (
        [finding for each in wanted for finding in _doubt(each, shown, built=built is not None)] if found else [_nothing(shown)]
    )
    remarks = (*_about(shown, recipe), *revised(shown, document.revisions))
    return Vetted((*doubts, *not_read(shown, document.skipped)), (), remarks, seen, document.skipped)


def _about(shown: str, recipe: Recipe | None) -> Iterator[Labels]:
    if recipe:
        yield {
            "en": f"{shown} carries fingerprints only: its sections as built are known, its plan is not; no rule is checked",
            "zh": f"{shown}仅含指纹：可知生成时的各部分，但无计划，未检查任何规则",
        }
    else:
        yield {
            "en": f"{shown} carries no plan: its sections are recognised by heading and wording; no rule is checked",
            "zh": f"{shown}不含计划：依标题和措辞识别其各部分，未检查任何规则",
        }
    yield {
        "en": "That a section is recognised says nothing about what it provides: read it.",
        "zh": "识别出某一部分不代表其约定内容妥当，仍须阅读。",
    }


def _doubt(each: Seen, shown: str, *, built: bool) -> Iterator[Finding]:
    """A finding about a wanted section that is not there, has no text, or is only possible."""
    title, ident, place = each.section.title, each.section.id, Place(shown)
    why = {"en": "in the file as built", "zh": "生成时存在"} if built else {"en": "always required", "zh": "必备部分"}
    named = {"en": f"“{title['en']}” ({why['en']})", "zh": f"“{title['zh']}”（{why['zh']}）"}
    fix = {
        "en": f"Look for it in the file. It should answer: {each.section.question['en']}",
        "zh": f"请在文件中查找。该部分应回答：{each.section.question['zh']}",
    }
    if each.found is None:
        message = {"en": f"no trace of {named['en']}", "zh": f"未发现{named['zh']}"}
        yield Finding("DOC-01", Severity.ERROR, message, ident, place, ident, fix=fix)
    elif each.found.empty:
        where = each.found.paragraph
        message = {
            "en": f"{named['en']}: a heading with next to no text below it, paragraph {where}",
            "zh": f"{named['zh']}：第{where}段为标题，其下几乎没有内容",
        }
        yield Finding("DOC-02", Severity.WARNING, message, ident, place, ident, fix=fix)
    elif each.found.sure is Sure.POSSIBLE:
        where = each.found.paragraph
        message = {
            "en": f"{named['en']} is only possibly there, paragraph {where}",
            "zh": f"{named['zh']}仅可能存在，见第{where}段",
        }
        yield Finding("DOC-04", Severity.WARNING, message, ident, place, ident, fix=fix)


def _nothing(shown: str) -> Finding:
    message = {
        "en": "no section of a Technology Management Plan is recognised in this file",
        "zh": "未在该文件中识别出技术管理计划的任何部分",
    }
    fix = {
        "en": "Make sure that it is the right file, and that its text is no picture.",
        "zh": "请确认文件无误，且其内容不是图片。",
    }
    return Finding("DOC-01", Severity.ERROR, message, place=Place(shown), fix=fix)
