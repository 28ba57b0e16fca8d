"""From a decision sheet that came back to approvals: every cell understood or named, every row held against the words as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tmp_builder.compare.approved import Tie
from tmp_builder.compare.sheet import code_of, one_space
from tmp_builder.compare.sheet_words import COLUMNS, DECISIONS, FILL, WORDS
from tmp_builder.errors import InputError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.plan.approvals import Ground
from tmp_builder.plan.printable import unprintable_parts
from tmp_builder.plan.schema import Approval, Plan
from tmp_builder.readers.decisions import Cell, ReadRow, ReadSheet

HEADINGS: Mapping[str, Sequence[str]] = {name: tuple(COLUMNS[name].values()) for name in FILL}
"""The words that head the columns which people fill in."""

LONGEST: Mapping[str, int] = {"reason": 2_000, "name": 200}

_AGAIN = "Make a new sheet with: tmp diff OLD NEW --sheet FILE"
_PROMPTS = {text.casefold() for name in ("choose", "day") for text in WORDS[name].values()} | {
    " ".join(WORDS["choose"].values()).casefold()
}
"""What stands in a cell that nobody filled in, in a program that forgets that it was only a prompt."""


def approvals_from(sheet: ReadSheet, ground: Ground) -> list[Approval]:
    """The decisions of a sheet as approvals of the plan, in the order of the sheet; a row without any decision is left out.

    Raises InputError for a sheet of another plan or draft, and with every cell that cannot be understood.
    """
    _hold_same(sheet, ground.plan)
    faults = [
        Fault(place, both("the reference of this row is missing or was changed", "该行的参考号缺失或者已被改动"), _AGAIN)
        for place in sheet.lost
    ]
    found: dict[tuple[str, tuple[str, ...]], Approval] = {}
    for row in sheet.rows:
        if not _is_filled(row):
            continue
        own, own_faults = _approval(row, ground)
        faults += own_faults
        if own and (own.of, own.clauses) in found:
            faults.append(
                Fault(
                    row.place,
                    both("{of} is decided twice on this sheet", "{of}在本表中作了两次决定", of=own.of),
                    both("Keep one of the rows.", "请只保留其中一行。"),
                )
            )
        elif own:
            found[own.of, own.clauses] = own
    if faults:
        raise InputError(faults)
    return list(found.values())


def has_decisions(sheet: ReadSheet) -> bool:
    """Whether anybody has written anything on the sheet."""
    return bool(sheet.lost) or any(_is_filled(row) for row in sheet.rows)


def _is_filled(row: ReadRow) -> bool:
    return any(_said(cell) for cell in row.cells.values())


def _hold_same(sheet: ReadSheet, plan: Plan) -> None:
    """A sheet belongs to one draft of one plan."""
    if sheet.plan != plan.id:
        message = f"is a sheet of the plan {sheet.plan}; this plan is {plan.id}"
        raise InputError(
            [Fault(Place(sheet.file), message, both("Name the plan that the sheet was made for.", "请写明该表所依据的计划。"))]
        )
    if sheet.version != plan.version:
        message = f"is a sheet of draft {sheet.version} of {plan.id}; this is draft {plan.version}"
        raise InputError([Fault(Place(sheet.file), message, _AGAIN)])


def _said(cell: Cell) -> str:
    return "" if cell.text.casefold() in _PROMPTS else cell.text


def _approval(row: ReadRow, ground: Ground) -> tuple[Approval | None, list[Fault]]:
    """The approval of one row, or what is wrong in it."""
    fingerprint = ground.fingerprint(row.of, row.clauses)
    own = Tie(row.of, row.clauses, fingerprint, removed=not fingerprint)
    faults = list(_faults(row, own, ground.plan))
    decision, day = _decision(row.cells["decision"]), _day(row.cells["date"])
    if faults or decision is None or day is None:
        return None, faults
    reason, name = (one_space(_said(row.cells[column])) for column in ("reason", "name"))
    return Approval(own.of, decision, name, day, own.clauses, own.fingerprint, own.removed, reason), []


def _faults(row: ReadRow, own: Tie, plan: Plan) -> Iterator[Fault]:
    if code_of(own, plan.id, plan.version) != row.code:
        yield Fault(
            row.place,
            both(
                "the words of {of} are not those this sheet was made for, or its reference was changed",
                "{of}的文字与制表时不同，或者其参考号已被改动",
                of=row.of,
            ),
            _AGAIN,
        )
    yield from _wrong_decision(row.cells["decision"])
    yield from _wrong_day(row.cells["date"])
    for name, limit in LONGEST.items():
        cell = row.cells[name]
        if len(cell.text) > limit:
            yield Fault(
                cell.place,
                both("is longer than {limit:,} characters", "超过{limit:,}个字符", limit=limit),
                both("Shorten it.", "请缩短。"),
            )
        yield from (Fault(cell.place, message) for _, message in unprintable_parts({name: cell.text}))
    if not _said(row.cells["name"]):
        yield Fault(
            row.cells["name"].place,
            both("no name: who decided this?", "没有姓名：由谁决定？"),
            both("Write the name of the person who decides.", "请填写决定人姓名。"),
        )
    if _decision(row.cells["decision"]) in ("reject", "ask") and not _said(row.cells["reason"]):
        yield Fault(
            row.cells["reason"].place,
            both("no reason: a rejection or a question needs one", "没有理由：不同意或者提出疑问须说明理由"),
            both("Write the reason.", "请填写理由。"),
        )


def _decision(cell: Cell) -> str | None:
    """The decision a cell names in either language, or in both: "approve 批准"."""
    words = set(re.findall(r"[^\W_]+", _said(cell).casefold()))
    found = [name for name, labels in DECISIONS.items() if words and words <= {label.casefold() for label in labels.values()}]
    return found[0] if len(found) == 1 else None


def _wrong_decision(cell: Cell) -> Iterator[Fault]:
    if _decision(cell) is None:
        offered = ", ".join(" ".join(labels.values()) for labels in DECISIONS.values())
        shown = one_space(_said(cell))[:40]
        message = f"“{shown}” is no decision" if shown else "no decision, although the row is filled in"
        yield Fault(cell.place, message, both("Choose one of: {offered}.", "请选择：{offered}。", offered=offered))


def _day(cell: Cell) -> date | None:
    try:
        return date.fromisoformat(_said(cell)) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", _said(cell)) else None
    except ValueError:
        return None


def _wrong_day(cell: Cell) -> Iterator[Fault]:
    if _day(cell) is None:
        shown = one_space(_said(cell))[:40]
        yield Fault(
            cell.place, f"“{shown}” is no date" if shown else "no date", both("Write it as 2026-09-30.", "写作2026-09-30。")
        )
