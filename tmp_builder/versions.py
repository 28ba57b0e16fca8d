"""One version of a plan, wherever it stands: a plan file, a built file, a revision of Git, a profile, a change not made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tmp_builder import pipeline
from tmp_builder.compare.changes import Version
from tmp_builder.compare.history import Draft
from tmp_builder.errors import InputError, UsageError, unknown
from tmp_builder.findings import Fault, Place, both
from tmp_builder.interview.answers import read_sets
from tmp_builder.library.marked import read_marked
from tmp_builder.library.reader import read_library
from tmp_builder.library.schema import Labels, Library, Profile
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.files import PlanFile
from tmp_builder.plan.profiles import options_of, values_of
from tmp_builder.plan.reader import resolve
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.plan.source import PlanSource, read_source, source_from
from tmp_builder.plan.writing import edit, new_text
from tmp_builder.readers.recipe import read_recipe
from tmp_builder.readers.revisions import Revision, at_revision, is_revision, prefix_of, revision_of, revisions_of
from tmp_builder.recipe import Recipe
from tmp_builder.values import parse
from tmp_builder.verify import plan_source

BUILT = (".docx", ".pdf")


class Found(Struct, frozen=True):
    """A version with what it was called on the command line and what a reader must know about it. `profile`: the text of one."""

    shown: str
    version: Version
    remarks: tuple[Labels, ...] = ()
    profile: bool = False


class Shelf(Struct):
    """The clause library of a run (the built-in one, or that at `path`), read once however many plans rest on it."""

    path: Path | None = None
    read: Library | None = None

    @property
    def library(self) -> Library:
        """The library without any overlay."""
        if self.read is None:
            self.read = read_library(self.path)
        return self.read

    def resolve(self, source: PlanSource) -> tuple[Plan, Library]:
        """The plan of a source with its library; a plan with an overlay has one of its own."""
        library = read_library(self.path, source.overlay) if source.overlay else self.library
        return resolve(source, library), library


def find(target: str, shelf: Shelf, folder: Path | None = None) -> Found:
    """The version that `target` names: a plan file, a built DOCX or PDF, or REV:path of Git (seen from `folder`).

    Raises PlanError for a plan with faults, UsageError for what cannot be found, InputError for a file that carries no plan.
    """
    if is_revision(target):
        with at_revision(target, folder or Path()) as path:
            remark = _who(target, revision_of(target, folder or Path()))
            return _examined(target, *shelf.resolve(read_source(path, target)), remark)
    path = Path(target)
    if path.suffix.lower() in BUILT:
        return _built(path, shelf)
    return _examined(target, *shelf.resolve(read_source(path)))


def _who(target: str, revision: Revision) -> Labels:
    """Who made a revision, and when."""
    return {
        "en": f"{target}: commit {revision.short} of {revision.day} by {revision.author}: {revision.subject}",
        "zh": f"{target}：{revision.author}于{revision.day}提交{revision.short}：{revision.subject}",
    }


def is_target(text: str) -> bool:
    """Whether `text` names a file that is there or a revision of Git, and not the id of a profile."""
    return Path(text).exists() or is_revision(text) or Path(text).suffix.lower() in (*BUILT, ".yaml")


def _examined(shown: str, plan: Plan, library: Library, *remarks: Labels, counterparty: bool = False) -> Found:
    """The version with its findings. A signed plan that was changed is compared like any other: that is what the reader asks about."""
    checked = pipeline.examine(replace(plan, signed_fingerprint=""), library)
    return Found(shown, Version(plan, library, checked.findings, counterparty), remarks)


def _built(path: Path, shelf: Shelf) -> Found:
    recipe = read_recipe(path)
    if recipe is None:
        hint = "Only files that this program built carry their plan."
        raise InputError(
            [
                Fault(
                    Place(str(path)),
                    both(
                        "carries no plan: it was not built by this program, or lost its recipe",
                        "不含计划：不是由本程序生成，或者生成信息已丢失",
                    ),
                    hint,
                )
            ]
        )
    plan, found = shelf.resolve(plan_source(recipe, str(path)))
    remarks = tuple(_remarks(str(path), recipe, found))
    return _examined(str(path), plan, found, *remarks, counterparty=recipe.audience == "counterparty")


def _remarks(shown: str, recipe: Recipe, library: Library) -> Iterable[Labels]:
    if shown.lower().endswith(".docx"):
        typed = both("text typed into the file stands among the clauses", "直接改在文件中的文字列于条款部分")
    else:
        typed = both(
            "the text of a PDF is not compared word by word: what was typed into it or written on it is not seen (tmp verify says whether "
            "it is as built)",
            "不逐字比较PDF中的文字，其中添加或者手写的内容不在比较之内（可用tmp verify核对是否与生成时一致）",
        )
    yield {
        "en": f"{shown}: compared by the plan inside; {typed}",
        "zh": f"{shown}：按文件内含的计划比较；{typed.zh}",
    }
    if recipe.library_fingerprint != library.fingerprint:
        yield {
            "en": f"{shown}: built with another state of the clause library ({recipe.library}); its options have the words of the present one",
            "zh": f"{shown}：生成时所用条款库（{recipe.library}）与现有条款库不同，以下按现有条款库的文本比较",
        }


def alike(old: Found, new: Found, shelf: Shelf) -> tuple[Found, Found]:
    """Both cut down to what a file for the other side holds where one of them is such a file: nothing vanishes that was only not sent."""
    if old.version.counterparty is new.version.counterparty:
        return old, new
    if new.version.counterparty:
        return _cut(old, shelf), new
    return old, _cut(new, shelf)


def _cut(found: Found, shelf: Shelf) -> Found:
    plan = found.version.plan
    data = plan_data(plan, found.version.library, internal=False)
    source = source_from(read_marked(new_text(data), found.shown), Path(found.shown), found.shown, PlanFile)
    remark = {
        "en": f"{found.shown}: waivers, reasons and internal columns are left out, as in the file for the other side",
        "zh": f"{found.shown}：豁免、理由和内部栏目未参与比较，与发给对方的文件一致",
    }
    cut = _examined(found.shown, *shelf.resolve(source), *found.remarks, remark)
    return replace(cut, version=replace(cut.version, counterparty=True), profile=found.profile)


# ── a profile as a version ──────────────────────────────────────────────────────────────────────────────────────────


def of_profile(found: Found, name: str) -> Found:
    """The same parties, projects and registers with the choices and values of a profile. Raises UsageError for an unknown one."""
    library = found.version.library
    if not name:
        raise UsageError(
            both("the plan names no profile", "本计划未写明模板"),
            both("Name one: --against {name}", "请写明：--against {name}", name=next(iter(library.profiles))),
        )
    if name not in library.profiles:
        raise unknown(both("profile", "模板"), name, library.profiles)
    plan = as_profile(found.version.plan, library, library.profiles[name])
    shown = f"{name} ({library.profiles[name].name['en']})"
    return replace(_examined(shown, plan, library, counterparty=found.version.counterparty), profile=True)


def as_profile(plan: Plan, library: Library, profile: Profile) -> Plan:
    """The plan as its profile begins it: nothing bespoke, nothing additional, no waiver, no special terms of a project."""
    options = options_of(profile, library, plan)
    values = {
        address: parse(parameter.spec, raw)
        for address, raw in values_of(profile, library, options).items()
        if (parameter := library.parameter(address)) is not None
    }
    return replace(
        plan,
        profile=profile.id,
        choices={section: Decision(chosen) for section, chosen in options.items()},
        values=values,
        wording={},
        additional=(),
        waivers=(),
        approvals=(),
        projects=tuple(replace(project, choices={}, values={}) for project in plan.projects),
    )


# ── a change not made ───────────────────────────────────────────────────────────────────────────────────────────────


def what_if(path: Path, sets: Iterable[str], shelf: Shelf) -> tuple[Found, Found]:
    """The plan as it is, and as it were with the assignments made; nothing is written. Raises UsageError for one that cannot be."""
    source = read_source(path)
    plan, found = shelf.resolve(source)
    changes: Mapping[str, Any] = read_sets(sets, found)
    text = edit(path.read_text(encoding="utf-8"), changes)
    shown = f"{path} (what if)"
    changed: PlanSource = source_from(read_marked(text, shown), path, shown, PlanFile)
    return _examined(str(path), plan, found), _examined(shown, *shelf.resolve(changed))


# ── the drafts of a plan ────────────────────────────────────────────────────────────────────────────────────────────


def drafts_of(path: Path, shelf: Shelf) -> tuple[list[Draft], Library]:
    """The committed revisions of the plan at `path`, oldest first, and the library with which all are read.

    One that cannot be read says why. Raises UsageError for a plan that Git does not know.
    """
    revisions = revisions_of(path)
    if not revisions:
        hint = "Commit it first: git add, git commit. Or compare two files: tmp diff OLD NEW"
        raise UsageError(both("Git knows no revision of {path}", "Git没有{path}的任何修订版本", path=path), hint)
    name = prefix_of(path)
    return [_draft(revision, name, path, shelf) for revision in revisions], shelf.library


def _draft(revision: Revision, name: str, path: Path, shelf: Shelf) -> Draft:
    try:
        with at_revision(f"{revision.commit}:{name}", path.resolve().parent) as copy:
            plan, _ = shelf.resolve(read_source(copy, f"{revision.short}:{name}"))
    except (InputError, UsageError) as fault:
        return Draft(revision, None, str(fault).splitlines()[0])
    return Draft(revision, plan)
