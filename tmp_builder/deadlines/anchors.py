"""Anchors that several dates share: the start and the end of the plan, the end of its legal basis."""

from __future__ import annotations

from datetime import date

from tmp_builder.deadlines.catalogue import made
from tmp_builder.deadlines.view import View
from tmp_builder.deadlines.windows import Anchor, says
from tmp_builder.library.schema import Labels

EFFECTIVE_DATE = says("the Effective Date", "生效日")
PLAN_END = says("the end of this Plan", "本计划终止")
BASIS_END = says("the end of the legal basis", "法律基础终止")


def start(view: View) -> Anchor:
    """The Effective Date as it is printed (D01)."""
    return _printed(view, "D01", EFFECTIVE_DATE, view.plan.effective_date)


def end(view: View) -> Anchor:
    """The end of the plan as it is printed (D02): domain §8.1(11)."""
    return _printed(view, "D02", PLAN_END, None)


def _printed(view: View, code: str, words: Labels, otherwise: date | None) -> Anchor:
    found = next((each for each in made(view, code) if not each.part), None)
    if found is None:
        return Anchor(words, otherwise)
    return Anchor(words, found.date, code, assumed=found.assumed, provisional=found.provisional)


def basis_end(view: View) -> Anchor:
    """The day on which the last instrument between governments ends, or without instruments the last Funding Award.

    Without a date while one of them names no end: it then has none, or nobody has entered it.
    """
    instruments = view.value("basis.protocol.instruments") if view.has("basis.protocol") else None
    rows = instruments or [row.cells for row in view.rows("awards")]
    ends = [row.get("expires" if instruments else "end") for row in rows]
    known = [day for day in ends if isinstance(day, date)]
    return Anchor(BASIS_END, max(known) if known and len(known) == len(ends) else None, "D04" if known else "")
