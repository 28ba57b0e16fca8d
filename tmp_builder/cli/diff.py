"""`tmp diff`: what differs between two versions of a plan, and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.foreign_diff import foreign, foreign_options
from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk
from tmp_builder.cli.page import html_option
from tmp_builder.cli.redline import redline_options
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.versions import Found, Shelf


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--against", metavar="profile|FILE", help="Instead of NEW: hold the plan against its profile, another one, or a file."
)
@click.option(
    "--class", "by_class", is_flag=True, help="Exit code of the gravest change: 10 cosmetic, 11 moved, 12 value, 13 substantive."
)
@click.option("--sheet", type=click.Path(path_type=Path), help="Also write a decision sheet (.docx or .xlsx); see tmp approve.")
@click.option(
    "--sheet-language", type=click.Choice(["both", "en", "zh"]), default="both", help="Language of the sheet [default: both]."
)
@html_option
@foreign_options
@redline_options
@click.option("--force", is_flag=True, help="Overwrite a sheet that was filled in, or a file this command did not write.")
@json_option
@library_option
@click.pass_obj
def command(
    talk: Talk,
    old: str,
    new: str | None,
    against: str | None,
    by_class: bool,
    sheet: Path | None,
    sheet_language: str,
    html: Path | None,
    force: bool,
    as_json: bool,
    library: Path | None,
) -> int:
    """Say what differs between OLD and NEW: choices, values, parties and registers; findings and dates that follow; clauses, words.

    OLD and NEW are plan files, built DOCX or PDF files, or revisions of Git written REV:path. What is substantive comes first. Exit
    code 0: nothing differs, 1: something does; with --class the gravest change decides, of the plan as of the words: 10 to 13.

    --json gives `changes`, `findings`, `dates` (each with the key of its cause) and `clauses`, all in both languages.

    \b
    Examples:
      tmp diff first.plan.yaml second.plan.yaml
      tmp diff HEAD~3:clean-vehicles.plan.yaml clean-vehicles.plan.yaml
      tmp diff sent.docx clean-vehicles.plan.yaml --json
      tmp diff clean-vehicles.plan.yaml --against profile --class
      tmp diff first.plan.yaml second.plan.yaml -f docx,pdf -o out --author 'Counsel of the US Side'
      tmp diff first.plan.yaml second.plan.yaml --html changes.html
      tmp diff sent.docx clean-vehicles.plan.yaml --sheet decisions.xlsx
      tmp diff clean-vehicles.plan.yaml returned.docx --as-wording --open-issues issues.xlsx
    """
    from tmp_builder.cli.comparison import compared, exit_code, show
    from tmp_builder.cli.redline import layers, shown, write_redline
    from tmp_builder.versions import Shelf, alike

    code = foreign(talk, old, new, by_class=by_class, as_json=as_json, library=library, force=force)
    if code is not None:
        return code
    shelf = Shelf(library)
    pair = _pair(old, new, against, shelf)
    before, after = alike(*pair, shelf)
    changes = compared(before, after)
    texts = layers(before, after, changes)
    if html is not None:
        from tmp_builder.cli.page import write_diff

        write_diff(talk, before, after, changes, texts.clauses, html, force=force)
    show(talk, before, after, changes, as_json=as_json, clauses=texts.clauses)
    if not as_json:
        shown(talk, texts)
    write_redline(talk, texts, after, as_json=as_json, force=force)
    if sheet is not None:
        from tmp_builder.cli.sheet import write_sheet

        write_sheet(talk, changes, pair[1].version, sheet, language=sheet_language, force=force)
    return exit_code(changes, by_class=by_class, clauses=texts.clauses)


def _pair(old: str, new: str | None, against: str | None, shelf: Shelf) -> tuple[Found, Found]:
    """The two versions. With --against the plan is the new one and what it is held against the old."""
    from tmp_builder.errors import UsageError
    from tmp_builder.versions import find, is_target, of_profile

    if (new is None) is (against is None):
        hint = both(
            "Write: tmp diff OLD NEW, or: tmp diff PLAN --against profile",
            "写作：tmp diff OLD NEW，或者tmp diff PLAN --against profile",
        )
        wrong = both("--against stands instead of NEW", "--against与NEW不能并用")
        raise UsageError(both("two versions are compared", "须有两个版本才能比较") if new is None else wrong, hint)
    found = find(old, shelf)
    if new is not None:
        return found, find(new, shelf)
    standard = against or ""
    if standard == "profile":
        return of_profile(found, found.version.plan.profile), found
    return (find(standard, shelf) if is_target(standard) else of_profile(found, standard)), found
