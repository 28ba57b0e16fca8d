"""D05 to D09: projects, their preparation and registration, screening, tier reviews."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.calendar.roll import NONE
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import PARTICIPANTS
from tmp_builder.deadlines.windows import Anchor, Event, Mode, Window, says
from tmp_builder.plan.schema import Project

START = Event("the planned start of {}", "{}计划开始", ("the Project", "项目"))
END = Event("the planned end of {}", "{}计划结束", ("the Project", "项目"))
SCREENING = Event("the screening of {}", "{}筛查", ("the Member", "成员单位"))
CLASSIFIED = Event("the classification of {}", "{}定级", ("the technology", "技术"))

SCREENING_MONTHS = 6
"""How long a screening holds where no clause says (rule PAR-05)."""
TIER_MONTHS = 12
"""How long a tier holds where no review interval is agreed (rule SEC-04)."""


def _begins(project: Project) -> Anchor:
    return START.on(project.start, f"Project {project.id}", f"项目{project.id}")


@deadline(
    "D05",
    "Project",
    "项目",
    "各项目十点计划载明的开始日和结束日；开始日不早于生效日（规则PRJ-01）。",
)
def project_dates(view: View) -> Iterator[Window]:
    """Start and end of each project as its ten-point plan states them.

    The start is not before the Effective Date (rule PRJ-01).
    """
    source = view.first("projects.gate-hard", "projects.gate-soft") or "schedule:projects"
    for project in view.plan.projects:
        who = view.participants(project)
        name, name_zh = f"Project {project.id}", f"项目{project.id}"
        first = says(f"Start of {name}", f"{name_zh}开始")
        yield Window(_begins(project), 0, "days", Kind.RIGHT, source, who, Mode.FROM, first, project.id, "start", roll=NONE)
        last = says(f"End of {name}", f"{name_zh}结束")
        anchor = END.on(project.end, name, name_zh)
        closed = project.cells.get("closed_on")
        yield Window(anchor, 0, "days", Kind.RIGHT, source, who, Mode.UNTIL, last, project.id, "end", roll=NONE, met_on=closed)


@deadline(
    "D06",
    "Preparation may begin",
    "可以开始准备",
    "计划启动日向前推算准备天数；仅在约定允许在保密协议下先行准备时适用。",
)
def preparation(view: View) -> Iterator[Window]:
    """The planned start less the preparatory days; only with the soft gate."""
    if not view.has("projects.gate-soft"):
        return
    days = view.value("projects.gate-soft.prep_days")
    window = Window(
        START.general, _back(days), "days", Kind.RIGHT, "projects.gate-soft", (PARTICIPANTS,), Mode.FROM, general=True
    )
    yield window
    for project in view.plan.projects:
        yield window.of(_begins(project), project.id, view.participants(project))


@deadline(
    "D07",
    "Filing in the Registry",
    "提交合作登记",
    "计划启动日向前推算约定天数；该项义务须在项目开始前完成。",
)
def registry_filing(view: View) -> Iterator[Window]:
    """The planned start less the days agreed: a duty that has to be done before the project starts."""
    if not view.has("reciprocity.registry"):
        return
    days = view.value("reciprocity.registry.file_days_before")
    window = Window(START.general, _back(days), "days", Kind.DUTY, "reciprocity.registry", view.leads, general=True)
    yield window
    filed = {row.id: row.cells.get("filed_on") for row in view.rows("registry")}
    for project in view.plan.projects:
        yield window.of(_begins(project), project.id, met_on=filed.get(project.id))


@deadline(
    "D08",
    "Screening valid until",
    "筛查有效期至",
    "最近一次筛查之日加约定月数（没有条款约定的，为六个月）；该有效期须覆盖签署之日（规则PAR-05）。",
)
def screening(view: View) -> Iterator[Window]:
    """The day of the last screening and the months agreed (six where no clause says).

    It has to cover the signature (rule PAR-05).
    """
    source = view.first("export-control.us-ear", "export-control.general")
    if not source:
        return
    own = source == "export-control.us-ear"
    months = view.value("export-control.us-ear.screening_months") if own else SCREENING_MONTHS
    for member in view.plan.members:
        day = member.cells.get("screening_date")
        if day:
            anchor = SCREENING.on(day, member.id)
            yield Window(anchor, months, "months", Kind.DUTY, source, view.secretariat, Mode.UNTIL, object=member.id, roll=NONE)


@deadline(
    "D09",
    "Tier to be reviewed",
    "分级复审",
    "定级之日加复审间隔（没有约定的，为十二个月），不晚于已登记的复审日。",
)
def tier_review(view: View) -> Iterator[Window]:
    """The day of classification and the review interval (twelve months where none is agreed), not after the review day
    entered.
    """
    source = view.first("export-control.annual-review", "export-control.tiers")
    if not source:
        return
    own = source == "export-control.annual-review"
    months = view.value("export-control.annual-review.interval_months") if own else TIER_MONTHS
    keeper = listed(view.value("export-control.tiers.owner"))
    window = Window(CLASSIFIED.general, months, "months", Kind.DUTY, source, keeper or (PARTICIPANTS,), general=True)
    yield window
    entered = Event("the review day entered for {}", "{}登记的审查日期")
    for row in view.rows("technologies"):
        cap = row.cells.get("next_review")
        caps = (entered.on(cap, row.id),) if cap else ()
        who = keeper or view.participants(view.project(row.cells.get("project_id")))
        yield window.of(CLASSIFIED.on(row.cells.get("classified_on"), row.id), row.id, who, caps=caps)


def _back(count: int | None) -> int | None:
    return None if count is None else -count
