"""What the tables of a summary are made from: its words, labels of the library, chosen options and values in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tmp_builder.assemble.fill import PlanNames
from tmp_builder.document.nodes import Column, Text, Texts
from tmp_builder.library.schema import Labels, Library, Option, Parameter
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import say

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
    "rule": {"en": "Rule", "zh": "规则"},
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


class Summing(Struct, frozen=True):
    """What the tables are made from."""

    plan: Plan
    library: Library

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the plan."""
        return self.plan.languages

    def words(self, name: str, **values: Labels) -> Texts:
        """A fixed word of `WORDS`, its places filled."""
        return {
            language: (Text(WORDS[name][language].format(**{key: label[language] for key, label in values.items()})),)
            for language in self.languages
        }

    def labels(self, labels: Iterable[Labels], glue: tuple[str, str] = ("; ", "；")) -> Texts:
        """Labels of the library as one text; `glue` stands between two, per language."""
        found = list(labels)
        return {
            language: (Text((glue[0] if language == "en" else glue[1]).join(label[language] for label in found)),)
            for language in self.languages
        }

    def column(self, name: str, weight: int) -> Column:
        """A column headed by a fixed word."""
        return Column(name, self.words(name), weight)


def chosen_options(summing: Summing) -> Iterator[Option]:
    """The options chosen for certain, in the order of the document."""
    for section in summing.library.sections.values():
        decision = summing.plan.choices.get(section.id, Decision())
        yield from (summing.library.options[ident] for ident in section.options if ident in decision.options)


def value_words(summing: Summing, parameter: Parameter, value: object, language: str) -> str:
    """A typed value in words: the label of a choice, the number of records, else as the text says it."""
    spec = parameter.spec
    if spec.is_records and isinstance(value, tuple):
        return WORDS["rows"][language].format(count=len(value))
    if spec.kind == "choice":
        return spec.choices[str(value)].label[language]
    return say(spec, value, language, PlanNames(summing.plan, summing.library))
