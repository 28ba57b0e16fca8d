"""STR: the structure of a plan: slots, values, needs, conflicts, gaps, references, languages, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tmp_builder.assemble.refer import dangling
from tmp_builder.document.nodes import Gap, Inlines, Term, Text
from tmp_builder.document.walk import all_texts, plain, texts_of
from tmp_builder.findings import Force, Severity
from tmp_builder.library.schema import Option, Parameter, Relation, Slot
from tmp_builder.library.terms import finder, forms_of
from tmp_builder.plan.rows import OWN_KEYS
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.values import out_of_range, say
from tmp_builder.values.say import Names

E_ = Severity.ERROR
Fix = dict[str, str]


def _fix(en: str, zh: str) -> Fix:
    return {"en": en, "zh": zh}


@rule("STR-01", Severity.ERROR, Force.CONTRACT, "domain catalogue §2, §3.0; USNL Art. 7; CNCC Art. 845")
def slots_are_filled(case: Case) -> Iterator[Hit]:
    """Every section that is required, or that the plan enters, fills its slots, and no slot holds more than it may.

    Why: a plan that is silent on ownership, licences or disputes falls back on default laws that differ from country to country.
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
    names = ", ".join(option.partition(".")[2] for option in slot.options)
    return Hit(
        f"“{section.title['en']}” has no choice for: {slot.label['en']}",
        f"“{section.title['zh']}”未作选择：{slot.label['zh']}",
        f"choices.{slot.section}",
        f"slot:{slot.section}.{slot.id}",
        fix=_fix(f"Add one of these under choices.{slot.section}: {names}.", f"在choices.{slot.section}下选填：{names}。"),
        cause=f"slot:{slot.section}.{slot.id}",
    )


def _overfull_slot(case: Case, slot: Slot, held: list[str]) -> Hit:
    labels = {lang: " / ".join(case.library.options[option].label[lang] for option in held) for lang in ("en", "zh")}
    return Hit(
        f"{slot.label['en']} takes at most {slot.high} option, the plan has {len(held)}: {labels['en']}",
        f"“{slot.label['zh']}”最多选{slot.high}项，本计划有{len(held)}项：{labels['zh']}",
        f"choices.{slot.section}",
        held[1],
        fix=_fix(
            f"Keep {slot.high} of: {', '.join(held)}; or write them under open: with each side's position.",
            f"在{'、'.join(held)}中保留{slot.high}项；或者写入open:并注明各方立场。",
        ),
        cause=f"slot:{slot.section}.{slot.id}",
    )


@rule("STR-02", Severity.ERROR, Force.CONTRACT, "ranges of the clause cards")
def values_lie_in_range(case: Case) -> Iterator[Hit]:
    """Each value lies in the range of its card.

    Why: ranges come from statutes, funders' terms or long practice; a value outside is either unlawful or a slip of the pen.
    Bad: 200 days where the card allows 15 to 120. Good: a value inside, or bespoke wording that says why it is otherwise.
    """
    every = [(case.plan.values, "parameters")] + [(project.values, f"projects.{project.id}.parameters") for project in case.plan.projects]
    for values, prefix in every:
        for address, value in values.items():
            parameter = case.library.parameter(address)
            if parameter and out_of_range(parameter.spec, value):
                yield _out_of_range(parameter, value, f"{prefix}.{address}")


class _NoNames:
    """Values in messages need no names of members."""

    def party(self, ident: str, language: str) -> str | None:  # noqa: ARG002
        return ident

    def territory(self, code: str, language: str) -> str | None:  # noqa: ARG002
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
        fix=_fix(f"Choose a value in {bounds['en']}.", f"请在{bounds['zh']}内取值。"),
        cause=f"value:{address}",
    )


