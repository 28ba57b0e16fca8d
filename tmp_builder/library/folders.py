"""From the folder `clauses/` to a library: every file read, everything held against everything, all faults in one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from tmp_builder.errors import LibraryError, nearest
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library import files
from tmp_builder.library.border import validate
from tmp_builder.library.cards import read_card
from tmp_builder.library.cross import hold_together
from tmp_builder.library.entries import profile_of, schedule_spec, section_spec, source_of, term_entry, wording_of
from tmp_builder.library.marked import Marked, read_marked_file
from tmp_builder.library.reader import fingerprint_of
from tmp_builder.library.schema import Library, Option, SectionSpec, Slot

if TYPE_CHECKING:
    from pydantic import BaseModel

    M = TypeVar("M", bound=BaseModel)

NO_PROFILES = ("every", "guide")
"""Files of `profiles/` that are no profile: what every profile takes, and the questions that lead to one."""


class _Folder(Struct):
    """One folder of a library while it is read."""

    root: Path
    shown: str
    faults: list[Fault] = field(default_factory=list)
    marks: dict[str, Marked] = field(default_factory=dict)

    def file(self, name: str, model: type[M], *, required: bool = True) -> M | None:
        path = self.root / name
        if not path.is_file():
            if required:
                self.faults.append(Fault(Place(f"{self.shown}/{name}"), both("is missing", "缺失")))
            return None
        marked = read_marked_file(path, f"{self.shown}/{name}")
        self.faults.extend(marked.faults)
        self.marks[name] = marked
        return validate(model, marked.data, marked.place, self.faults) if not marked.faults else None

    def place(self, name: str, *path: str | int) -> Place:
        return self.marks[name].place(path) if name in self.marks else Place(f"{self.shown}/{name}")


def assemble(roots: Sequence[tuple[Path, str]]) -> Library:
    """The library of a folder and of the overlays behind it, each with its name in messages. Raises LibraryError with all faults."""
    folders = [_Folder(root, shown) for root, shown in roots]
    library = _assemble(folders[0], folders)
    faults = [fault for each in folders for fault in each.faults]
    if faults or library is None:
        raise LibraryError(sorted(faults, key=lambda fault: fault.place))
    return library


def _assemble(base: _Folder, folders: list[_Folder]) -> Library | None:
    about = base.file("library.yaml", files.LibraryFile)
    outline = base.file("outline.yaml", files.OutlineFile)
    terms = base.file("terms.yaml", files.TermsFile)
    schedules = base.file("schedules.yaml", files.SchedulesFile)
    sources = base.file("sources.yaml", files.SourcesFile)
    favours = base.file("favours.yaml", files.FavoursFile)
    territories = base.file("territories.yaml", files.TerritoriesFile)
    wordings = base.file("wordings.yaml", files.WordingsFile, required=False)
    sections: dict[str, SectionSpec] = {}
    options: dict[str, Option] = {}
    replaced: list[str] = []
    for each in folders:
        if each is not base:
            _refuse_others(each)
        new_sections, new_options = _sections(each, outline.sections if outline and each is base else None)
        replaced += [ident for ident in new_options if ident in options]
        sections |= new_sections
        options |= new_options
        _hook_in(new_options, sections)
    every = base.file("profiles/every.yaml", files.EveryProfileFile)
    profiles = {
        path.stem: profile_of(path.stem, file, every, base.place(f"profiles/{path.name}"))
        for path in sorted((base.root / "profiles").glob("*.yaml"))
        if path.stem not in NO_PROFILES and every and (file := base.file(f"profiles/{path.stem}.yaml", files.ProfileFile))
    }
    if not (about and outline and terms and schedules and sources and favours and territories):
        return None
    _once(base, "terms", [file.id for file in terms.terms])
    _once(base, "schedules", [file.id for file in schedules.schedules])
    library = Library(
        name=about.name,
        version=about.version,
        fingerprint=fingerprint_of([each.root for each in folders]),
        sections={ident: sections[ident] for ident in (*outline.sections, *sections) if ident in sections},
        options=options,
        terms=tuple(term_entry(file, base.place("terms.yaml", "terms", index)) for index, file in enumerate(terms.terms)),
        schedules={
            file.id: schedule_spec(file, base.place("schedules.yaml", "schedules", index))
            for index, file in enumerate(schedules.schedules)
        },
        sources={
            code: source_of(code, file, base.place("sources.yaml", "sources", code)) for code, file in sources.sources.items()
        },
        disagreements=tuple({"id": file.id, "en": file.en, "zh": file.zh} for file in sources.conflicts),
        favours={code: label.model_dump() for code, label in favours.favours.items()},
        profiles=profiles,
        territories={code: label.model_dump() for code, label in territories.territories.items()},
        replaced=tuple(replaced),
        wordings={
            ident: wording_of(file, base.place("wordings.yaml", "sections", ident))
            for ident, file in (wordings.sections.items() if wordings else ())
        },
    )
    base.faults += hold_together(library)
    return library


def _once(folder: _Folder, name: str, ids: list[str]) -> None:
    """A fault for each id that stands twice under the key `name` of the file `name`.yaml."""
    for index, ident in enumerate(ids):
        if ident in ids[:index]:
            folder.faults.append(
                Fault(
                    folder.place(f"{name}.yaml", name, index),
                    both("the id “{ident}” stands twice", "编号“{ident}”重复出现", ident=ident),
                )
            )


def _refuse_others(folder: _Folder) -> None:
    """A house's own library holds cards and sections; a file that would be passed over in silence is a fault."""
    for path in sorted(folder.root.glob("*.y*ml")) + sorted((folder.root / "profiles").glob("*.y*ml")):
        shown = f"{folder.shown}/{path.relative_to(folder.root).as_posix()}"
        hint = both(
            "An overlay holds cards and section.yaml files; for the rest, copy the whole library and use --library.",
            "自有条款库只含卡片和section.yaml文件；其他内容请复制整个条款库并使用--library。",
        )
        folder.faults.append(Fault(Place(shown), both("is not read from an overlay", "自有条款库中的该文件不予读取"), hint))


