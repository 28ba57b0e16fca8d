"""The members of a plan as rows of the members' workbook: by heading what stands in each cell, as a plan file writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tmp_builder.batch.sheet_cells import SheetColumn
from tmp_builder.errors import PlanError
from tmp_builder.findings import Fault, both
from tmp_builder.library.schema import Library
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.schema import Plan

LONGEST = 32_767
"""So many characters a cell of a spreadsheet holds."""

Row = Mapping[str, str]


def rows_of(plan: Plan, columns: Sequence[SheetColumn], library: Library) -> list[Row]:
    """A row for each member, only cells that are filled. Read back, they give the same members.

    Raises PlanError for what no cell can hold: a text that is too long, a semicolon inside one of several values.
    """
    faults: list[Fault] = []
    rows: list[Row] = [dict(_cells(member, columns, plan, faults)) for member in plan_data(plan, library).get("members", ())]
    if faults:
        raise PlanError(faults)
    return rows


def _cells(
    member: Mapping[str, Any], columns: Sequence[SheetColumn], plan: Plan, faults: list[Fault]
) -> Iterator[tuple[str, str]]:
    for column in columns:
        value = None if column.of_plan else _at(member, column.heading)
        if value in (None, "", [], {}):
            continue
        text = _several(value) if isinstance(value, (list, tuple)) else str(value)
        place = plan.place(f"members.{member['id']}.{column.heading}")
        if isinstance(value, (list, tuple)) and any(mark in str(each) for each in value for mark in ";；"):
            faults.append(
                Fault(
                    place,
                    both(
                        "{key}: a semicolon inside one of several values cannot stand in a cell",
                        "{key}：多项内容中的某一项含有分号，无法填入单元格",
                        key=column.heading,
                    ),
                    both("Write it without the semicolon.", "请去掉该分号。"),
                )
            )
        elif len(text) > LONGEST:
            message = both("{key}: too long for a cell", "{key}：内容过长，无法填入单元格", key=column.heading)
            faults.append(
                Fault(place, message, both("Shorten it to {most:,} characters.", "请缩短至{most:,}字符以内。", most=LONGEST))
            )
        else:
            yield column.heading, text


def _at(member: Mapping[str, Any], heading: str) -> Any:
    """What stands at a heading of a member; a text that both languages share stands under each."""
    here: Any = member
    for part in heading.split("."):
        if isinstance(here, str):
            return here
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _several(values: Sequence[Any]) -> str:
    """Several values in one cell; a single one that holds a comma is closed with a semicolon, so that it stays one."""
    text = "; ".join(map(str, values))
    return f"{text};" if "," in text and len(values) == 1 else text
