"""The summary edition: what is chosen, where it departs from the profile, the values, and each party's rights, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tmp_builder.assemble.fill import PlanNames
from tmp_builder.document.nodes import Column, Document, Gap, Inlines, Paragraph, Row, Section, Signing, Table, Text, Texts, Value
from tmp_builder.language import join, word
from tmp_builder.library.schema import Labels, Library, Option, Parameter, SectionSpec
from tmp_builder.plan.profiles import options_of, values_of
from tmp_builder.plan.schema import Decision, Member, Plan, Side
from tmp_builder.values import Misfit, parse, say

WORDS: dict[str, Labels] = {
    "choices": {"en": "Choices by section", "zh": "各条的选择"},
    "departures": {"en": "Departures from the profile “{profile}”", "zh": "与模板“{profile}”的差异"},
    "values": {"en": "Values", "zh": "参数"},
    "rights": {"en": "Rights of the parties", "zh": "各方权利"},
    "section": {"en": "Section", "zh": "条目"},
    "chosen": {"en": "Chosen", "zh": "选择"},
    "profile": {"en": "Profile", "zh": "模板"},
    "plan": {"en": "This Plan", "zh": "本计划"},
    "value": {"en": "Value", "zh": "取值"},
    "usual": {"en": "Profile or default", "zh": "模板值或默认值"},
    "parameter": {"en": "What", "zh": "事项"},
    "party": {"en": "Parties", "zh": "当事人"},
    "owns": {"en": "Who owns", "zh": "权利归属"},
    "licenses": {"en": "Who may use and license", "zh": "使用与许可"},
    "where": {"en": "Where", "zh": "地域"},
    "how-long": {"en": "How long", "zh": "期限"},
    "everywhere": {"en": "not divided by territory", "zh": "不按地域划分"},
    "no-departure": {"en": "None.", "zh": "无。"},
    "open": {"en": "open: ", "zh": "未定："},
    "rows": {"en": "{count} entries, see the clause", "zh": "{count}项，见正文"},
    "others": {"en": "{names} and {count} more", "zh": "{names}等（另有{count}家）"},
    "note": {
        "en": "This summary is no part of the agreement. Where it differs from the text, the text decides.",
        "zh": "本摘要不构成协议内容；与正文不一致的，以正文为准。",
    },
}
_OWNING = ("ownership", "joint-ownership")
_USING = ("background-access", "licences", "third-party-licences")
_LASTING = ("term", "ownership", "licences", "third-party-licences", "background-access", "exit")
_MANY = 6
"""So many names stand in a cell; of more, three and the number of the others."""


@dataclass(frozen=True, slots=True)
class _Summing:
    """What the tables are made from."""

    plan: Plan
    library: Library

    @property
    def languages(self) -> tuple[str, ...]:
        return self.plan.languages

    def words(self, name: str, **values: Labels) -> Texts:
        return {
            language: (Text(WORDS[name][language].format(**{key: label[language] for key, label in values.items()})),)
            for language in self.languages
        }

    def labels(self, labels: Iterable[Labels], glue: tuple[str, str] = ("; ", "；")) -> Texts:
        found = list(labels)
        return {
            language: (Text((glue[0] if language == "en" else glue[1]).join(label[language] for label in found)),)
            for language in self.languages
        }

    def column(self, name: str, weight: int) -> Column:
        return Column(name, self.words(name), weight)


def summary(document: Document, plan: Plan, library: Library) -> Document:
    """A document of a few pages about the document of a plan; it carries the same imprint and no signature page."""
    summing = _Summing(plan, library)
    parts = [_choices(summing), _departures(summing), _rights(summing), _values(summing)]
    sections = tuple(replace(section, number=str(number)) for number, section in enumerate(filter(None, parts), 1))
    kind = {language: (Text(word("summary", language)),) for language in plan.languages}
    cover = replace(document.cover, kind=kind, notice=summing.words("note"))
    return replace(document, cover=cover, sections=sections, schedules=(), signing=Signing("signing", {}, {}, ()))


# ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _choices(summing: _Summing) -> Section:
    rows = tuple(
        _choice_row(summing, section, summing.plan.choices[section.id])
        for section in summing.library.sections.values()
        if summing.plan.choices.get(section.id, Decision()).every
    )
    table = Table("summary:choices.table", "records", (summing.column("section", 3), summing.column("chosen", 7)), rows)
    return Section("summary:choices", summing.words("choices"), (table,))


def _choice_row(summing: _Summing, section: SectionSpec, decision: Decision) -> Row:
    """The section, the labels of its options; below, what the deciding ones change."""
    options = [summing.library.options[ident] for ident in section.options if ident in decision.options]
    deciding = [option.effect for option in options if section.slot_of(option.id).pick != "any"]
    open_options = [summing.library.options[ident].label for ident in decision.open]
    cell = summing.labels([option.label for option in options])
    if open_options:
        alternatives = summing.labels(open_options, (" / ", " / "))
        cell = {language: (*cell[language], *_open(language, alternatives, bool(options))) for language in summing.languages}
    detail = summing.labels(deciding, (" ", "")) if deciding else {}
    return Row(f"summary:choices.{section.id}", (summing.labels([section.title]), cell), detail)


def _open(language: str, alternatives: Texts, after: bool) -> Inlines:
    glue = ("; " if language == "en" else "；") if after else ""
    return (Text(glue + WORDS["open"][language]), *alternatives[language])


# ── departures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _departures(summing: _Summing) -> Section | None:
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


def _named(summing: _Summing, section: SectionSpec, options: set[str]) -> Texts:
    labels = [summing.library.options[ident].label for ident in section.options if ident in options]
    return summing.labels(labels or [{"en": "–", "zh": "–"}])


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _values(summing: _Summing) -> Section:
    rows = tuple(_value_rows(summing))
    columns = (summing.column("parameter", 5), summing.column("value", 3), summing.column("usual", 3))
    table = Table("summary:values.table", "records", columns, rows)
    return Section("summary:values", summing.words("values"), (table,) if rows else ())


def _value_rows(summing: _Summing) -> Iterator[Row]:
    """A row for each value that is not what the profile or the card would have, and for each that is still open."""
    profile = summing.library.profiles.get(summing.plan.profile)
    chosen = {section: decision.options for section, decision in summing.plan.choices.items()}
    usual = values_of(profile, summing.library, chosen)
    for option in _chosen(summing):
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


def _chosen(summing: _Summing) -> Iterator[Option]:
    for section in summing.library.sections.values():
        decision = summing.plan.choices.get(section.id, Decision())
        yield from (summing.library.options[ident] for ident in section.options if ident in decision.options)


def _typed(parameter: Parameter, written: object) -> object:
    try:
        return None if written is None else parse(parameter.spec, written)
    except Misfit:
        return None


def _said(summing: _Summing, parameter: Parameter, value: object) -> Texts:
    if value is None:
        return {language: (Gap(parameter.label[language], parameter.address),) for language in summing.languages}
    return {
        language: (Value(_value_words(summing, parameter, value, language), parameter.address),) for language in summing.languages
    }


def _offered(summing: _Summing, parameter: Parameter, value: object) -> Texts:
    if value is None:
        return summing.labels([{"en": "–", "zh": "–"}])
    return {language: (Text(_value_words(summing, parameter, value, language)),) for language in summing.languages}


def _value_words(summing: _Summing, parameter: Parameter, value: object, language: str) -> str:
    spec = parameter.spec
    if spec.is_records and isinstance(value, tuple):
        return WORDS["rows"][language].format(count=len(value))
    if spec.kind == "choice":
        return spec.choices[str(value)].label[language]
    return say(spec, value, language, PlanNames(summing.plan, summing.library))


# ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rights(summing: _Summing) -> Section:
    """Who owns, who may use and license, where and how long: a row for the parties that stand alike."""
    names = ("party", "owns", "licenses", "where", "how-long")
    columns = tuple(summing.column(name, weight) for name, weight in zip(names, (3, 4, 5, 3, 4), strict=True))
    owns = _effects(summing, _OWNING)
    licenses = _effects(summing, _USING)
    lasting = _lasting(summing)
    rows = tuple(
        Row(f"summary:rights.{ident}", (party, owns, licenses, _where(summing, side), lasting))
        for ident, party, side in _groups(summing)
    )
    return Section("summary:rights", summing.words("rights"), (Table("summary:rights.table", "records", columns, rows),))


def _groups(summing: _Summing) -> Iterator[tuple[str, Texts, Side | None]]:
    """The parties that stand alike: those of a Side, or all."""
    members = [member for member in summing.plan.members if member.status != "left"]
    if not summing.plan.sides:
        yield "all", _names(summing, None, members), None
    for side in summing.plan.sides:
        yield side.id, _names(summing, side, [member for member in members if member.side == side.id]), side


def _names(summing: _Summing, side: Side | None, members: list[Member]) -> Texts:
    texts: dict[str, Inlines] = {}
    for language in summing.languages:
        names = [member.name.get(language) or member.id for member in members]
        shown = join(names, language)
        if len(names) > _MANY:
            first = (", " if language == "en" else "、").join(names[:3])
            shown = WORDS["others"][language].format(names=first, count=len(names) - 3)
        head = side.name.get(language, "") if side else ""
        texts[language] = (Text(f"{head}{word('colon', language)}{shown}" if head and shown else head or shown),)
    return texts


def _effects(summing: _Summing, sections: tuple[str, ...]) -> Texts:
    """What the deciding options of some sections change, in their own words."""
    found = [
        option.effect
        for option in _chosen(summing)
        if option.section in sections and summing.library.sections[option.section].slot_of(option.id).pick != "any"
    ]
    return summing.labels(found or [{"en": "–", "zh": "–"}], (" ", ""))


def _where(summing: _Summing, side: Side | None) -> Texts:
    """The territory of a Side where rights are divided by territory, with the rule for other countries or regions."""
    labels = [option.label for option in _chosen(summing) if option.section == "territory"]
    if not summing.plan.has("territory.own-territory-right") or side is None:
        return summing.labels(labels or [WORDS["everywhere"]])
    known = summing.library.territories
    own = {
        language: join([known[code][language] if code in known else code for code in side.territory], language)
        for language in ("en", "zh")
    }
    return summing.labels([own, *labels])


def _lasting(summing: _Summing) -> Texts:
    """The periods of months and years in the sections that say how long rights last."""
    said: dict[str, list[str]] = {language: [] for language in summing.languages}
    for option in _chosen(summing):
        for parameter in option.parameters.values():
            value = summing.plan.values.get(f"{option.id}.{parameter.name}")
            if option.section in _LASTING and parameter.spec.kind in ("months", "years") and value is not None:
                for language, lines in said.items():
                    words = _value_words(summing, parameter, value, language)
                    lines.append(parameter.label[language] + word("colon", language) + words)
    return {language: (Text(("; " if language == "en" else "；").join(lines) or "–"),) for language, lines in said.items()}
