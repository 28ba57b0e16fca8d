"""Choices that changed, slot by slot: the old and the new option, what comes with it, and whom it favours more or less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from tmp_builder.compare.changes import Change, Version, Weight
from tmp_builder.compare.values import UNSET, say_value
from tmp_builder.language import LANGUAGES, word
from tmp_builder.library.schema import Labels, Library, Slot
from tmp_builder.plan.schema import Decision

Versions = tuple[Version, Version]

_NONE = Decision()


def compare_choices(
    old: Version, new: Version, choices: tuple[Mapping[str, Decision], Mapping[str, Decision]], prefix: str = ""
) -> Iterator[Change]:
    """What is chosen otherwise. A slot that holds one option gives one change; in any other each option that comes or goes is one."""
    for section in new.library.sections.values():
        before, after = choices[0].get(section.id, _NONE), choices[1].get(section.id, _NONE)
        if before == after:
            continue
        changed = [change for slot in section.slots for change in _slot((old, new), slot, (before, after), prefix)]
        yield from changed or [_only_written(new.library, section.id, (before, after), prefix)]


def _slot(versions: Versions, slot: Slot, decisions: tuple[Decision, Decision], prefix: str) -> Iterator[Change]:
    before, after = decisions
    settled = [tuple(o for o in slot.options if o in decision.options) for decision in decisions]
    openly = [tuple(o for o in slot.options if o in decision.open) for decision in decisions]
    if any(openly) and (openly[0] != openly[1] or _stand(slot, before) != _stand(slot, after)):
        yield _open(versions, slot, decisions, prefix)
        return
    gone = [option for option in settled[0] if option not in settled[1]]
    come = [option for option in settled[1] if option not in settled[0]]
    if slot.high == 1 and gone and come:
        yield _change(versions, slot, gone, come, prefix)
        return
    yield from (_change(versions, slot, [option], [], prefix) for option in gone)
    yield from (_change(versions, slot, [], [option], prefix) for option in come)


def _stand(slot: Slot, decision: Decision) -> dict[str, str]:
    """Who proposes which of the slot's options."""
    return {who: option for who, option in decision.positions.items() if option in slot.options}


def _change(versions: Versions, slot: Slot, gone: list[str], come: list[str], prefix: str) -> Change:
    """Options that take the place of others, with the values that they bring."""
    old, new = versions
    said = labels_of(old.library, gone), labels_of(new.library, come)
    return replace(_of_slot(versions, slot, gone, come, said, prefix), details=tuple(_brought(new, come)))


def _of_slot(
    versions: Versions, slot: Slot, before: list[str], after: list[str], said: tuple[Labels, Labels], prefix: str
) -> Change:
    """A change of the options of one slot, however they are said."""
    _, new = versions
    more, less = favoured(new.library, before, after)
    return Change(
        kind="choice",
        weight=Weight.SUBSTANTIVE,
        address=f"{prefix}choices.{slot.section}",
        label=slot_label(new.library, slot),
        old=said[0],
        new=said[1],
        section=slot.section,
        options=tuple(dict.fromkeys((*before, *after))),
        row=prefix.removeprefix("projects.").rstrip("."),
        more=more,
        less=less,
        raw=(before, after),
    )


def slot_label(library: Library, slot: Slot) -> Labels:
    """Section and slot: "Third-party licences: Licences to outsiders"; the section alone where it has one slot."""
    section = library.sections[slot.section]
    if len(section.slots) == 1:
        return section.title
    return {"en": f"{section.title['en']}: {slot.label['en']}", "zh": f"{section.title['zh']}：{slot.label['zh']}"}


def labels_of(library: Library, options: Iterable[str]) -> Labels:
    """The labels of options with their ids; empty for none. An option that the library does not have is named by its id."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for option in options:
        for language in LANGUAGES:
            label = library.options[option].label[language] if option in library.options else ""
            name = option.partition(".")[2]
            found[language].append((f"{label} ({name})" if language == "en" else f"{label}（{name}）") if label else option)
    return {language: word("semicolon", language).join(parts) for language, parts in found.items() if parts}


def favoured(library: Library, gone: Iterable[str], come: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of those whom the new options favour and the old did not, and the reverse, in the order of `favours.yaml`."""
    before, after = _codes(library, gone), _codes(library, come)
    return tuple(c for c in library.favours if c in after - before), tuple(c for c in library.favours if c in before - after)


def _codes(library: Library, options: Iterable[str]) -> set[str]:
    return {code for option in options if option in library.options for code in library.options[option].favours}


def _brought(version: Version, options: Iterable[str]) -> Iterator[Labels]:
    """The values that come with an option."""
    for option in options:
        for name, parameter in version.library.options[option].parameters.items():
            if not parameter.fact:
                said = say_value(parameter.spec, version.plan.values.get(f"{option}.{name}"), version)
                yield {"en": f"{parameter.label['en']}: {said['en']}", "zh": f"{parameter.label['zh']}：{said['zh']}"}


def _open(versions: Versions, slot: Slot, decisions: tuple[Decision, Decision], prefix: str) -> Change:
    """A choice that is opened, settled, or on which a side changes its position."""
    old, new = versions
    before, after = ([o for o in slot.options if o in decision.every] for decision in decisions)
    said = _positions(old.library, slot, decisions[0]), _positions(new.library, slot, decisions[1])
    return _of_slot(versions, slot, before, after, said, prefix)


def _positions(library: Library, slot: Slot, decision: Decision) -> Labels:
    open_ = [option for option in slot.options if option in decision.open]
    if not open_:
        return labels_of(library, [option for option in slot.options if option in decision.options]) or UNSET
    said = labels_of(library, open_)
    stand = {who: option.partition(".")[2] for who, option in _stand(slot, decision).items()}
    proposed = ", ".join(f"{who}: {name}" for who, name in stand.items())
    tail = f" [{proposed}]" if proposed else ""
    return {"en": f"open: {said['en']}{tail}", "zh": f"待定：{said['zh']}{tail}"}


def _only_written(library: Library, section: str, decisions: tuple[Decision, Decision], prefix: str) -> Change:
    """The same options in another order, or other reasons of a position: the text is the same."""
    title = library.sections[section].title
    said = [labels_of(library, decision.every) for decision in decisions]
    note = {"en": "order or reasons in the plan only: the text is the same", "zh": "仅计划文件中的顺序或者理由不同，文本不变"}
    return Change(
        kind="choice",
        weight=Weight.COSMETIC,
        address=f"{prefix}choices.{section}",
        label=title,
        old=said[0],
        new=said[1],
        section=section,
        row=prefix.removeprefix("projects.").rstrip("."),
        details=(note,),
        raw=(list(decisions[0].every), list(decisions[1].every)),
    )
