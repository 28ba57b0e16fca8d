"""The layers of clauses and words of `tmp diff`, and the redline as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from tmp_builder.cli.options import given, kept, layout_option, paper_option
from tmp_builder.cli.output import Talk

if TYPE_CHECKING:
    from tmp_builder.compare import PlanChanges
    from tmp_builder.compare.redline.clauses import ClauseChange
    from tmp_builder.document.nodes import Document, Texts
    from tmp_builder.versions import Found

_Command = TypeVar("_Command", bound=Callable[..., object])


class Layers(Struct, frozen=True):
    """Two versions as texts: the redline, and what it says clause by clause."""

    document: Document
    clauses: tuple[ClauseChange, ...]


def redline_options(command: _Command) -> _Command:
    """The options that speak of clauses, words and the redline; the functions here read them from the context."""
    options = (
        click.option(
            "-f", "--format", "formats", expose_value=False, callback=kept, help="Write the redline: docx,pdf,html,md,json."
        ),
        click.option(
            "-o", "--output", expose_value=False, callback=kept, help="Folder for the redline, or its file [default: here]."
        ),
        click.option(
            "--author",
            expose_value=False,
            callback=kept,
            help="Whose the tracked changes in Word are [default: who committed NEW].",
        ),
        click.option(
            "--words", is_flag=True, expose_value=False, callback=kept, help="Every changed text whole, in each language."
        ),
        click.option(
            "--language",
            "languages",
            expose_value=False,
            callback=kept,
            help="Languages of the redline: en, zh, or en,zh [default: the plans'].",
        ),
        layout_option("Two languages of the redline side by side, or one below the other.", expose_value=False, callback=kept),
        paper_option("Paper size of the redline.", expose_value=False, callback=kept),
    )
    for option in reversed(options):
        command = option(command)
    return command


def layers(old: Found, new: Found, changes: PlanChanges) -> Layers:
    """The texts of two versions compared, in the languages asked for; what was typed into built Word files comes first."""
    from tmp_builder.cli.given import parse_languages
    from tmp_builder.compare.redline import redline
    from tmp_builder.compare.redline.clauses import clause_changes

    languages = parse_languages(given("languages")) or _spoken(old, new)
    document = redline(_assembled(old, languages), _assembled(new, languages), _compared(old, new))
    return Layers(document, (*_typed(old, back=True), *_typed(new), *clause_changes(document, changes)))


def _spoken(old: Found, new: Found) -> tuple[str, ...]:
    """The languages that both have, where one of them is a built file: it may be an edition in fewer languages than its plan."""
    from tmp_builder.versions import BUILT

    if not any(Path(found.shown).suffix.lower() in BUILT for found in (old, new)):
        return ()
    return tuple(language for language in new.version.plan.languages if language in old.version.plan.languages)


def _assembled(found: Found, languages: tuple[str, ...]) -> Document:
    from tmp_builder.assemble import assemble

    plan = found.version.plan
    return assemble(replace(plan, languages=languages or plan.languages, signed_fingerprint=""), found.version.library)


def _compared(old: Found, new: Found) -> Texts:
    """What the redline says of itself on every page; it may go to the other side, so no file is named."""
    from tmp_builder.compare.called import called, compared

    return compared(called(old.version.plan, new.version.plan, profile=old.profile))


def _typed(found: Found, *, back: bool = False) -> Iterator[ClauseChange]:
    """What stands in a built Word file although its plan does not say so, clause by clause; `back`: it is the old version."""
    from tmp_builder.compare.redline.clauses import typed_change
    from tmp_builder.readers.recipe import read_recipe
    from tmp_builder.verify import verify

    path = Path(found.shown)
    if path.suffix.lower() != ".docx" or not path.is_file() or read_recipe(path) is None:
        return
    for each in verify(path).differences:
        texts = (each.found, each.expected) if back else (each.expected, each.found)
        yield typed_change(each.clause, each.number, texts, path.name, each.place)


def shown(talk: Talk, found: Layers) -> None:
    """The layer of clauses on stdout."""
    from tmp_builder.cli.comparison import print_lines
    from tmp_builder.compare.redline.report import clause_lines

    print_lines(talk, clause_lines(found.clauses, talk.language, words=bool(given("words"))))


def write_redline(talk: Talk, found: Layers, new: Found, *, as_json: bool, force: bool) -> None:
    """The redline in the formats of -f; nothing without them."""
    if not given("formats"):
        return
    from tmp_builder import pipeline
    from tmp_builder.cli.given import parse_formats
    from tmp_builder.cli.keeping import refuse_foreign

    formats = parse_formats(given("formats"))
    paths = _paths(formats, new)
    refuse_foreign(paths.values(), force=force)
    files = {paths[form]: _written(found.document, form, _author(new)) for form in formats}
    written = pipeline.save(files)
    for path in files:
        state = talk.pick("written", "已写入") if path in written else talk.pick("unchanged", "未变")
        line = f"{path}  ({state})"
        if as_json:
            talk.say(line)
        else:
            talk.result(line)


def _paths(formats: tuple[str, ...], new: Found) -> dict[str, Path]:
    """The file of each format: the one that -o names, else NAME-redline in its folder."""
    from tmp_builder.writers.formats import FORMATS

    output = Path(given("output") or ".")
    if len(formats) == 1 and output.suffix.lower() == FORMATS[formats[0]]:
        return {formats[0]: output}
    name = new.version.plan.id or "plan"
    return {form: output / f"{name}-redline{FORMATS[form]}" for form in formats}


def _written(document: Document, form: str, author: str) -> bytes:
    from tmp_builder import pipeline
    from tmp_builder.document.canonical import fingerprint

    options = pipeline.Options(layout=given("layout") or "columns", paper=given("paper") or "A4")
    if form == "docx":
        from tmp_builder.writers.docx import write as write_docx

        return write_docx(document, layout=options.layout, paper=options.paper, author=author)
    if form == "json":
        parts = (document.cover.title, document.sections, document.schedules, document.signing)
        document = replace(document, imprint=replace(document.imprint, fingerprint=fingerprint(parts)))
    return pipeline.write(document, form, options)


def _author(new: Found) -> str:
    """Who is named, else who committed the new version."""
    from tmp_builder.readers.revisions import is_revision, revision_of

    if given("author"):
        return str(given("author"))
    return revision_of(new.shown, Path()).author if is_revision(new.shown) else ""
