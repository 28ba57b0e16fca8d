"""XPL-05: terms that the plans of one project define differently."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from tmp_builder.findings import Force, Severity
from tmp_builder.language import LANGUAGES
from tmp_builder.library.schema import Labels, TermEntry
from tmp_builder.plan.profiles import as_written
from tmp_builder.rules.across.plans import Held, Hit, Plans, disagreement, families, options_named
from tmp_builder.rules.across.run import across
from tmp_builder.rules.fixes import fix

SECTION = "definitions"


@across("XPL-05", Severity.WARNING, Force.CONTRACT, "logic of parallel agreements on one project")
def a_term_means_the_same_in_every_plan(plans: Plans) -> Iterator[Hit]:
    """Plans that share a project define its terms alike.

    Why: “Background IP” of one plan and “Background IP” of the next are read as one thing until somebody sues.
    Bad: `definitions.us-annex` in one plan of a project and `definitions.eu` in another; intellectual property as a closed list in one
    only; a house library that defines a term anew. Good: one set of definitions for the project.
    Decision: compared are the definition sets chosen, their parameters, bespoke wording of them, and the meanings in the libraries.
    Values count only where every plan compared has chosen the option.
    """
    for family in families(plans):
        yield from _sets(family)
        yield from _values(family)
        yield from _wordings(family)
        yield from _meanings(family)


def _hit(family: list[Held], what: Labels, address: str, values: Mapping[str, Hashable], say: Any) -> Iterator[Hit]:
    found = disagreement(values, say)
    if found:
        said, names = found
        yield Hit(
            f"{what['en']} differs between plans of one project: {said['en']}",
            f"同一项目的各计划中{what['zh']}不一致：{said['zh']}",
            next(held for held in family if held.name == names[0]),
            address,
            names,
            fix=fix("Use one set of definitions for the project.", "就同一项目采用同一套定义。"),
        )


def _sets(family: list[Held]) -> Iterator[Hit]:
    library = family[0].library
    values = {held.name: tuple(held.plan.chosen(SECTION)) for held in family}
    what = {"en": "the set of definitions", "zh": "所采用的定义"}
    yield from _hit(family, what, f"choices.{SECTION}", values, lambda value: options_named(library, value))


def _values(family: list[Held]) -> Iterator[Hit]:
    for option in family[0].library.sections[SECTION].options:
        held = [each for each in family if each.plan.has(option)]
        for name, parameter in family[0].library.options[option].parameters.items():
            key = f"{option}.{name}"
            values = {each.name: str(as_written(each.plan.values[key])) for each in held if key in each.plan.values}
            choices = parameter.spec.choices
            yield from _hit(
                family, parameter.label, f"parameters.{key}", values, lambda value, known=choices: _said(value, known)
            )


def _said(value: Any, choices: Mapping[str, Any]) -> Labels:
    """A value by its label where it is one of a choice."""
    label = getattr(choices.get(str(value)), "label", None)
    return label if isinstance(label, Mapping) else dict.fromkeys(LANGUAGES, str(value))


def _wordings(family: list[Held]) -> Iterator[Hit]:
    for option in family[0].library.sections[SECTION].options:
        held = [each for each in family if each.plan.has(option)]
        values = {each.name: _words(each, option) for each in held}
        label = family[0].library.options[option].label
        what = {"en": f"the wording of “{label['en']}”", "zh": f"“{label['zh']}”的文本"}
        yield from _hit(family, what, f"wording.{option}", values, _whose)


def _words(held: Held, option: str) -> tuple[str, ...]:
    own = held.plan.wording.get(option)
    return tuple(own.texts.get(language, ("", 0))[0].strip() for language in LANGUAGES) if own else ()


def _whose(value: Any) -> Labels:
    if not value:
        return {"en": "wording of the library", "zh": "条款库文本"}
    first = next((text for text in value if text), "").split("\n")[0][:40]
    return {"en": f"bespoke, “{first}…”", "zh": f"专门拟定，“{first}……”"}


def _meanings(family: list[Held]) -> Iterator[Hit]:
    """The meanings that libraries give; only where not all plans rest on one library."""
    if len({held.library.fingerprint for held in family}) < 2:
        return
    entries = {held.name: {term.id: term for term in held.library.terms} for held in family}
    for ident in dict.fromkeys(ident for terms in entries.values() for ident in terms):
        values = {name: _meaning(terms[ident]) for name, terms in entries.items() if ident in terms}
        term = next(terms[ident] for terms in entries.values() if ident in terms).term
        what = {"en": f"the meaning of “{term['en']}”", "zh": f"“{term['zh']}”的含义"}
        yield from _hit(family, what, f"choices.{SECTION}", values, lambda value: dict(zip(LANGUAGES, value, strict=True)))


def _meaning(term: TermEntry) -> tuple[str, ...]:
    return tuple(term.meaning[language] for language in LANGUAGES)
