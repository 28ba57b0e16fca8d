"""What the files of a library say, as the library holds it: sections, terms, schedules, sources, profiles."""

from __future__ import annotations

from tmp_builder.findings import Place
from tmp_builder.library.cards import citation
from tmp_builder.library.files import (
    EveryProfileFile,
    ProfileFile,
    RegisterColumnFile,
    ScheduleFile,
    SectionFile,
    SourceFile,
    TermFile,
    WordingFile,
)
from tmp_builder.library.schema import Profile, RegisterColumn, ScheduleSpec, SectionSpec, Slot, Source, TermEntry, Wording


def section_spec(ident: str, file: SectionFile, place: Place) -> SectionSpec:
    """A section with its slots."""
    slots = tuple(
        Slot(slot.id, ident, slot.label.model_dump(), slot.pick, tuple(f"{ident}.{name}" for name in slot.options), slot.when)
        for slot in file.slots
    )
    return SectionSpec(
        id=ident,
        domain_id=file.domain_id,
        title=file.title.model_dump(),
        question=file.question.model_dump(),
        required_when=file.required_when,
        slots=slots,
        guidance=file.guidance.model_dump(),
        place=place,
    )


def source_of(code: str, file: SourceFile, place: Place) -> Source:
    """A source on which options rest."""
    return Source(code, file.title.model_dump(), file.seen, file.checked, file.url, place)


def term_entry(file: TermFile, place: Place) -> TermEntry:
    """A defined term."""
    return TermEntry(
        id=file.id,
        term=file.term.model_dump(),
        forms=file.forms.model_dump(),
        avoid=file.avoid.model_dump(),
        meaning=file.meaning.model_dump(),
        equivalents={key: value.model_dump() for key, value in file.equivalents.items()},
        sources=tuple(citation(entry) for entry in file.sources),
        place=place,
    )


def wording_of(file: WordingFile, place: Place) -> Wording:
    """How agreements from elsewhere head and word a section."""
    return Wording(file.headings.model_dump(), file.wording.model_dump(), place)


def _register_column(file: RegisterColumnFile) -> RegisterColumn:
    return RegisterColumn(
        name=file.name,
        kind=file.type,
        label=file.label.model_dump(),
        shown="never" if file.internal else file.print,
        required=file.required,
        internal=file.internal,
        computed=file.computed,
        many=file.many,
        bilingual=file.bilingual,
        values={key: value.model_dump() for key, value in file.values.items()},
        of=file.of,
    )


def schedule_spec(file: ScheduleFile, place: Place) -> ScheduleSpec:
    """A schedule with the columns of its register."""
    return ScheduleSpec(
        id=file.id,
        domain_id=file.domain_id,
        title=file.title.model_dump(),
        intro=file.intro.model_dump(),
        none=file.none.model_dump(),
        key=file.key,
        columns=tuple(_register_column(column) for column in file.columns),
        internal=file.internal,
        headings=tuple((heading.id, heading.label.model_dump()) for heading in file.headings),
        plan_columns=tuple(_register_column(column) for column in file.plan_columns),
        leaving_columns=tuple(_register_column(column) for column in file.leaving_columns),
        place=place,
    )


def profile_of(ident: str, file: ProfileFile, every: EveryProfileFile, place: Place) -> Profile:
    """A profile with what every profile takes."""
    choices: dict[str, tuple[str, ...]] = {}
    for section, names in file.choices.items():
        choices[section] = tuple(name if "." in name else f"{section}.{name}" for name in names)
    for option in every.always:
        section = option.partition(".")[0]
        if option not in choices.get(section, ()):
            choices[section] = (*choices.get(section, ()), option)
    return Profile(
        id=ident,
        domain_id=file.domain_id,
        name=file.name.model_dump(),
        mirrors=file.mirrors.model_dump(),
        use_when=file.use_when.model_dump(),
        caution=file.caution.model_dump() if file.caution else {},
        choices=choices,
        parameters=file.parameters,
        alternatives=file.alternatives,
        sides=file.sides,
        typical=file.typical,
        place=place,
        by_fact=tuple((rule.when, rule.options) for rule in every.by_fact),
        sources=tuple(citation(entry) for entry in file.sources),
    )
