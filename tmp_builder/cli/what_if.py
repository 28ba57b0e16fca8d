"""`tmp what-if`: the comparison of a plan with itself after a change that is not made."""

from __future__ import annotations

from pathlib import Path

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk
from tmp_builder.cli.page import html_option
from tmp_builder.findings import both


@click.command("what-if")
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--set",
    "sets",
    multiple=True,
    required=True,
    metavar="ADDRESS=VALUE",
    help="A change to try (repeatable); an empty value takes the part out.",
)
@click.option(
    "--class", "by_class", is_flag=True, help="Exit code of the gravest change: 10 cosmetic, 11 moved, 12 value, 13 substantive."
)
@json_option
@html_option
@click.option("--force", is_flag=True, help="Overwrite a page that this command did not write.")
@library_option
@click.pass_obj
def command(
    talk: Talk,
    plans: tuple[Path, ...],
    sets: tuple[str, ...],
    by_class: bool,
    as_json: bool,
    html: Path | None,
    force: bool,
    library: Path | None,
) -> int:
    """Say what a change to PLANS would bring: choices, findings, dates, then clauses and words. No plan is written.

    Exit code 0, whatever differs; with --class that of the gravest change of all plans. --json gives an object with `plans`, each as
    `tmp diff --json` gives it.

    \b
    Examples:
      tmp what-if clean-vehicles.plan.yaml --set parameters.term.fixed.term_months=48
      tmp what-if a.plan.yaml b.plan.yaml --set choices.ownership=employer --json
      tmp what-if clean-vehicles.plan.yaml --set parameters.term.fixed.term_months=48 --html what-if.html
    """
    from tmp_builder.cli.comparison import compared, exit_code, show
    from tmp_builder.cli.output import print_json
    from tmp_builder.cli.page import write_diff
    from tmp_builder.cli.redline import layers, shown
    from tmp_builder.compare.data import changes_data
    from tmp_builder.compare.redline.report import clauses_data
    from tmp_builder.versions import Shelf, what_if

    _refuse_many(plans, html)
    codes, reports, shelf = [], [], Shelf(library)
    for path in plans:
        before, after = what_if(path, sets, shelf)
        changes = compared(before, after)
        texts = layers(before, after, changes)
        reports.append({"plan_file": str(path), **changes_data(changes), "clauses": clauses_data(texts.clauses)})
        codes.append(exit_code(changes, by_class=True, clauses=texts.clauses))
        if html is not None:
            write_diff(talk, before, after, changes, texts.clauses, html, force=force, kind="what-if")
        if not as_json:
            show(talk, before, after, changes, as_json=False, clauses=texts.clauses)
            shown(talk, texts)
            talk.result("")
    if as_json:
        print_json({"set": list(sets), "plans": reports})
    elif html is None:
        talk.say(talk.pick("Nothing was written.", "未写入任何文件。"))
    return max(codes) if by_class else 0


def _refuse_many(plans: tuple[Path, ...], html: Path | None) -> None:
    from tmp_builder.errors import UsageError

    if html is not None and len(plans) > 1:
        raise UsageError(
            both("a page shows one plan, not {count}", "一个网页只显示一份计划，而非{count}份", count=len(plans)),
            both("Write a page for each plan, or use --json for all.", "请为每份计划分别写网页，或者用--json一并输出。"),
        )
