"""The fields of a member as columns of the members' workbook, as the plan file has them and the schedule of members names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from msgspec.structs import replace

from tmp_builder.batch.sheet_cells import Applies, SheetColumn
from tmp_builder.batch.sheet_words import LANGUAGE_NAMES, MEMBER_NOTES, MEMBER_TITLES, YES_NO
from tmp_builder.language import LANGUAGES
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import Labels, Library, RegisterColumn
from tmp_builder.plan.schema import Plan
from tmp_builder.values import Spec

_RENAMED = {"id": "member_id"}
_ONLY_WHEN = {
    "left-on": Applies("status", ("left",)),
    "default-since": Applies("status", ("defaulting",)),
    "screening-result": Applies("screening-date", ()),
    "owners-50pct-screened": Applies("screening-date", ()),
}
"""Fields that say nothing unless another one says this; without values: unless it is filled."""


def member_columns(plan: Plan, library: Library) -> Iterator[SheetColumn]:
    """A column for each field of a member, in the order of a plan file."""
    from tmp_builder.plan.files import MemberFile

    for name, info in MemberFile.model_fields.items():
        key = info.alias or name
        for heading in _leaves(key, info.annotation):
            yield _of_member(heading, info.annotation, plan, library)


def _leaves(heading: str, annotation: Any) -> Iterator[str]:
    """The headings of a key: itself, or one for each part below it."""
    inner = next((part for part in _flattened(annotation) if hasattr(part, "model_fields")), None)
    if inner is None:
        yield heading
        return
    for name, info in inner.model_fields.items():
        yield from _leaves(f"{heading}.{info.alias or name}", info.annotation)


def _flattened(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside it."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _flattened(part)


def _of_member(heading: str, annotation: Any, plan: Plan, library: Library) -> SheetColumn:
    column = _column_of(heading, library)
    parts = list(_flattened(annotation))
    words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    many = tuple in [get_origin(part) for part in parts]
    values: Mapping[str, Labels] = {word: _label(word, column) for word in words} or (YES_NO if bool in parts else {})
    spec = column_spec(replace(column, many=False)) if column and not values else Spec("date" if date in parts else "text")
    if heading == "side":
        values = {side.id: side.name for side in plan.sides}
    elif spec.kind == "territory" or heading == "work-places":
        values, spec = library.territories, Spec("text")
    return SheetColumn(
        heading,
        _title(heading, column),
        spec,
        values,
        many,
        needed=_needed(heading, plan),
        applies=_ONLY_WHEN.get(heading),
        note=MEMBER_NOTES.get(heading, {}),
    )


def _column_of(heading: str, library: Library) -> RegisterColumn | None:
    """The column of the schedule of members that a heading fills; the parts of a signatory have one each."""
    schedule = library.schedules.get("members")
    parts = [part.replace("-", "_") for part in heading.split(".") if part not in LANGUAGES]
    name = "_".join(parts)
    return schedule.column(_RENAMED.get(name, name)) if schedule else None


def _label(word: str, column: RegisterColumn | None) -> Labels:
    """What the schedule calls a word of the plan file (NGO for ngo)."""
    written = word.replace("-", "_").lower()
    found = next((label for key, label in (column.values if column else {}).items() if key.lower() == written), None)
    return found or {language: word for language in LANGUAGES}


def _title(heading: str, column: RegisterColumn | None) -> Labels:
    last = heading.rpartition(".")[2]
    title = column.label if column else MEMBER_TITLES.get(heading) or {language: heading for language in LANGUAGES}
    if last not in LANGUAGES:
        return title
    named = LANGUAGE_NAMES[last]
    return {"en": f"{title['en']} ({named['en']})", "zh": f"{title['zh']}（{named['zh']}）"}


def _needed(heading: str, plan: Plan) -> bool:
    """The least that a member must have to be printed without a gap."""
    return heading in ("id", "type", "country", *(f"name.{language}" for language in plan.languages)) or (
        heading == "side" and bool(plan.sides)
    )
