"""`tmp batch`: a set of papers for every row of a table of members."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.given import audience_of, parse_date, parse_formats, parse_languages
from tmp_builder.cli.options import (
    audience_option,
    engine_option,
    font_option,
    layout_option,
    library_option,
    paper_option,
    style_option,
)
from tmp_builder.cli.output import Talk
from tmp_builder.errors import UsageError
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.batch.jobs import Shared
    from tmp_builder.batch.run import Pool

INTERRUPTED = 130


@click.command("batch")
@click.argument("members", required=False, type=click.Path(path_type=Path))
@click.option(
    "--base",
    "bases",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The plan that rows are merged into (one a consortium).",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the sets, the manifest and the report.")
@click.option(
    "--make",
    help="Papers of a row: tmp,accession,signature-page,extract,calendar,cover-note [default: tmp; where two leads sign for "
    "all, tmp,accession,signature-page,extract,calendar].",
)
@click.option("-f", "--format", "formats", default="docx,pdf", help="Formats, divided by commas [default: docx,pdf].")
@click.option(
    "--date", "as_of", help="As-of date, YYYY-MM-DD: who is a member, and the date of the papers [default: the plan's]."
)
@click.option(
    "--name", "naming", default="{id}", help="Names of folders, from {id} {name} {name.en} {name.zh} {side} {consortium}."
)
@click.option("--language", "languages", help="Languages of the papers: en, zh, or en,zh [default: the plan's].")
@audience_option("Who the texts are for [default: counterparty].")
@click.option("--final", is_flag=True, help="Execution copies: refuses gaps, open choices and errors, row by row.")
@layout_option()
@paper_option()
@style_option("The style of your house: .css, .docx (repeatable).")
@font_option
@engine_option
@library_option
@click.option("-j", "--jobs", "workers", type=click.IntRange(1, 256), help="Worker processes [default: one a processor].")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Build on a Dask cluster: tcp://HOST:PORT or tls://HOST:PORT (docs/scale.md)."
)
@click.option(
    "--zip", "zipped", type=click.Choice(["member", "all"]), help="Archives beside the sets: one a member, or one for all."
)
@click.option(
    "--make-sheet",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="Write a workbook for the members of the base plan, with what the plan leaves open; build nothing.",
)
@click.option("--join", metavar="ROW", help="Say what changes if this row joins (its id or number); write nothing.")
@click.option("--leave", metavar="ID@DATE", help="Say what changes if this member leaves; write nothing.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first set that fails.")
@click.option("--force", is_flag=True, help="Build every set anew, also over files edited since they were built.")
@click.option("--dry-run", is_flag=True, help="Say what would be built and why; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line on stdout: each set, then the summary.")
@click.option("-q", "--quiet", is_flag=True, help="No line for each set.")
@click.pass_obj
def command(
    talk: Talk,
    members: Path | None,
    bases: tuple[Path, ...],
    output: Path | None,
    make: str | None,
    formats: str,
    as_of: str | None,
    naming: str,
    languages: str | None,
    audience: str | None,
    final: bool,
    layout: str,
    paper: str,
    styles: tuple[Path, ...],
    font_dirs: tuple[Path, ...],
    pdf_engine: str,
    library: Path | None,
    workers: int | None,
    scheduler: str | None,
    zipped: str | None,
    make_sheet: Path | None,
    join: str | None,
    leave: str | None,
    fail_fast: bool,
    force: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Build a set for every row of MEMBERS (CSV, XLSX, YAML), merged into the base plan, or for every plan of a folder.

    Column headings are keys of a member (id, name.zh, side), addresses of the plan (parameters.term.fixed.term_months) or
    papers with yes or no in the cells. Where two leads sign for all, the common text is built once and copied. What has not
    changed is not built again; a run that was stopped goes on with the same command.

    \b
    Examples:
      tmp batch --make-sheet members.xlsx --base alliance.plan.yaml
      tmp batch members.xlsx --base alliance.plan.yaml -o sets
      tmp batch members.csv --base alliance.plan.yaml -o sets --make accession,extract,cover-note -f pdf -j 4
      tmp batch members.csv --base alliance.plan.yaml -o sets --dry-run
      tmp batch members.csv --base alliance.plan.yaml --leave A7@2027-03-31
      tmp batch plans/ -o built -f docx
    """
    if make_sheet is not None:
        return _make_sheet(talk, make_sheet, members, bases, library, force=force, dry_run=dry_run)
    if members is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0], param_hint="'MEMBERS'")
    from tmp_builder.batch.request import Request, check_naming, parse_makes
    from tmp_builder.pipeline import Options
    from tmp_builder.writers.house import read_house

    day = parse_date(as_of)
    options = Options(
        formats=parse_formats(formats),
        final=final,
        languages=parse_languages(languages),
        dated=day,
        layout=layout,
        paper=paper,
        font_dirs=font_dirs,
        audience=audience_of("clean", audience, final=final, template=False),
        house=read_house(styles),
        pdf_engine=pdf_engine,
    )
    _refuse(output, join, leave, members, bases)
    request = Request(members, bases, output or Path(), options, parse_makes(make), day, library, check_naming(naming), force)
    if join or leave:
        from tmp_builder.cli.batch_joining import what_if

        return what_if(talk, request, join, leave, as_json=as_json)
    from tmp_builder.batch.work import lay_out
    from tmp_builder.cli.batch_build import build, dry

    make_pool = pool_for(workers, scheduler)
    work = lay_out(request)
    if dry_run:
        return dry(talk, work, as_json=as_json)
    return build(talk, work, make_pool, zipped, fail_fast=fail_fast, as_json=as_json, quiet=quiet)


