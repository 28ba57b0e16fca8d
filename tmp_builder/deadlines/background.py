"""D11 and D12: changes of Background IP, and the time in which access can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.deadlines.anchors import start
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import CLOSE, EXIT, View, listed
from tmp_builder.deadlines.who import HOLDER, LEAVER, PARTICIPANTS
from tmp_builder.deadlines.windows import Event, Window, says

CHANGE = Event("the change of {}", "{}变更", ("an entry of Background IP", "背景知识产权登记事项"))
OBTAINED = Event("the day the item is obtained", "取得该事项")


@deadline(
    "D11",
    "Notice of a change of Background IP",
    "背景知识产权变更通知",
    "清单以通知方式变更的，为变更当日；迟延提出的排除，为其约定天数届满之日。",
)
def background_change(view: View) -> Iterator[Window]:
    """On the day of the change, where the list changes by notice; a late exclusion within its days."""
    if view.has("background.positive-list") and view.value("background.positive-list.update_rule") == "notice":
        window = Window(CHANGE.general, 0, "days", Kind.DUTY, "background.positive-list", (HOLDER,), general=True)
        yield window
        first = start(view).date
        for row in view.rows("background"):
            for name in ("added_on", "withdrawn_on"):
                day = row.cells.get(name)
                if day and (name == "withdrawn_on" or (first and day > first)):
                    who = listed(row.cells.get("member"))
                    yield window.of(CHANGE.on(day, row.id), row.id, who, part=name.partition("_")[0])
    if view.has("background.negative-list"):
        days = view.value("background.negative-list.late_exclusion_days")
        label = says("Exclusion of an item obtained later", "后续取得事项的排除")
        yield Window(
            OBTAINED.general,
            days,
            "days",
            Kind.RIGHT,
            "background.negative-list",
            (HOLDER,),
            label=label,
            part="exclusion",
            general=True,
        )


_REQUESTS = (
    (
        "background-access.exploitation-fair-reasonable",
        "background",
        "Request for access to Background IP",
        "背景知识产权使用请求",
    ),
    ("licences.project-free-exploitation-fair", "results", "Request for access to Results", "成果使用请求"),
)


@deadline(
    "D12",
    "Request for access",
    "使用权请求",
    "项目结束之日，或者退出的成员单位退出之日，加提出请求的期间。",
)
def access_requests(view: View) -> Iterator[Window]:
    """The close of the project, or the exit of a leaver, and the request window."""
    for option, part, english, chinese in _REQUESTS:
        label = says(english, chinese)
        address = f"{option}.request_window_months"
        if view.has(option):
            window = Window(
                CLOSE.general,
                view.value(address),
                "months",
                Kind.RIGHT,
                option,
                (PARTICIPANTS,),
                label=label,
                part=part,
                general=True,
            )
            yield window
            for ident, anchor, _row in view.leavers():
                yield window.of(anchor, ident, (ident,))
        for project in view.plan.projects:
            if view.has(option, project):
                months = view.value(address, project)
                who = view.participants(project)
                yield Window(
                    view.close(project), months, "months", Kind.RIGHT, option, who, label=label, object=project.id, part=part
                )
    if view.has("membership.leave-good"):
        months = view.value("membership.leave-good.request_window_months")
        label = says("Request of a Leaver for further access", "退出成员的进一步使用请求")
        window = Window(
            EXIT.general,
            months,
            "months",
            Kind.RIGHT,
            "membership.leave-good",
            (LEAVER,),
            label=label,
            part="leaver",
            general=True,
        )
        yield window
        for ident, anchor, _row in view.leavers():
            yield window.of(anchor, ident, (ident,))
