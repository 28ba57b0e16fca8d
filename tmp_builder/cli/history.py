"""`tmp history`: the drafts of a plan through Git."""

from __future__ import annotations

from pathlib import Path

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk
from tmp_builder.cli.page import html_option


@click.command("history")
@click.argument("plan_path", metavar="PLAN", type=click.Path(path_type=Path))
@json_option
@html_option
@click.option("--force", is_flag=True, help="Overwrite a page that this command did not write.")
@library_option
@click.pass_obj
def command(talk: Talk, plan_path: Path, as_json: bool, html: Path | None, force: bool, library: Path | None) -> int:
    """Say what each committed revision of PLAN changed, section by section, who made it, and how long each section stayed open.

    Read from Git; the working tree is not touched. A plan that was renamed begins with its present name.

    \b
    Examples:
      tmp history clean-vehicles.plan.yaml
      tmp history clean-vehicles.plan.yaml --json
      tmp history clean-vehicles.plan.yaml --html history.html
    """
    from tmp_builder.compare.history import history, history_data, lines
    from tmp_builder.versions import Shelf, drafts_of

    drafts, found = drafts_of(plan_path, Shelf(library))
    made = history(drafts, found)
    if html is not None:
        from tmp_builder.cli.page import put
        from tmp_builder.compare.page import history_page

        put(talk, history_page(made, found, plan_path.name, talk.language), html, force=force)
    if as_json:
        from tmp_builder.cli.output import print_json

        print_json({"plan_file": str(plan_path), **history_data(made)})
        return 0
    from tmp_builder.cli.comparison import print_lines

    print_lines(talk, lines(made, str(plan_path), talk.language))
    return 0
