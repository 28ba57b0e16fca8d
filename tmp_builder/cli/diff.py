"""`tmp diff`: what differs between two versions of a plan, and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.output import Talk

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
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.pass_obj
def command(
    talk: Talk, old: str, new: str | None, against: str | None, by_class: bool, as_json: bool, library: Path | None
) -> int:
    """Say what differs between OLD and NEW: choices, values, words, parties and registers; findings and dates that follow.

    OLD and NEW are plan files, built DOCX or PDF files, or revisions of Git written REV:path. What is substantive comes first. Exit
    code 1: they differ.

    \b
    Examples:
      tmp diff first.plan.yaml second.plan.yaml
      tmp diff HEAD~3:clean-vehicles.plan.yaml clean-vehicles.plan.yaml
      tmp diff sent.docx clean-vehicles.plan.yaml --json
      tmp diff clean-vehicles.plan.yaml --against profile --class
    """
    from tmp_builder.cli.comparison import compared, exit_code, show
    from tmp_builder.versions import Shelf, alike

    shelf = Shelf(library)
    before, after = alike(*_pair(old, new, against, shelf), shelf)
    changes = compared(before, after)
    show(talk, before, after, changes, as_json=as_json)
    return exit_code(changes, by_class=by_class)


def _pair(old: str, new: str | None, against: str | None, shelf: Shelf) -> tuple[Found, Found]:
    """The two versions. With --against the plan is the new one and what it is held against the old."""
    from tmp_builder.errors import UsageError
    from tmp_builder.versions import find, is_target, of_profile

    if (new is None) is (against is None):
        hint = "Write: tmp diff OLD NEW, or: tmp diff PLAN --against profile"
        raise UsageError("two versions are compared" if new is None else "--against stands instead of NEW", hint)
    found = find(old, shelf)
    if new is not None:
        return found, find(new, shelf)
    standard = against or ""
    if standard == "profile":
        return of_profile(found, found.version.plan.profile), found
    return (find(standard, shelf) if is_target(standard) else of_profile(found, standard)), found
