"""`tmp profiles`: the presets a plan can start from, one of them whole, and how two of them differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tmp_builder.cli.options import json_option, library_option
from tmp_builder.cli.output import Talk, print_json
from tmp_builder.findings import both

if TYPE_CHECKING:
    from tmp_builder.library.schema import Library, Profile


@click.command("profiles")
@click.argument("ident", metavar="[ID]", required=False)
@click.option("--compare", metavar="ID", help="Also say how this other profile differs.")
@json_option
@library_option
@click.pass_obj
def command(talk: Talk, ident: str | None, compare: str | None, as_json: bool, library: Path | None) -> None:
    """List the profiles, or show the profile ID: what it mirrors, its choices and its values. A profile is a start, never a lock.

    \b
    Examples:
      tmp profiles
      tmp profiles cerc
      tmp profiles cerc --compare smart-openness
    """
    from tmp_builder.errors import UsageError
    from tmp_builder.library.reader import read_library

    found = read_library(library)
    if compare and not ident:
        raise UsageError(
            both("--compare needs a profile to compare with", "--compare须写明对比的模板"),
            both("Write: tmp profiles cerc --compare smart-openness", "写作：tmp profiles cerc --compare smart-openness"),
        )
    first = _profile(found, ident) if ident else None
    second = _profile(found, compare) if compare else None
    if as_json:
        print_json(_data(found, first, second))
    elif first and second:
        _say_differences(talk, found, first, second)
    elif first:
        _say_one(talk, found, first)
    else:
        _say_all(talk, found)


def _profile(library: Library, ident: str) -> Profile:
    from tmp_builder.errors import unknown

    if ident not in library.profiles:
        raise unknown(both("profile", "模板"), ident, library.profiles)
    return library.profiles[ident]


def _say_all(talk: Talk, library: Library) -> None:
    from tmp_builder.cli.width import fold, terminal_width

    width = terminal_width()
    for profile in sorted(library.profiles.values(), key=lambda each: each.domain_id):
        talk.result(f"{click.style(profile.id, bold=True)}  {profile.name[talk.language]}")
        talk.result(fold(profile.use_when[talk.language], width, "    "))
    talk.say(
        talk.pick(
            "Next: tmp profiles ID, or tmp build --profile ID for its blank text",
            "下一步：tmp profiles ID，或者tmp build --profile ID生成空白文本",
        )
    )


def _say_one(talk: Talk, library: Library, profile: Profile) -> None:
    from tmp_builder.cli.width import fold, terminal_width

    lang, width = talk.language, terminal_width()
    colon = talk.pick(": ", "：")
    talk.result(click.style(f"{profile.id}  {profile.name['en']} · {profile.name['zh']}", bold=True))
    for name, words in (
        (talk.pick("Mirrors", "参照"), profile.mirrors[lang]),
        (talk.pick("Use when", "适用"), profile.use_when[lang]),
        (talk.pick("Watch", "注意"), profile.caution.get(lang, "")),
    ):
        if words:
            talk.result(fold(words, width, f"  {name}{colon}"))
    for section in library.sections.values():
        options = _in_order(library, profile, section.id)
        if options:
            talk.result(click.style(f"  {section.title[lang]}", bold=True))
            for option in options:
                talk.result(fold(f"{option}  {library.options[option].label[lang]}", width, "    "))
    for title, lines in _lists(talk, library, profile):
        if lines:
            talk.result(click.style(f"  {title}", bold=True))
            for line in lines:
                talk.result(fold(line, width, "    "))


def _in_order(library: Library, profile: Profile, section: str) -> list[str]:
    chosen = profile.choices.get(section, ())
    return [option for option in library.sections[section].options if option in chosen]


def _lists(talk: Talk, library: Library, profile: Profile) -> Iterator[tuple[str, list[str]]]:
    """What stands below the choices: values, what comes with facts, usual alternatives, sources."""
    from tmp_builder.library.listing import source_words

    yield talk.pick("Values", "参数"), [f"{address}: {_written(value)}" for address, value in profile.parameters.items()]
    facts = [f"{' + '.join(when)}: {', '.join(options)}" for when, options in profile.by_fact]
    yield talk.pick("Added with facts", "随事实增加"), facts
    yield (
        talk.pick("Usual alternatives", "常见替代"),
        [f"{ident}  {library.options[ident].label[talk.language]}" for ident in profile.alternatives],
    )
    yield talk.pick("Rests on", "依据"), [source_words(library, entry, talk.language) for entry in profile.sources]


def _written(value: Any) -> str:
    return " / ".join(value.values()) if isinstance(value, dict) else str(value)


def _differences(library: Library, first: Profile, second: Profile) -> Iterator[tuple[str, list[str], list[str]]]:
    """The sections in which two profiles choose differently: what only the first takes, what only the second takes."""
    for section in library.sections:
        one, two = _in_order(library, first, section), _in_order(library, second, section)
        only_one, only_two = [each for each in one if each not in two], [each for each in two if each not in one]
        if only_one or only_two:
            yield section, only_one, only_two


def _say_differences(talk: Talk, library: Library, first: Profile, second: Profile) -> None:
    lang = talk.language
    talk.result(click.style(f"{first.id} – {second.id}", bold=True))
    for section, one, two in _differences(library, first, second):
        talk.result(f"  {library.sections[section].title[lang]}")
        for profile, options in ((first, one), (second, two)):
            for option in options:
                talk.result(f"    {profile.id}: {option}  {library.options[option].label[lang]}")
    for address in dict.fromkeys([*first.parameters, *second.parameters]):
        values = [_written(profile.parameters[address]) if address in profile.parameters else "–" for profile in (first, second)]
        if values[0] != values[1]:
            talk.result(f"  {address}: {first.id} {values[0]}, {second.id} {values[1]}")


def _data(library: Library, first: Profile | None, second: Profile | None) -> dict[str, Any]:
    if first is None:
        return {"profiles": [_profile_data(profile) for profile in library.profiles.values()]}
    data: dict[str, Any] = {"profile": _profile_data(first)}
    if second:
        data["compared_with"] = second.id
        data["differences"] = [
            {"section": section, first.id: one, second.id: two} for section, one, two in _differences(library, first, second)
        ]
    return data


def _profile_data(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "domain_id": profile.domain_id,
        "name": dict(profile.name),
        "mirrors": dict(profile.mirrors),
        "use_when": dict(profile.use_when),
        "caution": dict(profile.caution),
        "two_sides": profile.sides,
        "choices": {section: list(options) for section, options in profile.choices.items()},
        "parameters": dict(profile.parameters),
        "by_fact": [{"when": list(when), "options": list(options)} for when, options in profile.by_fact],
        "alternatives": list(profile.alternatives),
        "sources": [entry.source for entry in profile.sources],
    }