def _make_sheet(
    talk: Talk, target: Path, members: Path | None, bases: tuple[Path, ...], library: Path | None, *, force: bool, dry_run: bool
) -> int:
    """The workbook instead of a batch: it has its members from the base plan, not from a table."""
    from tmp_builder.cli.batch_sheet import make

    if members is not None:
        raise UsageError(
            both("--make-sheet takes no table of members", "--make-sheet不能与成员表同时使用"),
            both(
                "Leave out {path}: the members are those of the base plan.", "请去掉{path}：成员单位取自基础计划。", path=members
            ),
        )
    return make(talk, target, bases, library, force=force, dry_run=dry_run)


def _refuse(output: Path | None, join: str | None, leave: str | None, members: Path, bases: tuple[Path, ...]) -> None:
    """What makes no sense together, each with what to type instead."""
    if join and leave:
        raise UsageError(
            both("--join and --leave are two questions", "--join与--leave不能同时使用"),
            both("Ask one after the other.", "请分两次运行。"),
        )
    if (join or leave) and (members.is_dir() or not bases):
        raise UsageError(
            both("--join and --leave need a table of members and a base plan", "--join和--leave需要成员表和基础计划"),
            both("Add --base PLAN.", "请加上 --base PLAN。"),
        )
    if output is None and not (join or leave):
        raise UsageError(
            both("no folder is named", "未指定文件夹"),
            both(
                "Add -o FOLDER: the sets, the manifest and the report go there.",
                "请加上 -o 文件夹：各套文件、清单和报告均存放于此。",
            ),
        )
    if members.is_dir() and bases:
        raise UsageError(
            both("a folder of plans needs no base plan", "计划文件夹不需要基础计划"),
            both("Leave out --base, or name a table of members.", "请去掉 --base，或者改为指定成员表。"),
        )
    if output is not None and output.exists() and not output.is_dir():
        raise UsageError(
            both("{path} is no folder", "{path}不是文件夹", path=output), both("Name a folder with -o.", "请用 -o 指定文件夹。")
        )


def pool_for(workers: int | None, scheduler: str | None = None) -> Callable[[Shared], Pool]:
    """The workers that were asked for: those of a scheduler, or of this machine; without a number one a processor."""
    import os

    from tmp_builder.batch.processes import pool_of

    if scheduler is not None:
        from tmp_builder.batch.cluster import cluster, reach

        if workers is not None:
            raise UsageError(
                both("-j and --scheduler exclude each other", "-j与--scheduler不能同时使用"),
                both(
                    "Leave out -j: a cluster has as many workers as were started.",
                    "请去掉 -j：集群的工作进程数取决于已启动的数量。",
                ),
            )
        reach(scheduler)
        return lambda shared: cluster(scheduler, shared)
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return lambda shared: pool_of(workers or free, shared)
