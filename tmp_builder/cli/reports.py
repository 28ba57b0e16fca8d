"""Findings as reports: grouped text, JSON, SARIF, Markdown, annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import click

from tmp_builder.cli.output import SEVERITIES, Talk, echo, finding_data
from tmp_builder.findings import Finding, Severity
from tmp_builder.plan.schema import Waiver

REPORTS = ("text", "json", "sarif", "markdown", "github")
SHORT = 5
"""So many findings need no headings."""

Silenced = Sequence[tuple[Finding, Waiver]]


def report(talk: Talk, form: str, findings: Sequence[Finding], silenced: Silenced) -> None:
    """Write the findings to stdout in a form of `REPORTS` other than JSON (see `data_of`); the count goes to stderr."""
    match form:
        case "sarif":
            echo(json.dumps(sarif(findings, talk.language), ensure_ascii=False, indent=2))
        case "markdown":
            talk.result(markdown(talk, findings))
        case "github":
            for finding in findings:
                talk.result(github(finding, talk.language))
        case _:
            text(talk, findings)
    talk.say(_count(talk, findings, silenced))


def _count(talk: Talk, findings: Iterable[Finding], silenced: Silenced) -> str:
    many = len(silenced)
    more = talk.pick(f"; {many} waived", f"；豁免{many}项") if many else ""
    return talk.count(findings) + more


def text(talk: Talk, findings: Sequence[Finding]) -> None:
    """Every finding as `path:line:col: error OWN-02: message`; a longer list under the names of its groups."""
    if len(findings) <= SHORT:
        talk.findings(findings)
        return
    for group, each in in_groups(findings, talk.language):
        talk.result(click.style(f"── {group} ──", bold=True))
        talk.findings(each)


def in_groups(findings: Sequence[Finding], language: str) -> list[tuple[str, list[Finding]]]:
    """Findings by the names of their groups; the group with the gravest finding first."""
    from tmp_builder.rules.groups import group_name

    order: dict[str, int] = {}
    for position, finding in enumerate(findings):
        order.setdefault(group_name(finding.code, language), finding.severity.rank * len(findings) + position)
    ranked = sorted(findings, key=lambda finding: order[group_name(finding.code, language)])
    return [(group, list(each)) for group, each in groupby(ranked, key=lambda finding: group_name(finding.code, language))]


def data_of(targets: Sequence[str], findings: Sequence[Finding], silenced: Silenced) -> Mapping[str, Any]:
    """The findings about all targets as plain data, with what waivers silence."""
    return {
        "targets": list(targets),
        "counts": {str(severity): sum(1 for each in findings if each.severity is severity) for severity in Severity},
        "findings": [finding_data(finding) for finding in findings],
        "waived": [
            {**finding_data(finding), "waiver": {"by": waiver.by, "reason": waiver.reason, "until": waiver.until.isoformat()}}
            for finding, waiver in silenced
        ],
    }


# ── SARIF ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(findings: Sequence[Finding], language: str) -> dict[str, Any]:
    """The findings as SARIF 2.1.0, with the page of each rule that occurs."""
    from tmp_builder import __version__
    from tmp_builder.cli.codes import code_pages
    from tmp_builder.rules.waivers import pages

    codes = list(dict.fromkeys(finding.code for finding in findings))
    known = {rule.code: rule.page for rule in pages()} | {code.code: str(code.page) for code in code_pages()}
    rules = [{"id": code, **_page(known.get(code, ""))} for code in codes]
    driver = {"name": "tmp-builder", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(finding, codes, language) for finding in findings]}],
    }


def _page(page: str) -> dict[str, Any]:
    if not page:
        return {}
    lines = " ".join(page.split())
    return {"shortDescription": {"text": lines.partition(" Why:")[0]}, "fullDescription": {"text": lines}}


def _result(finding: Finding, codes: list[str], language: str) -> dict[str, Any]:
    fix = finding.fix.get(language) or finding.fix.get("en", "")
    place = finding.place
    region = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})} if place.line else {}
    where = {"artifactLocation": {"uri": place.file}, **({"region": region} if region else {})}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.text(language)} {fix}".strip()},
        "locations": [{"physicalLocation": where, "logicalLocations": [{"fullyQualifiedName": finding.address}]}]
        if place.file
        else [],
    }


# ── Markdown and GitHub ─────────────────────────────────────────────────────────────────────────────────────────────


def markdown(talk: Talk, findings: Sequence[Finding]) -> str:
    """The findings as Markdown: a table for each group."""
    if not findings:
        return talk.pick("No findings.", "没有发现问题。")
    head = talk.pick("| Finding | Where | What | What to do |", "| 发现 | 位置 | 内容 | 处理 |")
    parts = []
    for group, each in in_groups(findings, talk.language):
        rows = [_row(finding, talk.language) for finding in each]
        parts.append("\n".join([f"## {group}", "", head, "|---|---|---|---|", *rows]))
    return "\n\n".join(parts)


def _row(finding: Finding, language: str) -> str:
    severity = SEVERITIES[language][finding.severity]
    fix = finding.fix.get(language) or finding.fix.get("en", "")
    cells = [f"{severity} {finding.code}", f"{finding.place} `{finding.address}`", finding.text(language), fix]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """A text within a table: no bar, no line break, no mark of HTML."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(finding: Finding, language: str) -> str:
    """The finding as a workflow command that GitHub shows beside the line."""
    place = finding.place
    where = {"file": place.file, "line": place.line, "col": place.column, "title": finding.code}
    said = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value)
    fix = finding.fix.get(language) or finding.fix.get("en", "")
    return f"::{_GITHUB[finding.severity]} {said}::{_escaped(f'{finding.text(language)} {fix}'.strip())}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
