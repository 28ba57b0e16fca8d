"""The matrix as lines for a terminal, as sheets for a spreadsheet, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tmp_builder.compare.matrix import Entry, Matrix, Row
from tmp_builder.compare.matrix_across import across_data, across_lines, across_sheet
from tmp_builder.compare.report import SEVERITIES, Line, counted
from tmp_builder.findings import Severity
from tmp_builder.language import word
from tmp_builder.library.schema import Labels

WORDS: dict[str, Labels] = {
    "plan": {"en": "Standard: the plan {name}", "zh": "比较基准：计划{name}"},
    "profile": {"en": "Standard: the profile {name}, as it stands for each plan", "zh": "比较基准：模板{name}（按各计划情况）"},
    "majority": {"en": "Standard: what the largest number of the {count} plans have", "zh": "比较基准：{count}份计划中的多数"},
    "one": {
        "en": "{plans} plans; {red} with errors, {depart} depart from the standard.",
        "zh": "共{plans}份计划，{red}份有错误，{depart}份偏离基准。",
    },
    "quiet": {"en": "{count} more as the standard, without errors: {names}", "zh": "另有{count}份与基准一致且无错误：{names}"},
    "departs": {
        "en": "{label}: {said} (standard: {standard}; {count} of {total} have this{rare})",
        "zh": "{label}：{said}（基准：{standard}；{total}份中{count}份如此{rare}）",
    },
    "rare": {"en": ", rare", "zh": "，少见"},
    "choices": {"en": "CHOICES that differ", "zh": "不同的选择"},
    "values": {"en": "PARAMETERS that differ", "zh": "不同的数值"},
    "many": {"en": "{count} plans", "zh": "{count}份计划"},
    "count": {
        "en": "departures: {departures}, rare: {rare}; {findings}",
        "zh": "{departures}处偏离，其中{rare}处少见；{findings}",
    },
    "clean": {"en": "no findings", "zh": "没有发现问题"},
    "Plan": {"en": "Plan", "zh": "计划"},
    "Group": {"en": "Group", "zh": "组"},
    "Departures": {"en": "Departures", "zh": "偏离"},
    "Rare": {"en": "Rare", "zh": "少见"},
    "Address": {"en": "Address", "zh": "位置"},
    "What": {"en": "Section and slot", "zh": "部分与选项组"},
    "Parameter": {"en": "Parameter", "zh": "参数"},
    "Severity": {"en": "Severity", "zh": "程度"},
    "Rule": {"en": "Rule", "zh": "规则"},
    "Finding": {"en": "Finding", "zh": "检查结果"},
    "Plans": {"en": "Plans", "zh": "计划"},
    "Choices": {"en": "Choices", "zh": "选择"},
    "Parameters": {"en": "Parameters", "zh": "参数"},
    "Findings": {"en": "Findings", "zh": "检查结果"},
}
NAMED = 6
"""Up to so many plans are named where they share something; more are counted."""

DEPARTS, RARE = "≠ ", "◆ "
"""What stands before a cell that departs, and before one that is rare besides: colour is never alone."""


def standard_words(found: Matrix, language: str) -> str:
    """Which standard the departures are counted from."""
    return WORDS[found.standard.kind][language].format(name=found.standard.name, count=len(found.entries))


def lines(found: Matrix, language: str) -> Iterator[Line]:
    """The standard, the plans that need a look, the others in one line, then what differs, option by option."""
    loud = [entry for entry in found.entries if found.departures(entry.name) or _errors(entry)]
    quiet = [entry.name for entry in found.entries if entry not in loud]
    red, depart = sum(map(bool, map(_errors, loud))), sum(bool(found.departures(entry.name)) for entry in loud)
    yield Line(standard_words(found, language), look="title")
    yield Line(WORDS["one"][language].format(plans=len(found.entries), red=red, depart=depart), look="title")
    yield from across_lines(found, language)
    group = ""
    for entry in loud:
        if entry.group != group:
            group = entry.group
            yield Line("")
            yield Line(f"[{group}]", look="title")
        yield from _plan(found, entry, language)
    if quiet:
        yield Line("")
        yield Line(WORDS["quiet"][language].format(count=len(quiet), names=_names(quiet, language)))
    for name, rows in (
        ("choices", [row for row in found.rows if not row.is_value]),
        ("values", [row for row in found.rows if row.is_value]),
    ):
        yield from _differing(name, [row for row in rows if row.differs], language)


def _errors(entry: Entry) -> int:
    return _count(entry, Severity.ERROR)


def _count(entry: Entry, severity: Severity) -> int:
    return sum(1 for finding in entry.version.findings if finding.severity is severity)


def _plan(found: Matrix, entry: Entry, language: str) -> Iterator[Line]:
    departures = found.departures(entry.name)
    rare = sum(row.spots[entry.name].rare for row in departures)
    yield Line("")
    counted = WORDS["count"][language].format(departures=len(departures), rare=rare, findings=_said_findings(entry, language))
    yield Line(f"{entry.name}  ({counted})", 0, "error" if _errors(entry) else "title")
    for finding in entry.version.findings:
        if finding.severity is Severity.ERROR:
            yield Line(f"{SEVERITIES['error'][language]} {finding.code}: {finding.text(language)}", 1, "error")
    for row in departures:
        yield Line(departure(row, entry.name, language), 1, "warning" if row.spots[entry.name].rare else "plain")


def departure(row: Row, name: str, language: str) -> str:
    """A departure in one sentence, with how many plans have the same."""
    spot = row.spots[name]
    rare = WORDS["rare"][language] if spot.rare else ""
    said = {"label": row.label[language], "said": spot.said[language], "standard": spot.standard[language]}
    return WORDS["departs"][language].format(**said, count=spot.count, total=len(row.spots), rare=rare)


def _said_findings(entry: Entry, language: str) -> str:
    counts = [(severity, _count(entry, severity)) for severity in Severity]
    if language == "zh":
        return "，".join(f"{count}个{SEVERITIES[severity]['zh']}" for severity, count in counts if count) or WORDS["clean"]["zh"]
    return (
        ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count) or WORDS["clean"]["en"]
    )


def _names(names: Sequence[str], language: str) -> str:
    if len(names) > NAMED:
        return WORDS["many"][language].format(count=len(names))
    return word("comma", language).join(names)


def _differing(name: str, rows: Sequence[Row], language: str) -> Iterator[Line]:
    if not rows:
        return
    yield Line("")
    yield Line(counted(WORDS[name], len(rows), language), look="title")
    for row in rows:
        yield Line(f"{row.label[language]}  [{row.address}]", 1, "head")
        sharing: dict[str, list[str]] = {}
        for plan, spot in row.spots.items():
            sharing.setdefault(spot.said[language], []).append(plan)
        for said, plans in sorted(sharing.items(), key=lambda pair: -len(pair[1])):
            yield Line(f"{len(plans)} × {said}: {_names(plans, language)}", 2)


# ── sheets ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Cells = list[tuple[str | int, str]]
"""The cells of a line, each with its look: plain, head, departs, rare or error."""


def sheets(found: Matrix, language: str) -> list[tuple[str, list[int], list[Cells]]]:
    """The sheets of a workbook: name, widths of the columns, lines; the first line of each holds the headings."""
    return [
        (WORDS["Plans"][language], [28, 20, 10, 10, 10, 12, 10], _plans_sheet(found, language)),
        (WORDS["Choices"][language], [44, 30], _grid(found, [row for row in found.rows if not row.is_value], "What", language)),
        (
            WORDS["Parameters"][language],
            [44, 40],
            _grid(found, [row for row in found.rows if row.is_value], "Parameter", language),
        ),
        (WORDS["Findings"][language], [28, 12, 10, 90, 40], _findings_sheet(found, language)),
        *([across_sheet(found, language)] if found.across else []),
    ]


def _heads(names: Sequence[str]) -> Cells:
    return [(name, "head") for name in names]


def _plans_sheet(found: Matrix, language: str) -> list[Cells]:
    heads = [WORDS[name][language] for name in ("Plan", "Group")] + [SEVERITIES[each][language] for each in Severity]
    made = [_heads([*heads, WORDS["Departures"][language], WORDS["Rare"][language]])]
    for entry in found.entries:
        departures = found.departures(entry.name)
        counts: Cells = [
            (_count(entry, severity), "error" if severity is Severity.ERROR and _errors(entry) else "plain")
            for severity in Severity
        ]
        rare = sum(row.spots[entry.name].rare for row in departures)
        made.append(
            [
                (entry.name, "plain"),
                (entry.group, "plain"),
                *counts,
                (len(departures), "departs" if departures else "plain"),
                (rare, "rare" if rare else "plain"),
            ]
        )
    return [*made, [("", "plain")], [(standard_words(found, language), "plain")]]


def _grid(found: Matrix, rows: Sequence[Row], title: str, language: str) -> list[Cells]:
    """The rows by plans; those that differ stand before those that all plans have alike."""
    names = [entry.name for entry in found.entries]
    made = [_heads([WORDS[title][language], WORDS["Address"][language], *names])]
    for row in sorted(rows, key=lambda row: not row.differs):
        made.append(
            [(row.label[language], "plain"), (row.address, "plain"), *(_grid_cell(row, name, language) for name in names)]
        )
    return made


def _grid_cell(row: Row, name: str, language: str) -> tuple[str, str]:
    spot = row.spots.get(name)
    if spot is None:
        return "", "plain"
    look = "plain" if not spot.departs else "rare" if spot.rare else "departs"
    return {"plain": "", "departs": DEPARTS, "rare": RARE}[look] + spot.said[language], look


def _findings_sheet(found: Matrix, language: str) -> list[Cells]:
    made = [_heads([WORDS[name][language] for name in ("Plan", "Severity", "Rule", "Finding", "Address")])]
    for entry in found.entries:
        for finding in entry.version.findings:
            look = "error" if finding.severity is Severity.ERROR else "plain"
            texts = (entry.name, SEVERITIES[finding.severity][language], finding.code, finding.text(language), finding.address)
            made.append([(text, look) for text in texts])
    return made


# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def matrix_data(found: Matrix) -> dict[str, Any]:
    """The matrix for JSON: the standard, the plans in their order with findings and departures, every row with every plan."""
    return {
        "standard": {"kind": found.standard.kind, "name": found.standard.name},
        "plans": [_plan_data(found, entry) for entry in found.entries],
        "rows": [_row_data(row) for row in found.rows],
        "across": across_data(found),
    }


def _plan_data(found: Matrix, entry: Entry) -> dict[str, Any]:
    departures = found.departures(entry.name)
    return {
        "plan": entry.name,
        "group": entry.group,
        "counts": {str(severity): _count(entry, severity) for severity in Severity},
        "departures": [row.address for row in departures],
        "rare": sum(row.spots[entry.name].rare for row in departures),
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "message": dict(finding.message),
                "force": str(finding.force),
            }
            for finding in entry.version.findings
        ],
    }


def _row_data(row: Row) -> dict[str, Any]:
    spots = {
        name: {
            "said": dict(spot.said),
            "standard": dict(spot.standard),
            "departs": spot.departs,
            "rare": spot.rare,
            "count": spot.count,
        }
        for name, spot in row.spots.items()
    }
    return {"address": row.address, "section": row.section, "label": dict(row.label), "plans": spots}
