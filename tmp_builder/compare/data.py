"""A comparison as plain data for JSON; keys are never translated, texts stand in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from tmp_builder.compare.changes import Change, DateMove, Decided, FindingChange, PlanChanges, Version, Weight


def changes_data(found: PlanChanges) -> dict[str, Any]:
    """Both versions, every change with its class, every finding and every date with the key of the change it follows from."""
    return {
        "old": _version(found.old),
        "new": _version(found.new),
        "class": str(found.weight) if found.weight else "",
        "counts": {str(weight): sum(1 for _ in found.of(weight)) for weight in Weight},
        "changes": [{**_change(change), "decided": _decided(found.decided.get(change.key))} for change in found.changes],
        "findings": [_finding(each) for each in found.findings],
        "dates": [_date(move) for move in found.dates],
    }


def _version(version: Version) -> dict[str, Any]:
    plan = version.plan
    dated = plan.dated.isoformat() if plan.dated else ""
    return {"plan": plan.id, "version": plan.version, "dated": dated, "library": version.library.label}


def _change(change: Change) -> dict[str, Any]:
    return {
        "key": change.key,
        "class": str(change.weight),
        "kind": change.kind,
        "address": change.address,
        "label": dict(change.label),
        "old": dict(change.old),
        "new": dict(change.new),
        "section": change.section,
        "options": list(change.options),
        "row": change.row,
        "favours_more": list(change.more),
        "favours_less": list(change.less),
        "details": [dict(detail) for detail in change.details],
        "words": {lang: [{"kind": piece.kind, "text": piece.text} for piece in pieces] for lang, pieces in change.pieces.items()},
    }


def _decided(decision: Decided | None) -> dict[str, Any] | None:
    """What a reviewer decided about a change; None where nobody did."""
    if decision is None:
        return None
    approval = decision.approval
    data = {
        "decision": approval.decision,
        "by": approval.by,
        "given_on": approval.given_on.isoformat(),
        "reason": approval.reason,
    }
    return {**data, "holds": decision.holds}


def _finding(each: FindingChange) -> dict[str, Any]:
    finding = each.finding
    return {
        "appears": each.appears,
        "code": finding.code,
        "severity": str(finding.severity),
        "message": dict(finding.message),
        "address": finding.address,
        "clause": finding.clause,
        "cause": each.cause,
    }


def _date(move: DateMove) -> dict[str, Any]:
    return {
        "key": move.key,
        "label": dict(move.label),
        "object": move.object,
        "old": _iso(move.old),
        "new": _iso(move.new),
        "days": move.days,
        "cause": move.cause,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
