"""`tmp matrix`: many plans side by side, held against a standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tmp_builder.cli.options import library_option
from tmp_builder.cli.output import Talk
from tmp_builder.cli.page import html_option
from tmp_builder.findings import both

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
    type=click.Choice(["text", "xlsx", "html", "json"]),
    default="text",
    help="How it is written [default: text].",
)
@click.option("--json", "as_json", is_flag=True, help="Short for -f json.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The workbook or page to write; - for a workbook on stdout."
)
@html_option
@click.option("--overwrite", is_flag=True, help="Overwrite a file that this command did not write.")
@library_option
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
    html: Path | None,
    overwrite: bool,
    library: Path | None,
) -> int:
    """Lay plans side by side: choices and values against a standard, what is rare, findings of each. Errors stand first, outliers next.

    PLAN is a plan file, a built file or REV:path. Plans of several folders are grouped by folder, drafts of several plans in one
    folder by plan.

    \b
    Examples:
      tmp matrix consortia/*/*.plan.yaml
      tmp matrix members/*.plan.yaml --standard base.plan.yaml -f xlsx -o members.xlsx
      tmp matrix consortia/*.plan.yaml --html consortia.html
      tmp matrix a.plan.yaml b.plan.yaml c.plan.yaml --section ownership --force law --json
    """
    from msgspec.structs import replace

    from tmp_builder.cli.across import contradictions
    from tmp_builder.compare.matrix import matrix
    from tmp_builder.compare.matrix_report import matrix_data
    from tmp_builder.versions import Shelf

    shelf = Shelf(library)
    entries = _entries(plans, forces, shelf)
    _refuse(sections, entries, form, output)
    found = matrix(entries, _standard(entries, standard, shelf), sections)
    found = replace(found, across=contradictions(entries, standard, shelf, forces))
    for path in filter(None, (html, output if form == "html" else None)):
        from tmp_builder.cli.page import put
        from tmp_builder.compare.page import matrix_page

        put(talk, matrix_page(found, talk.language), path, force=overwrite)
    if as_json or form == "json":
        from tmp_builder.cli.output import print_json

        print_json(matrix_data(found))
        return 0
    if form == "xlsx":
        return _workbook(talk, found, output, overwrite=overwrite)
    if form == "html":
        return 0
    from tmp_builder.cli.comparison import print_lines
    from tmp_builder.compare.matrix_report import lines

    print_lines(talk, lines(found, talk.language))
    return 0


def _entries(plans: tuple[str, ...], forces: tuple[str, ...], shelf: Shelf) -> list[Entry]:
    """Every plan once; named by its file, with its folder where two files are called alike."""
    from msgspec.structs import replace

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
    return entries if len(folders) > 1 else _by_plan(entries)


def _by_plan(entries: list[Entry]) -> list[Entry]:
    """Grouped by the id of the plan, where several drafts of several plans lie in one folder."""
    from msgspec.structs import replace

    ids = [entry.version.plan.id for entry in entries]
    if len(set(ids)) in (1, len(ids)):
        return entries
    return [replace(entry, group=entry.version.plan.id) for entry in entries]


def _refuse(sections: tuple[str, ...], entries: list[Entry], form: str, output: Path | None) -> None:
    """An unknown section, and a workbook or page without a place."""
    from tmp_builder.errors import UsageError, unknown

    known = entries[0].version.library.sections
    for section in sections:
        if section not in known:
            raise unknown(both("section", "条"), section, known)
    if form in ("xlsx", "html") and output is None:
        what = both("a workbook", "工作簿") if form == "xlsx" else both("a page", "网页")
        raise UsageError(
            both("{what} needs a file", "{what}须写入文件", what=what),
            both("Add -o matrix.{form}", "请加上-o matrix.{form}", form=form),
        )


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
