"""`tmp library`: list, show, search, check, new, translated."""

from __future__ import annotations

from pathlib import Path

import click

from tmp_builder.cli.care import care, read_house
from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk, finding_data, print_json
from tmp_builder.findings import both

HELP = {"help_option_names": ["-h", "--help"]}
_library = library_option
_json = json_option


@click.group("library", context_settings=HELP)
def command() -> None:
    """List, show, search and check the clause library; begin a card; stamp translations.

    \b
    Examples:
      tmp library list
      tmp library search "grant back"
    """


@command.command("list")
@click.option("--section", help="One section only.")
@click.option("--markdown", is_flag=True, help="The whole library as the page docs/library.md.")
@_json
@_library
@click.pass_obj
def list_(talk: Talk, section: str | None, markdown: bool, as_json: bool, library: Path | None) -> None:
    """List sections, slots and options.

    \b
    Examples:
      tmp library list
      tmp library list --section ownership
      tmp library list --json
    """
    from tmp_builder.errors import unknown
    from tmp_builder.library.listing import PICK_WORDS, library_page, listing_data
    from tmp_builder.library.reader import read_library

    found = read_library(library)
    if section and section not in found.sections:
        raise unknown(both("section", "条"), section, found.sections)
    if as_json:
        print_json(listing_data(found))
        return
    if markdown:
        talk.result(library_page(found).rstrip("\n"))
        return
    lang = talk.language
    for spec in found.sections.values():
        if section in (None, spec.id):
            talk.result(f"{spec.domain_id}  {spec.title[lang]}  [{spec.id}]")
            for slot in spec.slots:
                talk.result(f"    {slot.label[lang]} ({PICK_WORDS[slot.pick][lang]})")
                for ident in slot.options:
                    talk.result(f"        {ident}  {found.options[ident].label[lang]}")
    talk.say(
        talk.pick(
            f"{len(found.sections)} sections, {len(found.options)} options. Next: tmp library show ID",
            f"{len(found.sections)}个章节，{len(found.options)}个选项。下一步：tmp library show ID",
        )
    )


@command.command("show")
@click.argument("idents", metavar="ID...", nargs=-1, required=True)
@_library
@click.pass_obj
def show(talk: Talk, idents: tuple[str, ...], library: Path | None) -> None:
    """Show cards: whom they favour, parameters, needs, conflicts, sources, both texts, guidance.

    \b
    Examples:
      tmp library show protection.disclose
      tmp library show ownership.employer ownership.joint-equal
    """
    from tmp_builder.cli.cards import card_lines
    from tmp_builder.cli.width import terminal_width
    from tmp_builder.errors import UsageError, nearest
    from tmp_builder.library.reader import read_library

    found = read_library(library)
    for ident in idents:
        if ident not in found.options:
            raise UsageError(
                both(
                    "unknown option “{ident}”{near}", "没有选项“{ident}”{near}", ident=ident, near=nearest(ident, found.options)
                ),
                both("List them with: tmp library list", "查看全部选项：tmp library list"),
            )
        for line in card_lines(found, found.options[ident], talk, terminal_width()):
            talk.result(line)


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, type=click.IntRange(1, 211), help="How many options at most [default: 10].")
@_json
@_library
@click.pass_obj
def search_(talk: Talk, words: tuple[str, ...], limit: int, as_json: bool, library: Path | None) -> None:
    """Find options by WORDS in English or Chinese, the best first.

    \b
    Examples:
      tmp library search grant back
      tmp library search 优先受让
    """
    from tmp_builder.cli.width import fold, terminal_width
    from tmp_builder.library.reader import read_library
    from tmp_builder.library.search import search

    found = read_library(library)
    hits = search(found, " ".join(words), limit)
    if as_json:
        rows = [
            {"option": hit.option, "score": hit.score, "line": hit.line, "label": dict(found.options[hit.option].label)}
            for hit in hits
        ]
        print_json({"words": " ".join(words), "found": rows})
        return
    for hit in hits:
        talk.result(f"{click.style(hit.option, bold=True)}  {found.options[hit.option].label[talk.language]}")
        talk.result(fold(hit.line, terminal_width(), "    "))
    if not hits:
        talk.say(talk.pick("nothing found; try another word, or the other language", "没有找到；请换用其他词语或者另一种文字"))


