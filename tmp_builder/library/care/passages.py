"""The words of a library cut into passages: a paragraph each, unwrapped, its marks covered, every character with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from msgspec import Struct

from tmp_builder.findings import Place
from tmp_builder.library.schema import Library, Option, Parameter, SectionSpec

COVER = "■"
"""Stands for a mark (a value, a fact, a reference): as many as the mark has characters."""
CITED = re.compile(r"\[([A-Z][A-Z0-9-]*[A-Z0-9]|[A-Z])(?:[ ,;:][^\]]*)?\]")
"""A source cited in guidance: `[CNPL Art. 14]`."""
_MARK = re.compile(r"\{\{.*?\}\}|\{#[a-z][a-z0-9-]*\}")
_ITEM = re.compile(r"^\s*(?:\d+\.|[-*])\s+(?:\{#([a-z][a-z0-9-]*)\}\s*)?")


class Passage(Struct, frozen=True):
    """A paragraph of one language.

    `kind` is text (legal prose), say (words of a choice), label, note (effects, uses, questions), guidance, meaning (of a term)
    or intro (of a schedule). `owner` is the id of the card or the name of the part; `item` the item of a card.
    `starts` holds the offset of each line of the file in `text` with the number of that line.
    """

    kind: str
    language: str
    text: str
    owner: str
    file: str
    starts: tuple[tuple[int, int], ...]
    item: str = ""

    def place(self, offset: int = 0) -> Place:
        """Where the character at `offset` stands."""
        index = bisect_right(self.starts, (offset, 1 << 30)) - 1
        return Place(self.file, self.starts[max(index, 0)][1])


def cover(text: str) -> str:
    """The text with every mark covered."""
    return _MARK.sub(lambda found: COVER * len(found[0]) if found[0].startswith("{{") else " " * len(found[0]), text)


def passages_of_card(option: Option) -> Iterator[Passage]:
    """Every passage of a card: its prose, the words of its choices, labels, notes and guidance."""
    for language, (text, line) in option.texts.items():
        yield from _paragraphs(text, line, "text", language, option)
    for language, text in option.guidance.items():
        yield from _paragraphs(text, option.lines.get(f"guidance.{language}", 1), "guidance", language, option)
    for kind, key, labels in (
        ("label", "label", option.label),
        ("note", "effect", option.effect),
        ("note", "use-when", option.use_when),
    ):
        yield from _both(kind, labels, option.id, Place(option.place.file, option.lines.get(key, 1)))
    for parameter in option.parameters.values():
        yield from _parameter(option, parameter)


def _parameter(option: Option, parameter: Parameter) -> Iterator[Passage]:
    place = Place(option.place.file, option.lines.get(f"parameters.{parameter.name}", 1))
    spec = parameter.spec
    yield from _both("label", parameter.label, option.id, place)
    yield from _both("note", parameter.help, option.id, place)
    choices = [*spec.choices.values(), *(spec.of.choices.values() if spec.of else ())]
    choices += [choice for column in spec.columns.values() for choice in column.spec.choices.values()]
    for choice in choices:
        yield from _both("label", choice.label, option.id, place)
        yield from _both("say", choice.say, option.id, place)
    for column in spec.columns.values():
        yield from _both("label", column.label, option.id, place)


def _both(kind: str, labels: Mapping[str, str], owner: str, place: Place) -> Iterator[Passage]:
    for language, text in labels.items():
        if text:
            yield Passage(kind, language, cover(text), owner, place.file, ((0, place.line),))


def passages_of_data(library: Library) -> Iterator[Passage]:
    """The passages outside the cards: sections, terms, schedules, profiles."""
    for section in library.sections.values():
        yield from _section(section)
    for term in library.terms:
        yield from _both("meaning", term.meaning, f"term:{term.id}", term.place)
    for schedule in library.schedules.values():
        owner = f"schedule:{schedule.id}"
        yield from _both("label", schedule.title, owner, schedule.place)
        yield from _both("intro", schedule.intro, owner, schedule.place)
        yield from _both("intro", schedule.none, owner, schedule.place)
        for column in (*schedule.columns, *schedule.plan_columns, *schedule.leaving_columns):
            yield from _both("label", column.label, owner, schedule.place)
            for value in column.values.values():
                yield from _both("label", value, owner, schedule.place)
    for profile in library.profiles.values():
        owner = f"profile:{profile.id}"
        yield from _both("label", profile.name, owner, profile.place)
        for labels in (profile.mirrors, profile.use_when, profile.caution):
            yield from _both("note", labels, owner, profile.place)


def _section(section: SectionSpec) -> Iterator[Passage]:
    yield from _both("label", section.title, section.id, section.place)
    yield from _both("note", section.question, section.id, section.place)
    yield from _both("guidance", section.guidance, section.id, section.place)
    for slot in section.slots:
        yield from _both("label", slot.label, section.id, section.place)


def _paragraphs(text: str, first_line: int, kind: str, language: str, option: Option) -> Iterator[Passage]:
    """The paragraphs and list items of a text; lines are joined as the language joins them."""
    item = ""
    lines: list[tuple[str, int]] = []
    for number, line in enumerate([*text.split("\n"), ""], first_line):
        marker = _ITEM.match(line)
        if (marker or not line.strip()) and lines:
            yield _passage(lines, kind, language, option, item)
            lines = []
        if marker and marker[1]:
            item = marker[1]
        if line.strip():
            lines.append((line[marker.end() :] if marker else line.strip(), number))


def _passage(lines: list[tuple[str, int]], kind: str, language: str, option: Option, item: str) -> Passage:
    glue = " " if language == "en" else ""
    text, starts = "", []
    for line, number in lines:
        text += glue if text else ""
        starts.append((len(text), number))
        text += cover(line.strip())
    return Passage(kind, language, text, option.id, option.place.file, tuple(starts), item if kind == "text" else "")
