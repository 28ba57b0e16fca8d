"""SEC-01 to SEC-04: technology tiers: what red stops, what yellow needs, who classified when, how old the list is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import Project, RegisterRow
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.intervals import months_later
from tmp_builder.rules.facts.milestones import signature_day
from tmp_builder.rules.facts.tiers import described, running, technologies_of, tiered, tiers_apply
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import day, ids_listed, listed, project_name

TIERS, PACK = "export-control.tiers", "export-control.yellow-pack"
REPOSITORY = "data.software-repository-control"
LIST_MONTHS = 12

CONTROLS: dict[str, Labels] = {
    PACK: {"en": "screening and review before publication", "zh": "人员筛查和发表前技术审查"},
    REPOSITORY: {"en": "limits on repository and code", "zh": "代码库和代码限制"},
}
"""What a yellow project needs, by the option that provides it."""


@rule("SEC-01", Severity.ERROR, Force.CONTRACT, "SEED2 technology tiers; QIRS green, yellow and red guidelines")
def no_project_uses_red_technology(case: Case) -> Iterator[Hit]:
    """No running project uses a technology of the red tier; as long as one does, the plan is blocked and no signature copy
    is made.

    Why: red technology may not be shared at all; a signature would promise what nobody may perform.
    Bad: T-2 with `tier: red` and `project_id: P1`. Good: the technology taken out of the project; in the tier list it may
    stay, without a project.
    Decision: a row of the tier list that names no project records what is excluded and blocks nothing. A project that
    closed on or before the day of signature (else of the document) is no longer running. A project marked red itself
    blocks as well; where a red technology of it is listed, that row is the finding.
    """
    for each in tiered(case.plan, "red"):
        name = project_name(each.project)
        for row in each.technologies:
            what = described(row)
            yield _red(what, name, f"{row.address}.tier")
        if not each.technologies:
            yield _red({}, name, f"projects.{each.project.id}.tier")


def _red(what: Labels, name: Labels, address: str) -> Hit:
    en = f"{what['en']} of {name['en']}" if what else name["en"]
    zh = f"{name['zh']}的{what['zh']}" if what else name["zh"]
    return Hit(
        f"{en} is in the red tier: the plan is blocked, no copy for signature can be made",
        f"{zh}属于红类：本计划已冻结，不得生成签署稿",
        address,
        TIERS,
        fix=fix("Take the technology out of the project, or have it classified again.", "将该技术移出项目，或者重新定级。"),
        blocks=True,
    )


@rule("SEC-02", Severity.ERROR, Force.CONTRACT, "SEED2 yellow-tier controls")
def yellow_projects_have_their_controls(case: Case) -> Iterator[Hit]:
    """With a yellow project come all yellow controls: screening of persons, review before publication, limits on repository
    and code.

    Why: the yellow tier is cooperation under conditions; without them it is an uncontrolled transfer.
    Bad: `tier: yellow` and no `export-control.yellow-pack`. Good: `yellow-pack` with `data.software-repository-control`.
    Decision: the controls are those of the clauses, since only they bind; entries under `controls` of a technology describe
    them. One finding for the plan names the yellow projects and what is missing. A choice still open is not missing.
    """
    projects = [each.project for each in tiered(case.plan, "yellow")]
    chosen = set(case.plan.entered())
    missing = [option for option in CONTROLS if option not in chosen]
    if projects and missing:
        names = listed(project_name(project) for project in projects)
        lacks = listed(CONTROLS[option] for option in missing)
        is_are = "is" if len(projects) == 1 else "are"
        yield Hit(
            f"{names['en']} {is_are} yellow, but the plan lacks {lacks['en']} ({', '.join(missing)})",
            f"{names['zh']}属于黄类，但本计划缺少{lacks['zh']}（{'、'.join(missing)}）",
            f"choices.{missing[0].partition('.')[0]}",
            missing[0],
            fix=fix(f"Choose {' and '.join(missing)}.", f"选用{'和'.join(missing)}。"),
            cause=f"need:{REPOSITORY}" if REPOSITORY in missing else "",
        )


@rule("SEC-03", Severity.ERROR, Force.CONTRACT, "SEED2 technology tiers; SEED0 ten-point plan")
def tiers_name_their_classifier_and_date(case: Case) -> Iterator[Hit]:
    """Where tiers apply, every project has a tier with the one who classified and the date.

    Why: a tier that nobody answers for, as of no date, cannot be relied on by an export officer or an authority.
    Bad: T-1 without `classified_by`. Good: tier, `classified_by` and `classified_on` in each row.
    Decision: tiers apply where `required_docs` names them or `export-control.tiers` is chosen. A project without any tier is
    reported by PRJ-02 alone, whatever else its rows lack. A project that has a tier of its own but no row in the tier list lacks classifier and date. A
    row takes the tier of its project where it states none.
    """
    if not tiers_apply(case):
        return
    for project in case.plan.projects:
        rows = technologies_of(case.plan, project)
        classified = any(each.cells.get("tier") for each in rows)
        if not rows and project.tier:
            yield _unclassified(project)
        for row in rows if project.tier or classified else ():
            yield from _incomplete(project, row)


def _unclassified(project: Project) -> Hit:
    name = project_name(project)
    return Hit(
        f"{name['en']} is {project.tier}, but the tier list does not say who classified it and when",
        f"{name['zh']}已定级（{project.tier}），但分级清单未载明定级人和定级日期",
        f"projects.{project.id}.tier",
        TIERS,
        fix=fix("Add a row for the project to registers.technologies.", "在registers.technologies中为该项目增列一行。"),
    )


_CELLS: dict[str, Labels] = {
    "tier": {"en": "tier", "zh": "级别"},
    "classified_by": {"en": "classifier", "zh": "定级人"},
    "classified_on": {"en": "date of classification", "zh": "定级日期"},
}


def _incomplete(project: Project, row: RegisterRow) -> Iterator[Hit]:
    """What a row lacks, in a project that has a tier of its own or in its list."""
    missing = [name for name in _CELLS if not row.cells.get(name)]
    if "tier" in missing and project.tier:
        missing.remove("tier")
    if missing:
        what, lacks = described(row), listed(_CELLS[name] for name in missing)
        yield Hit(
            f"{what['en']} of Project {project.id} has no {lacks['en']}",
            f"项目{project.id}的{what['zh']}缺少{lacks['zh']}",
            f"{row.address}.{missing[0]}",
            TIERS,
            fix=fix(f"Enter {', '.join(missing)}.", f"填写{'、'.join(missing)}。"),
            cause=f"cell:{row.address}.{missing[0]}",
            also=tuple(f"cell:{row.address}.{name}" for name in missing[1:]),
        )


@rule("SEC-04", Severity.WARNING, Force.HOUSE, "SEED2 dated tier list; QIRS community guidelines")
def the_tier_list_is_recent(case: Case) -> Iterator[Hit]:
    """The version of the tier list is no older than 12 months on the day of signature, or on the day of a later review.

    Why: control lists change several times a year; a tier of long ago says little about today's law.
    Bad: `list_version: 2025-09-01`, signed on 2 September 2026. Good: a version of the last twelve months.
    Decision: counted to `signed-on`, else to the date of the document (`--date` in a review run); the corresponding day
    twelve months later is still good. One finding for each version; technologies of closed projects do not count.
    """
    today = signature_day(case.plan)
    versions: dict[date, list[RegisterRow]] = {}
    closed = {project.id for project in case.plan.projects if not running(case.plan, project)}
    for row in case.plan.rows("technologies"):
        version = row.cells.get("list_version")
        if isinstance(version, date) and row.cells.get("project_id") not in closed:
            versions.setdefault(version, []).append(row)
    for version, rows in versions.items():
        last = months_later(version, LIST_MONTHS)
        if today and last and today > last:
            said, good, now = day(version), day(last), day(today)
            names = ids_listed(row.id for row in rows)
            yield Hit(
                f"the tier list of {said['en']} ({names['en']}) is older than {LIST_MONTHS} months: it was good until "
                f"{good['en']}, not on {now['en']}",
                f"{said['zh']}版分级清单（{names['zh']}）已逾{LIST_MONTHS}个月：有效至{good['zh']}，至{now['zh']}已过期",
                f"{rows[0].address}.list_version",
                TIERS,
                fix=fix("Review the list and enter its new version.", "复核清单并填写新版本日期。"),
            )
