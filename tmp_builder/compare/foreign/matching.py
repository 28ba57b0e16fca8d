"""Whether lines of a returned file are those of an option with some values, and which values they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from tmp_builder.assemble.fill import PlanNames
from tmp_builder.compare.foreign.hearing import hear, in_all
from tmp_builder.compare.foreign.lines import Found, Printed, owner_of
from tmp_builder.document.nodes import (
    Blank,
    Block,
    Clause,
    FactBlank,
    Gap,
    Inline,
    Inlines,
    Paragraph,
    Reference,
    Table,
    Term,
    Text,
    Value,
)
from tmp_builder.library.schema import Library, Option, Parameter
from tmp_builder.plan.printed import PRINTED_FACTS, label_of, printed_fact
from tmp_builder.plan.schema import Plan

_SPACES = re.compile(r"\s+")
_REFERENCE = {
    "en": re.compile(r"(?:Clause|Schedule) (?:\d+(?:\.\d+)?|●)"),
    "zh": re.compile(r"第(?:\d+(?:\.\d+)?|●)条|附件(?:\d+|●)"),
}


class Segment(Struct, frozen=True):
    """A part of a line: words that must stand there, a blank of the plan with its present words, or any reference."""

    words: str = ""
    address: str = ""
    reference: bool = False


class Pattern(Struct, frozen=True):
    """A line that is expected, per language; one that holds nothing but a blank may be missing."""

    owner: str
    segments: Mapping[str, tuple[Segment, ...]]

    @property
    def optional(self) -> bool:
        """Whether it may fall out: it consists of blanks only."""
        return all(segment.address for segments in self.segments.values() for segment in segments)


class Heard(Struct):
    """What the lines said for each blank: address → language → the words, one for each time it stands there."""

    words: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, address: str, language: str, words: str) -> None:
        """One more time."""
        self.words.setdefault(address, {}).setdefault(language, []).append(words)


class Matcher(Struct, frozen=True):
    """Holds lines against options of one plan."""

    plan: Plan
    library: Library

    def as_printed(self, line: Printed) -> Pattern:
        """The pattern of a line that the plan prints now."""
        own = f"parameters.{owner_of(line.node)}."
        return Pattern(
            owner_of(line.node),
            {lang: _joined([_printed(inline, own) for inline in inlines]) for lang, inlines in line.texts.items()},
        )

    def as_drafted(self, option: Option) -> list[Pattern] | None:
        """The patterns of another option; None where it prints tables, which are not compared so."""
        found: list[Pattern] = []
        lines = _flat(option.clauses)
        if lines is None:
            return None
        for texts in lines:
            segments = {}
            for language in self.plan.languages:
                parts = [self._drafted(inline, option, language) for inline in texts.get(language, ())]
                if None in parts:
                    return None
                segments[language] = _joined([part for part in parts if part is not None])
            found.append(Pattern(option.id, segments))
        return found

    def _drafted(self, inline: Inline, option: Option, language: str) -> Segment | None:
        match inline:
            case Text(text=text) | Term(text=text):
                return Segment(text)
            case Reference():
                return Segment(reference=True)
            case Blank(name=name) if name in option.parameters and not option.parameters[name].fact:
                return None if option.parameters[name].spec.is_records else Segment(address=option.parameters[name].address)
            case Blank(name=name) | FactBlank(name=name):
                fact = option.parameters[name].fact if name in option.parameters else name
                if fact not in PRINTED_FACTS:
                    return None
                words = printed_fact(self.plan, self.library, fact, language)
                return Segment(words or _gap(label_of(fact, language)))
            case _:
                return None

    def match(self, patterns: Sequence[Pattern], lines: Mapping[str, Sequence[Found]]) -> dict[str, Any] | None:
        """The values (address → value) that the lines say otherwise than the plan, where they are just these patterns; else None."""
        heard = Heard()
        for language in self.plan.languages:
            if not _match_all(patterns, [line.text for line in lines.get(language, ())], language, heard):
                return None
        return self.values(heard)

    def values(self, heard: Heard) -> dict[str, Any] | None:
        """The values that differ from the plan's; None where one cannot be told, or the languages disagree."""
        found = {}
        for address, said in heard.words.items():
            parameter = self.library.parameter(address.removeprefix("parameters."))
            if parameter and all(set(words) == {_gap(parameter.label[lang])} for lang, words in said.items()):
                continue
            value = self._value(parameter, said) if parameter else None
            if value is None:
                return None
            if value != self.plan.values.get(address.removeprefix("parameters.")):
                found[address] = value
        return found

    def _value(self, parameter: Parameter, said: Mapping[str, Sequence[str]]) -> Any:
        names = PlanNames(self.plan, self.library)
        members = [member.id for member in self.plan.members]
        present = self.plan.values.get(parameter.address.removeprefix("parameters."))
        values: dict[str, Any] = {}
        for language, words in said.items():
            if len(set(words)) != 1:
                return None
            values[language] = hear(parameter.spec, words[0], language, names, members)
            if (
                present is not None
                and parameter.spec.kind in ("list", "territory")
                and _said_now(parameter, present, language, names) == words[0]
            ):
                values[language] = present
        if parameter.spec.kind == "text" and isinstance(present, str) and set(values.values()) == {present}:
            return present
        return in_all(values, parameter.spec.kind)


