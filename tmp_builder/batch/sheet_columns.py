"""The columns of the members' workbook: the fields of a member, what the plan leaves open, and what follows from answers."""

from __future__ import annotations

from msgspec import Struct

from tmp_builder.batch.sheet_cells import SheetColumn
from tmp_builder.batch.sheet_members import member_columns
from tmp_builder.batch.sheet_questions import fits_a_cell, following, question_columns
from tmp_builder.library.schema import Library
from tmp_builder.plan.questions import Question, open_questions
from tmp_builder.plan.schema import Plan
from tmp_builder.plan.tables import MAX_COLUMNS


class Columns(Struct, frozen=True):
    """The columns of a sheet; the open questions that no cell can hold; how many questions that would follow were left out."""

    columns: tuple[SheetColumn, ...]
    elsewhere: tuple[Question, ...] = ()
    later: int = 0


def columns_of(plan: Plan, library: Library) -> Columns:
    """The columns for this plan: members first, then the open questions, then what follows from their answers.

    What follows is left out where the sheet would become wider than a table may be.
    """
    asked = [question for question in open_questions(plan, library) if question.address != "members"]
    members = list(member_columns(plan, library))
    now = question_columns(asked, plan, library)
    headings = {column.heading for column in now}
    then = [column for column in following(asked, plan, library) if column.heading not in headings]
    room = len(members) + len(now) + len(then) <= MAX_COLUMNS
    elsewhere = tuple(question for question in asked if not fits_a_cell(question))
    return Columns((*members, *now, *(then if room else ())), elsewhere, 0 if room else len(then))
