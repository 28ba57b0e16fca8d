"""D27 to D30: notice, objection and delay of a publication, embargo of a thesis."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import AUTHOR, OTHERS
from tmp_builder.deadlines.windows import Event, Window
from tmp_builder.plan.schema import Project, RegisterRow

PLANNED = Event("the planned submission or publication of {}", "{}拟提交或者发表", ("a text", "文稿"))
RECEIVED = Event("receipt of the notice of {}", "收到{}的通知", ("publication", "发表"))
OBJECTED = Event("receipt of the objection to {}", "收到对{}的异议", ("a publication", "发表"))
SUBMITTED = Event("the submission of {}", "{}提交", ("the thesis", "学位论文"))


def _project(view: View, row: RegisterRow) -> Project | None:
    """The project of the first result that a publication is about."""
    wanted = set(listed(row.cells.get("results")))
    ids = (result.cells.get("project_id") for result in view.rows("results") if result.id in wanted)
    return next((project for ident in ids if (project := view.project(ident))), None)


def _authors(row: RegisterRow) -> tuple[str, ...]:
    return listed(row.cells.get("members")) or (AUTHOR,)


def _others(row: RegisterRow, project: Project | None) -> tuple[str, ...]:
    mine = set(listed(row.cells.get("members")))
    return tuple(each for each in (project.members if project else ()) if each not in mine) or (OTHERS,)


Rule = tuple[str, str, str]
"""An option, its parameter and the unit."""


def _windows(
    view: View, rules: tuple[Rule, ...], base: Window, event: Event, column: str, *, back: bool = False, ours: bool
) -> Iterator[Window]:
    """The window as such for each option chosen, and one for each publication by the rules of its project."""
    for option, parameter, unit in rules:
        part = option.partition(".")[2]
        for row in (None, *view.rows("publications")):
            project = _project(view, row) if row else None
            if not view.has(option, project) or (row and option == YELLOW and project and project.tier not in ("yellow", "")):
                continue
            number = view.value(f"{option}.{parameter}", project)
            count = None if number is None else -number if back else number
            window = replace(base, anchor=event.general, count=count, unit=unit, source=option, part=part, general=row is None)
            if row is None:
                yield window
            elif row.cells.get(column) or back:
                who = _authors(row) if ours else _others(row, project)
                done = row.cells.get("notice_sent_on" if back else "released_on")
                yield window.of(event.on(row.cells.get(column), row.id), row.id, who, met_on=done)


YELLOW = "export-control.yellow-pack"
_NOTICE: tuple[Rule, ...] = (
    ("publication.review-delay", "notice_days", "days"),
    ("publication.patent-delay", "notice_days", "days"),
    ("publication.free", "removal_days", "days"),
    ("publication.treaty-review", "review_working_days", "working-days"),
    (YELLOW, "prepub_days", "days"),
)


@deadline(
    "D27",
    "Latest notice of a publication",
    "发表通知的最迟日期",
    "拟发表之日向前推算通知天数，当日不计入（domain §8.1(8)）；并列明最迟发出日期。",
)
def publication_notice(view: View) -> Iterator[Window]:
    """The planned day less the days of notice, day 0 not counted: domain §8.1(8); with the latest day to send it."""
    base = Window(PLANNED.general, None, "days", Kind.DUTY, "", (AUTHOR,))
    yield from _windows(view, _NOTICE, base, PLANNED, "planned_on", back=True, ours=True)


_OBJECTION: tuple[Rule, ...] = (
    ("publication.review-delay", "objection_days", "days"),
    ("publication.treaty-review", "review_working_days", "working-days"),
)


@deadline(
    "D28",
    "End of the time to object to a publication",
    "对发表提出异议的截止日",
    "收到文稿之日加审阅天数。",
)
def objection_end(view: View) -> Iterator[Window]:
    """Receipt of the text and the days of review."""
    base = Window(RECEIVED.general, None, "days", Kind.RIGHT, "", (OTHERS,))
    yield from _windows(view, _OBJECTION, base, RECEIVED, "notice_received_on", ours=False)


@deadline(
    "D29",
    "End of the delay of a publication",
    "发表推迟的届满日",
    "收到异议之日加推迟的最长期间；仅为申请专利而推迟的，为收到文稿之日加推迟上限的月数。",
)
def delay_end(view: View) -> Iterator[Window]:
    """Receipt of the objection and the longest delay.

    With a delay for patents only, receipt of the text and the months of its cap.
    """
    base = Window(OBJECTED.general, None, "days", Kind.RIGHT, "", (OTHERS,))
    objection = (("publication.review-delay", "max_delay_days", "days"),)
    yield from _windows(view, objection, base, OBJECTED, "objection_on", ours=False)
    patents = (("publication.patent-delay", "max_delay_months", "months"),)
    yield from _windows(view, patents, base, RECEIVED, "notice_received_on", ours=False)


@deadline(
    "D30",
    "End of a thesis embargo",
    "学位论文延迟公开届满日",
    "提交论文之日加延迟公开的月数。",
)
def thesis_embargo(view: View) -> Iterator[Window]:
    """The submission and the months of the embargo."""
    months = view.value("publication.thesis.thesis_embargo_months")
    window = Window(SUBMITTED.general, months, "months", Kind.RIGHT, "publication.thesis", (OTHERS,), general=True)
    if view.has("publication.thesis"):
        yield window
    for row in view.rows("publications"):
        if row.cells.get("kind") == "thesis":
            project = _project(view, row)
            if view.has("publication.thesis", project):
                own = view.value("publication.thesis.thesis_embargo_months", project)
                yield window.of(SUBMITTED.on(row.cells.get("submitted_on"), row.id), row.id, _others(row, project), count=own)
