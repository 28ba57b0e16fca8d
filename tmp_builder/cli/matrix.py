"""`tmp matrix`: many plans side by side, held against a standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.compare.matrix import Entry, Matrix, Standard
    from tmp_builder.versions import Shelf


@click.command("matrix")
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "--standard",
    metavar="PLAN",
    help="Count departures from this plan [default: the profile all plans share, else the majority].",
)
@click.option("--section", "sections", multiple=True, metavar="ID", help="Only these sections (repeatable).")
@click.option(
    "--force",
    "forces",
    multiple=True,
    type=click.Choice(["law", "funder", "contract", "house"]),
    help="Only findings of this force (repeatable).",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "xlsx", "json"]),
    default="text",
    help="How it is written [default: text].",
)
@click.option("--json", "as_json", is_flag=True, help="Short for -f json.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The workbook to write; - for stdout.")
@click.option("--overwrite", is_flag=True, help="Overwrite a file that this command did not write.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.pass_obj
def command(
    talk: Talk,
    plans: tuple[str, ...],
    standard: str | None,
    sections: tuple[str, ...],
    forces: tuple[str, ...],
    form: str,
    as_json: bool,
    output: Path | None,
    overwrite: bool,
    library: Path | None,
) -> int:
    """Lay plans side by side: choices and values against a standard, what is rare, findings of each. Errors stand first, outliers next.

    PLAN is a plan file, a built file or REV:path. Plans of several folders are grouped by folder.

    \b
    Examples:
      tmp matrix consortia/*/*.plan.yaml
      tmp matrix members/*.plan.yaml --standard base.plan.yaml -f xlsx -o members.xlsx
      tmp matrix a.plan.yaml b.plan.yaml c.plan.yaml --section ownership --force law --json
    """
    from tmp_builder.compare.matrix import matrix
    from tmp_builder.compare.matrix_report import matrix_data
    from tmp_builder.versions import Shelf

    shelf = Shelf(library)
    entries = _entries(plans, forces, shelf)
    _refuse(sections, entries, form, output)
    found = matrix(entries, _standard(entries, standard, shelf), sections)
    if as_json or form == "json":
        from tmp_builder.cli.output import print_json

        print_json(matrix_data(found))
        return 0
    if form == "xlsx":
        return _workbook(talk, found, output, overwrite=overwrite)
    from tmp_builder.cli.comparison import print_lines
    from tmp_builder.compare.matrix_report import lines

    print_lines(talk, lines(found, talk.language))
    return 0


def _entries(plans: tuple[str, ...], forces: tuple[str, ...], shelf: Shelf) -> list[Entry]:
    """Every plan once; named by its file, with its folder where two files are called alike."""
    from dataclasses import replace

    from tmp_builder.compare.matrix import Entry
    from tmp_builder.plan.source import ENDING
    from tmp_builder.versions import find

    targets = list(dict.fromkeys(plans))
    stems = [Path(target).name.removesuffix(ENDING) for target in targets]
    folders = {str(Path(target).parent) for target in targets}
    entries = []
    for target, stem in zip(targets, stems, strict=True):
        version = find(target, shelf).version
        if forces:
            version = replace(version, findings=tuple(each for each in version.findings if each.force in forces))
        group = Path(target).parent.name if len(folders) > 1 else ""
        entries.append(Entry(stem if stems.count(stem) == 1 else target, version, group))
    return entries


def _refuse(sections: tuple[str, ...], entries: list[Entry], form: str, output: Path | None) -> None:
    """An unknown section, and a workbook without a place."""
    from tmp_builder.errors import UsageError, nearest

    known = entries[0].version.library.sections
    for section in sections:
        if section not in known:
            raise UsageError(f"unknown section “{section}”{nearest(section, known)}", f"Known: {', '.join(known)}.")
    if form == "xlsx" and output is None:
        raise UsageError("a workbook needs a file", "Add -o matrix.xlsx, or -o - to write it to stdout.")


def _standard(entries: list[Entry], standard: str | None, shelf: Shelf) -> Standard:
    """The plan that is named, else the profile that all plans share, else the majority."""
    from tmp_builder.compare.matrix import Standard
    from tmp_builder.versions import as_profile, find

    if standard:
        plan = find(standard, shelf).version.plan
        return Standard("plan", standard, {entry.name: plan for entry in entries})
    profiles = {entry.version.plan.profile for entry in entries}
    shared = next(iter(profiles)) if len(profiles) == 1 else ""
    known = entries[0].version.library.profiles
    if shared not in known:
        return Standard("majority")
    made = {entry.name: as_profile(entry.version.plan, entry.version.library, known[shared]) for entry in entries}
    return Standard("profile", shared, made)


def _workbook(talk: Talk, found: Matrix, output: Path | None, *, overwrite: bool) -> int:
    """The workbook on stdout or in its file; its creation date is the latest date of the plans."""
    import sys
    from datetime import date

    from tmp_builder import pipeline
    from tmp_builder.cli.keeping import keep_foreign
    from tmp_builder.compare.matrix_report import sheets, standard_words
    from tmp_builder.writers.tablesheet import write

    dated = [entry.version.plan.dated for entry in found.entries if entry.version.plan.dated]
    content = write(sheets(found, talk.language), standard_words(found, talk.language), max(dated, default=date(2000, 1, 1)))
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return 0
    keep_foreign(output, content, "xlsx", force=overwrite)
    written = pipeline.save({output: content})
    talk.result(f"{output}  ({talk.pick('written', '已写入') if written else talk.pick('unchanged', '未变')})")
    return 0
