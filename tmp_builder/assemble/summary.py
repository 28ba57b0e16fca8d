"""The summary edition: what is chosen, where it departs from the profile, the values, and each party's rights, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tmp_builder.assemble.rights import rights
from tmp_builder.assemble.summing import WORDS, Summing, chosen_options, value_words
from tmp_builder.document.nodes import Document, Gap, Inlines, Paragraph, Row, Section, Signing, Table, Text, Texts, Value
from tmp_builder.language import word
from tmp_builder.library.schema import Library, Parameter, SectionSpec
from tmp_builder.plan.profiles import options_of, values_of
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Misfit, parse


def summary(document: Document, plan: Plan, library: Library) -> Document:
    """A document of a few pages about the document of a plan; it carries the same imprint and no signature page."""
    summing = Summing(plan, library)
    parts = [_choices(summing), _departures(summing), rights(summing), _values(summing)]
    sections = tuple(replace(section, number=str(number)) for number, section in enumerate(filter(None, parts), 1))
    kind = {language: (Text(word("summary", language)),) for language in plan.languages}
    cover = replace(document.cover, kind=kind, notice=summing.words("note"))
    return replace(document, cover=cover, sections=sections, schedules=(), signing=Signing("signing", {}, {}, ()))


# ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _choices(summing: Summing) -> Section:
    rows = tuple(
        _choice_row(summing, section, summing.plan.choices[section.id])
        for section in summing.library.sections.values()
        if summing.plan.choices.get(section.id, Decision()).every
    )
    table = Table("summary:choices.table", "records", (summing.column("section", 3), summing.column("chosen", 7)), rows)
    return Section("summary:choices", summing.words("choices"), (table,))


def _choice_row(summing: Summing, section: SectionSpec, decision: Decision) -> Row:
    """The section and the labels of its options, those of an open choice marked."""
    options = [summing.library.options[ident] for ident in section.options if ident in decision.options]
    open_options = [summing.library.options[ident].label for ident in decision.open]
    cell = summing.labels([option.label for option in options])
    if open_options:
        alternatives = summing.labels(open_options, (" / ", " / "))
        cell = {language: (*cell[language], *_open(language, alternatives, bool(options))) for language in summing.languages}
    return Row(f"summary:choices.{section.id}", (summing.labels([section.title]), cell))


def _open(language: str, alternatives: Texts, after: bool) -> Inlines:
    glue = word("semicolon", language) if after else ""
    return (Text(glue + WORDS["open"][language]), *alternatives[language])


# ── departures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _departures(summing: Summing) -> Section | None:
    """Where the plan chooses otherwise than its profile would for the same facts; None for a plan without a profile."""
    profile = summing.library.profiles.get(summing.plan.profile)
    if profile is None:
        return None
    offered = options_of(profile, summing.library, summing.plan)
    rows = []
    for section in summing.library.sections.values():
        theirs = set(offered.get(section.id, ()))
        ours = set(summing.plan.choices.get(section.id, Decision()).every)
        if theirs != ours:
            cells = (_named(summing, section, theirs - ours), _named(summing, section, ours - theirs))
            rows.append(Row(f"summary:departures.{section.id}", (summing.labels([section.title]), *cells)))
    columns = (summing.column("section", 3), summing.column("profile", 4), summing.column("plan", 4))
    table = Table("summary:departures.table", "records", columns, tuple(rows))
    none = Paragraph("summary:departures.none", summing.words("no-departure"))
    return Section("summary:departures", summing.words("departures", profile=profile.name), (table,) if rows else (none,))


def _named(summing: Summing, section: SectionSpec, options: set[str]) -> Texts:
    labels = [summing.library.options[ident].label for ident in section.options if ident in options]
    return summing.labels(labels or [{"en": "–", "zh": "–"}])


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _values(summing: Summing) -> Section:
    rows = tuple(_value_rows(summing))
    columns = (summing.column("parameter", 5), summing.column("value", 3), summing.column("usual", 3))
    table = Table("summary:values.table", "records", columns, rows)
    return Section("summary:values", summing.words("values"), (table,) if rows else ())


def _value_rows(summing: Summing) -> Iterator[Row]:
    """A row for each value that is not what the profile or the card would have, and for each that is still open."""
    profile = summing.library.profiles.get(summing.plan.profile)
    chosen = {section: decision.options for section, decision in summing.plan.choices.items()}
    usual = values_of(profile, summing.library, chosen)
    for option in chosen_options(summing):
        for parameter in option.parameters.values():
            address = f"{option.id}.{parameter.name}"
            if parameter.fact or (parameter.spec.optional and address not in summing.plan.values):
                continue
            value = summing.plan.values.get(address)
            offered = _typed(parameter, usual.get(address))
            if value is None or value != offered:
                cells = (
                    summing.labels([parameter.label]),
                    _said(summing, parameter, value),
                    _offered(summing, parameter, offered),
                )
                yield Row(f"summary:values.{address}", cells)


def _typed(parameter: Parameter, written: object) -> object:
    try:
        return None if written is None else parse(parameter.spec, written)
    except Misfit:
        return None


def _said(summing: Summing, parameter: Parameter, value: object) -> Texts:
    if value is None:
        return {language: (Gap(parameter.label[language], parameter.address),) for language in summing.languages}
    return {
        language: (Value(value_words(summing, parameter, value, language), parameter.address),) for language in summing.languages
    }


def _offered(summing: Summing, parameter: Parameter, value: object) -> Texts:
    if value is None:
        return summing.labels([{"en": "–", "zh": "–"}])
    return {language: (Text(value_words(summing, parameter, value, language)),) for language in summing.languages}
