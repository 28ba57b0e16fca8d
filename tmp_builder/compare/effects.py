"""What follows from changes: findings that appear or vanish and dates that move, each with the change it follows from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from tmp_builder.compare.changes import Change, DateMove, FindingChange, Version
from tmp_builder.deadlines import Deadline, deadlines
from tmp_builder.findings import Finding
from tmp_builder.plan.schema import Decision, Plan

MOST = 60
"""Above so many changes the cause of a date is not looked for: each is tried by reckoning every date again."""

_DATE_CODE = re.compile(r"\bD\d\d\b")

COUNTED = ("STR-10",)
"""Findings that only count others."""


# ── findings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def finding_changes(old: Version, new: Version, changes: Sequence[Change], moves: Sequence[DateMove]) -> Iterator[FindingChange]:
    """The findings that only one version has; one whose message changes its numbers is the same. Errors first."""
    before, after = _grouped(old.findings), _grouped(new.findings)
    found = [FindingChange(finding, True, _cause(finding, changes, moves)) for finding in _more(after, before)]
    found += [FindingChange(finding, False, _cause(finding, changes, moves)) for finding in _more(before, after)]
    yield from sorted(found, key=lambda each: (each.finding.severity.rank, not each.appears))


def _grouped(findings: Iterable[Finding]) -> dict[tuple[str, str, str, str], list[Finding]]:
    found: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.code not in COUNTED:
            found.setdefault((finding.code, finding.address, finding.clause, finding.party), []).append(finding)
    return found


def _more(these: Mapping[Any, list[Finding]], those: Mapping[Any, list[Finding]]) -> Iterator[Finding]:
    """The findings of a place that has more of them here than there."""
    for key, findings in these.items():
        others = those.get(key, [])
        texts = {finding.text() for finding in others}
        unknown = [finding for finding in findings if finding.text() not in texts]
        yield from unknown[: max(0, len(findings) - len(others))]


def _cause(finding: Finding, changes: Sequence[Change], moves: Sequence[DateMove]) -> str:
    """The change whose part of the plan, option, date or row the finding speaks of; nothing where none or several do."""
    by_address = [change.key for change in changes if _touches(change.address, finding.address)]
    by_option = [change.key for change in changes if any(_names(finding, option) for option in change.options)]
    codes = set(_DATE_CODE.findall(finding.text()))
    by_date = [
        move.cause for move in moves if move.key.partition(":")[0] in codes and move.object in (*finding.text().split(), "")
    ]
    by_row = [change.key for change in changes if change.row and change.row in finding.address.split(".")]
    for found in (by_address, by_option, by_date, by_row):
        if len(set(found)) == 1:
            return found[0]
    return ""


def _touches(one: str, other: str) -> bool:
    return bool(other) and (one == other or one.startswith(f"{other}.") or other.startswith(f"{one}."))


def _names(finding: Finding, option: str) -> bool:
    """Whether a finding stands at an option: its clause, or the words of its message."""
    return finding.clause.partition("#")[0] == option or option in finding.text().replace("“", " ").replace("”", " ").split()


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def date_moves(old: Version, new: Version, changes: Sequence[Change]) -> Iterator[DateMove]:
    """The dates that differ. The cause is the one change that, made alone, moves the date as all of them do."""
    before, after = _dated(old.plan, old), _dated(new.plan, new)
    alone = list(_alone(old, new, changes))
    for key in dict.fromkeys((*after, *before)):
        one, two = before.get(key), after.get(key)
        days = (one.date if one else None, two.date if two else None)
        shown = two or one
        if days[0] == days[1] or shown is None:
            continue
        cause = next((key_ for key_, dates in alone if _day(dates, key) == days[1] != days[0]), "")
        yield DateMove(key, shown.label, shown.object, days[0], days[1], cause)


def _dated(plan: Plan, version: Version) -> dict[str, Deadline]:
    return {each.key: each for each in deadlines(plan, version.library) if each.date}


def _day(dates: Mapping[str, Deadline], key: str) -> date | None:
    return dates[key].date if key in dates else None


def _alone(old: Version, new: Version, changes: Sequence[Change]) -> Iterator[tuple[str, Mapping[str, Deadline]]]:
    """The dates of the old plan with one change made, for each change that can move a date."""
    if len(changes) > MOST:
        return
    for change in sorted(changes, key=lambda change: not _is_day(change)):
        plan = made(change, old.plan, new.plan)
        if plan is not None:
            yield change.key, _dated(plan, new)


def _is_day(change: Change) -> bool:
    """Whether a change is one of a day: of several changes of one row, that is the one which moves dates."""
    try:
        return bool([date.fromisoformat(str(value)) for value in change.raw if value])
    except ValueError:
        return False


def made(change: Change, old: Plan, new: Plan) -> Plan | None:
    """The old plan with one change made, as far as dates depend on it; None for changes that move no date."""
    maker = _MAKERS.get(change.address.partition(".")[0])
    return maker(change, old, new) if maker and change.kind != "order" else None


def _choice(change: Change, old: Plan, new: Plan) -> Plan:
    gone, come = change.raw
    options = [option for option in old.choices.get(change.section, Decision()).options if option not in gone]
    options += [option for option in come if option not in options]
    values = {key: value for key, value in new.values.items() if key.rpartition(".")[0] in come}
    return replace(old, choices={**old.choices, change.section: Decision(tuple(options))}, values={**old.values, **values})


def _value(change: Change, old: Plan, new: Plan) -> Plan:
    key = change.address.removeprefix("parameters.")
    values = {**old.values, key: new.values.get(key)}
    return replace(old, values={name: value for name, value in values.items() if value is not None})


def _row(field: str) -> Callable[[Change, Plan, Plan], Plan]:
    def make(change: Change, old: Plan, new: Plan) -> Plan:
        rows: dict[str, Any] = {field: _with_row(getattr(old, field), getattr(new, field), change.row)}
        return replace(old, **rows)

    return make


def _with_row(old: Sequence[Any], new: Sequence[Any], ident: str) -> tuple[Any, ...]:
    fresh = next((row for row in new if row.id == ident), None)
    rows = [fresh if row.id == ident else row for row in old]
    if fresh is not None and fresh not in rows:
        rows.append(fresh)
    return tuple(row for row in rows if row is not None)


def _register(change: Change, old: Plan, new: Plan) -> Plan:
    name = change.address.split(".")[1]
    return replace(old, registers={**old.registers, name: _with_row(old.rows(name), new.rows(name), change.row)})


def _effective(_change: Change, old: Plan, new: Plan) -> Plan:
    return replace(old, effective_date=new.effective_date, conditional=new.conditional)


_MAKERS: Mapping[str, Callable[[Change, Plan, Plan], Plan]] = {
    "choices": _choice,
    "parameters": _value,
    "members": _row("members"),
    "sides": _row("sides"),
    "projects": _row("projects"),
    "registers": _register,
    "effective-date": _effective,
    "signed-on": lambda _change, old, new: replace(old, signed_on=new.signed_on),
    "dates": lambda _change, old, new: replace(old, dates=new.dates),
}
