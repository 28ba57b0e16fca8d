"""STR-01 to STR-04: the data of the cards applied: slots, ranges, needs, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.language import word
from tmp_builder.library.schema import Option, Parameter, Relation, Slot
from tmp_builder.plan.rows import OWN_KEYS
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, exclusion, rule
from tmp_builder.rules.fixes import fix
from tmp_builder.values import out_of_range, say
from tmp_builder.values.say import Names


@rule("STR-01", Severity.ERROR, Force.CONTRACT, "domain catalogue §2, §3.0; USNL Art. 7; CNCC Art. 845")
def slots_are_filled(case: Case) -> Iterator[Hit]:
    """Every section that is required, or that the plan enters, fills its slots, and no slot holds more than it may.

    Why: a plan that is silent on ownership, licences or disputes falls back on default laws that differ from country
    to country.
    Bad: no choice under `ownership`. Good: `ownership: employer`.
    """
    for section in case.library.sections.values():
        decision = case.decision(section)
        required = case.holds(section.required_when) or section.required_when == "always"
        for slot in section.slots:
            if slot.when and not case.holds(slot.when):
                continue
            held = [option for option in slot.options if option in decision.every]
            if not held and slot.low and (required or decision.every):
                yield _empty_slot(case, slot)
            if slot.high is not None and len([option for option in held if option not in decision.open]) > slot.high:
                yield _overfull_slot(case, slot, [option for option in held if option not in decision.open])


def _empty_slot(case: Case, slot: Slot) -> Hit:
    section = case.library.sections[slot.section]
    names = [option.partition(".")[2] for option in slot.options]
    return Hit(
        f"“{section.title['en']}” has no choice for: {slot.label['en']}",
        f"“{section.title['zh']}”未作选择：{slot.label['zh']}",
        f"choices.{slot.section}",
        f"slot:{slot.section}.{slot.id}",
        fix=fix(
            f"Add one of these under choices.{slot.section}: {', '.join(names)}.",
            f"在choices.{slot.section}下选填：{'、'.join(names)}。",
        ),
        cause=f"slot:{slot.section}.{slot.id}",
    )


def _overfull_slot(case: Case, slot: Slot, held: list[str]) -> Hit:
    labels = {lang: " / ".join(case.library.options[option].label[lang] for option in held) for lang in ("en", "zh")}
    return Hit(
        f"{slot.label['en']} takes at most {slot.high} option, the plan has {len(held)}: {labels['en']}",
        f"“{slot.label['zh']}”最多选{slot.high}项，本计划有{len(held)}项：{labels['zh']}",
        f"choices.{slot.section}",
        held[1],
        fix=fix(
            f"Keep {slot.high} of: {', '.join(held)}; or write them under open: with each side's position.",
            f"在{'、'.join(held)}中保留{slot.high}项；或者写入open:并注明各方立场。",
        ),
        cause=f"slot:{slot.section}.{slot.id}",
    )


@rule("STR-02", Severity.ERROR, Force.CONTRACT, "ranges of the clause cards")
def values_lie_in_range(case: Case) -> Iterator[Hit]:
    """Each value lies in the range of its card.

    Why: ranges come from statutes, funders' terms or long practice; a value outside is either unlawful or a slip of
    the pen.
    Bad: 200 days where the card allows 15 to 120. Good: a value inside, or bespoke wording that says why it is
    otherwise.
    Decision: values of options that are neither chosen nor open say nothing and are not weighed.
    """
    general = {*case.plan.entered()}
    yield from _outside(case, case.plan.values, "parameters", general)
    for project in case.plan.projects:
        own = {option for decision in project.choices.values() for option in decision.every}
        yield from _outside(case, project.values, f"projects.{project.id}.parameters", general | own)


def _outside(case: Case, values: Mapping[str, Any], prefix: str, options: set[str]) -> Iterator[Hit]:
    for address, value in values.items():
        parameter = case.library.parameter(address)
        if parameter and parameter.option in options and out_of_range(parameter.spec, value):
            yield _out_of_range(parameter, value, f"{prefix}.{address}")


class _NoNames:
    """Values in messages need no names of members."""

    def party(self, ident: str, language: str) -> str | None:
        return ident

    def territory(self, code: str, language: str) -> str | None:
        return code


def _out_of_range(parameter: Parameter, value: object, address: str) -> Hit:
    names: Names = _NoNames()
    said = {lang: say(parameter.spec, value, lang, names) for lang in ("en", "zh")}
    bounds = {lang: bounds_of(parameter, lang) for lang in ("en", "zh")}
    return Hit(
        f"{parameter.label['en']}: {said['en']} is outside {bounds['en']}",
        f"{parameter.label['zh']}：{said['zh']}超出{bounds['zh']}",
        address,
        parameter.option,
        fix=fix(f"Choose a value in {bounds['en']}.", f"请在{bounds['zh']}内取值。"),
        cause=f"value:{address}",
    )


def bounds_of(parameter: Parameter, language: str) -> str:
    """The bounds of a parameter in words: "15 to 120", "one of 1, 3, 5"."""
    spec = parameter.spec
    if spec.allowed:
        listed = word("comma", language).join(str(value) for value in spec.allowed)
        return f"one of {listed}" if language == "en" else f"允许值（{listed}）"
    low, high = ("" if bound is None else str(bound) for bound in (spec.low, spec.high))
    if language == "en":
        return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    return f"{low}至{high}的范围" if low and high else f"不低于{low}的范围" if low else f"不高于{high}的范围"


@rule("STR-03", Severity.ERROR, Force.CONTRACT, "needs of the clause cards")
def needs_are_met(case: Case) -> Iterator[Hit]:
    """Whatever a chosen option needs – another option, a value, a schedule – is there.

    Why: an option that builds on another says nothing without it. A schedule that has no rows yet is named with []
    and prints “None”.
    Bad: `joint-ownership.managed` without rules on enforcement. Good: `joint-ownership: [managed, enforcement, …]`.
    Decision: a schedule that the document prints and the plan does not name is a question not yet answered: a gap, which
    stands under STR-05.
    """
    for option in case.chosen():
        for need in option.needs:
            if _applies(case, option, need) and not _met(case, need) and not _prints(case, need):
                yield _missing_need(case, option, need)


def _prints(case: Case, need: Relation) -> bool:
    """Whether the document prints the schedule that is needed, and with it the gap."""
    return bool(need.schedule) and any(printed.id == f"schedule:{need.schedule}" for printed in case.document.schedules)


def _applies(case: Case, option: Option, relation: Relation) -> bool:
    if relation.if_fact and not case.holds(relation.if_fact):
        return False
    if relation.if_value:
        name, wanted = relation.if_value
        return bool(case.value(f"{option.id}.{name}") == wanted)
    return True


def _met(case: Case, need: Relation) -> bool:
    if need.schedule:
        return has_register(case, need.schedule)
    if need.value:
        return _has_value(case, need.value, set(case.plan.entered()))
    return any(option in case.plan.entered() for option in need.any_of)


def _has_value(case: Case, wanted: tuple[str, str], options: set[str]) -> bool:
    """Whether a parameter of one of the `options` has this value; values of options not chosen are kept, but say nothing."""
    address, value = wanted
    return address.rpartition(".")[0] in options and str(case.value(address)) == value


def has_register(case: Case, schedule: str) -> bool:
    """Whether the plan fills a schedule, if only by saying that it has no rows."""
    return not case.plan.unlisted(schedule)


def _missing_need(case: Case, option: Option, need: Relation) -> Hit:
    if need.schedule:
        spec = case.library.schedules[need.schedule]
        what = {"en": f"the schedule “{spec.title['en']}”", "zh": f"附件“{spec.title['zh']}”"}
        if need.schedule in OWN_KEYS:
            advice = fix(f"Add {need.schedule}: with at least one row.", f"增加{need.schedule}:，至少列一行。")
        else:
            key = f"registers.{need.schedule}"
            advice = fix(f"Add {key}: with its rows, or [] for none.", f"增加{key}:及其各行；没有的，写[]。")
    elif need.value:
        what = {"en": f"{need.value[0]} = {need.value[1]}", "zh": f"{need.value[0]} = {need.value[1]}"}
        advice = fix(f"Set parameters.{need.value[0]}: {need.value[1]}.", f"设parameters.{need.value[0]}: {need.value[1]}。")
    else:
        labels = {lang: " / ".join(case.library.options[each].label[lang] for each in need.any_of) for lang in ("en", "zh")}
        what = {"en": f"“{labels['en']}”", "zh": f"“{labels['zh']}”"}
        several = len(need.any_of) > 1
        ids = ", ".join(need.any_of)
        advice = fix(f"Add {'one of ' if several else ''}{ids}.", f"增加{'其中之一：' if several else ''}{ids}。")
    return Hit(
        f"“{option.label['en']}” ({option.id}) needs {what['en']}",
        f"“{option.label['zh']}”（{option.id}）需要{what['zh']}",
        f"choices.{option.section}",
        option.id,
        fix=advice,
        cause=f"need:{need.schedule or (need.value and need.value[0]) or '|'.join(need.any_of)}",
    )


@rule("STR-04", Severity.ERROR, Force.CONTRACT, "conflicts of the clause cards")
def choices_do_not_conflict(case: Case) -> Iterator[Hit]:
    """No two chosen options contradict each other, read in both directions.

    Why: two clauses that exclude each other leave the decision to a tribunal.
    Bad: consent of both Sides for every outside licence beside a free right to license after a window. Good: one of
    the two.
    """
    for option in case.chosen():
        for conflict in option.conflicts:
            if not _applies(case, option, conflict):
                continue
            if conflict.value and _has_value(case, conflict.value, set(case.plan.chosen())):
                yield _conflict(case, option, f"{conflict.value[0]} = {conflict.value[1]}", conflict.value[0].rpartition(".")[0])
            for other in conflict.any_of:
                if case.plan.has(other):
                    yield _conflict(case, option, other, other)


def _conflict(case: Case, option: Option, other: str, other_option: str) -> Hit:
    label = case.library.options[other_option].label
    return Hit(
        f"“{option.label['en']}” ({option.id}) and “{label['en']}” ({other}) exclude each other",
        f"“{option.label['zh']}”（{option.id}）与“{label['zh']}”（{other}）相互排斥",
        f"choices.{option.section}",
        option.id,
        fix=fix(f"Drop {option.id} or {other}.", f"删去{option.id}或者{other}。"),
        cause=exclusion(option.id, other),
    )
