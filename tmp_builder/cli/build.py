"""`tmp build`: plans into documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
from tmp_builder.cli.outcome import freeze, inside, summary
from tmp_builder.cli.output import Talk
from tmp_builder.errors import UsageError
from tmp_builder.findings import both

FORMATS = "docx,pdf,html,md,json"


@click.command("build")
@click.argument("plans", nargs=-1, type=click.Path(path_type=Path))
@click.option("--profile", help="Instead of a plan: the blank model text of this profile.")
@click.option("-f", "--format", "formats", default="docx,pdf", help=f"Formats, divided by commas: {FORMATS} [default: docx,pdf].")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the files [default: beside the plan].")
@click.option("--final", is_flag=True, help="An execution copy: no draft marks; refuses gaps, open choices and errors.")
@click.option(
    "--edition",
    type=click.Choice(["clean", "annotated", "summary"]),
    default="clean",
    help="annotated: guidance beside the clauses; summary: choices, departures and rights on a few pages.",
)
@audience_option("Who the file is for: what it carries of the plan [default: counterparty].")
@click.option("--language", "languages", help="Languages of the document: en, zh, or en,zh [default: the plan's].")
@click.option("--date", "dated", help="Date of the document, YYYY-MM-DD [default: the plan's].")
@layout_option()
@paper_option()
@style_option("The style of your house: a .css for PDF and HTML, a .docx whose styles Word files take (repeatable).")
@click.option("--protect", is_flag=True, help="Word: every edit becomes a tracked change.")
@click.option(
    "--toc-pages", is_flag=True, help="Word: page numbers in the contents, found by LibreOffice; slower, bytes vary with it."
)
@click.option(
    "--signature-pages", is_flag=True, help="Beside the formats a PDF per signatory that names the text by its fingerprint."
)
@click.option("--circulate", metavar="TO", help="Raise the draft number, keep the set in drafts/NNN and log that it goes to TO.")
@library_option
@font_option
@engine_option
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that were edited since they were built, or that are not ours.")
@click.option("-q", "--quiet", is_flag=True, help="No list of findings.")
@click.pass_obj
def command(
    talk: Talk,
    plans: tuple[Path, ...],
    profile: str | None,
    formats: str,
    output: Path | None,
    final: bool,
    edition: str,
    audience: str | None,
    languages: str | None,
    dated: str | None,
    layout: str,
    paper: str,
    styles: tuple[Path, ...],
    protect: bool,
    toc_pages: bool,
    signature_pages: bool,
    circulate: str | None,
    library: Path | None,
    font_dirs: tuple[Path, ...],
    pdf_engine: str,
    dry_run: bool,
    force: bool,
    quiet: bool,
) -> int:
    """Assemble PLANS into documents, or the blank text of a profile. Gaps and open choices stay visible in a draft.

    \b
    Examples:
      tmp build clean-vehicles.plan.yaml
      tmp build clean-vehicles.plan.yaml -f docx,pdf,html -o out --language en
      tmp build clean-vehicles.plan.yaml --final --date 2026-09-30
      tmp build clean-vehicles.plan.yaml --edition summary
      tmp build clean-vehicles.plan.yaml --for internal -f docx
      tmp build clean-vehicles.plan.yaml --circulate 'the Chinese Side'
      tmp build --profile cerc -o templates
    """
    from tmp_builder.pipeline import Options
    from tmp_builder.writers.house import read_house

    options = Options(
        formats=parse_formats(formats),
        final=final,
        languages=parse_languages(languages),
        dated=parse_date(dated),
        layout=layout,
        paper=paper,
        font_dirs=font_dirs,
        edition=edition,
        audience=audience_of(edition, audience, final=final, template=bool(profile)),
        house=read_house(styles),
        protect=protect,
        toc_pages=toc_pages,
        signature_pages=signature_pages,
        pdf_engine=pdf_engine,
    )
    if profile and plans:
        raise UsageError(
            both("--profile stands instead of a plan", "--profile与计划不能并用"),
            both("Leave out one of the two.", "请去掉其中之一。"),
        )
    if profile:
        return build_template(talk, profile, options, output, library, dry_run=dry_run, force=force)
    if not plans:
        raise UsageError(
            both("no plan is named", "未写明计划"),
            both(
                "Name a plan file, or a profile for its blank text: tmp build --profile cerc",
                "请写明计划文件；如需空白范本，写明模板：tmp build --profile cerc",
            ),
        )
    if circulate is not None:
        from tmp_builder.cli.circulate import circulated

        return circulated(talk, plans, circulate, options, library, output, dry_run=dry_run)
    return max(build(talk, plan, options, output, library, dry_run=dry_run, force=force, quiet=quiet) for plan in plans)


def build_template(
    talk: Talk, profile: str, options: object, output: Path | None, library: Path | None, *, dry_run: bool, force: bool
) -> int:
    """Build the blank text of a profile and say what was written."""
    from tmp_builder import pipeline

    assert isinstance(options, pipeline.Options)
    checked = pipeline.model_text(profile, options, library)
    paths = pipeline.targets(Path(f"{profile}-template"), output or Path(), checked, options)
    _write(talk, checked, options, paths, dry_run=dry_run, force=force)
    if not dry_run:
        count = len(checked.open_points)
        talk.say(
            talk.pick(
                f"Blank text of the profile “{profile}” with {count} places to fill. Next: tmp new --profile {profile}",
                f"模板“{profile}”的空白文本，共{count}处待填。下一步：tmp new --profile {profile}",
            )
        )
    return 0


def build(
    talk: Talk,
    plan_path: Path,
    options: object,
    output: Path | None,
    library: Path | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    quiet: bool = False,
) -> int:
    """Build one plan and say what was written; 1 when the draft has errors, otherwise 0."""
    from tmp_builder import pipeline
    from tmp_builder.findings import Severity

    assert isinstance(options, pipeline.Options)
    plan, found = pipeline.read(plan_path, library)
    if found.replaced:
        talk.say(talk.pick("The house's own library replaces: ", "自有条款库替换了：") + ", ".join(found.replaced))
    checked = pipeline.examine(plan, found, options)
    paths = pipeline.targets(plan_path, output or plan_path.parent, checked, options)
    if not quiet:
        for finding in checked.findings:
            if finding.severity is Severity.ERROR:
                talk.say(f"{finding.line(talk.language)}")
    _write(talk, checked, options, paths, dry_run=dry_run, force=force)
    if not dry_run:
        talk.say(inside(talk, options.audience, options.formats))
        talk.say(summary(talk, checked))
        if plan.status == "signed" and not plan.signed_fingerprint:
            talk.say(freeze(talk, checked.document.imprint.fingerprint))
    return 1 if checked.errors else 0


def _write(talk: Talk, checked: object, options: object, paths: Mapping[str, Path], *, dry_run: bool, force: bool) -> None:
    """Write every file of a build, or say what would be written."""
    from tmp_builder import pipeline

    assert isinstance(options, pipeline.Options)
    assert isinstance(checked, pipeline.Checked)
    if dry_run:
        for path in paths.values():
            talk.result(f"{talk.pick('would write', '将写入')} {path}")
        return
    from tmp_builder.cli.keeping import refuse_foreign

    refuse_foreign(paths.values(), force=force)
    files = pipeline.render(checked, options)
    written = pipeline.save({paths[form]: content for form, content in files.items()})
    for path in paths.values():
        state = talk.pick("written", "已写入") if path in written else talk.pick("unchanged", "未变")
        talk.result(f"{path}  ({state})")
