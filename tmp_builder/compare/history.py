"""The drafts of one plan through its revisions: what changed in which section, by whom, and how long each section stayed open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from tmp_builder.compare.changes import Change, Version, Weight
from tmp_builder.compare.plans import differences
from tmp_builder.compare.report import Line
from tmp_builder.language import columns, word
from tmp_builder.library.schema import Labels, Library, SectionSpec
from tmp_builder.plan.facts import fact
from tmp_builder.plan.schema import Decision, Plan
from tmp_builder.readers.revisions import Revision

PARTS: dict[str, Labels] = {
    "parties": {"en": "Parties", "zh": "当事人信息"},
    "projects": {"en": "Projects", "zh": "项目信息"},
    "registers": {"en": "Registers", "zh": "清单"},
    "rest": {"en": "Title, dates and the rest", "zh": "标题、日期及其他"},
}
"""Rows for what belongs to no section of the library; where a section has the id of one, they are the same row."""

_PART_OF = {"member": "parties", "side": "parties", "project": "projects", "work-plan": "projects", "register": "registers"}
LETTERS = {Weight.SUBSTANTIVE: "S", Weight.VALUE: "V", Weight.MOVED: "M", Weight.COSMETIC: "C"}
WORDS: dict[str, Labels] = {
    "title": {"en": "{count} drafts of {plan}, {first} to {last}", "zh": "{plan}共{count}稿，{first}至{last}"},
    "title-one": {"en": "1 draft of {plan}, {first}", "zh": "{plan}共1稿，{first}"},
    "grid": {
        "en": "SECTIONS × DRAFTS  (S substantive, V value, M moved, C cosmetic, o open without change, . nothing)",
        "zh": "各部分×各稿（S实质性、V数值、M位置、C形式、o待定而未变、.无变化）",
    },
    "first": {"en": "first draft", "zh": "首稿"},
    "same": {"en": "no change to the plan", "zh": "计划未变"},
    "unreadable": {"en": "cannot be read: {why}", "zh": "无法读取：{why}"},
    "changes": {"en": "changes: {count} ({letters})", "zh": "变更{count}项（{letters}）"},
    "last": {"en": "last {day} by {who}", "zh": "最近{day}，{who}"},
    "open": {"en": "open {days} days", "zh": "待定{days}天"},
    "still": {"en": "open {days} days, still open", "zh": "已待定{days}天，仍未定"},
    "draft": {"en": "draft {version}", "zh": "第{version}稿"},
}


class Draft(Struct, frozen=True):
    """A revision of the plan; `plan` is None where it cannot be read, and `fault` says why."""

    revision: Revision
    plan: Plan | None
    fault: str = ""


class Step(Struct, frozen=True):
    """A draft with what it changed against the last readable one before it; empty for the first."""

    draft: Draft
    changes: tuple[Change, ...]


class Track(Struct, frozen=True):
    """One section (or part) through the drafts: a weight where it changed, whether it was open, for how many days in all."""

    id: str
    label: Labels
    weights: tuple[Weight | None, ...]
    open: tuple[bool, ...]
    days_open: int

    @property
    def still_open(self) -> bool:
        """Whether it is open in the last draft."""
        return self.open[-1]


class History(Struct, frozen=True):
    """The drafts, oldest first, and the sections in which something changed or was open, in the order of the document."""

    steps: tuple[Step, ...]
    tracks: tuple[Track, ...]


def history(drafts: Sequence[Draft], library: Library) -> History:
    """What happened between the drafts (oldest first). Pure; the days are those of the revisions."""
    steps = tuple(_steps(drafts, library))
    rows = {section.id: section.title for section in library.sections.values()}
    rows |= {ident: label for ident, label in PARTS.items() if ident not in rows}
    tracks = (_track(ident, label, steps, library.sections.get(ident), library) for ident, label in rows.items())
    return History(steps, tuple(track for track in tracks if any(track.weights) or any(track.open)))


def _steps(drafts: Sequence[Draft], library: Library) -> Iterator[Step]:
    before: Plan | None = None
    for draft in drafts:
        changes: tuple[Change, ...] = ()
        if before is not None and draft.plan is not None:
            changes = tuple(differences(Version(before, library), Version(draft.plan, library)))
        yield Step(draft, changes)
        before = draft.plan or before


def part_of(change: Change) -> str:
    """The section or part that a change belongs to."""
    if change.kind == "order":
        head = change.address.partition(".")[0]
        return {"members": "parties", "sides": "parties", "projects": "projects", "registers": "registers"}.get(head, "rest")
    return change.section or _PART_OF.get(change.kind, "rest")


def _track(ident: str, label: Labels, steps: Sequence[Step], section: SectionSpec | None, library: Library) -> Track:
    weights = []
    for step in steps:
        found = [change.weight for change in step.changes if part_of(change) == ident]
        weights.append(min(found, key=lambda weight: weight.rank, default=None))
    opened = tuple(bool(section and step.draft.plan and is_open(step.draft.plan, section, library)) for step in steps)
    return Track(ident, label, tuple(weights), opened, _days(steps, opened))


def is_open(plan: Plan, section: SectionSpec, library: Library) -> bool:
    """Whether something of a section is still to be decided: alternatives stand in it, or what must be chosen is not."""
    decision = plan.choices.get(section.id, Decision())
    if decision.open:
        return True
    if not decision.every and fact(plan, library, section.required_when) is not True:
        return False
    missing = (slot for slot in section.slots if slot.low and not set(slot.options) & set(decision.every))
    return any(not slot.when or fact(plan, library, slot.when) is True for slot in missing)


def _days(steps: Sequence[Step], opened: Sequence[bool]) -> int:
    """The days from each open draft to the one after it."""
    days = [date.fromisoformat(step.draft.revision.day) for step in steps]
    return sum((days[place + 1] - days[place]).days for place in range(len(steps) - 1) if opened[place])


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def lines(found: History, plan: str, language: str) -> Iterator[Line]:
    """The table of sections and drafts first, then the drafts one by one with who changed what."""
    days = [step.draft.revision.day for step in found.steps]
    name = "title" if len(days) > 1 else "title-one"
    yield Line(WORDS[name][language].format(count=len(days), plan=plan, first=days[0], last=days[-1]), look="title")
    yield Line("")
    yield Line(WORDS["grid"][language], look="title")
    width = max((columns(track.label[language]) for track in found.tracks), default=0)
    yield Line(" " * (width + 2) + "".join(str(number % 10) for number in range(1, len(days) + 1)), 1)
    yield from (Line(_track_line(track, found, width, language), 1) for track in found.tracks)
    for number, step in enumerate(found.steps, 1):
        yield Line("")
        yield from _step_lines(number, step, language)


def _cells(track: Track) -> str:
    return "".join(
        LETTERS[weight] if weight else "o" if opened else "." for weight, opened in zip(track.weights, track.open, strict=True)
    )


def _track_line(track: Track, found: History, width: int, language: str) -> str:
    label = track.label[language]
    parts = [f"{label}{' ' * (width - columns(label))}  {_cells(track)}"]
    changed = [place for place, weight in enumerate(track.weights) if weight]
    if changed:
        last = found.steps[changed[-1]].draft.revision
        parts.append(WORDS["last"][language].format(day=last.day, who=last.author))
    if any(track.open):
        parts.append(WORDS["still" if track.still_open else "open"][language].format(days=track.days_open))
    return "  ".join(parts)


def _step_lines(number: int, step: Step, language: str) -> Iterator[Line]:
    revision, plan = step.draft.revision, step.draft.plan
    draft = WORDS["draft"][language].format(version=plan.version) if plan else ""
    yield Line(
        "  ".join(filter(None, (f"{number}.", revision.day, revision.short, revision.author, draft, revision.subject))),
        look="title",
    )
    if plan is None:
        yield Line(WORDS["unreadable"][language].format(why=step.draft.fault), 1, "error")
    elif number == 1 or not step.changes:
        yield Line(WORDS["first" if number == 1 else "same"][language], 1)
    for change in step.changes:
        old, new = change.old.get(language, "") or "–", change.new.get(language, "") or "–"
        said = f"{old} → {new}" if not change.pieces else ""
        colon = word("colon", language)
        yield Line(f"{LETTERS[change.weight]}  {colon.join(filter(None, (change.label[language], said)))}  [{change.address}]", 1)


# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def history_data(found: History) -> dict[str, Any]:
    """The history for JSON: drafts with their changes, and the sections with a class per draft and their days open."""
    return {
        "drafts": [_step_data(step) for step in found.steps],
        "sections": [
            {
                "id": track.id,
                "label": dict(track.label),
                "classes": [str(weight) if weight else "" for weight in track.weights],
                "open": list(track.open),
                "days_open": track.days_open,
                "still_open": track.still_open,
            }
            for track in found.tracks
        ],
    }


def _step_data(step: Step) -> dict[str, Any]:
    revision, plan = step.draft.revision, step.draft.plan
    return {
        "commit": revision.commit,
        "day": revision.day,
        "author": revision.author,
        "subject": revision.subject,
        "version": plan.version if plan else None,
        "fault": step.draft.fault,
        "changes": [
            {
                "section": part_of(change),
                "class": str(change.weight),
                "address": change.address,
                "label": dict(change.label),
                "old": dict(change.old),
                "new": dict(change.new),
            }
            for change in step.changes
        ],
    }
