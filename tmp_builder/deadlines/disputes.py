"""D48 and D49: the steps of a dispute, and the rule that holds while it is open."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.deadlines.catalogue import deadline
from tmp_builder.deadlines.reckon import reach
from tmp_builder.deadlines.schema import Kind
from tmp_builder.deadlines.view import View, listed
from tmp_builder.deadlines.who import PANEL, PARTIES
from tmp_builder.deadlines.windows import Anchor, Event, Window, says
from tmp_builder.plan.schema import RegisterRow

NOTIFIED = Event("receipt of the notice of dispute {}", "收到争议通知{}")
CONSTITUTED = Event("acceptance by the last member of the panel {}", "专家组{}最后一名成员接受任命")
ACCEPTED = Event("acceptance of the appointment by the Expert", "专家接受任命")

_STEPS = (
    ("1-negotiation", "neg_days", says("End of negotiation", "协商期届满"), Event("the end of negotiation {}", "协商期届满{}")),
    (
        "2-directors",
        "director_days",
        says("End of the directors' attempt", "负责人协商期届满"),
        Event("the end of the directors' attempt {}", "负责人协商期届满{}"),
    ),
    ("3-mediation", "med_days", says("End of mediation", "调解期届满"), Event("the end of mediation {}", "调解期届满{}")),
)
"""Part, parameter, label, the event that its end is for the next step."""


def _received(row: RegisterRow) -> object:
    return row.cells.get("received_on") or row.cells.get("date")


@deadline(
    "D48",
    "Steps of a dispute",
    "争议解决步骤",
    "协商自收到争议通知起算，负责人协商自协商期届满起算，调解自负责人协商期届满起算；各步均自前一步印明的日期起算。",
)
def dispute_steps(view: View) -> Iterator[Window]:
    """Negotiation from receipt of the notice, the directors from the end of negotiation, mediation from the end of theirs:
    each from the printed day before.
    """
    if not view.has("disputes.ladder"):
        return
    yield from _ladder(view, NOTIFIED.general, "", (PARTIES,))
    for row in view.events("notice_dispute"):
        yield from _ladder(view, NOTIFIED.on(_received(row), row.id), row.id, listed(row.cells.get("members")) or (PARTIES,))


def _ladder(view: View, anchor: Anchor, ident: str, who: tuple[str, ...]) -> Iterator[Window]:
    for part, parameter, label, ended in _STEPS:
        days = view.value(f"disputes.ladder.{parameter}")
        window = Window(
            anchor, days, "days", Kind.RIGHT, "disputes.ladder", who, label=label, object=ident, part=part, general=not ident
        )
        yield window
        anchor = replace(reach(view, window), words=ended.on(None, ident).words)


@deadline(
    "D49",
    "Interim rule and award",
    "临时规则与裁决",
    "临时规则为争议通知之日加其适用月数；裁决或者决定为专家组组成之日或者专家接受任命之日加约定天数。",
)
def interim_and_award(view: View) -> Iterator[Window]:
    """The notice of dispute and the months of the interim rule.

    The panel's constitution, or the expert's acceptance, and the days to decide.
    """
    if view.has("disputes.interim-ip"):
        months = view.value("disputes.interim-ip.months")
        label = says("End of the interim rule on IP", "知识产权临时规则届满")
        window = Window(
            NOTIFIED.general,
            months,
            "months",
            Kind.RIGHT,
            "disputes.interim-ip",
            (PARTIES,),
            label=label,
            part="interim",
            general=True,
        )
        yield window
        for row in view.events("notice_dispute"):
            yield window.of(NOTIFIED.on(_received(row), row.id), row.id, listed(row.cells.get("members")))
    if view.has("disputes.expert-panel"):
        days = view.value("disputes.expert-panel.decide_days")
        label = says("Decision of the panel", "专家组裁决")
        window = Window(
            CONSTITUTED.general,
            days,
            "days",
            Kind.DUTY,
            "disputes.expert-panel",
            (PANEL,),
            label=label,
            part="award",
            general=True,
        )
        yield window
        for row in view.events("panel_constituted"):
            yield window.of(CONSTITUTED.on(row.cells.get("date"), row.id), row.id)
    if view.has("disputes.expert-technical"):
        days = view.value("disputes.expert-technical.expert_days")
        label = says("Decision of the Expert", "专家决定")
        yield Window(
            ACCEPTED.general,
            days,
            "days",
            Kind.DUTY,
            "disputes.expert-technical",
            (PANEL,),
            label=label,
            part="expert",
            general=True,
        )
