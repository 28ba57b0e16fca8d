"""`tmp batch --join ROW`, `--leave ID@DATE`: what would change, as a comparison; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.batch.request import Request


def what_if(talk: Talk, request: Request, join: str | None, leave: str | None, *, as_json: bool) -> int:
    """What would change, in the form of a comparison; nothing is written. 1 for differences, as for any comparison."""
    from tmp_builder import pipeline
    from tmp_builder.batch import joining
    from tmp_builder.cli.comparison import compared, exit_code, show
    from tmp_builder.compare.changes import Version
    from tmp_builder.versions import Found

    steps = joining.join(request, join) if join else joining.leave(request, leave or "")
    code = 0
    for step in steps:
        found = [
            Found(
                f"{step.old.id} ({words})",
                Version(plan, step.library, pipeline.examine(plan, step.library, request.options).findings),
            )
            for plan, words in ((step.old, talk.pick("today", "目前")), (step.new, _named(talk, step.member, join=bool(join))))
        ]
        changes = compared(found[0], found[1])
        show(talk, found[0], found[1], changes, as_json=as_json)
        if step.papers and not as_json:
            talk.say(
                talk.pick(f"Papers to make for it: {', '.join(step.papers)}.", f"须为其制作的文件：{'、'.join(step.papers)}。")
            )
        code = max(code, exit_code(changes, by_class=False))
    talk.say(talk.pick("Nothing was written.", "未写入任何文件。"))
    return code


def _named(talk: Talk, member: str, *, join: bool) -> str:
    return talk.pick(f"with {member}", f"{member}加入后") if join else talk.pick(f"without {member}", f"{member}退出后")
