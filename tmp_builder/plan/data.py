"""A plan as the data of a plan file: everything inline, names and values as people write them. Reading it gives the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import asdict

from tmp_builder.library.schema import Library, RegisterColumn
from tmp_builder.plan.profiles import as_written
from tmp_builder.plan.schema import Approval, DateSettings, Decision, Member, Plan, Project, RegisterRow

MEMBER_KEYS = (
    "id",
    "name",
    "side",
    "type",
    "role",
    "country",
    "legal_form",
    "registration_no",
    "legal_representative",
    "address",
    "status",
)
_NO_KEYS = ("member_id", "signatory_name", "signatory_title")
"""Columns of the schedule of members that stand under other keys in the plan."""

PRINTED_EVENTS = ("signature", "condition_met", "first_member_order")
"""The kinds of events whose day the printed dates rest on; of them a file for the other side holds kind, day and object."""

INTERNAL_FACTS = ("competitors", "sensitive-technology")
"""Answers that rest on internal columns."""


def plan_data(plan: Plan, library: Library, *, internal: bool = True) -> dict[str, Any]:
    """The plan file's data. Without `internal`: no waivers, no approvals, no reasons of open positions, no internal registers,
    columns or facts; the text assembled from it is the same.
    """
    data: dict[str, Any] = {
        "id": plan.id,
        "version": plan.version,
        "library": plan.library,
        "profile": plan.profile,
        "title": _texts(plan.title),
        "status": plan.status,
        "dated": _day(plan.dated),
        "signed-on": _day(plan.signed_on),
        "signed-fingerprint": plan.signed_fingerprint,
        "languages": list(plan.languages),
        "effective-date": "conditional" if plan.conditional else _day(plan.effective_date),
        "sides": [
            _some({"id": s.id, "name": _texts(s.name), "territory": list(s.territory), "lead": s.lead}) for s in plan.sides
        ],
        "members": [_member(member, library, internal) for member in plan.members],
        "facts": {
            name: _yes(answer)
            for name, answer in plan.facts.items()
            if answer is not None and (internal or name not in INTERNAL_FACTS)
        },
        "dates": _dates(plan.dates),
        "numbering": plan.numbering if plan.numbering != "close-up" else "",
        "reserved": list(plan.reserved),
        "choices": {section: _decision(decision, internal) for section, decision in plan.choices.items()},
        "parameters": {address: _value(value) for address, value in plan.values.items()},
        "work-plan": [_cells(row, _columns(library, "projects"), internal) for row in plan.work_plan],
        "projects": [_project(project, internal) for project in plan.projects],
        "registers": dict(_registers(plan, library, internal)),
        "wording": {
            option: _some({"replaces": w.replaces, "features": list(w.features), **_prose(w.texts)})
            for option, w in plan.wording.items()
        },
        "additional": [
            _some({"id": a.id, "after": a.after, "title": _texts(a.title), "features": list(a.features), **_prose(a.texts)})
            for a in plan.additional
        ],
        "waivers": [_some({key.replace("_", "-"): _value(value) for key, value in asdict(w).items()}) for w in plan.waivers]
        if internal
        else [],
        "approvals": [approval_data(approval) for approval in plan.approvals] if internal else [],
    }
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def approval_data(approval: Approval) -> dict[str, Any]:
    """An approval as a plan file holds it, its keys in the usual order."""
    return _some(
        {
            "of": approval.of,
            "clauses": list(approval.clauses),
            "fingerprint": dict(approval.fingerprint),
            "removed": "yes" if approval.removed else "",
            "decision": approval.decision,
            "reason": approval.reason,
            "by": approval.by,
            "given-on": approval.given_on.isoformat(),
        }
    )


def _some(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _one_text(texts: Mapping[str, str]) -> str | dict[str, str]:
    """A text that both languages share as one text."""
    shared = len(texts) > 1 and len(set(texts.values())) == 1
    return next(iter(texts.values())) if shared else _texts(texts)


def _prose(texts: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    return {language: text for language, (text, _line) in texts.items()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _value(value: Any) -> Any:
    """A typed value as plain text, numbers and lists that JSON and YAML hold alike."""
    written = as_written(value)
    if isinstance(written, date):
        return written.isoformat()
    if isinstance(written, bool):
        return _yes(written)
    if isinstance(written, list):
        return [_value(item) for item in written]
    if isinstance(written, Mapping):
        return {key: _value(item) for key, item in written.items()}
    return written


def _dates(settings: DateSettings) -> dict[str, Any]:
    changed = {key: value for key, value in asdict(settings).items() if value != getattr(DateSettings(), key)}
    return {key.replace("_", "-"): list(value) if isinstance(value, tuple) else _value(value) for key, value in changed.items()}


def _decision(decision: Decision, internal: bool) -> Any:
    short = [option.partition(".")[2] for option in decision.options]
    if not decision.open:
        return short
    return _some(
        {
            "open": [option.partition(".")[2] for option in decision.open],
            "settled": short,
            "positions": {who: option.partition(".")[2] for who, option in decision.positions.items()},
            "reasons": dict(decision.reasons) if internal else {},
        }
    )


def _member(member: Member, library: Library, internal: bool) -> dict[str, Any]:
    data: dict[str, Any] = {key.replace("_", "-"): getattr(member, key) for key in MEMBER_KEYS}
    data |= {
        "name": _texts(member.name),
        "address": _texts(member.address),
        "role": member.role if member.role != "member" else "",
    }
    data |= {"status": member.status if member.status != "active" else "", "work-places": list(member.work_places)}
    data |= {
        "public-money": list(member.public_money),
        "legal-form": _one_text(member.legal_form),
        "legal-representative": _one_text(member.legal_representative),
        "signatory": _some({"name": _one_text(member.signatory.name), "title": _one_text(member.signatory.title)}),
    }
    if internal:
        data["competes-with"] = list(member.competes_with)
    columns = _columns(library, "members")
    for name, value in member.cells.items():
        key = name.replace("_", "-")
        column = columns.get(name)
        if key not in data and name not in _NO_KEYS and column is not None and (internal or not column.internal):
            data[key] = _value(value)
    return _some(data)


def _columns(library: Library, schedule: str) -> Mapping[str, RegisterColumn]:
    spec = library.schedules.get(schedule)
    every: Iterable[RegisterColumn] = (*spec.columns, *spec.plan_columns, *spec.leaving_columns) if spec else ()
    return {column.name: column for column in every}


def _cells(row: RegisterRow, columns: Mapping[str, RegisterColumn], internal: bool) -> dict[str, Any]:
    shown = {name: value for name, value in row.cells.items() if internal or name not in columns or not columns[name].internal}
    return {name: _value(value) for name, value in shown.items()}


def _registers(plan: Plan, library: Library, internal: bool) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    for name, rows in plan.registers.items():
        if internal or not library.schedules[name].internal:
            yield name, [_cells(row, _columns(library, name), internal) for row in rows]
        elif name == "events":
            kept = [row for row in rows if row.cells.get("kind") in PRINTED_EVENTS]
            if kept:
                yield name, [_event(row) for row in kept]


def _event(row: RegisterRow) -> dict[str, Any]:
    return {name: _value(row.cells[name]) for name in ("event_id", "kind", "date", "object") if name in row.cells}


def _project(project: Project, internal: bool) -> dict[str, Any]:
    data = {"id" if key == "project_id" else key.replace("_", "-"): _project_value(value) for key, value in project.cells.items()}
    data["headings"] = {key: _texts(texts) for key, texts in project.headings.items()}
    data["choices"] = {section: _decision(decision, internal) for section, decision in project.choices.items()}
    data["parameters"] = {address: _value(value) for address, value in project.values.items()}
    return _some(data)


def _project_value(value: Any) -> Any:
    return _texts(value) if isinstance(value, Mapping) and set(value) <= {"en", "zh"} else _value(value)
