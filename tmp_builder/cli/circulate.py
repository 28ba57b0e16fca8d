"""`tmp build --circulate TO`: a draft kept and logged as sent."""

from __future__ import annotations

from pathlib import Path

from tmp_builder.cli.output import Talk
from tmp_builder.errors import UsageError
from tmp_builder.findings import both


def circulated(
    talk: Talk, plans: tuple[Path, ...], to: str, options: object, library: Path | None, output: Path | None, *, dry_run: bool
) -> int:
    """Raise the draft number of each plan, build it, keep the set, log it; say what was kept. 1 when a draft has errors."""
    from tmp_builder import pipeline, rounds

    assert isinstance(options, pipeline.Options)
    if output is not None:
        raise UsageError(
            both("--circulate keeps the set in drafts/ beside the plan", "--circulate将整套文件存于计划旁的drafts/"),
            both("Leave out -o.", "请去掉-o。"),
        )
    code = 0
    for plan_path in plans:
        if dry_run:
            plan, _ = pipeline.read(plan_path, library)
            folder = plan_path.parent / rounds.FOLDER / f"{plan.version + 1:03d}"
            talk.result(f"{talk.pick('would keep', '将保存至')} {folder}")
            continue
        sent, folder, errors = rounds.circulate(plan_path, to, options, library)
        for name, digest in sent.files.items():
            talk.result(f"{folder / name}  (sha256 {digest})")
        talk.say(
            talk.pick(
                f"Draft no. {sent.version} for {sent.to} is kept in {folder} and logged. Send these files, unchanged.",
                f"第{sent.version}稿（送{sent.to}）已保存至{folder}并登记。请原样发送这些文件。",
            )
        )
        code = max(code, 1 if errors else 0)
    return code
