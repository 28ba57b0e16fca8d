"""A batch at work: building with progress, the report after it, and what a dry run says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.batch.execute import Run
    from tmp_builder.batch.jobs import Shared
    from tmp_builder.batch.run import Pool
    from tmp_builder.batch.work import Work

INTERRUPTED = 130


def build(
    talk: Talk,
    work: Work,
    make_pool: Callable[[Shared], Pool],
    zipped: str | None,
    *,
    fail_fast: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Build what is due, with progress; then the report. The exit code is that of the worst set."""
    from tmp_builder.batch.execute import Run, execute
    from tmp_builder.cli.batch_talk import Progress, catching_termination, summarise

    run = Run(work)
    progress = Progress.begin(talk, len(work.cases), as_json=as_json, quiet=quiet)
    try:
        with catching_termination(), progress:
            for each, done in execute(work, make_pool, fail_fast=fail_fast):
                run = each
                progress.show(run, done)
    except KeyboardInterrupt:
        talk.say(
            talk.pick(
                f"Interrupted with {len(run.settled)} of {len(work.cases)} sets settled. The same command goes on from here.",
                f"已中断，{len(work.cases)}套中已处理{len(run.settled)}套。再次运行同一命令即可继续。",
            )
        )
        return INTERRUPTED
    _write_report(run, talk.language, zipped)
    summarise(talk, run, as_json=as_json)
    return run.code


def _write_report(run: Run, language: str, zipped: str | None) -> None:
    """The report beside the manifest, and the archives that were asked for."""
    from tmp_builder.batch.execute import put
    from tmp_builder.batch.report import report_files

    folder = run.work.request.folder
    for name, content in report_files(run, language).items():
        put(folder, name, content)
    if zipped:
        from tmp_builder.batch.archive import archives

        for name, content in archives(run, zipped):
            put(folder, name, content)


def dry(talk: Talk, work: Work, *, as_json: bool) -> int:
    """What would be built and why, what is unchanged, what has faults."""
    from tmp_builder.batch.jobs import worst
    from tmp_builder.cli.batch_talk import left_out, plan_line, print_line

    for case in work.cases:
        if as_json:
            print_line(
                {
                    "id": case.entry.id,
                    "would": _would(case),
                    "why": list(case.reasons),
                    "fault": case.entry.fault,
                    "paths": _paths(case),
                }
            )
        else:
            talk.result(plan_line(talk, case))
    if not as_json:
        left_out(talk, work)
    return worst([case.entry.code for case in work.cases if case.job is None] or [0])


def _would(case: Any) -> str:
    if case.job is None:
        return "fail"
    return "build" if case.reasons else "keep"


def _paths(case: Any) -> list[str]:
    return [path for target in case.job.targets for path in target.paths] if case.job else []
