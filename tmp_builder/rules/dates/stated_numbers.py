"""TIM-02: numbers written into bespoke wording, against the parameters that drive them and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from tmp_builder.findings import Force, Severity
from tmp_builder.language import chinese_number, english_number
from tmp_builder.library.schema import Labels, Parameter
from tmp_builder.rules.case import Case
from tmp_builder.rules.catalogue import Hit, rule
from tmp_builder.rules.facts.bespoke import declared
from tmp_builder.rules.fixes import fix
from tmp_builder.rules.names import ids_listed

_UNITS = {
    "days": {"en": r"(?:calendar |working |business )?days?\b", "zh": r"(?:个)?(?:工作)?[日天]"},
    "months": {"en": r"(?:calendar )?months?\b", "zh": r"个月"},
    "years": {"en": r"years?\b", "zh": r"(?:个)?年(?!\d)"},
    "percent": {"en": r"(?:%|per ?cent\b)", "zh": r"[%％]"},
}
"""How each kind of value stands behind its number in a text."""
_UNITS["working-days"] = _UNITS["days"]

_WORDED = {
    "en": re.compile(r"(?P<words>[A-Za-z]+(?:[ -][A-Za-z]+){0,6}) \((?P<n>\d[\d,]{0,6})\)"),
    "zh": re.compile(r"(?P<words>[零一二两三四五六七八九十百千万]+)（(?P<n>\d[\d,]{0,6})）"),
}
_MOST = 1000
"""Numbers in words are read up to here."""


@rule("TIM-02", Severity.ERROR, Force.CONTRACT, "house rule: one fact in one place; DESCA periods stated once")
def stated_numbers_agree(case: Case) -> Iterator[Hit]:
    """A number written into bespoke wording is that of the parameter, and figures say what the words say.

    Why: tables of dates and other clauses follow the parameter; a text that says something else is a second agreement.
    Bad: “within ninety (90) days” while `party_to_party_days: 60`; “ninety (60) days”. Good: `{{ party_to_party_days }}`.
    Decision: clauses of the library print the parameter itself, so the rule reads bespoke wording of options that are
    in the document. A parameter whose blank stands in the text is safe there. Otherwise each number before the same
    unit (days, months, years, percent) has to be the value of one of the option's parameters of that unit.
    Words and figures are compared in additional clauses as well.
    """
    for text in declared(case.plan):
        for language, prose in text.prose.items():
            yield from _two_numbers(text.address, text.option, language, prose)
        if text.option in case.library.options:
            yield from _against_parameters(case, text.option, text.address, text.prose)


def _against_parameters(case: Case, option: str, address: str, prose: Labels) -> Iterator[Hit]:
    parameters = case.library.options[option].parameters.values()
    for parameter in parameters:
        value = case.value(f"{option}.{parameter.name}")
        if parameter.spec.kind not in _UNITS or value is None:
            continue
        known = {_amount(case.value(f"{option}.{each.name}")) for each in parameters if _alike(each, parameter)}
        wrong = {
            language: [number for number in _stated(text, language, parameter.spec.kind) if number not in known]
            for language, text in prose.items()
            if not _has_blank(text, parameter.name) and _amount(value) not in _stated(text, language, parameter.spec.kind)
        }
        found = sorted({number for numbers in wrong.values() for number in numbers})
        if found:
            yield _differs(parameter, address, found, _amount(value))


def _alike(one: Parameter, other: Parameter) -> bool:
    return _UNITS.get(one.spec.kind) == _UNITS[other.spec.kind]


def _amount(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, (int, Decimal)) else None


def _has_blank(text: str, name: str) -> bool:
    return re.search(rf"\{{\{{\s*{re.escape(name)}\s*\}}\}}", text) is not None


def _stated(text: str, language: str, kind: str) -> list[Decimal]:
    """The numbers before a unit: "90 days", "ninety (90) days", "百分之五" left aside."""
    pattern = re.compile(rf"(?<![\d.,-])(\d{{1,6}}(?:\.\d+)?)[)）]?\s?{_UNITS[kind][language]}", re.IGNORECASE)
    found = [Decimal(number) for number in pattern.findall(text)]
    return [number for number in found if not (kind == "years" and language == "zh" and number > _MOST)]


def _differs(parameter: Parameter, address: str, stated: list[Decimal], value: Decimal | None) -> Hit:
    numbers = ids_listed(map(str, stated))
    return Hit(
        f"the wording says {numbers['en']}, the parameter “{parameter.label['en']}” is {value}",
        f"文字写明{numbers['zh']}，参数“{parameter.label['zh']}”为{value}",
        address,
        parameter.option,
        fix=fix(f"Write {{{{ {parameter.name} }}}} in the wording.", f"在文字中写{{{{ {parameter.name} }}}}。"),
    )


def _two_numbers(address: str, option: str, language: str, prose: str) -> Iterator[Hit]:
    """Figures that differ from the number in words before them."""
    for found in _WORDED[language].finditer(prose):
        figures, words = int(found["n"].replace(",", "")), _number_in_words(found["words"], language)
        if words is not None and words != figures:
            said = found[0]
            yield Hit(
                f"“{said}” says {words} in words and {figures} in figures",
                f"“{said}”文字为{words}，数字为{figures}",
                address,
                option,
                fix=fix("Write the number once, as a blank where a parameter drives it.", "统一数字；由参数决定的，写为空白项。"),
            )


@lru_cache(maxsize=2)
def _words(language: str) -> dict[str, int]:
    say = english_number if language == "en" else chinese_number
    return {say(number).casefold(): number for number in range(_MOST)}


def _number_in_words(words: str, language: str) -> int | None:
    """The number at the end of some words: "within ninety" is 90."""
    known = _words(language)
    if language == "zh":
        return known.get(words)
    parts = words.casefold().split(" ")
    return next((known[tail] for start in range(len(parts)) if (tail := " ".join(parts[start:])) in known), None)
