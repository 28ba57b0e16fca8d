"""Comparisons as pages: the option that asks for one, and the file that it is written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.compare import PlanChanges
    from tmp_builder.compare.redline.clauses import ClauseChange
    from tmp_builder.library.schema import Labels
    from tmp_builder.versions import Found

_TYPED = {"en": "the built file", "zh": "生成的文件"}

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
    """The comparison of two versions as a page, in the language of the interface; `clauses` is what their redline says.

    A page may be sent on: it calls the versions by draft and date, and names no file.
    """
    from tmp_builder.compare.called import UNNUMBERED, called
    from tmp_builder.compare.page import diff_page

    names = called(old.version.plan, new.version.plan, profile=old.profile)
    remarks = [
        _about(remark, found.shown, name) for found, name in zip((old, new), names, strict=True) for remark in found.remarks
    ]
    view = diff_page(
        changes,
        talk.language,
        shown=tuple(name[talk.language] if name in UNNUMBERED else "" for name in names),
        remarks=remarks,
        clauses=[replace(each, typed=_TYPED[talk.language]) if each.typed else each for each in clauses],
        kind=kind,
    )
    put(talk, view, path, force=force)


def _about(remark: Labels, shown: str, name: Labels) -> Labels:
    """A remark that begins with the file of a version, as one about the version."""
    return {language: name[language] + said.removeprefix(shown) for language, said in remark.items()}


def put(talk: Talk, view: Mapping[str, Any], path: Path, *, force: bool) -> None:
    """Writes a page to its file and says so on stderr. A file that is no page of ours is kept unless `force`."""
    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign
    from tmp_builder.writers.html.report import write

    content = write(view)
    keep_foreign(path, content, "html", force=force)
    written = pipeline.save({path: content})
    talk.say(f"{path}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
