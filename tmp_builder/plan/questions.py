"""The open questions of a plan, as data: what is to be decided, what is allowed, why it is asked, what is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from tmp_builder.library.schema import Labels, Library, Option, Parameter, SectionSpec, Slot
from tmp_builder.plan.facts import NAMED_FACTS, fact
from tmp_builder.plan.profiles import as_written, options_of
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.values import Spec


class Answer(Struct, frozen=True):
    """One of the answers that a question allows."""

    id: str
    label: Labels
    note: Labels = field(default_factory=dict)


class Question(Struct, frozen=True):
    """A decision that the plan does not hold yet.

    `address` is where the answer goes; `kind` is `choice` (options of a slot), `value` (a parameter), `fact` (yes or no) or
    `text`.
    `offered` is what the profile or the card suggests, as the plan file would write it; `slot` names the slot of a choice.
    """

    address: str
    kind: str
    text: Labels
    why: Labels
    section: str = ""
    answers: tuple[Answer, ...] = ()
    pick: str = "one"
    spec: Spec | None = None
    offered: Any = None
    label: Labels = field(default_factory=dict)
    slot: str = ""


def open_questions(plan: Plan, library: Library) -> Iterator[Question]:
    """What is still open, in the order of the document: the agreement itself, facts, choices, values."""
    yield from _about(plan)
    yield from _facts(plan, library)
    for section in library.sections.values():
        yield from _section(plan, library, section)


def _both(en: str, zh: str) -> Labels:
    return {"en": en, "zh": zh}


def _about(plan: Plan) -> Iterator[Question]:
    every = _both("Every plan has it.", "每份计划均须载明。")
    for language in plan.languages:
        if not plan.title.get(language):
            text = _both(
                f"Title of the plan ({'English' if language == 'en' else 'Chinese'})?",
                f"计划名称（{'英文' if language == 'en' else '中文'}）？",
            )
            yield Question(f"title.{language}", "text", text, every, spec=Spec("text"))
    if not plan.members:
        yield Question("members", "text", _both("Who are the parties?", "当事人是谁？"), every)
    if plan.effective_date is None and not plan.conditional:
        yield Question("effective-date", "text", _both("When does it take effect?", "何时生效？"), every, spec=Spec("date"))


def _facts(plan: Plan, library: Library) -> Iterator[Question]:
    """Facts that decide whether a section, a slot or a need applies and that the plan does not tell."""
    for name, why in facts_that_matter(plan, library).items():
        if fact(plan, library, name) is None and name not in plan.facts:
            yield fact_question(name, why)


def fact_question(name: str, why: Labels) -> Question:
    """The question for a fact that the plan does not tell."""
    answers = (Answer("yes", _both("Yes", "是")), Answer("no", _both("No", "否")))
    return Question(f"facts.{name}", "fact", NAMED_FACTS[name].question, why, answers=answers)


def facts_that_matter(plan: Plan, library: Library) -> Mapping[str, Labels]:
    """The facts on which something in this plan depends, each with the reason."""
    found: dict[str, Labels] = {}
    for section in library.sections.values():
        if section.required_when in NAMED_FACTS:
            en, zh = section.title["en"], section.title["zh"]
            found.setdefault(
                section.required_when, _both(f"It decides whether the section “{en}” is needed.", f"决定是否需要“{zh}”一条。")
            )
    for option in plan.entered():
        for need in library.options[option].needs:
            if need.if_fact in NAMED_FACTS:
                label = library.options[option].label
                found.setdefault(need.if_fact, _both(f"“{label['en']}” depends on it.", f"“{label['zh']}”取决于此。"))
    return found


def required(plan: Plan, library: Library, section: SectionSpec) -> bool:
    """Whether the section must be in the document."""
    return fact(plan, library, section.required_when) is True


def _section(plan: Plan, library: Library, section: SectionSpec) -> Iterator[Question]:
    decision = plan.choices.get(section.id)
    if required(plan, library, section) or (decision and decision.every):
        for slot in section.slots:
            if slot.when and fact(plan, library, slot.when) is False:
                continue
            if _is_open(slot, decision):
                yield slot_question(library, section, slot, plan)
    for option in (decision or Decision()).every:
        yield from _parameters(plan, library.options[option], section)


def _is_open(slot: Slot, decision: Decision | None) -> bool:
    """A slot nobody has decided: in a section without any choice every slot, otherwise one that is empty and must not be."""
    if decision is None:
        return True
    return bool(slot.low) and not any(option in slot.options for option in decision.every)


def slot_question(library: Library, section: SectionSpec, slot: Slot, plan: Plan) -> Question:
    """The question for one slot of a section; offered is what the profile chooses for this plan, with what its facts bring."""
    options = [library.options[option] for option in slot.options]
    answers = tuple(Answer(option.id, option.label, option.effect) for option in options)
    need = "must" if slot.low else "may"
    why = _both(
        f"The section “{section.title['en']}” {need} have: {slot.label['en']}.",
        f"“{section.title['zh']}”一条{'须' if slot.low else '可'}约定：{slot.label['zh']}。",
    )
    profile = library.profiles.get(plan.profile)
    chosen = options_of(profile, library, plan).get(section.id, ()) if profile else ()
    return Question(
        address=f"choices.{section.id}",
        kind="choice",
        text=section.question,
        why=why,
        section=section.id,
        answers=answers,
        pick=slot.pick,
        offered=[option.id for option in options if option.id in chosen] or None,
        label=slot.label,
        slot=slot.id,
    )


def _parameters(plan: Plan, option: Option, section: SectionSpec) -> Iterator[Question]:
    for parameter in option.parameters.values():
        if not parameter.fact and not parameter.spec.optional and f"{option.id}.{parameter.name}" not in plan.values:
            yield parameter_question(option, parameter, section)


def parameter_question(option: Option, parameter: Parameter, section: SectionSpec) -> Question:
    """The question for one parameter of an option."""
    why = _both(f"“{option.label['en']}” needs it.", f"“{option.label['zh']}”须填此项。")
    answers = tuple(Answer(key, choice.label) for key, choice in parameter.spec.choices.items())
    return Question(
        parameter.address,
        "value",
        parameter.label,
        why,
        section.id,
        answers,
        spec=parameter.spec,
        offered=as_written(parameter.default),
    )
