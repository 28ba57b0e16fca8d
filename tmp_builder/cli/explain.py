"""`tmp explain`: the page of a rule, of another code, an option, a term or a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import SEVERITIES, Talk, print_json
from tmp_builder.findings import CodePage, both, spoken

if TYPE_CHECKING:
    from tmp_builder.deadlines.catalogue import Entry
    from tmp_builder.library.schema import Library, TermEntry
    from tmp_builder.rules.catalogue import Rule

FORCES = {
    "law": {"en": "law: never waived", "zh": "法律，不得豁免"},
    "funder": {"en": "a funder's terms: waived only with its approval", "zh": "资助条件，仅经资助方批准方可豁免"},
    "contract": {"en": "the logic of the contract", "zh": "合同逻辑"},
    "house": {"en": "house practice", "zh": "内部惯例"},
}
PARTS = {"Why": "理由", "Bad": "反例", "Good": "正例", "Decision": "解释"}


@click.command("explain")
@click.argument("names", nargs=-1, metavar="[CODE|OPTION|TERM|DATE]...")
@click.option("--all", "every", is_flag=True, help="Every rule, every other code and every date.")
@json_option
@library_option
@click.pass_obj
def command(talk: Talk, names: tuple[str, ...], every: bool, as_json: bool, library: Path | None) -> int:
    """Show the page of a rule or other code (OWN-02, DOC-01), an option (ownership.employer), a defined term (Background IP) or a
    date (D39).

    \b
    Examples:
      tmp explain OWN-02
      tmp explain ownership.employer D39
      tmp explain --all --json
    """
    from tmp_builder.cli.care import read_house
    from tmp_builder.errors import UsageError

    if not names and not every:
        raise UsageError(
            both("nothing to explain", "未写明要解释的内容"),
            both(
                "Name a code, an option, a term or a date; --all shows every code and date.",
                "请写明代码、选项、术语或期限；--all列出全部代码和期限。",
            ),
        )
    found = read_house(library)
    things = [*(_all() if every else ()), *(_find(name, found) for name in names)]
    if as_json:
        print_json({"explained": [_data(thing, found) for thing in things]})
        return 0
    for position, thing in enumerate(things):
        if position:
            talk.result("")
        for line in _lines(thing, found, talk):
            talk.result(line)
    return 0


Thing = Any
"""A rule, another code, an option, a term or a date of the catalogue."""


def _all() -> Iterator[Thing]:
    from tmp_builder.cli.codes import code_pages
    from tmp_builder.deadlines import catalogue as dates
    from tmp_builder.rules.waivers import pages

    yield from pages()
    yield from code_pages()
    yield from (entry for _, entry in sorted(dates().items()))


def _find(name: str, library: Library) -> Thing:
    """What a name means: exact ids first, then the words of terms. Raises UsageError with the nearest."""
    from tmp_builder.cli.codes import code_pages
    from tmp_builder.deadlines import catalogue as dates
    from tmp_builder.errors import UsageError, nearest
    from tmp_builder.rules.waivers import pages

    codes = {code.code: code for code in code_pages()}
    by_code: dict[str, Thing] = {**{rule.code: rule for rule in pages()}, **codes, **dates()}
    options: dict[str, Thing] = {**{option.domain_id: option for option in library.options.values()}, **library.options}
    terms = {word.casefold(): term for term in library.terms for word in _words(term)}
    found = by_code.get(name.upper()) or options.get(name) or terms.get(name.casefold())
    if found is None:
        known = [*by_code, *library.options, *(term.term["en"] for term in library.terms)]
        hint = both(
            "Rules and codes: OWN-02, DOC-01; dates: D39; options: tmp library list; terms: as they stand in the text.",
            "规则和代码：OWN-02、DOC-01；期限：D39；选项：tmp library list；术语：按正文写法。",
        )
        raise UsageError(
            both("nothing is called “{name}”{near}", "没有名为“{name}”的内容{near}", name=name, near=nearest(name, known)), hint
        )
    return found


def _words(term: TermEntry) -> Iterator[str]:
    yield term.id
    yield from term.term.values()
    for forms in term.forms.values():
        yield from forms


def _lines(thing: Thing, library: Library, talk: Talk) -> Iterable[str]:
    from tmp_builder.cli.cards import card_lines
    from tmp_builder.cli.width import terminal_width
    from tmp_builder.deadlines.catalogue import Entry
    from tmp_builder.library.schema import Option, TermEntry

    if isinstance(thing, Option):
        return card_lines(library, thing, talk, terminal_width())
    if isinstance(thing, TermEntry):
        return _term(thing, library, talk)
    if isinstance(thing, Entry):
        return _date(thing, talk)
    return _code(thing, talk) if isinstance(thing, CodePage) else _rule(thing, talk)


def _code(code: CodePage, talk: Talk) -> Iterator[str]:
    from tmp_builder.cli.width import fold, terminal_width
    from tmp_builder.rules.groups import group_name

    severity = SEVERITIES[talk.language][code.severity]
    yield click.style(f"{code.code}  {severity} · {group_name(code.code, talk.language)}", bold=True)
    yield fold(spoken(code.page, talk.language), terminal_width(), "  ")


def _rule(rule: Rule, talk: Talk) -> Iterator[str]:
    from tmp_builder.cli.width import fold, terminal_width
    from tmp_builder.rules.groups import group_name
    from tmp_builder.rules.pages import page_of

    page, width = page_of(rule), terminal_width()
    severity = SEVERITIES[talk.language][rule.severity]
    yield click.style(f"{rule.code}  {severity} · {group_name(rule.code, talk.language)}", bold=True)
    yield fold(page.holds, width, "  ")
    for name, said in page.parts.items():
        yield fold(said, width, talk.pick(f"  {name}: ", f"  {PARTS[name]}："))
    yield fold(FORCES[rule.force][talk.language], width, talk.pick("  Force: ", "  效力："))
    yield fold(rule.source, width, talk.pick("  Source: ", "  来源："))
    if talk.language == "zh":
        yield fold("规则的说明仅有英文；其报告的发现和修改建议有中文。", width, "  ")


def _date(entry: Entry, talk: Talk) -> Iterator[str]:
    from tmp_builder.cli.width import fold, terminal_width

    yield click.style(f"{entry.code}  {entry.label['en']} · {entry.label['zh']}", bold=True)
    yield fold(spoken(entry.page, talk.language), terminal_width(), "  ")


def _term(term: TermEntry, library: Library, talk: Talk) -> Iterator[str]:
    from tmp_builder.cli.width import fold, terminal_width
    from tmp_builder.language import NAMES
    from tmp_builder.library.listing import source_words

    width = terminal_width()
    yield click.style(f"{term.term['en']} · {term.term['zh']}", bold=True)
    for language in ("en", "zh"):
        yield fold(term.meaning[language], width, "  ")
    for language, avoid in term.avoid.items():
        if avoid:
            words = (", " if language == "en" else "、").join(avoid)
            name = NAMES[talk.language][language]
            yield fold(words, width, talk.pick(f"  Not ({name}): ", f"  避免使用（{name}）："))
    for source in term.sources:
        yield fold(source_words(library, source, talk.language), width, "  - ")


def _data(thing: Thing, library: Library) -> dict[str, Any]:
    """A page as plain data; keys are never translated."""
    from tmp_builder.deadlines.catalogue import Entry
    from tmp_builder.library.schema import Option, TermEntry

    if isinstance(thing, Option):
        return _option_data(thing, library)
    if isinstance(thing, TermEntry):
        return {"kind": "term", "id": thing.id, "term": dict(thing.term), "meaning": dict(thing.meaning)}
    if isinstance(thing, Entry):
        return {"kind": "date", "id": thing.code, "label": dict(thing.label), "page": _in_both(thing.page)}
    return _code_data(thing) if isinstance(thing, CodePage) else _rule_data(thing)


def _code_data(code: CodePage) -> dict[str, Any]:
    from tmp_builder.rules.groups import group_of

    group, severity = group_of(code.code), str(code.severity)
    return {"kind": "code", "id": code.code, "group": group, "severity": severity, "page": _in_both(code.page)}


def _in_both(page: str) -> dict[str, str]:
    return {language: spoken(page, language) for language in ("en", "zh")}


def _rule_data(rule: Rule) -> dict[str, Any]:
    from tmp_builder.rules.groups import group_of
    from tmp_builder.rules.pages import page_of

    page = page_of(rule)
    return {
        "kind": "rule",
        "id": rule.code,
        "group": group_of(rule.code),
        "severity": str(rule.severity),
        "force": str(rule.force),
        "source": rule.source,
        "holds": page.holds,
        **{name.lower(): said for name, said in page.parts.items()},
    }


def _option_data(option: Any, library: Library) -> dict[str, Any]:
    from tmp_builder.library.listing import relation_words
    from tmp_builder.plan.conditions import CONDITIONS

    return {
        "kind": "option",
        "id": option.id,
        "domain_id": option.domain_id,
        "label": dict(option.label),
        "effect": dict(option.effect),
        "use_when": dict(option.use_when),
        "needs": [relation_words(library, option.id, relation, "en", CONDITIONS) for relation in option.needs],
        "conflicts": [relation_words(library, option.id, relation, "en", CONDITIONS) for relation in option.conflicts],
        "parameters": list(option.parameters),
        "sources": [f"{entry.source} {entry.at}".strip() for entry in option.sources],
    }