def bounds_of(parameter: Parameter, language: str) -> str:
    """The bounds of a parameter in words: "15 to 120", "one of 1, 3, 5"."""
    spec = parameter.spec
    if spec.allowed:
        listed = ", ".join(str(value) for value in spec.allowed)
        return f"one of {listed}" if language == "en" else f"允许值（{listed}）"
    low, high = ("" if bound is None else str(bound) for bound in (spec.low, spec.high))
    if language == "en":
        return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    return f"{low}至{high}的范围" if low and high else f"不低于{low}的范围" if low else f"不高于{high}的范围"


@rule("STR-03", Severity.ERROR, Force.CONTRACT, "needs of the clause cards")
def needs_are_met(case: Case) -> Iterator[Hit]:
    """Whatever a chosen option needs – another option, a value, a schedule – is there.

    Why: an option that builds on another says nothing without it. A schedule that has no rows yet is named with [] and prints “None”.
    Bad: `joint-ownership.managed` without rules on enforcement. Good: `joint-ownership: [managed, enforcement, …]`.
    """
    for option in case.chosen():
        for need in option.needs:
            if _applies(case, option, need) and not _met(case, need):
                yield _missing_need(case, option, need)


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
        return bool(str(case.value(need.value[0])) == need.value[1])
    return any(option in case.plan.entered() for option in need.any_of)


def has_register(case: Case, schedule: str) -> bool:
    """Whether the plan fills a schedule, if only by saying that it has no rows."""
    own = {"members": case.plan.members, "projects": case.plan.projects or case.plan.work_plan, "accession": True}
    return bool(own[schedule]) if schedule in own else schedule in case.plan.registers


def _missing_need(case: Case, option: Option, need: Relation) -> Hit:
    if need.schedule:
        spec = case.library.schedules[need.schedule]
        what = {"en": f"the schedule “{spec.title['en']}”", "zh": f"附件“{spec.title['zh']}”"}
        key = need.schedule if need.schedule in OWN_KEYS else f"registers.{need.schedule}"
        fix = _fix(f"Add {key}: with its rows, or [] for none.", f"增加{key}:及其各行；没有的，写[]。")
    elif need.value:
        what = {"en": f"{need.value[0]} = {need.value[1]}", "zh": f"{need.value[0]} = {need.value[1]}"}
        fix = _fix(f"Set parameters.{need.value[0]}: {need.value[1]}.", f"设parameters.{need.value[0]}: {need.value[1]}。")
    else:
        labels = {lang: " / ".join(case.library.options[each].label[lang] for each in need.any_of) for lang in ("en", "zh")}
        what = {"en": f"“{labels['en']}”", "zh": f"“{labels['zh']}”"}
        several = len(need.any_of) > 1
        ids = ", ".join(need.any_of)
        fix = _fix(f"Add {'one of ' if several else ''}{ids}.", f"增加{'其中之一：' if several else ''}{ids}。")
    return Hit(
        f"“{option.label['en']}” ({option.id}) needs {what['en']}",
        f"“{option.label['zh']}”（{option.id}）需要{what['zh']}",
        f"choices.{option.section}",
        option.id,
        fix=fix,
        cause=f"need:{need.schedule or (need.value and need.value[0]) or '|'.join(need.any_of)}",
    )


@rule("STR-04", Severity.ERROR, Force.CONTRACT, "conflicts of the clause cards")
def choices_do_not_conflict(case: Case) -> Iterator[Hit]:
    """No two chosen options contradict each other, read in both directions.

    Why: two clauses that exclude each other leave the decision to a tribunal.
    Bad: consent of both Sides for every outside licence beside a free right to license after a window. Good: one of the two.
    """
    for option in case.chosen():
        for conflict in option.conflicts:
            if not _applies(case, option, conflict):
                continue
            if conflict.value and str(case.value(conflict.value[0])) == conflict.value[1]:
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
        fix=_fix(f"Drop {option.id} or {other}.", f"删去{option.id}或者{other}。"),
        cause=f"options:{'|'.join(sorted((option.id, other)))}",
    )


