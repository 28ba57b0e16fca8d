"""`tmp approve`: the decisions of a filled-in sheet, written into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.plan.schema import Approval, Plan

DECIDED = {
    "approve": {"en": "approved", "zh": "批准"},
    "reject": {"en": "rejected", "zh": "否决"},
    "ask": {"en": "asked", "zh": "询问"},
}


@click.command("approve")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("sheet_file", metavar="SHEET", type=click.Path(path_type=Path))
@json_option
@library_option
@click.pass_obj
def command(talk: Talk, plan_file: Path, sheet_file: Path, as_json: bool, library: Path | None) -> int:
    """Write the decisions of SHEET, a filled-in decision sheet (.docx or .xlsx), into PLAN as approvals.

    Each is tied to the words it was decided on and lapses when they change. A sheet of another plan or draft is refused; every cell
    that cannot be understood is named, and then nothing is written.

    \b
    Examples:
      tmp diff sent.docx clean-vehicles.plan.yaml --sheet decisions.xlsx
      tmp approve clean-vehicles.plan.yaml decisions.xlsx
    """
    from tmp_builder import pipeline
    from tmp_builder.assemble import assemble
    from tmp_builder.compare.decisions import HEADINGS, approvals_from
    from tmp_builder.plan.approvals import Ground
    from tmp_builder.readers.decisions import read_decisions

    plan, found = pipeline.read(plan_file, library)
    _hold_open(plan)
    sheet = read_decisions(sheet_file, HEADINGS)
    approvals = approvals_from(sheet, Ground(plan, found, assemble(plan, found)))
    written = _write(plan_file, approvals)
    _tell(talk, plan_file, approvals, written=written, as_json=as_json)
    return 0


def _hold_open(plan: Plan) -> None:
    from tmp_builder.errors import UsageError

    if plan.status == "signed":
        raise UsageError(
            both("a signed plan is not changed by the program", "已签署的计划不由本程序改动"),
            both("To amend it, copy it to a new plan.", "如需修改，请另存为新计划。"),
        )


def _write(path: Path, approvals: Sequence[Approval]) -> bool:
    """The plan file with the approvals, replaced in one step; whether anything changed."""
    from tmp_builder.plan.data import approval_data
    from tmp_builder.plan.writing import merge_rows, write_atomically

    if not approvals:
        return False
    old = path.read_text(encoding="utf-8")
    rows = [{**approval_data(approval), "given-on": approval.given_on} for approval in approvals]
    text = merge_rows(old, "approvals", rows, ("of", "clauses"))
    if text != old:
        write_atomically(path, text.encode())
    return text != old


def _tell(talk: Talk, path: Path, approvals: Sequence[Approval], *, written: bool, as_json: bool) -> None:
    from tmp_builder.cli.output import print_json
    from tmp_builder.plan.data import approval_data

    if as_json:
        print_json({"plan_file": str(path), "written": written, "approvals": [approval_data(each) for each in approvals]})
        return
    for approval in approvals:
        mark = DECIDED[approval.decision][talk.language]
        colon = talk.pick(": ", "：")
        what = ", ".join(approval.clauses) or approval.of
        talk.result(f"{mark}{colon}{what} ({approval.by}, {approval.given_on.isoformat()})")
    if not approvals:
        talk.say(talk.pick("The sheet holds no decision; nothing was written.", "该表尚无任何决定，未写入任何内容。"))
        return
    talk.say(f"{path}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
