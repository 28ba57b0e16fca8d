"""How a decision sheet is written: the changes of a comparison as a Word file or a workbook to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tmp_builder.cli.output import Talk
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.compare import PlanChanges, Version

LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
"""In which languages a sheet is written, by what the command line calls them."""


def write_sheet(
    talk: Talk, changes: PlanChanges, new: Version, target: Path, *, language: str = "both", force: bool = False
) -> None:
    """The decision sheet of a comparison at `target`, a .docx or .xlsx file; what it is for goes to stderr.

    `new` is the version that is decided on, whole, also where the comparison looked at no more of it than the other side has.

    Raises UsageError for another ending, or where a file without the whole plan was compared; EngineError for a file of others.
    """
    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign
    from tmp_builder.compare.sheet import sheet_of
    from tmp_builder.errors import UsageError

    ending = target.suffix.lower().removeprefix(".")
    if ending not in ("docx", "xlsx"):
        raise UsageError(
            both(
                "--sheet {target}: a decision sheet is a .docx or an .xlsx file",
                "--sheet {target}：决定表应为.docx或.xlsx文件",
                target=target,
            ),
            both("Write: --sheet decisions.xlsx", "写作：--sheet decisions.xlsx"),
        )
    if new.counterparty:
        hint = "Compare the plan itself: decisions are written back into it."
        raise UsageError(
            both(
                "a sheet is made for a plan of one's own, not for a file for the other side",
                "决定表依己方计划制作，不依发给对方的文件制作",
            ),
            hint,
        )
    form = sheet_of(changes, new, LANGUAGES[language])
    if ending == "docx":
        from tmp_builder.writers.docx.form import write
    else:
        from tmp_builder.writers.formsheet import write
    content = write(form)
    _keep_decisions(target, force=force)
    keep_foreign(target, content, ending, force=force)
    written = pipeline.save({target: content})
    talk.say(f"{target}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
    count = len(form.rows)
    talk.say(
        talk.pick(
            f"{count} {'change' if count == 1 else 'changes'} to decide. When it is filled in: tmp approve PLAN {target}",
            f"{count}项变更待决定。填写后运行：tmp approve PLAN {target}",
        )
    )


def _keep_decisions(target: Path, *, force: bool) -> None:
    """A sheet on which somebody wrote is work of days: it is never written over, unless --force is given."""
    from tmp_builder.compare.decisions import HEADINGS, has_decisions
    from tmp_builder.errors import EngineError
    from tmp_builder.readers.decisions import read_decisions
    from tmp_builder.readers.package import NotReadable

    if force or not target.is_file():
        return
    try:
        filled = has_decisions(read_decisions(target, HEADINGS))
    except NotReadable:
        return
    if filled:
        hint = f"Write them into the plan first (tmp approve PLAN {target}), choose another name, or use --force."
        raise EngineError(both("{target} exists and holds decisions", "{target}已存在，且载有决定", target=target), hint)
