"""`tmp build`: plans into documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click

from tmp_builder.cli.output import Talk
from tmp_builder.errors import EngineError, UsageError, nearest

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
@click.option(
    "--for",
    "audience",
    type=click.Choice(["internal", "counterparty", "public"]),
    help="Who the file is for: what it carries of the plan [default: counterparty].",
)
@click.option("--language", "languages", help="Languages of the document: en, zh, or en,zh [default: the plan's].")
@click.option("--date", "dated", help="Date of the document, YYYY-MM-DD [default: the plan's].")
@click.option(
    "--layout",
    type=click.Choice(["columns", "stacked"]),
    default="columns",
    help="Two languages side by side, or one below the other.",
)
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", help="Paper size.")
@click.option("--library", type=click.Path(path_type=Path), help="Another clause library than the built-in one.")
@click.option(
    "--font-dir", "font_dirs", multiple=True, type=click.Path(path_type=Path), help="A folder of fonts for the PDF (repeatable)."
)
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
    library: Path | None,
    font_dirs: tuple[Path, ...],
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
      tmp build --profile cerc -o templates
    """
    from tmp_builder.pipeline import Options

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
    )
    if profile and plans:
        raise UsageError("--profile stands instead of a plan", "Leave out one of the two.")
    if profile:
        return build_template(talk, profile, options, output, library, dry_run=dry_run, force=force)
    if not plans:
        raise UsageError("no plan is named", "Name a plan file, or a profile for its blank text: tmp build --profile cerc")
    return max(build(talk, plan, options, output, library, dry_run=dry_run, force=force, quiet=quiet) for plan in plans)


def audience_of(edition: str, audience: str | None, *, final: bool, template: bool) -> str:
    """Who a build is for: guidance and departures from the profile are for one's own house, a blank text is for anybody."""
    if edition != "clean" and final:
        raise UsageError(f"a final document is never the {edition} edition", "Leave out --final or --edition.")
    if template:
        return audience or "public"
    if edition != "clean" and audience not in (None, "internal"):
        hint = "It shows guidance and what you gave up. Leave out --for, or build the clean edition."
        raise UsageError(f"the {edition} edition is for your own house", hint)
    return audience or ("counterparty" if edition == "clean" else "internal")


def build_template(
    talk: Talk, profile: str, options: object, output: Path | None, library: Path | None, *, dry_run: bool, force: bool
) -> int:
    """Build the blank text of a profile and say what was written."""
    from tmp_builder import pipeline

    assert isinstance(options, pipeline.Options)
    checked = pipeline.model_text(profile, options, library)
    paths = pipeline.targets(Path(f"{profile}-template"), output or Path(), options.formats, options.edition)
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
    paths = pipeline.targets(plan_path, output or plan_path.parent, options.formats, options.edition)
    if not quiet:
        for finding in checked.findings:
            if finding.severity is Severity.ERROR:
                talk.say(f"{finding.line(talk.language)}")
    _write(talk, checked, options, paths, dry_run=dry_run, force=force)
    if not dry_run:
        talk.say(summary(talk, checked))
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
    refuse_foreign(paths.values(), force=force)
    files = pipeline.render(checked, options)
    written = pipeline.save({paths[form]: content for form, content in files.items()})
    for path in paths.values():
        state = talk.pick("written", "已写入") if path in written else talk.pick("unchanged", "未变")
        talk.result(f"{path}  ({state})")


def summary(talk: Talk, checked: object) -> str:
    """What a build amounts to: gaps, findings, and the notice that it is no legal advice."""
    from tmp_builder.pipeline import Checked

    assert isinstance(checked, Checked)
    gaps = len(checked.open_points)
    words = [talk.count(finding for finding in checked.findings if finding.code != "STR-05")]
    if gaps:
        words.append(talk.pick(f"{gaps} still open", f"{gaps}处待定"))
    return talk.pick("; ", "；").join(words) + talk.pick(
        ". No legal advice: lawyers of each country must review the text.", "。本文件不构成法律意见，须由各国律师审查。"
    )


def refuse_foreign(paths: Iterable[Path], *, force: bool) -> None:
    """Files that are there and that this program did not build are kept unless --force is given."""
    if force:
        return
    from tmp_builder.writers.ours import is_ours

    foreign = [path for path in paths if path.exists() and not is_ours(path)]
    if foreign:
        names = ", ".join(str(path) for path in foreign)
        raise EngineError(
            f"{names} exists and is not a file this program built", "Move it, choose another folder with -o, or use --force."
        )


def parse_formats(text: str) -> tuple[str, ...]:
    """The formats of `-f`, each known, none twice."""
    from tmp_builder.writers.formats import FORMATS as KNOWN

    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in KNOWN:
            raise UsageError(f"unknown format “{name}”{nearest(name, KNOWN)}", f"Known: {', '.join(KNOWN)}.")
    if not names:
        raise UsageError("-f needs at least one format", f"Known: {', '.join(KNOWN)}.")
    return tuple(dict.fromkeys(names))


def parse_languages(text: str | None) -> tuple[str, ...]:
    """The languages of `--language`, in their order."""
    from tmp_builder.language import LANGUAGES

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    for name in names:
        if name not in LANGUAGES:
            raise UsageError(f"unknown language “{name}”", "Known: en, zh.")
    return tuple(dict.fromkeys(names))


def parse_date(text: str | None) -> date | None:
    """The date of `--date`; SOURCE_DATE_EPOCH where no date is given and it is set."""
    import os
    from datetime import UTC, datetime

    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"--date {text}: no date", "Write it as 2026-09-30.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None
