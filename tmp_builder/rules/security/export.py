"""SEC-05, SEC-06: the export law of China and of the United States: whose clauses are needed, what may not leave at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Plan, Project, RegisterRow
from tmp_builder.rules.background.access import UNCONTROLLED
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.homes import at_home_in, bound, participants
from tmp_builder.rules.facts.tiers import described, running
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed, listed, members_named

CHINA, UNITED_STATES = "export-control.china-export", "export-control.us-ear"
LICENCE_REF = f"{CHINA}.licence_ref"
CONDITIONS = "term.conditional.conditions"


@rule("SEC-05", Severity.ERROR, Force.LAW, "TIER Arts 32–40; CNCAT change of 15 July 2025; CNECL Art. 2")
def restricted_chinese_technology_waits_for_its_licence(case: Case) -> Iterator[Hit]:
    """Technology of a Chinese member that China restricts from export comes under `export-control.china-export` and waits for
    its licence; what China prohibits from export blocks the plan.

    Why: the contract on restricted technology takes effect only with the export licence, and cooperation counts as export;
    for prohibited technology there is no licence.
    Bad: `cn_catalogue_status: restricted`, project from 1 November, licence of 2 November. Good: the licence issued by the
    start of the project, or `term.conditional` with the condition `cn_export_licence`.
    Decision: a technology is a Chinese member's where one takes part in its project (without a project: in the plan). An
    entry in `cn_catalogue_item` without a status counts as restricted, since the catalogue lists nothing else but
    prohibited and restricted technology. The licence is on record by `cn_licence_licence_on`, not later than the start of
    the project, or, while no date is entered, by `licence_ref` of the clause. Closed projects do not count. Where the
    clause itself is missing, this finding takes the place of SEC-06 for China.
    """
    restricted = []
    for row, status in _listed_by_china(case.plan):
        if status == "prohibited":
            yield _prohibited(case.plan, row)
        else:
            restricted.append(row)
    if restricted and CHINA not in case.plan.entered("export-control"):
        yield _without_clause(restricted)
    elif case.plan.has(CHINA):
        for row in restricted:
            yield from _without_licence(case, row)


def _listed_by_china(plan: Plan) -> Iterator[tuple[RegisterRow, str]]:
    """Technologies of Chinese members that stand in the Chinese catalogue, each with its status there."""
    for row in plan.rows("technologies"):
        item, status = str(row.cells.get("cn_catalogue_item") or ""), row.cells.get("cn_catalogue_status")
        listed_ = status in ("prohibited", "restricted") or (not status and item.strip().casefold() not in ("", *UNCONTROLLED))
        project = _project(plan, row)
        if listed_ and (project is None or running(plan, project)) and _chinese(plan, project):
            yield row, str(status or "restricted")


def _project(plan: Plan, row: RegisterRow) -> Project | None:
    return next((project for project in plan.projects if project.id == row.cells.get("project_id")), None)


def _chinese(plan: Plan, project: Project | None) -> bool:
    return any(at_home_in(plan, member, "CN") for member in participants(plan, project))


def _prohibited(plan: Plan, row: RegisterRow) -> Hit:
    what, item = described(row), _item(row)
    members = [member for member in participants(plan, _project(plan, row)) if at_home_in(plan, member, "CN")]
    names = members_named(members)
    return Hit(
        f"{what['en']}{item['en']} is prohibited from export by China and comes from {names['en']}: the plan is blocked",
        f"{names['zh']}的{what['zh']}{item['zh']}属于中国禁止出口的技术：本计划已冻结",
        f"{row.address}.cn_catalogue_status",
        CHINA,
        fix=fix("Take the technology out of the projects; there is no licence for it.", "将该技术移出项目；该技术不可获得许可。"),
        blocks=True,
    )


def _item(row: RegisterRow) -> Labels:
    item = row.cells.get("cn_catalogue_item")
    return {"en": f" (item {item})", "zh": f"（条目{item}）"} if item else {"en": "", "zh": ""}


def _without_clause(rows: list[RegisterRow]) -> Hit:
    names = listed(described(row) for row in rows)
    return Hit(
        f"China restricts the export of {names['en']}, but {CHINA} is not chosen",
        f"{names['zh']}属于中国限制出口的技术，但未选用{CHINA}",
        "choices.export-control",
        CHINA,
        fix=fix(f"Choose {CHINA}; it makes the contract wait for the licence.", f"选用{CHINA}，使合同自许可颁发时生效。"),
    )


def _without_licence(case: Case, row: RegisterRow) -> Iterator[Hit]:
    issued, project = row.cells.get("cn_licence_licence_on"), _project(case.plan, row)
    start = project.start if project else None
    waits = case.plan.has("term.conditional") and "cn_export_licence" in (case.value(CONDITIONS) or ())
    granted = isinstance(issued, date) and (start is None or issued <= start)
    referred = not isinstance(issued, date) and bool(case.value(LICENCE_REF))
    if waits or granted or referred:
        return
    what = described(row)
    if isinstance(issued, date) and project and start:
        en = f"its licence is of {day(issued)['en']}, after the start of Project {project.id} on {day(start)['en']}"
        zh = f"其许可证日期为{day(issued)['zh']}，晚于项目{project.id}的开始日（{day(start)['zh']}）"
    else:
        en, zh = "no licence is on record, and the plan does not wait for one", "没有许可记录，且本计划并非以许可为生效条件"
    yield Hit(
        f"China restricts the export of {what['en']}: {en}",
        f"{what['zh']}属于中国限制出口的技术：{zh}",
        f"{row.address}.cn_licence_licence_on",
        CHINA,
        fix=fix(
            "Start after the licence, or choose term.conditional with the condition cn_export_licence.",
            "在取得许可之后开始，或者选用term.conditional并列明cn_export_licence。",
        ),
    )


@rule("SEC-06", Severity.ERROR, Force.LAW, "TIER Art. 2; CNECL Art. 2; EAR 15 CFR 734.13")
def places_of_work_bring_their_export_law(case: Case) -> Iterator[Hit]:
    """Work in China brings `export-control.china-export`, work in the United States `export-control.us-ear`.

    Why: the general clause says that each member follows its law; screening, deemed exports and the order of Chinese
    licences have to be agreed.
    Bad: a project with `work-places: [US, CN]` and `export-control: [general]`. Good: both clauses.
    Decision: Hong Kong, Macau and Taiwan lie outside CN. A choice still open is not missing. Where restricted technology
    already leads SEC-05 to ask for the Chinese clause, it is not asked for twice.
    """
    chosen = tuple(case.plan.entered("export-control"))
    asked = any(status != "prohibited" for _, status in _listed_by_china(case.plan))
    if case.holds("cn-work") and CHINA not in chosen and not asked:
        yield _lacks(case.plan, "CN", CHINA, "China", "中国大陆")
    if case.holds("us-work") and UNITED_STATES not in chosen:
        yield _lacks(case.plan, "US", UNITED_STATES, "the United States", "美国")


def _lacks(plan: Plan, code: str, option: str, en: str, zh: str) -> Hit:
    projects = [project.id for project in plan.projects if code in project.work_places]
    members = [member for member in bound(plan) if code in member.work_places]
    where = ids_listed(projects) if projects else members_named(members)
    shown = {"en": f" ({where['en']})", "zh": f"（{where['zh']}）"} if where["en"] else {"en": "", "zh": ""}
    return Hit(
        f"work is done in {en}{shown['en']}, but {option} is not chosen",
        f"有工作在{zh}进行{shown['zh']}，但未选用{option}",
        "choices.export-control",
        option,
        fix=fix(f"Choose {option}.", f"选用{option}。"),
    )
