"""Whether every reference and every fact that a card names is there whenever the card is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tmp_builder.errors import nearest
from tmp_builder.findings import Place, Severity
from tmp_builder.library.care.catalogue import Hit, check
from tmp_builder.library.care.shelf import Shelf
from tmp_builder.library.schema import Option


@check("LIB-07", Severity.ERROR)
def references_always_lead_somewhere(shelf: Shelf) -> Iterator[Hit]:
    """A card refers only to its own items, to options it always comes with, to sections that are always there, and to schedules.

    Why: a reference to something that a plan may leave out would dangle in that plan.
    """
    always = {section.id for section in shelf.library.sections.values() if section.required_when == "always"}
    for option in shelf.readable:
        company = shelf.always_with(option.id)
        sections = always | {shelf.library.options[ident].section for ident in company}
        for kind, name, line in dict.fromkeys(option.prose.marks):
            problem = _problem(kind, name, company, sections, shelf)
            if problem:
                yield Hit(problem[0], problem[1], Place(option.place.file, line), owner=option.id)


Problem = tuple[str, str] | None
"""What is wrong with a mark, in both languages; None when it is sound."""


def _problem(kind: str, name: str, company: Collection[str], sections: Collection[str], shelf: Shelf) -> Problem:
    if kind == "clause":
        return _clause_problem(name, company, shelf)
    if kind == "section":
        return _section_problem(name, sections, shelf)
    if kind == "schedule":
        return _schedule_problem(name, shelf)
    if kind == "fact" and name not in shelf.printed:
        return f"prints an unknown fact “{name}”{nearest(name, shelf.printed)}", f"使用了不存在的事实“{name}”"
    return None


def _section_problem(name: str, sections: Collection[str], shelf: Shelf) -> Problem:
    if name not in shelf.library.sections:
        hint = nearest(name, shelf.library.sections)
        return f"refers to an unknown section “{name}”{hint}", f"引用了不存在的章节“{name}”"
    if name not in sections:
        return f"refers to the section “{name}”, which a plan may leave out", f"引用了章节“{name}”，但计划可能不包含该章节"
    return None


def _schedule_problem(name: str, shelf: Shelf) -> Problem:
    if name not in shelf.library.schedules:
        hint = nearest(name, shelf.library.schedules)
        return f"refers to an unknown schedule “{name}”{hint}", f"引用了不存在的附件“{name}”"
    if shelf.library.schedules[name].internal:
        return f"refers to the schedule “{name}”, which is never printed", f"引用了内部附件“{name}”，该附件不会打印"
    return None


def _clause_problem(name: str, company: Collection[str], shelf: Shelf) -> Problem:
    option, _, item = name.partition("#")
    if option not in shelf.library.options:
        hint = nearest(option, shelf.library.options)
        return f"refers to an unknown option “{option}”{hint}", f"引用了不存在的选项“{option}”"
    if option not in company:
        return (
            f"refers to “{option}”, which it does not need without condition",
            f"引用了“{option}”，但并未无条件需要该选项",
        )
    if item not in shelf.items.get(option, ()):
        hint = nearest(item, shelf.items.get(option, ()))
        return f"refers to an unknown item “{name}”{hint}", f"引用了不存在的条目“{name}”"
    return None


@check("LIB-08", Severity.ERROR)
def facts_are_known(shelf: Shelf) -> Iterator[Hit]:
    """Conditions and `brings` use named facts, `from:` uses printed facts; nothing else is known to the program."""
    for option in shelf.library.options.values():
        yield from _facts_of_card(option, shelf)
    for section in shelf.library.sections.values():
        for name in (section.required_when, *(slot.when for slot in section.slots)):
            if name and name not in ("always", "never", *shelf.named):
                yield _unknown(name, shelf.named, section.place, section.id)
    for profile in shelf.library.profiles.values():
        for name in dict.fromkeys([*profile.typical, *(each for when, _ in profile.by_fact for each in when)]):
            if name not in shelf.named:
                yield _unknown(name, shelf.named, profile.place, f"profile:{profile.id}")


def _facts_of_card(option: Option, shelf: Shelf) -> Iterator[Hit]:
    for relation in (*option.needs, *option.conflicts):
        if relation.if_fact:
            yield from _fact(relation.if_fact, shelf.named, option, "needs")
    for name in option.brings:
        yield from _fact(name, shelf.named, option, "brings")
    for parameter in option.parameters.values():
        if parameter.fact:
            yield from _fact(parameter.fact, shelf.printed, option, f"parameters.{parameter.name}")


def _fact(name: str, known: Collection[str], option: Option, key: str) -> Iterator[Hit]:
    if name not in known:
        yield _unknown(name, known, Place(option.place.file, option.lines.get(key, 1)), option.id)


def _unknown(name: str, known: Collection[str], place: Place, owner: str) -> Hit:
    return Hit(f"unknown fact “{name}”{nearest(name, known)}", f"不存在的事实“{name}”", place, owner=owner)