def _sections(folder: _Folder, outline: tuple[str, ...] | None) -> tuple[dict[str, SectionSpec], dict[str, Option]]:
    found = [path for path in sorted(folder.root.iterdir()) if path.is_dir() and path.name != "profiles"]
    names = [path.name for path in found]
    for name in outline or ():
        if name not in names:
            hint = nearest(name, names)
            folder.faults.append(
                Fault(
                    folder.place("outline.yaml", "sections"),
                    both("the section “{name}” has no folder{near}", "“{name}”没有文件夹{near}", name=name, near=hint),
                )
            )
    sections, options = {}, {}
    for path in found:
        if outline is not None and path.name not in outline:
            folder.faults.append(
                Fault(
                    Place(f"{folder.shown}/{path.name}"),
                    both("is not in outline.yaml", "未列入outline.yaml"),
                    both("Add it to the order of sections.", "请列入各条的顺序。"),
                )
            )
        file = folder.file(f"{path.name}/section.yaml", files.SectionFile, required=outline is not None)
        if file:
            sections[path.name] = section_spec(path.name, file, folder.place(f"{path.name}/section.yaml"))
        for card in sorted(path.glob("*.md")):
            option = read_card(card, f"{folder.shown}/{path.name}/{card.name}", path.name, folder.faults)
            if option:
                options[option.id] = option
    return sections, options


def _hook_in(options: Mapping[str, Option], sections: dict[str, SectionSpec]) -> None:
    """An overlay's card whose section has no slot for it becomes one more add-on of that section."""
    for ident, option in options.items():
        section = sections.get(option.section)
        if section and ident not in section.options:
            add_ons = next((slot for slot in section.slots if slot.pick == "any"), None)
            label = {"en": "Further arrangements", "zh": "其他安排"}
            old = add_ons or Slot("add-ons", section.id, label, "any", ())
            new = replace(old, options=(*old.options, ident))
            slots = tuple(slot for slot in section.slots if slot.id != old.id)
            sections[section.id] = replace(section, slots=(*slots, new))
