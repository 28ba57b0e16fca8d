"""How the members' workbook is written: made from a base plan, never over one that somebody has filled in."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.cli.output import Talk
from tmp_builder.errors import EngineError, UsageError
from tmp_builder.findings import both

ENDING = ".xlsx"


def make(
    talk: Talk, target: Path, bases: tuple[Path, ...], library: Path | None, *, force: bool = False, dry_run: bool = False
) -> int:
    """The workbook of the one base plan at `target`; what to do with it goes to stderr.

    Raises UsageError for another ending or number of plans, EngineError where a file is there that is not as it was made.
    """
    from tmp_builder.batch.request import read_bases
    from tmp_builder.batch.sheet import make_sheet
    from tmp_builder.plan.writing import write_atomically

    _refuse(target, bases)
    (base,) = read_bases(bases, library)
    content, columns = make_sheet(base, target.name)
    _keep(target, content, force=force)
    many, asked = len(base.plan.members), sum(column.of_plan for column in columns.columns)
    if dry_run:
        talk.say(talk.pick(f"Would write {target}.", f"将写入{target}。"))
        return 0
    write_atomically(target, content)
    talk.result(str(target))
    talk.say(talk.pick(f"{many} members, {asked} columns of open questions.", f"{many}个成员单位，{asked}列待定问题。"))
    for question in columns.elsewhere:
        talk.say(
            talk.pick(f"not in a cell, set in the plan: {question.address}", f"不能填在单元格中，请写入计划：{question.address}")
        )
    if columns.later:
        talk.say(
            talk.pick(
                f"{columns.later} questions that follow from answers did not fit; make the sheet anew when the choices are made.",
                f"另有{columns.later}个后续问题未能列入；作出选择后请重新生成。",
            )
        )
    talk.say(
        talk.pick(
            f"Fill it in, then: tmp batch {target} --base {base.path} -o sets",
            f"填写后运行：tmp batch {target} --base {base.path} -o sets",
        )
    )
    return 0


def _refuse(target: Path, bases: tuple[Path, ...]) -> None:
    if target.suffix.lower() != ENDING:
        raise UsageError(
            both("--make-sheet {path}: the workbook is an .xlsx file", "--make-sheet {path}：工作簿应为.xlsx文件", path=target),
            both("Write: --make-sheet members.xlsx", "写作：--make-sheet members.xlsx"),
        )
    if len(bases) != 1:
        raise UsageError(
            both(
                "--make-sheet needs one base plan, since a workbook asks what that plan leaves open",
                "--make-sheet须指定一份基础计划，工作簿依该计划的待定问题生成",
            ),
            both(
                "Name it: --base alliance.plan.yaml. Make one workbook a plan.",
                "请指定：--base alliance.plan.yaml。每份计划各生成一个工作簿。",
            ),
        )
    if target.is_dir():
        raise UsageError(both("{path} is a folder", "{path}是文件夹", path=target), both("Name a file.", "请指定文件。"))


def _keep(target: Path, content: bytes, *, force: bool) -> None:
    """A workbook that was filled in is somebody's work: it is kept unless --force is given."""
    from tmp_builder.batch.sheet import is_untouched

    if force or not target.exists() or target.read_bytes() == content or is_untouched(target):
        return
    raise EngineError(
        both(
            "{path} was filled in since it was made, or is not ours",
            "{path}生成后已被填写，或者不是本程序生成的文件",
            path=target,
        ),
        both("Choose another name, move it, or use --force.", "请另取名称、移走该文件，或者使用--force。"),
    )
