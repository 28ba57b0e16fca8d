"""Parameters that changed: said with their units in both languages, and weighed by what kind of value they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.assemble.fill import PlanNames
from tmp_builder.compare.changes import Change, Version, Weight
from tmp_builder.compare.words import compare_words, only_numbers, only_spelling
from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels, Library, Parameter
from tmp_builder.plan.profiles import as_written
from tmp_builder.values import Spec, brief

NUMBERS = ("days", "working-days", "months", "years", "percent", "decimal", "integer", "fraction", "money", "date")
"""Kinds whose change is one of value; any other kind decides who has which right, or is text."""

UNSET: Labels = {"en": "[●] (open)", "zh": "[●]（待填）"}
UNUSED: Labels = {
    "en": "its option is not chosen: no effect on the text",
    "zh": "所属选项未选用，不影响文本",
}


def compare_values(
    old: Version,
    new: Version,
    values: tuple[Mapping[str, Any], Mapping[str, Any]],
    entered: tuple[set[str], set[str]],
    prefix: str = "",
) -> Iterator[Change]:
    """Values that differ, of options that stand in both versions, or in neither (then without effect).

    `values` and `entered` (the options chosen or open) are those of the plan or of one project, whose `prefix` is `projects.P1.`.
    """
    before, after = values
    for address in sorted({*before, *after}, key=_order(new.library)):
        option = address.rpartition(".")[0]
        in_old, in_new = option in entered[0], option in entered[1]
        one, two = before.get(address), after.get(address)
        parameter = new.library.parameter(address) or old.library.parameter(address)
        if one == two or in_old is not in_new or parameter is None:
            continue
        weight = weigh(parameter.spec, one, two) if in_old else Weight.COSMETIC
        yield Change(
            kind="value",
            weight=weight,
            address=f"{prefix}parameters.{address}",
            label=value_label(parameter, new.library),
            old=say_value(parameter.spec, one, old),
            new=say_value(parameter.spec, two, new),
            section=option.partition(".")[0],
            options=(option,),
            row=prefix.removeprefix("projects.").rstrip("."),
            details=() if in_old else (UNUSED,),
            pieces=_pieces(parameter.spec, one, two),
            raw=(as_written(one), as_written(two)),
        )


def _order(library: Library) -> Any:
    places = {option: index for index, option in enumerate(library.options)}
    return lambda address: (places.get(address.rpartition(".")[0], len(places)), address)


def value_label(parameter: Parameter, library: Library) -> Labels:
    """Section and parameter: "Effect and term: Length of the term"."""
    title = library.sections[parameter.option.partition(".")[0]].title
    return {"en": f"{title['en']}: {parameter.label['en']}", "zh": f"{title['zh']}：{parameter.label['zh']}"}


def _pieces(spec: Spec, old: Any, new: Any) -> dict[str, Any]:
    if spec.kind != "text" or not old or not new:
        return {}
    one, two = _texts(old), _texts(new)
    return {language: compare_words(one[language], two[language]) for language in LANGUAGES if one[language] != two[language]}


def say_value(spec: Spec, value: Any, version: Version) -> Labels:
    """A typed value in both languages; an open one as its gap."""
    if value is None:
        return UNSET
    return {language: _said(spec, value, language, PlanNames(version.plan, version.library)) for language in LANGUAGES}


def _said(spec: Spec, value: Any, language: str, names: PlanNames) -> str:
    if spec.kind == "choice":
        chosen = spec.choices.get(str(value))
        return chosen.label[language] if chosen else str(value)
    if spec.kind != "list":
        return brief(spec, value, language, names)
    comma, stop = (", ", "; ") if language == "en" else ("、", "；")
    if spec.is_records:
        rows = [[_said(spec.columns[name].spec, cell, language, names) for name, cell in record.items()] for record in value]
        return stop.join(comma.join(cell for cell in row if cell) for row in rows)
    return comma.join(_said(spec.of, part, language, names) if spec.of else str(part) for part in value)


def weigh(spec: Spec, old: Any, new: Any) -> Weight:
    """The weight of a changed value. A number or a day is a value; a choice, a party or a territory changes rights."""
    if spec.kind in NUMBERS:
        return Weight.VALUE
    if spec.kind == "text" and old is not None and new is not None:
        return weigh_texts(_texts(old), _texts(new))
    if spec.kind in ("list", "territory") and old is not None and new is not None:
        return _weigh_list(spec, tuple(old), tuple(new))
    return Weight.SUBSTANTIVE


def _weigh_list(spec: Spec, old: tuple[Any, ...], new: tuple[Any, ...]) -> Weight:
    if sorted(map(str, old)) == sorted(map(str, new)):
        return Weight.MOVED
    if len(old) != len(new) or spec.kind == "territory":
        return Weight.SUBSTANTIVE
    if spec.is_records:
        cells = [
            weigh(spec.columns[name].spec, one.get(name), two.get(name))
            for one, two in zip(old, new, strict=True)
            for name in {*one, *two}
            if one.get(name) != two.get(name)
        ]
        return min(cells, key=lambda weight: weight.rank)
    return Weight.VALUE if spec.of and spec.of.kind in NUMBERS else Weight.SUBSTANTIVE


def _texts(value: Any) -> dict[str, str]:
    return {language: str(value.get(language) or "") if isinstance(value, Mapping) else str(value) for language in LANGUAGES}


def weigh_texts(old: Mapping[str, str], new: Mapping[str, str]) -> Weight:
    """The weight of a changed text, the gravest of its languages: spelling is cosmetic, numbers are values, words are substantive."""
    found = Weight.COSMETIC
    for language in {*old, *new}:
        one, two = old.get(language, ""), new.get(language, "")
        if not only_spelling(one, two):
            found = min(found, Weight.VALUE if only_numbers(one, two) else Weight.SUBSTANTIVE, key=lambda weight: weight.rank)
    return found
