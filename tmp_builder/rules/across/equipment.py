"""XPL-03: the windows of one item of equipment that several plans list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.deadlines import Deadline, deadlines
from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES, say_date
from tmp_builder.library.schema import Labels
from tmp_builder.plan.schema import RegisterRow
from tmp_builder.rules.across.plans import Held, Hit, Plans, disagreement
from tmp_builder.rules.across.run import across
from tmp_builder.rules.facts.likeness import alike
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import text_of

CODES = ("D39", "D40", "D41")
"""The dates of an item: the end of the ban on sales, of the retention of know-how, and its return."""


@across("XPL-03", Severity.ERROR, Force.CONTRACT, "logic of parallel agreements on one item of equipment")
def one_item_has_one_window(plans: Plans) -> Iterator[Hit]:
    """An item of equipment that several plans list has the same windows in each.

    Why: its maker may sell or must wait, its host must return it on one day; under two plans with two days one of them is broken.
    Bad: EQ-1 retained until 20 October 2027 in one plan and until 20 October 2028 in another. Good: the same anchor and length.
    Decision: an item is the same where its number is, and its name in one language. Compared are the dates; a window that a plan
    does not have, or whose date is not known yet, is left alone.
    """
    for row, group in _shared_items(plans):
        dates = {held.name: _dates(held, row.id) for held in group}
        for code in CODES:
            known = {name: found[code].date for name, found in dates.items() if code in found}
            found = disagreement(known, _day)
            if found:
                said, names = found
                label = dates[names[0]][code].label
                item = text_of(row.cells.get("name"))
                yield Hit(
                    f"{row.id} {item['en']}: {label['en']} falls on different days: {said['en']}",
                    f"{row.id} {item['zh']}：{label['zh']}的日期不一致：{said['zh']}",
                    next(held for held in group if held.name == names[0]),
                    f"registers.equipment.{row.id}",
                    names,
                    fix=fix("Agree on one anchor and one length for the item.", "就该项约定同一起算事件和同一期间。"),
                )


def _shared_items(plans: Plans) -> Iterator[tuple[RegisterRow, list[Held]]]:
    found: list[tuple[RegisterRow, list[Held]]] = []
    for held in plans.held:
        for row in held.plan.rows("equipment"):
            same = next((group for first, group in found if first.id == row.id and alike(_name(first), _name(row))), None)
            if same is None:
                found.append((row, [held]))
            elif held not in same:
                same.append(held)
    return (each for each in found if len(each[1]) > 1)


def _name(row: RegisterRow) -> Any:
    return row.cells.get("name")


def _dates(held: Held, item: str) -> Mapping[str, Deadline]:
    every = deadlines(held.plan, held.library)
    return {each.code: each for each in every if each.code in CODES and each.object == item and each.date}


def _day(value: Any) -> Labels:
    return {language: say_date(value, language) for language in LANGUAGES}
