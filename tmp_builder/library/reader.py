"""From the folder `clauses/` to a library: every file read, everything held against everything, all faults in one report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tmp_builder.datafiles import data_folder
from tmp_builder.errors import LibraryError, nearest
from tmp_builder.findings import Fault, Place
from tmp_builder.library.border import validate
from tmp_builder.library.cards import citation, read_card
from tmp_builder.library.marked import Marked, read_marked_file
from tmp_builder.library.schema import (
    Library,
    Option,
    Profile,
    RegisterColumn,
    Relation,
    ScheduleSpec,
    SectionSpec,
    Slot,
    Source,
    TermEntry,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tmp_builder.library.files import ProfileFile, RegisterColumnFile, ScheduleFile, SectionFile, TermFile

    M = TypeVar("M", bound=BaseModel)

DATA_FILES = ("library.yaml", "outline.yaml", "terms.yaml", "schedules.yaml", "sources.yaml", "favours.yaml", "territories.yaml")


@dataclass(slots=True)
class _Folder:
    """One folder of a library while it is read."""

    root: Path
    shown: str
    faults: list[Fault] = field(default_factory=list)
    marks: dict[str, Marked] = field(default_factory=dict)

    def file(self, name: str, model: type[M], *, required: bool = True) -> M | None:
        path = self.root / name
        if not path.is_file():
            if required:
                self.faults.append(Fault(Place(f"{self.shown}/{name}"), "is missing"))
            return None
        marked = read_marked_file(path, f"{self.shown}/{name}")
        self.faults.extend(marked.faults)
        self.marks[name] = marked
        return validate(model, marked.data, marked.place, self.faults) if not marked.faults else None

    def place(self, name: str, *path: str | int) -> Place:
        return self.marks[name].place(path) if name in self.marks else Place(f"{self.shown}/{name}")


def read_library(folder: Path | None = None, overlay: Path | None = None) -> Library:
    """The library in `folder` (the built-in one by default), with the cards and sections of `overlay` laid over it.

    Raises LibraryError with every fault of the folders. The prose of a card is parsed when its text is first needed.
    """
    base = _Folder(folder or data_folder("clauses"), _shown(folder))
    folders = [base] + ([_Folder(overlay, str(overlay))] if overlay else [])
    for each in folders:
        if not each.root.is_dir():
            raise LibraryError([Fault(Place(each.shown), "is no folder of a clause library")])
    library = _assemble(base, folders)
    faults = [fault for each in folders for fault in each.faults]
    if faults or library is None:
        raise LibraryError(sorted(faults, key=lambda fault: fault.place))
    return library


def _shown(folder: Path | None) -> str:
    return "clauses" if folder is None else str(folder)


def fingerprint_of(roots: Iterable[Path]) -> str:
    """`v1:` and the SHA-256 over names and contents of every file of the folders."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted((*root.rglob("*.md"), *root.rglob("*.yaml"))):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return f"v1:{digest.hexdigest()}"


def _assemble(base: _Folder, folders: list[_Folder]) -> Library | None:
    from tmp_builder.library import files

    about = base.file("library.yaml", files.LibraryFile)
    outline = base.file("outline.yaml", files.OutlineFile)
    terms = base.file("terms.yaml", files.TermsFile)
    schedules = base.file("schedules.yaml", files.SchedulesFile)
    sources = base.file("sources.yaml", files.SourcesFile)
    favours = base.file("favours.yaml", files.FavoursFile)
    territories = base.file("territories.yaml", files.TerritoriesFile)
    sections: dict[str, SectionSpec] = {}
    options: dict[str, Option] = {}
    replaced: list[str] = []
    for each in folders:
        new_sections, new_options = _sections(each, outline.sections if outline and each is base else None)
        replaced += [ident for ident in new_options if ident in options]
        sections |= {key: _merged(sections.get(key), section) for key, section in new_sections.items()}
        options |= new_options
        _hook_in(new_options, sections)
    every = base.file("profiles/every.yaml", files.EveryProfileFile)
    profiles = {
        path.stem: _profile(path.stem, file, every)
        for path in sorted((base.root / "profiles").glob("*.yaml"))
        if path.stem != "every" and every and (file := base.file(f"profiles/{path.stem}.yaml", files.ProfileFile))
    }
    if not (about and outline and terms and schedules and sources and favours and territories):
        return None
    library = Library(
        name=about.name,
        version=about.version,
        fingerprint=fingerprint_of([each.root for each in folders]),
        sections={ident: sections[ident] for ident in (*outline.sections, *sections) if ident in sections},
        options=options,
        terms=tuple(_term(file, base.place("terms.yaml", "terms", index)) for index, file in enumerate(terms.terms)),
        schedules={file.id: _schedule(file) for file in schedules.schedules},
        sources={
            code: Source(code, file.title.model_dump(), file.seen, file.checked, file.url) for code, file in sources.sources.items()
        },
        disagreements=tuple({"id": file.id, "en": file.en, "zh": file.zh} for file in sources.conflicts),
        favours={code: label.model_dump() for code, label in favours.favours.items()},
        profiles=profiles,
        territories={code: label.model_dump() for code, label in territories.territories.items()},
        replaced=tuple(replaced),
    )
    _hold_together(library, base)
    return library


