"""What the marks of a text may name: parameters, printed facts, sections, schedules and options; and the facts of a library."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place, Words, both, listed
from tmp_builder.library.prose import Prose
from tmp_builder.library.schema import Library
from tmp_builder.plan.facts import NAMED_FACTS
from tmp_builder.plan.printed import PRINTED_FACTS


def faults_of_text(prose: Prose, file: str, parameters: Collection[str], library: Library) -> list[Fault]:
    """Everything wrong with a text: faults of its form, and each mark that names nothing."""
    return [*prose.faults, *unknown_marks(prose, file, parameters, library)]


def unknown_marks(prose: Prose, file: str, parameters: Collection[str], library: Library) -> Iterator[Fault]:
    """A fault for each mark of a text that names nothing; `parameters` are those that its blanks may name."""
    known: dict[str, Collection[str]] = {
        "parameter": parameters,
        "fact": PRINTED_FACTS,
        "section": library.sections,
        "schedule": library.schedules,
        "clause": library.options,
    }
    for kind, name, line in dict.fromkeys(prose.marks):
        wanted = name.partition("#")[0]
        if kind in known and wanted not in known[kind] and not name.startswith("additional."):
            shown = f"{{{{ {name if kind == 'parameter' else f'{kind}:{name}'} }}}}"
            yield Fault(
                Place(file, line),
                both("{shown} names nothing{near}", "{shown}没有所指{near}", shown=shown, near=nearest(wanted, known[kind])),
                _hint(kind, parameters),
            )


def _hint(kind: str, parameters: Collection[str]) -> Words:
    if kind == "parameter" and not parameters:
        return both("There are no parameters here.", "此处没有参数。")
    if kind == "parameter":
        return both("Parameters here: {known}.", "此处的参数：{known}。", known=listed(parameters))
    if kind == "fact":
        return both("Known: {known}.", "可用：{known}。", known=listed(PRINTED_FACTS))
    return both("See the names with: tmp library list", "查看名称：tmp library list")


def unknown_facts(library: Library) -> list[Fault]:
    """A fault for each name in the library that should be a named fact and is none."""
    return [
        Fault(
            place,
            both(
                "{what}: unknown fact “{name}”{near}",
                "{what}：没有事实“{name}”{near}",
                what=what,
                name=name,
                near=nearest(name, NAMED_FACTS),
            ),
        )
        for name, what, place in _facts_named(library)
        if name and name not in NAMED_FACTS and name not in ("always", "never")
    ]


def _facts_named(library: Library) -> Iterator[tuple[str, str, Place]]:
    for section in library.sections.values():
        yield section.required_when, "required-when", section.place
        yield from ((slot.when, f"slot {slot.id}, when", section.place) for slot in section.slots)
    for option in library.options.values():
        yield from ((name, "brings", option.place) for name in option.brings)
        yield from ((relation.if_fact, "if", option.place) for relation in (*option.needs, *option.conflicts))
    for profile in library.profiles.values():
        yield from ((name, "by-fact", profile.place) for names, _ in profile.by_fact for name in names)