@command.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--date", "dated", help="The day on which sources are judged old, YYYY-MM-DD [default: today].")
@click.option("--strict", is_flag=True, help="Warnings also lead to exit code 1.")
@_json
@click.pass_obj
def check(talk: Talk, folder: Path | None, dated: str | None, strict: bool, as_json: bool) -> int:
    """Look a whole library over: texts, references, relations, sources, terms, wording, translations.

    A FOLDER with cards only (a house's own, laid over the built-in library) is looked at together with it.

    \b
    Examples:
      tmp library check
      tmp library check ./clauses --strict
    """
    from tmp_builder.cli.given import parse_date
    from tmp_builder.findings import Severity

    findings = care(folder, parse_date(dated) if dated else None)
    if as_json:
        print_json({"targets": [str(folder or "")], "findings": [finding_data(finding) for finding in findings]})
    else:
        talk.findings(findings)
        talk.say(_summary(talk, folder) + talk.count(findings))
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return 1 if any(finding.severity in bad for finding in findings) else 0


def _summary(talk: Talk, folder: Path | None) -> str:
    """What was looked at: how many sections and options, and the median length of a card."""
    from tmp_builder.errors import LibraryError
    from tmp_builder.library.care import Shelf
    from tmp_builder.library.care.texts import median_words

    try:
        library = read_house(folder)
    except LibraryError:
        return ""
    middle = median_words(Shelf(library))
    return talk.pick(
        f"{library.label}: {len(library.sections)} sections, {len(library.options)} options, median {middle:g} English words; ",
        f"{library.label}：{len(library.sections)}个章节，{len(library.options)}个选项，英文词数中位数{middle:g}；",
    )


@command.command("new")
@click.argument("ident", metavar="SECTION.OPTION")
@click.option("--from", "model", help="Begin with the text of this option.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("clauses"), help="Folder of the library [default: clauses]."
)
@click.pass_obj
def new(talk: Talk, ident: str, model: str | None, output: Path) -> None:
    """Begin a card that reads: SECTION.OPTION in the folder of a house's own library.

    \b
    Examples:
      tmp library new ownership.our-rule
      tmp library new ownership.our-rule --from ownership.employer -o house/clauses
    """
    from tmp_builder.cli.newcard import write_new_card

    path = write_new_card(ident, model, output)
    talk.result(str(path))
    slots = output / ident.partition(".")[0] / "section.yaml"
    if slots.is_file():
        talk.say(
            talk.pick(
                f"Enter it in a slot of {slots}, then: tmp library check {output}",
                f"请将其列入{slots}的slots，然后执行：tmp library check {output}",
            )
        )
    else:
        talk.say(
            talk.pick(
                f"Write it, then: tmp library check {output}. A plan uses it with: overlay: {output}",
                f"撰写后执行：tmp library check {output}。在计划中写入overlay: {output}即可使用",
            )
        )


@command.command("translated")
@click.argument("idents", metavar="[ID]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every card of the library.")
@_library
@click.pass_obj
def translated(talk: Talk, idents: tuple[str, ...], every: bool, library: Path | None) -> None:
    """Stamp cards: their Chinese text was read against their present English text.

    \b
    Examples:
      tmp library translated protection.disclose
      tmp library translated --all --library ./clauses
    """
    from tmp_builder.cli.newcard import stamp_cards

    changed, looked_at = stamp_cards(idents, library, every=every)
    for ident in changed:
        talk.result(ident)
    talk.say(talk.pick(f"{len(changed)} of {looked_at} cards stamped", f"{looked_at}张条款卡中已标记{len(changed)}张"))


__all__ = ["care", "command"]