def _sections(folder: _Folder, outline: tuple[str, ...] | None) -> tuple[dict[str, SectionSpec], dict[str, Option]]:
    from tmp_builder.library.files import SectionFile

    found = [path for path in sorted(folder.root.iterdir()) if path.is_dir() and path.name != "profiles"]
    names = [path.name for path in found]
    for name in outline or ():
        if name not in names:
            hint = nearest(name, names)
            folder.faults.append(Fault(folder.place("outline.yaml", "sections"), f"the section “{name}” has no folder{hint}"))
    sections, options = {}, {}
    for path in found:
        if outline is not None and path.name not in outline:
            folder.faults.append(Fault(Place(f"{folder.shown}/{path.name}"), "is not in outline.yaml", "Add it to the order of sections."))
        file = folder.file(f"{path.name}/section.yaml", SectionFile, required=outline is not None)
        if file:
            sections[path.name] = _section(path.name, file, folder)
        for card in sorted(path.glob("*.md")):
            option = read_card(card, f"{folder.shown}/{path.name}/{card.name}", path.name, folder.faults)
            if option:
                options[option.id] = option
    return sections, options


def _section(ident: str, file: SectionFile, folder: _Folder) -> SectionSpec:
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
        place=folder.place(f"{ident}/section.yaml"),
    )


def _merged(old: SectionSpec | None, new: SectionSpec) -> SectionSpec:
    return new if old is None else new


def _hook_in(options: Mapping[str, Option], sections: dict[str, SectionSpec]) -> None:
    """An overlay's card whose section has no slot for it becomes one more add-on of that section."""
    from dataclasses import replace

    for ident, option in options.items():
        section = sections.get(option.section)
        if section and ident not in section.options:
            add_ons = next((slot for slot in section.slots if slot.pick == "any"), None)
            label = {"en": "Further arrangements", "zh": "其他安排"}
            old = add_ons or Slot("add-ons", section.id, label, "any", ())
            new = replace(old, options=(*old.options, ident))
            slots = tuple(slot for slot in section.slots if slot.id != old.id)
            sections[section.id] = replace(section, slots=(*slots, new))


def _term(file: TermFile, place: Place) -> TermEntry:
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


def _schedule(file: ScheduleFile) -> ScheduleSpec:
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
    )


def _profile(ident: str, file: ProfileFile, every: object) -> Profile:
    from tmp_builder.library.files import EveryProfileFile

    assert isinstance(every, EveryProfileFile)
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
        by_fact=tuple((rule.when, rule.options) for rule in every.by_fact),
        sources=tuple(citation(entry) for entry in file.sources),
    )


# ── everything held against everything ──────────────────────────────────────────────────────────────────────────────


def _hold_together(library: Library, folder: _Folder) -> None:
    for section in library.sections.values():
        _hold_section(section, library, folder.faults)
    for option in library.options.values():
        if option.section not in library.sections:
            folder.faults.append(Fault(option.place, f"its section “{option.section}” has no section.yaml"))
        for relation in (*option.needs, *option.conflicts):
            _hold_relation(option, relation, library, folder.faults)
        _unknown(option.favours, library.favours, option.place, "favours: unknown code", folder.faults)
        _unknown([entry.source for entry in option.sources], library.sources, option.place, "unknown source", folder.faults)
    for profile in library.profiles.values():
        place = folder.place(f"profiles/{profile.id}.yaml")
        chosen = [option for options in profile.choices.values() for option in options]
        by_fact = [option for _, options in profile.by_fact for option in options]
        _unknown([*chosen, *by_fact, *profile.alternatives], library.options, place, "unknown option", folder.faults)
        for address in profile.parameters:
            if library.parameter(address) is None:
                folder.faults.append(Fault(place, f"unknown parameter “{address}”"))


def _unknown(names: Iterable[str], known: Mapping[str, object], place: Place, what: str, faults: list[Fault]) -> None:
    for name in dict.fromkeys(names):
        if name not in known:
            faults.append(Fault(place, f"{what} “{name}”{nearest(name, known)}"))


def _hold_section(section: SectionSpec, library: Library, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for option in section.options:
        if option not in library.options:
            names = [ident for ident in library.options if ident.startswith(f"{section.id}.")]
            faults.append(Fault(section.place, f"the option “{option}” has no card{nearest(option, names)}"))
        if option in seen:
            faults.append(Fault(section.place, f"the option “{option}” stands in two slots"))
        seen.add(option)
    for ident in library.options:
        if ident.startswith(f"{section.id}.") and ident not in seen:
            faults.append(Fault(library.options[ident].place, "stands in no slot of its section", "Add it to a slot in section.yaml."))


def _hold_relation(option: Option, relation: Relation, library: Library, faults: list[Fault]) -> None:
    _unknown(relation.any_of, library.options, option.place, "needs or conflicts: unknown option", faults)
    if relation.schedule and relation.schedule not in library.schedules:
        faults.append(Fault(option.place, f"unknown schedule “{relation.schedule}”{nearest(relation.schedule, library.schedules)}"))
    if relation.value:
        address, value = relation.value
        parameter = library.parameter(address)
        if parameter is None:
            faults.append(Fault(option.place, f"needs or conflicts: unknown parameter “{address}”"))
        elif parameter.spec.choices and value not in parameter.spec.choices:
            faults.append(Fault(option.place, f"needs or conflicts: {address} has no value “{value}”"))
    if relation.if_value and relation.if_value[0] not in option.parameters:
        faults.append(Fault(option.place, f"if-value: the card has no parameter “{relation.if_value[0]}”"))
