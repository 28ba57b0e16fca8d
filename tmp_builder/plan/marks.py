"""What the marks of a text may name: parameters, printed facts, sections, schedules and options; and the facts of a library."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tmp_builder.errors import nearest
from tmp_builder.findings import Fault, Place
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
            yield Fault(Place(file, line), f"{shown} names nothing{nearest(wanted, known[kind])}", _hint(kind, parameters))


def _hint(kind: str, parameters: Collection[str]) -> str:
    if kind == "parameter":
        return f"Parameters here: {', '.join(parameters)}." if parameters else "There are no parameters here."
    return f"Known: {', '.join(PRINTED_FACTS)}." if kind == "fact" else "See the names with: tmp library list"


def unknown_facts(library: Library) -> list[Fault]:
    """A fault for each name in the library that should be a named fact and is none."""
    return [
        Fault(place, f"{what}: unknown fact “{name}”{nearest(name, NAMED_FACTS)}")
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
