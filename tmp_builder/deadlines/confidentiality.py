"""D31 to D33: confirming what was said, the end of secrecy, return and destruction."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.calendar.roll import NONE
from tmp_builder.deadlines.anchors import end
from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import ALL, HOLDER, RECEIVER
from tmp_builder.deadlines.windows import Event, Mode, Window, says

SAID = Event("the oral disclosure {}", "口头披露{}")
GIVEN = Event("the disclosure {}", "提供信息{}")
REQUEST = Event("the owner's written request", "权利人书面要求")

_CONFIRM = (
    (
        "confidentiality.marked",
        "oral_confirm_days",
        SAID,
        says("Written confirmation of an oral disclosure", "口头披露的书面确认"),
    ),
    (
        "confidentiality.business-confidential",
        "identify_days",
        GIVEN,
        says("Identification of confidential information", "保密信息的标明"),
    ),
)
"""Option, parameter, event, label."""


@deadline(
    "D31",
    "Confirmation of an oral disclosure",
    "口头披露的确认",
    "口头披露之日加书面确认或者书面指明的天数。",
)
def confirmation(view: View) -> Iterator[Window]:
    """The day of the disclosure and the days to confirm or identify it in writing."""
    for option, parameter, event, label in _CONFIRM:
        if view.has(option):
            days = view.value(f"{option}.{parameter}")
            part = option.partition(".")[2]
            window = Window(event.general, days, "days", Kind.DUTY, option, (HOLDER,), label=label, part=part, general=True)
            yield window
            for row in view.events("oral_disclosure"):
                yield window.of(event.on(row.cells.get("date"), row.id), row.id, listed(row.cells.get("members")))


_PERIODS = ("confidentiality.marked", "confidentiality.nature", "confidentiality.business-confidential")


@deadline(
    "D32",
    "End of confidentiality",
    "保密期限届满",
    "本计划印明的终止日加保密月数（domain §8.1(11)）；商业秘密的保密期可以更长。",
)
def secrecy_end(view: View) -> Iterator[Window]:
    """The printed end of the plan and the months of secrecy: domain §8.1(11). Trade secrets may last longer."""
    tail = says("Registered Trade Secrets stay secret beyond it.", "已登记的商业秘密不受该期限限制。")
    for option in _PERIODS:
        if view.has(option):
            months = view.value(f"{option}.months_after_end")
            note = tail if view.has("confidentiality.trade-secret-tail") else {}
            yield Window(end(view), months, "months", Kind.DUTY, option, (ALL,), Mode.UNTIL, roll=NONE, note=note)


@deadline(
    "D33",
    "Return or destruction of Confidential Information",
    "保密信息的返还或者销毁",
    "本计划终止之日、退出的成员单位退出之日或者权利人提出要求之日，加约定天数。",
)
def return_or_destroy(view: View) -> Iterator[Window]:
    """The end of the plan, the exit of a leaver or the owner's request, and the days agreed."""
    if not view.has("confidentiality.return-destroy"):
        return
    days = view.value("confidentiality.return-destroy.days")
    window = Window(end(view), days, "days", Kind.DUTY, "confidentiality.return-destroy", (RECEIVER,))
    yield window
    yield window.of(REQUEST.general, "", part="request")
    for ident, anchor, _row in view.leavers():
        yield window.of(anchor, ident, (ident,))
