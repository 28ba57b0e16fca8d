"""What the plans of a matrix contradict each other in: as lines, as a sheet, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tmp_builder.compare.matrix import Matrix
from tmp_builder.compare.report import SEVERITIES, Line, counted
from tmp_builder.findings import Severity
from tmp_builder.language import word
from tmp_builder.library.schema import Labels

WORDS: dict[str, Labels] = {
    "title": {"en": "ACROSS PLANS", "zh": "跨计划不一致"},
    "sheet": {"en": "Across plans", "zh": "跨计划"},
    "severity": {"en": "Severity", "zh": "程度"},
    "rule": {"en": "Rule", "zh": "规则"},
    "finding": {"en": "Finding", "zh": "检查结果"},
    "plans": {"en": "Plans", "zh": "计划"},
    "address": {"en": "Address", "zh": "位置"},
    "fix": {"en": "What to do", "zh": "处理建议"},
}
WIDTHS = [12, 10, 90, 40, 36, 60]


def across_lines(found: Matrix, language: str) -> Iterator[Line]:
    """Each contradiction in a sentence, below their heading; nothing where there is none."""
    if not found.across:
        return
    yield Line("")
    yield Line(counted(WORDS["title"], len(found.across), language), look="title")
    for finding, _ in found.across:
        text = f"{SEVERITIES[finding.severity][language]} {finding.code}: {finding.text(language)}"
        yield Line(text, 1, "error" if finding.severity is Severity.ERROR else "warning")
        if finding.fix:
            yield Line(f"→ {finding.fix[language]}", 2)


def across_sheet(found: Matrix, language: str) -> tuple[str, list[int], list[list[tuple[str | int, str]]]]:
    """The sheet of a workbook: name, widths of the columns, lines."""
    lines: list[list[tuple[str | int, str]]] = [
        [(WORDS[name][language], "head") for name in ("severity", "rule", "finding", "plans", "address", "fix")]
    ]
    glue = word("comma", language)
    for finding, plans in found.across:
        look = "error" if finding.severity is Severity.ERROR else "plain"
        said = (SEVERITIES[finding.severity][language], finding.code, finding.text(language), glue.join(plans), finding.address)
        lines.append([(text, look) for text in (*said, finding.fix.get(language, ""))])
    return WORDS["sheet"][language], WIDTHS, lines


def across_data(found: Matrix) -> list[dict[str, Any]]:
    """The contradictions for JSON, each with the plans it is about."""
    return [
        {
            "code": finding.code,
            "severity": str(finding.severity),
            "message": dict(finding.message),
            "fix": dict(finding.fix),
            "force": str(finding.force),
            "plans": list(plans),
            "file": finding.place.file,
            "line": finding.place.line,
            "address": finding.address,
            "party": finding.party,
        }
        for finding, plans in found.across
    ]
