"""D53 and D54: how long clauses survive and how long they have to, and the close-out."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.calendar.roll import NONE
from tmp_builder.deadlines.anchors import end
from tmp_builder.deadlines.catalogue import deadline, made
from tmp_builder.deadlines.schema import Deadline, Kind
from tmp_builder.deadlines.view import View
from tmp_builder.deadlines.who import ALL
from tmp_builder.deadlines.windows import Anchor, Mode, Window, says

CONTRACTUAL = ("D29", "D30", *(f"D{number}" for number in range(32, 45)), "D54")
"""The windows that survival has to cover (rule TIM-04); statutory dates and open-ended secrecy do not count."""


@deadline(
    "D53",
    "Survival",
    "存续期届满",
    "约定的存续期，为本计划终止之日加存续期间；所需的存续期，至最晚届满的合同期间为止；规则TIM-04比较二者。",
)
def survival(view: View) -> Iterator[Window]:
    """Promised: the end of the plan and the tail. Needed: the latest contractual window. Rule TIM-04 compares the two."""
    if not view.has("exit.survival"):
        return
    months = view.value("exit.survival.tail_months")
    label = says("Survival as promised", "约定的存续期届满")
    yield Window(end(view), months, "months", Kind.RIGHT, "exit.survival", (ALL,), label=label, part="promised")
    latest = latest_window(view)
    if latest is not None:
        label = says("Survival as needed", "所需的存续期届满")
        words = says(
            f"the latest window, {latest.label['en']} ({latest.key})", f"最晚的期间：{latest.label['zh']}（{latest.key}）"
        )
        anchor = Anchor(words, latest.date, latest.key, latest.assumed, latest.provisional)
        yield Window(anchor, 0, "days", Kind.RIGHT, "exit.survival", (ALL,), Mode.UNTIL, label, part="needed", roll=NONE)


def latest_window(view: View) -> Deadline | None:
    """The contractual window that ends last; None while none has a date."""
    dated = [each for code in CONTRACTUAL for each in made(view, code) if each.date and each.kind is not Kind.STATUTORY]
    return max(dated, key=lambda each: (each.date, each.key), default=None)


@deadline(
    "D54",
    "Close-out complete",
    "收尾工作完成",
    "本计划印明的终止日加收尾天数。",
)
def close_out(view: View) -> Iterator[Window]:
    """The printed end of the plan and the days of the close-out."""
    if view.has("exit.wind-up"):
        days = view.value("exit.wind-up.close_days")
        yield Window(end(view), days, "days", Kind.DUTY, "exit.wind-up", view.secretariat)
