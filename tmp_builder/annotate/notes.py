"""Notes for one's own house: why each option stands here, whom it favours, what else is on offer; findings at their clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from tmp_builder.annotate.open_points import OPEN, finding_words
from tmp_builder.annotate.places import places_of
from tmp_builder.document.nodes import Document, Note, Texts
from tmp_builder.document.walk import clauses, says
from tmp_builder.findings import Finding
from tmp_builder.language import LANGUAGES, quote
from tmp_builder.library.schema import Library, Option
from tmp_builder.plan.profiles import options_of
from tmp_builder.plan.schema import Decision, Plan

WORDS = {
    "option": {"en": "{label} ({id}).", "zh": "{label}（{id}）。"},
    "as-profile": {"en": "Stands here as in the profile {profile}.", "zh": "与模板{profile}一致。"},
    "instead": {
        "en": "Chosen in this plan; the profile {profile} has {others}.",
        "zh": "本计划自选；模板{profile}采用{others}。",
    },
    "added": {
        "en": "Chosen in this plan; the profile {profile} has nothing here.",
        "zh": "本计划自选；模板{profile}此处无内容。",
    },
    "chosen": {"en": "Chosen in this plan.", "zh": "本计划所选。"},
    "open": {"en": "Still open.", "zh": "尚未确定。"},
    "bespoke": {"en": "The wording is the plan's own.", "zh": "文字由本计划自拟。"},
    "position": {"en": "Position of {who}: {wanted}.", "zh": "{who}的立场：{wanted}。"},
    "reason": {"en": "Reason: {reason}", "zh": "理由：{reason}"},
    "favours": {"en": "Favours: {who}.", "zh": "有利于：{who}。"},
    "also": {"en": "Also on offer for “{slot}”: {others}.", "zh": "“{slot}”的其他选项：{others}。"},
    "alone": {"en": "The library offers nothing else for “{slot}”.", "zh": "条款库中“{slot}”无其他选项。"},
    "fix": {"en": "What to do: {fix}", "zh": "处理办法：{fix}"},
}
_SPACE = {"en": " ", "zh": ""}
_COMMA = {"en": ", ", "zh": "、"}


class _House(Struct, frozen=True):
    """What the notes are written from: the plan, its library, and what its profile would choose, by section."""

    plan: Plan
    library: Library
    usual: Mapping[str, Sequence[str]]

    def why(self, option: Option, language: str) -> str:
        """Why an option stands in this plan."""
        decision = self.plan.choices.get(option.section, Decision())
        if option.id in decision.open:
            return _SPACE[language].join((WORDS["open"][language], *self._positions(decision, option, language)))
        own = [WORDS["bespoke"][language]] if option.id in self.plan.wording else []
        return _SPACE[language].join((self._compared(option, language), *own))

    def _compared(self, option: Option, language: str) -> str:
        profile = self.library.profiles.get(self.plan.profile)
        if profile is None:
            return WORDS["chosen"][language]
        name = quote(profile.name[language], language)
        usual = self.usual.get(option.section, ())
        if option.id in usual:
            return WORDS["as-profile"][language].format(profile=name)
        slot = self.library.sections[option.section].slot_of(option.id)
        instead = [other for other in usual if other in slot.options and slot.high == 1]
        if instead:
            return WORDS["instead"][language].format(profile=name, others=self.labels(instead, language))
        return WORDS["added"][language].format(profile=name)

    def _positions(self, decision: Decision, option: Option, language: str) -> Iterator[str]:
        for who, wanted in decision.positions.items():
            if wanted == option.id:
                yield WORDS["position"][language].format(who=who, wanted=option.label[language])
                if who in decision.reasons:
                    yield WORDS["reason"][language].format(reason=decision.reasons[who])

    def others(self, option: Option, language: str) -> str:
        """What else the slot of an option offers."""
        slot = self.library.sections[option.section].slot_of(option.id)
        rest = [other for other in slot.options if other != option.id and not self.plan.has(other)]
        name = "also" if rest else "alone"
        return WORDS[name][language].format(slot=slot.label[language], others=self.labels(rest, language))

    def labels(self, options: Iterable[str], language: str) -> str:
        """The labels of options, quoted."""
        return _COMMA[language].join(quote(self.library.options[option].label[language], language) for option in options)


def drafting_notes(document: Document, plan: Plan, library: Library) -> Iterator[Note]:
    """A note at the first clause of each option."""
    profile = library.profiles.get(plan.profile)
    house = _House(plan, library, options_of(profile, library, plan) if profile else {})
    seen: set[str] = set()
    for clause in clauses(document):
        option = library.options.get(clause.origin)
        if clause.level == 2 and not clause.reserved and option and option.id not in seen:
            seen.add(option.id)
            yield Note(clause.id, "drafting", _paragraphs(option, house))


def _paragraphs(option: Option, house: _House) -> tuple[Texts, ...]:
    head, favours, others = {}, {}, {}
    for language in LANGUAGES:
        named = WORDS["option"][language].format(label=option.label[language], id=option.id)
        head[language] = named + _SPACE[language] + house.why(option, language)
        who = _COMMA[language].join(house.library.favours[code][language] for code in option.favours)
        favours[language] = WORDS["favours"][language].format(who=who)
        others[language] = house.others(option, language)
    return tuple(says(**texts) for texts in (head, favours, others))


def finding_notes(document: Document, findings: Iterable[Finding]) -> Iterator[Note]:
    """A note for every finding but the gaps and open choices, which show themselves."""
    places = places_of(document)
    for finding in findings:
        if finding.code != OPEN:
            texts = [says(**{language: finding_words(finding, language) for language in LANGUAGES})]
            if finding.fix:
                fixes = {language: WORDS["fix"][language].format(fix=fix) for language, fix in finding.fix.items()}
                texts.append(says(**fixes))
            yield Note(places.target(finding), str(finding.severity), tuple(texts))
