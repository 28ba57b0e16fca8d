"""`tmp schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tmp_builder.cli.options import library_option
from tmp_builder.cli.output import Talk

KINDS = ("plan", "members", "card", "section", "terms", "schedules", "sources", "favours", "profile", "territories", "outline")


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write [default: standard output].")
@library_option
@click.pass_obj
def command(talk: Talk, kind: str, output: Path | None, library: Path | None) -> None:
    """Write the JSON Schema of a KIND of file; an editor that reads it completes and checks while you type.

    \b
    Examples:
      tmp schema plan -o plan.schema.json
      tmp schema card
    """
    from tmp_builder.library.reader import read_library
    from tmp_builder.plan.json_schema import json_schema
    from tmp_builder.plan.writing import write_atomically

    text = json.dumps(json_schema(kind, read_library(library)), ensure_ascii=False, indent=2) + "\n"
    if output is None or str(output) == "-":
        talk.result(text.rstrip("\n"))
        return
    write_atomically(output, text.encode())
    talk.result(str(output))
