"""TIM-01: what ends after it begins, and what happens within the life of its project and of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.milestones import effective_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, project_name

ORDER = (
    ("background", "priority_date", "expiry"),
    ("background", "added_on", "withdrawn_on"),
    ("exclusions", "from", "until"),
    ("technologies", "classified_on", "next_review"),
    ("metrics", "notice_on", "cure_until"),
    ("registry", "filed_on", "updated_on"),
    ("equipment", "delivered_on", "accepted_on"),
    ("results", "made_on", "disclosed_on"),
    ("results", "made_on", "registered_on"),
    ("results", "disclosed_on", "reported_to_other_side_on"),
    ("results", "granted_on", "expiry"),
    ("datasets", "approved_on", "approval_valid_until"),
    ("awards", "start", "end"),
    ("grants", "granted_on", "end"),
    ("grants", "effective_on", "end"),
    ("publications", "submitted_on", "released_on"),
    ("publications", "notice_sent_on", "notice_received_on"),
    ("publications", "notice_received_on", "objection_on"),
    ("events", "date", "received_on"),
    ("accession", "notice_date", "exit_date"),
)
"""Register, the column that comes first, the one that may not be earlier. The same day is in order."""

OF_A_RESULT = ("made_on", "disclosed_on", "registered_on")
"""Dates of a result that lie in the life of its project."""

UNDER_THE_PLAN = ("notice_breach", "notice_dispute", "panel_constituted", "notice_reciprocity", "offer", "breach_cured")
"""Events that can only happen once the plan is in force."""


@rule("TIM-01", Severity.ERROR, Force.CONTRACT, "PRC Civil Code Art. 201, 202 (K); house rule on registers")
def dates_follow_each_other(case: Case) -> Iterator[Hit]:
    """Nothing ends before it starts, and nothing happens outside the life of its project or of the plan.

    Why: a window that starts from an impossible date is wrong from its first day, and nobody notices until it matters.
    Bad: a project from 1 November 2026 to 31 October 2026; a result registered before its project started.
    Good: the same day or a later one.
    Decision: a result lies in the life of its project when it is made, disclosed and registered on or after the start
    and made no later than the day the project was closed; the planned end closes nothing. Notices, offers and panels
    need a plan in force. A date that comes before several others of its row is one finding, against the latest of them;
    each result gives at most one against its project. The start of a project before the Effective Date is PRJ-01.
    """
    for (address, second), (cells, firsts, register) in _broken(case.plan).items():
        yield _backward(case, address, cells, (max(firsts, key=lambda name: cells[name]), second), register)
    yield from _instruments(case)
    for row in case.plan.rows("results"):
        project = next((each for each in case.plan.projects if each.id == row.cells.get("project_id")), None)
        if project:
            yield from _outside_project(case, row.address, row.id, row.cells, project)
    effective = effective_day(case.plan)
    for row in case.plan.rows("events"):
        when = row.cells.get("date")
        if effective and isinstance(when, date) and when < effective and row.cells.get("kind") in UNDER_THE_PLAN:
            yield _before_effect(case, row, when, effective)


def _pairs(plan: Plan) -> Iterator[tuple[str, Mapping[str, Any], str, str, str]]:
    """Every pair of dates that has an order: address of its row, cells, the two columns, the schedule they belong to."""
    for project in plan.projects:
        cells = {**project.cells, "start": project.start, "end": project.end}
        for second in ("end", "closed_on"):
            yield f"projects.{project.id}", cells, "start", second, "projects"
    for member in plan.members:
        yield f"members.{member.id}", member.cells, "joined_on", "left_on", "members"
    for register, first, second in ORDER:
        for row in plan.rows(register):
            yield row.address, row.cells, first, second, register


def _broken(plan: Plan) -> dict[tuple[str, str], tuple[Mapping[str, Any], list[str], str]]:
    """Each date that is too early, by row and column: the cells, the columns it may not precede, the schedule."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], list[str], str]] = {}
    for address, cells, first, second, register in _pairs(plan):
        one, two = cells.get(first), cells.get(second)
        if isinstance(one, date) and isinstance(two, date) and two < one:
            found.setdefault((address, second), (cells, [], register))[1].append(first)
    return found


