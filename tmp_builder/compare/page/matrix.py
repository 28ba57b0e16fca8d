"""The page of a matrix: the plans in order of trouble, plan by plan, and what differs between them in a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from tmp_builder.compare.matrix import Entry, Matrix, Row
from tmp_builder.compare.matrix_report import standard_words
from tmp_builder.compare.page.parts import chosen, finding_view, section_of
from tmp_builder.compare.page.words import every, say
from tmp_builder.findings import Force, Severity
from tmp_builder.language import BCP47

SHOWN = 6
"""So many departures of a plan stand open; the rest is expanded."""


class Column(Struct, frozen=True):
    """Plans of one group that have the same in every row and the same findings: one column of the grid."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The plan that stands for all of them."""
        return self.entries[0]


def matrix_page(found: Matrix, language: str) -> dict[str, Any]:
    """The page as plain data; plans that are alike are one column."""
    library = found.entries[0].version.library
    columns = columns_of(found)
    plans = [_plan(found, column, number, language) for number, column in enumerate(columns, 1)]
    names = {ident: section.title for ident, section in library.sections.items()}
    differing = [row for row in found.rows if row.differs]
    groups = [entry.group for entry in found.entries if entry.group]
    across = [{**finding_view(finding, language), "plans": list(who)} for finding, who in found.across]
    forces = [*(each for plan in plans for each in plan["findings"]), *across]
    return {
        "kind": "matrix",
        "lang": BCP47[language],
        "words": every(language),
        "eyebrow": say("matrix", language),
        "title": f"{say('matrix', language)} – {_plans_said(len(found.entries), language)}",
        "headline": headline(found, language),
        "lead": [{"sign": "=", "text": standard_words(found, language)}, {"sign": "◆", "text": say("legend", language)[2:]}],
        "plans": plans,
        "bands": list(_bands(plans)),
        "across": across,
        "tables": [
            {"title": say(name, language), "id": f"grid-{name}", "rows": [_row(row, columns, names, language) for row in rows]}
            for name, rows in (
                ("choices", [row for row in differing if not row.is_value]),
                ("parameters", [row for row in differing if row.is_value]),
            )
        ],
        "alike": list(_alike([row for row in found.rows if not row.differs], language)),
        "count": len(found.entries),
        "filters": {
            "group": [(group, group) for group in dict.fromkeys(groups)] if len(set(groups)) > 1 else [],
            "section": chosen(names, {row.section for row in differing} | {each["section"] for each in forces}, language),
            "force": [
                (str(force), say(str(force), language)) for force in Force if any(each["force"] == force for each in forces)
            ],
        },
    }


def columns_of(found: Matrix) -> list[Column]:
    """The plans in their order, those that are alike in one group put together where the first of them stands."""
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for entry in found.entries:
        said = tuple(tuple(row.spots[entry.name].said.items()) if entry.name in row.spots else None for row in found.rows)
        findings = frozenset((each.code, each.severity, each.address, each.clause) for each in entry.version.findings)
        alike.setdefault((entry.group, said, findings), []).append(entry)
    return [Column(tuple(entries)) for entries in alike.values()]


def headline(found: Matrix, language: str) -> str:
    """How many of the plans need a look: those with errors and those that depart from the standard."""
    red = [entry for entry in found.entries if _count(entry, Severity.ERROR)]
    apart = [entry for entry in found.entries if found.departures(entry.name)]
    loud = len({entry.name for entry in (*red, *apart)})
    if language == "zh":
        if not loud:
            return f"{len(found.entries)}份计划均与基准一致，没有错误"
        return f"{len(found.entries)}份计划中，{loud}份需要查看：{len(red)}份有错误，{len(apart)}份偏离基准"
    if not loud:
        return f"{_plans_said(len(found.entries), language)}: none departs from the standard, none has errors"
    needs = "needs" if loud == 1 else "need"
    departs = "departs" if len(apart) == 1 else "depart"
    return f"{loud} of {_plans_said(len(found.entries), language)} {needs} a look: {len(red)} with errors, {len(apart)} {departs} from the standard"


