"""Comparisons as pages: the option that asks for one, and the file that it is written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.compare import PlanChanges
    from tmp_builder.compare.redline.clauses import ClauseChange
    from tmp_builder.versions import Found

Command = TypeVar("Command", bound=Callable[..., Any])


def html_option(command: Command) -> Command:
    """The option --html FILE of a command that compares."""
    return click.option(
        "--html",
        "html",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Also write the report as one self-contained web page.",
    )(command)


def write_diff(
    talk: Talk,
    old: Found,
    new: Found,
    changes: PlanChanges,
    clauses: Iterable[ClauseChange],
    path: Path,
    *,
    force: bool,
    kind: str = "comparison",
) -> None:
    """The comparison of two versions as a page, in the language of the interface; `clauses` is what their redline says."""
    from tmp_builder.compare.page import diff_page

    shown, remarks = (old.shown, new.shown), [*old.remarks, *new.remarks]
    put(talk, diff_page(changes, talk.language, shown=shown, remarks=remarks, clauses=clauses, kind=kind), path, force=force)


def put(talk: Talk, view: Mapping[str, Any], path: Path, *, force: bool) -> None:
    """Writes a page to its file and says so on stderr. A file that is no page of ours is kept unless `force`."""
    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign
    from tmp_builder.writers.html.report import write

    content = write(view)
    keep_foreign(path, content, "html", force=force)
    written = pipeline.save({path: content})
    talk.say(f"{path}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
