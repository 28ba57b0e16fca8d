"""`tmp what-if`: the comparison of a plan with itself after a change that is not made."""

from __future__ import annotations

from pathlib import Path

import click

from tmp_builder.cli.output import Talk


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
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.pass_obj
def command(
    talk: Talk, plans: tuple[Path, ...], sets: tuple[str, ...], by_class: bool, as_json: bool, library: Path | None
) -> int:
    """Say what a change to PLANS would bring: choices, findings, dates. Nothing is written.

    \b
    Examples:
      tmp what-if clean-vehicles.plan.yaml --set parameters.term.fixed.term_months=48
      tmp what-if a.plan.yaml b.plan.yaml --set choices.ownership=employer --json
    """
    from tmp_builder.cli.comparison import compared, exit_code, show
    from tmp_builder.cli.output import print_json
    from tmp_builder.compare.data import changes_data
    from tmp_builder.versions import Shelf, what_if

    codes, reports, shelf = [], [], Shelf(library)
    for path in plans:
        before, after = what_if(path, sets, shelf)
        changes = compared(before, after)
        reports.append({"plan_file": str(path), **changes_data(changes)})
        codes.append(exit_code(changes, by_class=True))
        if not as_json:
            show(talk, before, after, changes, as_json=False)
            talk.result("")
    if as_json:
        print_json({"set": list(sets), "plans": reports})
    else:
        talk.say(talk.pick("Nothing was written.", "未写入任何文件。"))
    return max(codes) if by_class else 0