@rule("STR-05", Severity.ERROR, Force.CONTRACT, "house rule: no blank in a text that is signed")
def nothing_is_left_open(case: Case) -> Iterator[Hit]:
    """No gap, empty party or open choice remains in a final document; in a draft they are warnings.

    Why: a blank in a signed text is filled by whoever reads it first.
    Bad: `[Effective Date ●]` in the execution copy. Good: `effective-date: 2026-09-30`.
    """
    severity = Severity.ERROR if case.final else Severity.WARNING
    seen: set[str] = set()
    for texts in all_texts(case.document):
        for inlines in texts.values():
            for inline in inlines:
                if isinstance(inline, Gap) and inline.address not in seen and not inline.address.startswith("choices."):
                    seen.add(inline.address)
                    yield _gap(case, inline, severity)
    for section, decision in case.plan.choices.items():
        if decision.open:
            yield _open_choice(case, section, decision.open, severity)
    if case.document.signing.blocks == ():
        en, zh = "no party signs: the plan names no members yet", "尚无签署方：本计划未列成员单位"
        yield Hit(en, zh, "members", fix=_fix("Add members:.", "增加members:。"), severity=severity)


def _gap(case: Case, gap: Gap, severity: Severity) -> Hit:
    parameter = case.library.parameter(gap.address.removeprefix("parameters."))
    label = parameter.label if parameter else {"en": gap.label, "zh": gap.label}
    return Hit(
        f"a blank is not filled: {label['en']}",
        f"有空白未填：{label['zh']}",
        gap.address,
        parameter.option if parameter else "",
        fix=_fix(f"Set {gap.address}.", f"填写{gap.address}。"),
        severity=severity,
    )


def _open_choice(case: Case, section: str, options: tuple[str, ...], severity: Severity) -> Hit:
    title = case.library.sections[section].title
    names = ", ".join(option.partition(".")[2] for option in options)
    return Hit(
        f"“{title['en']}” is still open between {names}",
        f"“{title['zh']}”尚未定案，备选：{names}",
        f"choices.{section}",
        fix=_fix(f"Write choices.{section}: with the option agreed.", f"将商定的选项写入choices.{section}:。"),
        severity=severity,
    )


@rule("STR-06", Severity.ERROR, Force.CONTRACT, "house rule: every reference leads to a clause of the same document")
def references_resolve(case: Case) -> Iterator[Hit]:
    """Every reference leads to a clause, section or schedule of this document, in both languages.

    Why: a reference to a clause that fell out changes what the sentence says.
    Bad: bespoke wording that refers to an option the plan does not choose. Good: a reference to a clause that is there.
    """
    for clause in case.clauses:
        for texts in texts_of(clause):
            targets = {target for inlines in texts.values() for target in dangling(inlines)}
            for target in sorted(targets):
                yield Hit(
                    f"clause {clause.number} refers to “{target}”, which is not in this document",
                    f"第{clause.number}条引用了“{target}”，但本文件中没有该内容",
                    f"wording.{clause.origin}" if clause.origin in case.plan.wording else f"choices.{clause.origin.partition('.')[0]}",
                    clause.id,
                    fix=_fix("Choose the option that the text refers to, or change the wording.", "选用被引用的选项，或者修改文字。"),
                )