def _backward(case: Case, address: str, cells: Mapping[str, Any], columns: tuple[str, str], register: str) -> Hit:
    one, two = (cells[name] for name in columns)
    labels = [_label(case, register, name) for name in columns]
    early, late, ident = day(two), day(one), address.rpartition(".")[2]
    hyphened = register in ("projects", "members")
    return Hit(
        f"{ident}: “{labels[1]['en']}” ({early['en']}) is before “{labels[0]['en']}” ({late['en']})",
        f"{ident}：“{labels[1]['zh']}”（{early['zh']}）早于“{labels[0]['zh']}”（{late['zh']}）",
        f"{address}.{columns[1].replace('_', '-') if hyphened else columns[1]}",
        party=ident if register == "members" else "",
        fix=fix("Correct one of the two dates.", "更正其中一个日期。"),
    )


def _label(case: Case, register: str, name: str) -> Labels:
    spec = case.library.schedules[register]
    column = spec.column(name)
    return column.label if column else {"en": name.replace("_", " "), "zh": name}


def _lower(label: str) -> str:
    """A label within a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _instruments(case: Case) -> Iterator[Hit]:
    """Instruments of the legal basis that expire before they are made."""
    rows = case.value("basis.protocol.instruments") if case.plan.has("basis.protocol") else None
    for number, row in enumerate(rows or (), 1):
        made, expires = row.get("date"), row.get("expires")
        if isinstance(made, date) and isinstance(expires, date) and expires < made:
            one, two = day(expires), day(made)
            yield Hit(
                f"instrument {number} expires on {one['en']}, before its date of {two['en']}",
                f"第{number}份依据文件于{one['zh']}到期，早于其日期（{two['zh']}）",
                "parameters.basis.protocol.instruments",
                "basis.protocol",
                fix=fix("Correct one of the two dates.", "更正其中一个日期。"),
            )


def _outside_project(case: Case, address: str, ident: str, cells: Mapping[str, Any], project: Project) -> Iterator[Hit]:
    dated = [(when, name) for name in OF_A_RESULT if isinstance(when := cells.get(name), date)]
    early = [(when, name) for when, name in dated if project.start and when < project.start]
    closed = project.cells.get("closed_on")
    late = [(when, name) for when, name in dated if name == "made_on" and isinstance(closed, date) and when > closed]
    for (when, name), limit, words in [
        *((each, project.start, ("before the start of", "早于", "开始日")) for each in early[:1]),
        *((each, closed, ("after the close of", "晚于", "结项日")) for each in late),
    ]:
        label, said, edge, whose = _label(case, "results", name), day(when), day(limit or when), project_name(project)
        yield Hit(
            f"{ident}: “{label['en']}” ({said['en']}) is {words[0]} {whose['en']} on {edge['en']}",
            f"{ident}：“{label['zh']}”（{said['zh']}）{words[1]}{whose['zh']}的{words[2]}（{edge['zh']}）",
            f"{address}.{name}",
            fix=fix("Check the date, or enter the result under its own project.", "核对日期，或者将该成果列入其所属项目。"),
        )


def _before_effect(case: Case, row: RegisterRow, when: date, effective: date) -> Hit:
    address, ident, kind = row.address, row.id, str(row.cells["kind"])
    column = case.library.schedules["events"].column("kind")
    name = column.values[kind] if column and kind in column.values else {"en": kind, "zh": kind}
    said, edge = day(when), day(effective)
    return Hit(
        f"{ident}: {_lower(name['en'])} on {said['en']} is before the plan takes effect on {edge['en']}",
        f"{ident}：{name['zh']}（{said['zh']}）早于本计划生效日（{edge['zh']}）",
        f"{address}.date",
        fix=fix("Correct the date, or the Effective Date.", "更正该日期或者生效日。"),
    )
