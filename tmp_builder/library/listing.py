"""The library as lists: for the terminal, as data, and as the page `docs/library.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tmp_builder.library.schema import Citation, Labels, Library, Option, Relation, Slot

PICK_WORDS = {
    "one": {"en": "exactly one", "zh": "必选一项"},
    "at-most-one": {"en": "at most one", "zh": "至多一项"},
    "some": {"en": "one or more", "zh": "一项或多项"},
    "any": {"en": "any number", "zh": "任选"},
}
SEEN_WORDS = {
    "T": {"en": "text read", "zh": "已读原文"},
    "E": {"en": "excerpt read", "zh": "仅读节录"},
    "S": {"en": "seed document", "zh": "种子文件"},
    "K": {"en": "general knowledge, not checked", "zh": "一般知识，未核对"},
}


def listing_data(library: Library) -> dict[str, Any]:
    """The library as plain data: counted, with sections, slots and options in document order."""
    return {
        "library": library.label,
        "fingerprint": library.fingerprint,
        "sections": len(library.sections),
        "options": len(library.options),
        "outline": [
            {
                "id": section.id,
                "domain_id": section.domain_id,
                "title": dict(section.title),
                "required_when": section.required_when,
                "slots": [_slot_data(library, slot) for slot in section.slots],
            }
            for section in library.sections.values()
        ],
    }


def _slot_data(library: Library, slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "label": dict(slot.label),
        "pick": slot.pick,
        "when": slot.when,
        "options": [_option_data(library.options[ident]) for ident in slot.options],
    }


def _option_data(option: Option) -> dict[str, Any]:
    words = option.texts["en"][0].split()
    characters = [character for character in option.texts["zh"][0] if "\u3400" <= character <= "\u9fff"]
    return {
        "id": option.id,
        "domain_id": option.domain_id,
        "label": dict(option.label),
        "favours": list(option.favours),
        "parameters": len(option.parameters),
        "length": {"en": len(words), "zh": len(characters)},
    }


def favours_words(library: Library, option: Option, language: str) -> str:
    """Whom an option favours, in words."""
    return ("; " if language == "en" else "；").join(library.favours[code][language] for code in option.favours)


def relation_words(library: Library, owner: str, relation: Relation, language: str, facts: Mapping[str, Labels]) -> str:
    """A need or a conflict of the option `owner` in words: "one of “…” (…), “…” (…) – if a member works in China".

    `facts` says what each named fact means (`CONDITIONS` of the plan); the library itself knows their names alone.
    """
    english = language == "en"
    if relation.schedule:
        title = library.schedules[relation.schedule].title[language]
        words = f"the schedule “{title}”" if english else f"附件“{title}”"
    elif relation.value:
        words = _value_words(library, owner, relation.value, language)
    else:
        named = [option_words(library, ident, language) for ident in relation.any_of]
        several = ("one of " if english else "其中之一：") if len(named) > 1 else ""
        words = several + (", " if english else "、").join(named)
    return words + _condition(library, owner, relation, language, facts)


def option_words(library: Library, ident: str, language: str) -> str:
    """An option by its label, and its id, by which it is chosen."""
    label = library.options[ident].label[language]
    return f"“{label}” ({ident})" if language == "en" else f"“{label}”（{ident}）"


def _value_words(library: Library, owner: str, value: tuple[str, str], language: str) -> str:
    """A parameter with the value meant: by their labels, and by what a plan writes. A bare name is a parameter of `owner`."""
    address, wanted = value if "." in value[0] else (f"{owner}.{value[0]}", value[1])
    parameter = library.parameter(address)
    choice = parameter.spec.choices.get(wanted) if parameter else None
    label = parameter.label[language] if parameter else address
    said = choice.label[language] if choice else wanted
    return f"“{label}”: “{said}” ({address}: {wanted})" if language == "en" else f"“{label}”：“{said}”（{address}: {wanted}）"


def _condition(library: Library, owner: str, relation: Relation, language: str, facts: Mapping[str, Labels]) -> str:
    """Under what condition a relation holds, if under any."""
    if relation.if_fact:
        condition = facts[relation.if_fact][language] if relation.if_fact in facts else relation.if_fact
    elif relation.if_value:
        condition = _value_words(library, owner, relation.if_value, language)
    else:
        return ""
    return f" – if {condition}" if language == "en" else f"——条件：{condition}"


def source_words(library: Library, entry: Citation, language: str) -> str:
    """A citation in words: title, place, how it was seen and when."""
    source = library.sources[entry.source]
    seen = SEEN_WORDS[entry.seen or source.seen][language]
    checked = "" if source.checked == "never" else f", {source.checked}" if language == "en" else f"，{source.checked}"
    place = (f", {entry.at}" if language == "en" else f"，{entry.at}") if entry.at else ""
    left, right = (" (", ")") if language == "en" else ("（", "）")
    return f"{entry.source}: {source.title[language]}{place}{left}{seen}{checked}{right}"


# ── docs/library.md ─────────────────────────────────────────────────────────────────────────────────────────────────


def library_page(library: Library) -> str:
    """The page that lists the whole library: sections, options with labels, favours and sources, then the sources."""
    return "\n".join(_page(library)) + "\n"


def _page(library: Library) -> Iterator[str]:
    yield "# The clause library"
    yield ""
    yield f"{library.label}: {len(library.sections)} sections, {len(library.options)} options, {len(library.profiles)} profiles."
    yield "Made from `clauses/` by `tmp library list --markdown`; a test keeps it fresh."
    yield "No legal advice: lawyers of the countries concerned must review every text before anyone signs it."
    for section in library.sections.values():
        yield ""
        yield f"## {section.domain_id} {section.title['en']} · {section.title['zh']}"
        yield ""
        yield f"{section.question['en']} {section.question['zh']} Required: {_required(section.required_when)}."
        for slot in section.slots:
            yield from _slot_page(library, slot)
    yield from _sources_page(library)


def _required(when: str) -> str:
    return when if when in ("always", "never") else f"when `{when}`"


def _slot_page(library: Library, slot: Slot) -> Iterator[str]:
    yield ""
    when = f", when `{slot.when}`" if slot.when else ""
    yield f"**{slot.label['en']} · {slot.label['zh']}** ({PICK_WORDS[slot.pick]['en']}{when})"
    yield ""
    yield "| Option | Label | 名称 | Favours | Sources |"
    yield "|---|---|---|---|---|"
    for ident in slot.options:
        option = library.options[ident]
        sources = ", ".join(dict.fromkeys(entry.source for entry in option.sources))
        cells = [f"`{ident}`", option.label["en"], option.label["zh"], favours_words(library, option, "en"), sources]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sources_page(library: Library) -> Iterator[str]:
    yield ""
    yield "## Sources · 来源"
    yield ""
    yield "| Code | Title | 名称 | How seen | Checked |"
    yield "|---|---|---|---|---|"
    for source in library.sources.values():
        cells = [source.code, source.title["en"], source.title["zh"], SEEN_WORDS[source.seen]["en"], source.checked]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""
    yield "Where sources disagree:"
    yield ""
    for entry in library.disagreements:
        yield f"- {entry['en']} {entry['zh']}"
