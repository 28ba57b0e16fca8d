"""Each party's rights as a table: who owns, who may use and license, where, and how long."""

from __future__ import annotations

from collections.abc import Iterator

from tmp_builder.assemble.summing import WORDS, Summing, chosen_options, value_words
from tmp_builder.document.nodes import Inlines, Row, Section, Table, Text, Texts
from tmp_builder.language import join, word
from tmp_builder.plan.schema import Member, Side

_OWNING = ("ownership", "joint-ownership")
_USING = ("background-access", "licences", "third-party-licences")
_LASTING = ("term", "ownership", "licences", "third-party-licences", "background-access", "exit")
_MANY = 6
"""So many names stand in a cell; of more, three and the number of the others."""


def rights(summing: Summing) -> Section:
    """Who the parties are, who owns, who may use and license, where (by Side where the Sides differ), and how long."""
    groups = list(_groups(summing))
    rows = [
        *(_right(summing, f"party.{ident}", "party", party) for ident, party, _ in groups),
        _right(summing, "owns", "owns", _effects(summing, _OWNING)),
        _right(summing, "licenses", "licenses", _effects(summing, _USING)),
        *(_right(summing, f"where.{ident}", "where", _where(summing, side)) for ident, _, side in groups),
        _right(summing, "how-long", "how-long", _lasting(summing)),
    ]
    columns = (summing.column("parameter", 3), summing.column("rule", 8))
    return Section("summary:rights", summing.words("rights"), (Table("summary:rights.table", "records", columns, tuple(rows)),))


def _right(summing: Summing, ident: str, name: str, texts: Texts) -> Row:
    return Row(f"summary:rights.{ident}", (summing.words(name), texts))


def _groups(summing: Summing) -> Iterator[tuple[str, Texts, Side | None]]:
    """The parties that stand alike: those of a Side, or all."""
    members = [member for member in summing.plan.members if member.status != "left"]
    if not summing.plan.sides:
        yield "all", _names(summing, None, members), None
    for side in summing.plan.sides:
        yield side.id, _names(summing, side, [member for member in members if member.side == side.id]), side


def _names(summing: Summing, side: Side | None, members: list[Member]) -> Texts:
    texts: dict[str, Inlines] = {}
    for language in summing.languages:
        names = [member.name.get(language) or member.id for member in members]
        shown = join(names, language)
        if len(names) > _MANY:
            first = word("comma", language).join(names[:3])
            shown = WORDS["others"][language].format(names=first, count=len(names) - 3)
        head = side.name.get(language, "") if side else ""
        texts[language] = (Text(f"{head}{word('colon', language)}{shown}" if head and shown else head or shown),)
    return texts


def _effects(summing: Summing, sections: tuple[str, ...]) -> Texts:
    """What the deciding options of some sections change, in their own words."""
    found = [
        option.effect
        for option in chosen_options(summing)
        if option.section in sections and summing.library.sections[option.section].slot_of(option.id).pick != "any"
    ]
    return summing.labels(found or [{"en": "–", "zh": "–"}], (" ", ""))


def _where(summing: Summing, side: Side | None) -> Texts:
    """The territory of a Side where rights are divided by territory, with the rule for other countries or regions."""
    labels = [option.label for option in chosen_options(summing) if option.section == "territory"]
    if not summing.plan.has("territory.own-territory-right") or side is None:
        return summing.labels(labels or [WORDS["everywhere"]])
    known = summing.library.territories
    own = {
        language: join([known[code][language] if code in known else code for code in side.territory], language)
        for language in ("en", "zh")
    }
    named = {language: side.name.get(language, "") + word("colon", language) + own[language] for language in ("en", "zh")}
    return summing.labels([named if all(side.name.get(language) for language in summing.languages) else own, *labels])


def _lasting(summing: Summing) -> Texts:
    """The periods of months and years in the sections that say how long rights last."""
    said: dict[str, list[str]] = {language: [] for language in summing.languages}
    for option in chosen_options(summing):
        for parameter in option.parameters.values():
            value = summing.plan.values.get(f"{option.id}.{parameter.name}")
            if option.section in _LASTING and parameter.spec.kind in ("months", "years") and value is not None:
                for language, lines in said.items():
                    words = value_words(summing, parameter, value, language)
                    lines.append(parameter.label[language] + word("colon", language) + words)
    return {language: (Text(word("semicolon", language).join(lines) or "–"),) for language, lines in said.items()}
