"""The report of a batch as a page for the screen: what failed first, what to chase, what goes to whom; every row can be searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import tmp_builder
from tmp_builder.batch.execute import Run, State
from tmp_builder.batch.report_words import word
from tmp_builder.compare.page.words import every
from tmp_builder.language import BCP47, join

if TYPE_CHECKING:
    from tmp_builder.batch.report import Sheet

_NAMED = 8
"""So many sets that failed are named at the head; the table has them all."""
_WIDE, _HASH = 30, 66
"""Columns from so many characters break their lines; those of so many hold fingerprints."""
_LONG = 60
"""A table with more lines than these is folded up."""


def view(run: Run, sheets: Sequence[Sheet], language: str) -> Mapping[str, Any]:
    """The page as plain data: every table of the report, and at its head what a secretary asks first."""
    names = ("sets", "chase", "dispatch", "findings", "dates", "left-out")
    tables = [_table(name, sheet, run, language) for name, sheet in zip(names, sheets, strict=True)]
    plans = run.work.shared.plans.values()
    titles = [plan.title.get(language) or next(iter(plan.title.values()), plan.id) for plan in plans]
    states = [state for state in State if run.many(state)]
    return {
        "kind": "batch",
        "lang": BCP47[language],
        "words": {**every(language), "notice": word("notice", language), **{n: word(n, language) for n in ("state", "none")}},
        "eyebrow": word("title", language),
        "title": f"{word('title', language)} – {join(titles, language)}",
        "plan": f"tmp-builder {tmp_builder.__version__} · {run.work.request.members.name}",
        "headline": join(titles, language),
        "lead": list(_lead(run, sheets, language)),
        "tables": tables,
        "filters": {"state": [(str(each), word(str(each), language)) for each in states] if len(states) > 1 else []},
    }


def _lead(run: Run, sheets: Sequence[Sheet], language: str) -> Iterator[Mapping[str, str]]:
    counts = run.work.counts
    failed = [done.entry.member or done.entry.id for done in run.in_order() if done.state is State.FAILED]
    if failed:
        ids = join(failed[:_NAMED], language)
        if len(failed) > _NAMED:
            ids = word("all-named", language, ids=ids, more=len(failed) - _NAMED, all=len(failed))
        yield {"sign": "✕", "text": word("lead-failed", language, count=len(failed), ids=ids), "href": "#sets"}
    built, unchanged = run.many(State.BUILT), run.many(State.UNCHANGED)
    members = word("lead-members", language, memberships=counts.memberships, institutions=counts.institutions)
    yield {"sign": "✓", "text": f"{word('lead-built', language, built=built, unchanged=unchanged)} · {members}"}
    if owed := _owed(sheets[1], language):
        yield {"sign": "→", "text": word("lead-chase", language, what=owed), "href": "#chase"}
    if run.work.left_out:
        yield {"sign": "–", "text": word("lead-left-out", language, count=len(run.work.left_out)), "href": "#left-out"}


def _owed(chase: Sheet, language: str) -> str:
    """How many members owe what: "Accession Form 12, Screening 3"."""
    counted = [
        (name, sum(bool(line[place]) for line in chase.lines)) for place, (name, _) in enumerate(chase.columns) if place >= _WHO
    ]
    return join([f"{name} {many}" for name, many in counted if many], language)


_WHO = 3
"""The first columns of most tables say whose line it is: member, consortium, name."""


def _table(name: str, sheet: Sheet, run: Run, language: str) -> Mapping[str, Any]:
    shown = [place for place, (head, _) in enumerate(sheet.columns) if not _alike(head, run, language)]
    states = {word(str(state), language): str(state) for state in State}
    return {
        "id": name,
        "name": sheet.name,
        "heads": [sheet.columns[place][0] for place in shown],
        "more": word("show-lines", language, count=len(sheet.lines)) if len(sheet.lines) > _LONG and name != "sets" else "",
        "lines": [
            {
                "state": next((states[str(cell)] for cell in line if name == "sets" and str(cell) in states), ""),
                "cells": [{"text": str(line[place]), "look": _look(sheet.columns[place][1])} for place in shown],
            }
            for line in sheet.lines
        ],
    }


def _alike(head: str, run: Run, language: str) -> bool:
    """A column that says the same in every line is left out of the page: the consortium, where there is only one."""
    return head == word("consortium", language) and len(run.work.shared.plans) == 1


def _look(width: int) -> str:
    if width == _HASH:
        return "hash"
    return "wide" if width >= _WIDE else ""
