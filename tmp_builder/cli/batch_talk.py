"""How a batch speaks while it runs: a bar on a terminal, a line a set otherwise, JSON lines; and what it says at the end."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from tmp_builder.cli.output import Talk, echo
from tmp_builder.findings import spoken

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from tmp_builder.batch.execute import Done, Run
    from tmp_builder.batch.manifest import Entry
    from tmp_builder.batch.sets import Case
    from tmp_builder.batch.work import Work

_MOST_SHOWN = 20
"""So many sets that failed are named at the end; the report has them all."""


def print_line(data: Mapping[str, Any]) -> None:
    """One JSON object on a line of stdout; keys are never translated."""
    echo(json.dumps({"schema_version": 1, **data}, ensure_ascii=False))


class Progress(Struct):
    """What is shown while sets are settled."""

    talk: Talk
    total: int
    mode: str
    bar: ProgressBar[int] | None = None

    @classmethod
    def begin(cls, talk: Talk, total: int, *, as_json: bool, quiet: bool) -> Progress:
        """`json` where it is asked for, `bar` on a terminal, `quiet` where no lines are wanted, else `lines`."""
        terminal = sys.stderr.isatty() and talk.color is not False
        mode = "json" if as_json else "bar" if terminal else "quiet" if quiet else "lines"
        return cls(talk, total, mode)

    def __enter__(self) -> Progress:
        if self.mode == "bar":
            self.bar = click.progressbar(length=self.total, label=self._label(0), file=sys.stderr, show_pos=True, show_eta=True)
            self.bar.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.__exit__(kind, error, trace)

    def show(self, run: Run, done: Done) -> None:
        """A set is settled."""
        if self.mode == "json":
            print_line(done_data(done))
        elif self.mode == "lines":
            self.talk.result(self._line(run, done))
        elif self.bar is not None:
            from tmp_builder.batch.execute import State

            self.bar.label = self._label(run.many(State.FAILED))
            self.bar.update(1)

    def _label(self, failed: int) -> str:
        return self.talk.pick(f"sets ({failed} failed)", f"套（失败{failed}）")

    def _line(self, run: Run, done: Done) -> str:
        from tmp_builder.batch.report import why
        from tmp_builder.batch.report_words import word

        entry = done.entry
        said = spoken(entry.fault, self.talk.language).splitlines()[0] if entry.fault else why(done.reasons, self.talk.language)
        files = _files(self.talk, len(entry.files)) if not entry.fault else ""
        tail = self.talk.pick(", ", "，").join(filter(None, (files, said)))
        return f"[{len(run.settled)}/{self.total}] {word(str(done.state), self.talk.language)} {entry.id}  {self.talk.pick(f'({tail})', f'（{tail}）')}"


def _files(talk: Talk, many: int) -> str:
    return talk.pick("1 file" if many == 1 else f"{many} files", f"{many}个文件")


def done_data(done: Done) -> dict[str, Any]:
    """A settled set as plain data."""
    entry = done.entry
    return {
        "id": entry.id,
        "consortium": entry.consortium,
        "member": entry.member,
        "state": str(done.state),
        "why": list(done.reasons),
        "code": entry.code,
        "fault": entry.fault,
        "files": [{"path": file.path, "sha256": file.sha256} for file in entry.files] if not entry.fault else [],
    }


def summarise(talk: Talk, run: Run, *, as_json: bool) -> None:
    """What a run amounts to, the sets that failed first; on stderr, or as the last JSON line."""
    from tmp_builder.batch.execute import State
    from tmp_builder.batch.report import summary

    if as_json:
        counts = {str(state): run.many(state) for state in State}
        many = run.work.counts
        print_line({"summary": counts, "memberships": many.memberships, "institutions": many.institutions, "exit": run.code})
        return
    failed = [done.entry for done in run.in_order() if done.state is State.FAILED]
    for entry in failed[:_MOST_SHOWN]:
        for line in spoken(entry.fault, talk.language).splitlines():
            talk.say(line)
    if len(failed) > _MOST_SHOWN:
        talk.say(talk.pick(f"… and {len(failed) - _MOST_SHOWN} more", f"……另有{len(failed) - _MOST_SHOWN}套"))
    for done in run.in_order():
        for warning in done.entry.warnings:
            talk.say(f"{done.entry.id}{talk.pick(': ', '：')}{warning[talk.language]}")
        _errors(talk, done.entry)
    left_out(talk, run.work)
    if run.stopped:
        talk.say(talk.pick("Stopped at the first set that failed (--fail-fast).", "已在首套失败处停止（--fail-fast）。"))
    talk.say(summary(run, talk.language))
    talk.say(talk.pick("Report: ", "报告：") + str(run.work.request.folder / "report.html"))


def _errors(talk: Talk, entry: Entry) -> None:
    """A text that was built with errors in it says so: it is why the command ends with 1."""
    found = [each for each in entry.findings if each["severity"] == "error"]
    if found and not entry.fault:
        rules = ", ".join(dict.fromkeys(str(each["code"]) for each in found))
        many = f"{len(found)} {'error' if len(found) == 1 else 'errors'}"
        talk.say(
            talk.pick(
                f"{entry.id}: {many} in its text ({rules}); see the report",
                f"{entry.id}：文本中有{len(found)}项错误（{rules}），见报告",
            )
        )


def left_out(talk: Talk, work: Work) -> None:
    """Rows that get nothing, consortia without a plan, files that belong to nobody any more."""
    for each in work.left_out:
        talk.say(talk.pick(f"nothing made for {each.row.id}: {each.reason['en']}", f"未为{each.row.id}制作：{each.reason['zh']}"))
    for note in work.notes:
        talk.say(note[talk.language])
    if work.left_over:
        many, first = len(work.left_over), work.left_over[0]
        talk.say(
            talk.pick(
                f"{many} of earlier runs belong to no row any more and were left where they are, such as {first}",
                f"此前生成的{many}个文件已不属于任何一行，仍保留原处，例如{first}",
            )
        )


def plan_line(talk: Talk, case: Case) -> str:
    """What would be done with a set, and why."""
    from tmp_builder.batch.report import why

    if case.job is None:
        return f"{talk.pick('would fail', '将失败')}  {case.entry.id}  {spoken(case.entry.fault, talk.language)}"
    if not case.reasons:
        return f"{talk.pick('unchanged', '未变')}  {case.entry.id}"
    many = sum(len(target.paths) for target in case.job.targets)
    reason = why(case.reasons, talk.language)
    return talk.pick(
        f"would build  {case.entry.id}  ({_files(talk, many)}: {reason})",
        f"将生成  {case.entry.id}  （{_files(talk, many)}：{reason}）",
    )


@contextmanager
def catching_termination() -> Iterator[None]:
    """A request to terminate ends the run as an interrupt does: what is finished stays, workers end."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