def match_line(segments: Sequence[Segment], text: str, language: str) -> dict[str, str] | None:
    """The words of each blank (by address) where `text` is the line; None where it is not. Goes through the text once."""
    at, blank, found = 0, "", dict[str, str]()
    for index, segment in enumerate(segments):
        if segment.address:
            if blank or segment.address in found:
                return None
            blank = segment.address
            continue
        place = _find(segment, text, at, language, last=index == len(segments) - 1)
        if place is None or (place[0] != at and not blank):
            return None
        if blank:
            found[blank], blank = text[at : place[0]], ""
        at = place[1]
    if blank:
        found[blank], at = text[at:], len(text)
    return found if at == len(text) else None


def bare_of_references(text: str) -> str:
    """The words without the numbers of references to clauses and schedules."""
    for pattern in _REFERENCE.values():
        text = pattern.sub("#", text)
    return text


def _find(segment: Segment, text: str, at: int, language: str, *, last: bool) -> tuple[int, int] | None:
    if segment.reference:
        found = _REFERENCE[language].search(text, at)
        return found.span() if found else None
    start = text.rfind(segment.words, at) if last else text.find(segment.words, at)
    return (start, start + len(segment.words)) if start >= 0 else None


def _match_all(patterns: Sequence[Pattern], texts: Sequence[str], language: str, heard: Heard) -> bool:
    at = 0
    for pattern in patterns:
        found = match_line(pattern.segments.get(language, ()), texts[at], language) if at < len(texts) else None
        if found is None and not pattern.optional:
            return False
        if found is not None:
            at += 1
            for address, words in found.items():
                heard.add(address, language, words)
    return at == len(texts)


def _gap(label: str) -> str:
    """How a blank without a value is printed."""
    return " ".join(f"[{label} ●]".split())


def _printed(inline: Inline, own: str) -> Segment:
    match inline:
        case Value(text=text, address=address) if address.startswith(own):
            return Segment(text, address)
        case Gap(label=label, address=address) if address.startswith(own):
            return Segment(_gap(label), address)
        case Gap(label=label):
            return Segment(_gap(label))
        case Reference():
            return Segment(reference=True)
        case Text(text=text) | Term(text=text) | Value(text=text):
            return Segment(text)
        case _:
            return Segment()


def _joined(parts: Sequence[Segment]) -> tuple[Segment, ...]:
    """Words side by side as one segment, with single spaces and none at the ends."""
    out: list[Segment] = []
    for part in parts:
        plain = not part.address and not part.reference
        if plain and out and not out[-1].address and not out[-1].reference:
            out[-1] = Segment(out[-1].words + part.words)
        else:
            out.append(part)
    out = [part if part.address else Segment(_SPACES.sub(" ", part.words), reference=part.reference) for part in out]
    if out and not out[0].address:
        out[0] = Segment(out[0].words.lstrip(), reference=out[0].reference)
    if out and not out[-1].address:
        out[-1] = Segment(out[-1].words.rstrip(), reference=out[-1].reference)
    return tuple(part for part in out if part.words or part.address or part.reference)


def _flat(blocks: Sequence[Block]) -> list[Mapping[str, Inlines]] | None:
    """The texts of clauses in the order of print; None where a table stands among them."""
    found: list[Mapping[str, Inlines]] = []
    for block in blocks:
        if isinstance(block, Table):
            return None
        if isinstance(block, Clause | Paragraph):
            found.append(block.texts)
        if isinstance(block, Clause):
            below = _flat(block.children)
            if below is None:
                return None
            found += below
    return found


def _said_now(parameter: Parameter, present: Any, language: str, names: PlanNames) -> str:
    from tmp_builder.values import say

    return " ".join(say(parameter.spec, present, language, names).split())
