"""REC-04: what is filed in the registry of cooperation, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tmp_builder.findings import Force, Severity
from tmp_builder.plan.schema import Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.milestones import review_day
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed
from tmp_builder.rules.reciprocity.metrics import incomplete

REGISTRY = "reciprocity.registry"
GROUPS = (
    "team",
    "institutions",
    "funding_sources",
    "field",
    "risk_level",
    "expected_results",
    "data_governance",
    "ip_plan_choice",
)
"""The columns that hold the six groups of content of a registry entry; area and risk, data and IP are two columns each."""


@rule("REC-04", Severity.ERROR, Force.CONTRACT, "SEED2: registry with six content groups")
def registry_entries_are_complete_and_in_time(case: Case) -> Iterator[Hit]:
    """Every project has a registry entry with all six groups of content, filed the agreed days before it starts.

    Why: the registry is what the authorities look at before a project starts; a late or half entry stops it.
    Bad: filed on 3 October for a start on 1 November with 30 days. Good: filed on 2 October or before.
    Decision: the groups are team and institutions, funding, area and risk, expected results, data governance,
    treatment of IP. The last day is the planned start less the days, whatever day of the week it is. An entry without
    `filed_on` is late once that day has passed on the day of review (the later of `dated` and `signed-on`).
    """
    if not case.plan.has(REGISTRY) or not case.plan.projects:
        return
    entries = {str(row.cells.get("project_id") or row.id): row for row in case.plan.rows("registry")}
    absent = [project for project in case.plan.projects if project.id not in entries]
    if absent:
        yield _no_entry(absent)
    for project in case.plan.projects:
        if row := entries.get(project.id):
            missing = [name for name in GROUPS if row.cells.get(name) in (None, "", (), {})]
            if missing:
                yield incomplete(case, row, "registry", missing, REGISTRY)
            yield from _late(case, project, row)


def _no_entry(absent: list[Project]) -> Hit:
    names = ids_listed(project.id for project in absent)
    return Hit(
        f"no registry entry for: {names['en']}",
        f"下列项目没有登记信息：{names['zh']}",
        "registers.registry",
        REGISTRY,
        fix=fix("Add a row to registers.registry: for each Project.", "在registers.registry:中为每个项目增加一行。"),
        cause="need:registry",
    )


def _late(case: Case, project: Project, row: RegisterRow) -> Iterator[Hit]:
    days, filed, today = case.value(f"{REGISTRY}.file_days_before"), row.cells.get("filed_on"), review_day(case.plan)
    if days is None or project.start is None:
        return
    last = project.start - timedelta(days=days)
    acted = filed if isinstance(filed, date) else today
    if acted is None or acted <= last:
        return
    due, start, when = day(last), day(project.start), day(acted)
    done = (
        {"en": f"was filed on {when['en']}", "zh": f"于{when['zh']}提交"}
        if filed
        else {"en": f"has no filing recorded by {when['en']}", "zh": f"截至{when['zh']}未记载提交日期"}
    )
    yield Hit(
        f"the registry entry of Project {project.id} {done['en']}; {days} days before its start on {start['en']} is {due['en']}",
        f"项目{project.id}的登记信息{done['zh']}；该项目于{start['zh']}开始，提前{days}日应为{due['zh']}",
        f"{row.address}.filed_on",
        REGISTRY,
        fix=fix("File and enter the day, or move the start.", "提交登记并填写日期，或者推迟项目开始日。"),
    )