def _plans_said(count: int, language: str) -> str:
    return f"{count}份计划" if language == "zh" else f"{count} plan{'' if count == 1 else 's'}"


def _count(entry: Entry, severity: Severity) -> int:
    return sum(1 for finding in entry.version.findings if finding.severity is severity)


# ── plans ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plan(found: Matrix, column: Column, number: int, language: str) -> dict[str, Any]:
    """A column as an article: its name, what it counts, its departures (rare ones first), its findings (errors first)."""
    entry = column.first
    departures = [_departure(row, entry.name, language) for row in found.departures(entry.name)]
    findings = sorted(entry.version.findings, key=lambda finding: finding.severity.rank)
    errors = _count(entry, Severity.ERROR)
    return {
        "id": f"plan-{number}",
        "name": _name(column, quiet=not departures and not errors, language=language),
        "names": [each.name for each in column.entries] if len(column.entries) > 1 else [],
        "size": len(column.entries),
        "group": entry.group,
        "errors": errors,
        "warnings": _count(entry, Severity.WARNING),
        "notes": _count(entry, Severity.NOTE),
        "departures": departures[:SHOWN],
        "more": departures[SHOWN:],
        "count": len(departures),
        "rare": sum(each["rare"] for each in departures),
        "quiet": not departures and not errors,
        "blocking": [finding_view(each, language) for each in findings if each.severity is Severity.ERROR],
        "findings": [finding_view(each, language) for each in findings],
        "sections": " ".join({row.section for row in found.departures(entry.name)} | set(map(section_of, findings))),
    }


def _name(column: Column, *, quiet: bool, language: str) -> str:
    size = len(column.entries)
    if size == 1:
        return column.first.name
    return say("like-standard" if quiet else "alike-plans", language, count=size)


def _departure(row: Row, name: str, language: str) -> dict[str, Any]:
    spot = row.spots[name]
    return {
        "section": row.section,
        "label": row.label[language],
        "said": spot.said[language],
        "standard": spot.standard[language],
        "rare": spot.rare,
        "many": say("of-all", language, count=spot.count, total=len(row.spots)),
    }


# ── the grid ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bands(plans: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The groups above the columns, each with how many columns it spans; none where there is one group only."""
    names = [plan["group"] for plan in plans]
    if len(set(names)) < 2:
        return
    start = 0
    for place in range(1, len(names) + 1):
        if place == len(names) or names[place] != names[start]:
            yield {"group": names[start], "span": place - start}
            start = place


def _row(row: Row, columns: Sequence[Column], names: Any, language: str) -> dict[str, Any]:
    """A line of the grid: what the standard has, then a cell for each column; an empty one where the row does not apply."""
    spots = [row.spots.get(column.first.name) for column in columns]
    standards = {spot.standard.get(language, "") for spot in row.spots.values()}
    usual = standards.pop() if len(standards) == 1 else say("varies", language)
    return {
        "label": row.label[language],
        "address": row.address,
        "section": row.section,
        "section_title": names[row.section][language],
        "standard": usual or say("no-standard", language),
        "rare": any(spot and spot.departs and spot.rare for spot in spots),
        "cells": [
            {
                "group": column.first.group,
                "said": spot.said[language] if spot else "",
                "look": "" if spot is None or not spot.departs else "rare" if spot.rare else "departs",
            }
            for column, spot in zip(columns, spots, strict=True)
        ],
    }


def _alike(rows: Sequence[Row], language: str) -> Iterator[dict[str, str]]:
    """What all plans have alike."""
    for row in rows:
        spot = next(iter(row.spots.values()), None)
        if spot is not None:
            yield {"label": row.label[language], "said": spot.said[language], "section": row.section}