@rule("STR-07", Severity.ERROR, Force.CONTRACT, "CNCC Art. 466: texts in two languages are presumed to mean the same")
def languages_agree(case: Case) -> Iterator[Hit]:
    """Both languages hold the same clauses with the same numbers, dates and percentages.

    Why: where the two texts differ, each side will rely on its own. The cards are held together when the library is read; this rule
    looks at bespoke wording and additional clauses. Figures are compared: write “thirty (30)” and “三十（30）”.
    Bad: “within 30 days” beside “在60日内”. Good: the same figure, or better a parameter.
    """
    own = {**case.plan.wording, **{f"additional.{each.id}": each for each in case.plan.additional}}
    for clause in case.clauses:
        if clause.origin in own and len(clause.texts) > 1:
            figures = {language: _figures(inlines) for language, inlines in clause.texts.items()}
            if len({tuple(found) for found in figures.values()}) > 1:
                shown = " / ".join(", ".join(found) or "–" for found in figures.values())
                key = clause.origin if clause.origin.startswith("additional.") else f"wording.{clause.origin}"
                yield Hit(
                    f"clause {clause.number}: the figures differ between the languages: {shown}",
                    f"第{clause.number}条：两种文字中的数字不一致：{shown}",
                    key,
                    clause.id,
                    fix=_fix("Write the same figures in both languages.", "两种文字应写明相同的数字。"),
                )


def _figures(inlines: Inlines) -> list[str]:
    words = plain(tuple(inline for inline in inlines if isinstance(inline, Text)))
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", words))


@rule("STR-08", Severity.ERROR, Force.CONTRACT, "house rule: one word, one meaning")
def terms_are_defined(case: Case) -> Iterator[Hit]:
    """Bespoke text uses the defined terms exactly: no near miss, no term of its own that nobody defines, none defined twice.

    Why: “Project Intellectual Property” beside “Project IP” invites the argument that two things are meant.
    Bad: “Pre-existing IP”. Good: “Background IP”; or a term defined where it stands as **New Term**.
    """
    own = {option: f"wording.{option}" for option in case.plan.wording}
    own |= {f"additional.{each.id}": f"additional.{each.id}" for each in case.plan.additional}
    local = [inline.text for clause in case.clauses for inlines in clause.texts.values() for inline in inlines if isinstance(inline, Term)]
    for clause in case.clauses:
        if clause.origin not in own:
            continue
        address = own[clause.origin]
        for language, inlines in clause.texts.items():
            for wrong, right in near_misses(case, language, plain(inlines)):
                yield Hit(
                    f"clause {clause.number}: “{wrong}” is not a defined term; the term is “{right}”",
                    f"第{clause.number}条：“{wrong}”不是定义术语，应为“{right}”",
                    address,
                    clause.id,
                    fix=_fix(f"Write “{right}”.", f"改为“{right}”。"),
                )
        for unknown in _undefined(case, plain(clause.texts.get("en", ())), local):
            yield Hit(
                f"clause {clause.number}: “{unknown}” is written like a defined term but is not defined",
                f"第{clause.number}条：“{unknown}”写法如同定义术语，但没有定义",
                address,
                clause.id,
                fix=_fix(f"Define it where it stands (**{unknown}**), or write it in lower case.", "在该处以**术语**加以定义，或者改为小写。"),
            )


def near_misses(case: Case, language: str, text: str) -> Iterator[tuple[str, str]]:
    """Wrong forms of defined terms in a text, each with the right word."""
    for term in case.library.terms:
        for wrong in term.avoid.get(language, ()):
            pattern = rf"\b{re.escape(wrong)}s?\b" if language == "en" else re.escape(wrong)
            if re.search(pattern, text):
                yield wrong, term.term[language]


def _undefined(case: Case, text: str, local: list[str]) -> Iterator[str]:
    """Phrases of two or more capitalised words inside a sentence that are no term, no name and not defined on the spot."""
    names = {name for member in case.plan.members for name in member.name.values()}
    names |= {name for side in case.plan.sides for name in side.name.values()}
    terms = {form for term in case.library.terms for form in forms_of(term, "en")}
    known = finder(case.library, "en")
    for found in re.finditer(r"(?<=[a-z,;] )((?:[A-Z][a-z]+ )+[A-Z][a-z]+)\b", text):
        phrase = found[1]
        inside = list(known.used(phrase))
        if phrase not in terms and phrase not in local and not inside and not any(phrase in name for name in names):
            yield phrase
