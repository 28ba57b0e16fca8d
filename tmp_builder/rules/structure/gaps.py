"""STR-05: nothing is left open: gaps, empty names, schedules without an answer, open choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from tmp_builder.document.nodes import Gap
from tmp_builder.document.walk import all_texts
from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES, NAMES, WORDS
from tmp_builder.library.schema import ScheduleSpec
from tmp_builder.plan.printed import PRINTED_FACTS
from tmp_builder.plan.rows import OWN_KEYS
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.fixes import fix


@rule("STR-05", Severity.ERROR, Force.CONTRACT, "house rule: no blank in a text that is signed")
def nothing_is_left_open(case: Case) -> Iterator[Hit]:
    """No gap, empty party, schedule without an answer or open choice remains in a final document; in a draft they are
    warnings.

    Why: a blank in a signed text is filled by whoever reads it first.
    Bad: `[Effective Date ●]` in the execution copy; a schedule of equipment of which the plan says nothing. Good:
    `effective-date: 2026-09-30`; `equipment: []` where there is none.
    """
    severity = Severity.ERROR if case.final else Severity.WARNING
    schedules = _schedules(case)
    for address, blank in _gaps(case).items():
        if address in schedules:
            yield _empty_schedule(schedules[address], address, severity)
        else:
            yield _gap(case, address, blank, severity)
    for section, decision in case.plan.choices.items():
        if decision.open:
            yield _open_choice(case, section, decision.open, severity)
    if case.document.signing.blocks == ():
        en, zh = "no party signs: the plan names no members yet", "尚无签署方：本计划未列成员单位"
        yield Hit(en, zh, "members", fix=fix("Add members:.", "增加members:。"), severity=severity)


class _Blank(Struct):
    """A gap: what each language calls it, and in which languages its text is missing; none for what is no text of two languages."""

    labels: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def _gaps(case: Case) -> dict[str, _Blank]:
    """Each gap by its address; a text that every language lacks is one gap. Empty slots are the business of STR-01.

    A plan without members has one finding for it, that nobody signs.
    """
    found: dict[str, _Blank] = {}
    for texts in all_texts(case.document):
        for language, inlines in texts.items():
            for inline in inlines:
                if isinstance(inline, Gap) and not inline.address.startswith("choices.") and inline.address != "members":
                    blank = found.setdefault(inline.address, _Blank())
                    blank.labels.setdefault(language, inline.label)
                    if inline.address.endswith(f".{language}") and language not in blank.missing:
                        blank.missing.append(language)
    return _joined(found)


def _joined(found: dict[str, _Blank]) -> dict[str, _Blank]:
    """The gaps with those of one text in several languages taken together, at the address of the text."""
    joined: dict[str, _Blank] = {}
    for address, blank in found.items():
        stem = address.rpartition(".")[0] if blank.missing else ""
        several = bool(stem) and all(f"{stem}.{language}" in found for language in LANGUAGES)
        one = joined.setdefault(stem if several else address, _Blank())
        one.labels |= blank.labels
        one.missing += blank.missing
    return joined


def _schedules(case: Case) -> dict[str, ScheduleSpec]:
    """The schedules of which the plan says nothing, by the address that their rows would have."""
    found = {case.plan.unlisted(spec.id): spec for spec in case.library.schedules.values()}
    return {address: spec for address, spec in found.items() if address}


def _empty_schedule(spec: ScheduleSpec, address: str, severity: Severity) -> Hit:
    """Members and projects cannot be declared to be none; any other schedule can."""
    en, zh = (
        ("with at least one row", "，至少列一行")
        if address in OWN_KEYS
        else ("with its rows, or [] for none", "及其各行；没有的，写[]")
    )
    return Hit(
        f"the plan does not say yet what the schedule “{spec.title['en']}” holds",
        f"本计划尚未说明附件“{spec.title['zh']}”的内容",
        address,
        fix=fix(f"Add {address}: {en}.", f"增加{address}:{zh}。"),
        severity=severity,
    )


def _gap(case: Case, address: str, blank: _Blank, severity: Severity) -> Hit:
    """A blank, with the language in which it is missing where the document has another one that might have it."""
    parameter = case.library.parameter(address.removeprefix("parameters."))
    labels = blank.labels
    said = {
        lang: parameter.label[lang] if parameter else labels.get(lang) or _label_in(labels, lang) or address for lang in LANGUAGES
    }
    named = blank.missing if len(case.document.languages) > 1 else ()
    several = [f"{address}.{language}" for language in blank.missing] if len(blank.missing) > 1 else [address]
    return Hit(
        f"a blank is not filled: {said['en']}{_tongues(named, 'en')}",
        f"有空白未填：{said['zh']}{_tongues(named, 'zh')}",
        address,
        parameter.option if parameter else "",
        fix=fix(f"Set {' and '.join(several)}.", f"填写{'和'.join(several)}。"),
        severity=severity,
    )


def _tongues(missing: Sequence[str], language: str) -> str:
    """In which languages a text is missing: ", in Chinese"; nothing for what is no text of two languages."""
    if not missing:
        return ""
    names = [NAMES[language][each] for each in LANGUAGES if each in missing]
    return f", in {' and '.join(names)}" if language == "en" else f"（{'和'.join(names)}）"


def _label_in(labels: dict[str, str], language: str) -> str:
    """The label of a gap in a language that the document leaves out, or in which only the other text has the gap."""
    known = [*WORDS.values(), *(fact[1] for fact in PRINTED_FACTS.values())]
    same = (each for each in known if any(each.get(other) == label for other, label in labels.items()))
    return next((each[language] for each in same), "")


def _open_choice(case: Case, section: str, options: tuple[str, ...], severity: Severity) -> Hit:
    title = case.library.sections[section].title
    names = [option.partition(".")[2] for option in options]
    return Hit(
        f"“{title['en']}” is still open between {', '.join(names)}",
        f"“{title['zh']}”尚未定案，备选：{'、'.join(names)}",
        f"choices.{section}",
        fix=fix(f"Write choices.{section}: with the option agreed.", f"将商定的选项写入choices.{section}:。"),
        severity=severity,
    )
