"""The recipe inside a built file: the plan and the fingerprints from which the text can be built again, as much as its reader may see."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from tmp_builder.calendar import DEFAULT, calendar_version
from tmp_builder.document.canonical import canonical_json, fingerprint
from tmp_builder.document.nodes import Document
from tmp_builder.document.walk import clauses
from tmp_builder.errors import InputError
from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.schema import Library
from tmp_builder.plan.data import plan_data
from tmp_builder.plan.schema import Plan

VERSION = 1
AUDIENCES = ("counterparty", "internal", "public")
"""Who a file is for: the other side (what the printed text needs), one's own house (the whole plan), anybody (fingerprints only)."""
MAX_BYTES = 20_000_000


class Recipe(Struct, frozen=True):
    """What a built file says of its making. `plan` is the plan file's data, empty where the file is for the public.

    `calendar` is the version of the holiday data that its dates rest on; empty in files built before it was kept.
    """

    audience: str
    program: str
    library: str
    library_fingerprint: str
    plan_id: str
    plan_version: str
    fingerprint: str
    settings: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)
    calendar: str = ""


def recipe_of(document: Document, plan: Plan, library: Library, audience: str, settings: dict[str, Any]) -> Recipe:
    """The recipe of a document for an audience; `settings` are what decides its bytes besides plan and library (layout, paper, final)."""
    imprint = document.imprint
    data = {} if audience == "public" else plan_data(plan, library, internal=audience == "internal")
    return Recipe(
        audience=audience,
        program=imprint.program,
        library=library.label,
        library_fingerprint=library.fingerprint,
        plan_id=plan.id,
        plan_version=str(plan.version),
        fingerprint=imprint.fingerprint,
        settings=settings,
        plan=data,
        clauses={clause.id: fingerprint(clause) for clause in clauses(document) if clause.level == 2},
        calendar=calendar_of(plan),
    )


def calendar_of(plan: Plan) -> str:
    """The version of the holiday data by which the dates of a plan are counted: "holidays 0.109, CN 2026"."""
    return calendar_version(plan.dates.calendars or DEFAULT)


def to_bytes(recipe: Recipe) -> bytes:
    """The recipe as canonical JSON."""
    data = {name: getattr(recipe, name) for name in Recipe.__struct_fields__}
    return canonical_json({"tmp-recipe": VERSION, **data}).encode()


def from_bytes(content: bytes, file: str) -> Recipe:
    """The recipe of canonical JSON found in `file`. Raises InputError when it is none."""
    import json

    def fault(message: str) -> InputError:
        return InputError(
            [
                Fault(
                    Place(file),
                    message,
                    both(
                        "The file was changed, or made by another version of the program.",
                        "文件已被改动，或者由本程序的其他版本生成。",
                    ),
                )
            ]
        )

    if len(content) > MAX_BYTES:
        raise fault(both("the recipe inside is larger than any plan", "所含的生成信息过大"))
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise fault(both("the recipe inside cannot be read", "所含的生成信息无法读取")) from None
    if not isinstance(data, dict) or data.pop("tmp-recipe", None) != VERSION:
        raise fault(both("the recipe inside has a form that this version does not know", "所含的生成信息格式不为本版本所识别"))
    data.setdefault("calendar", "")
    if set(data) != set(Recipe.__struct_fields__):
        raise fault(both("the recipe inside has a form that this version does not know", "所含的生成信息格式不为本版本所识别"))
    kinds = {name: dict if name in ("settings", "plan", "clauses") else str for name in Recipe.__struct_fields__}
    if not all(isinstance(data[name], kind) for name, kind in kinds.items()) or data["audience"] not in AUDIENCES:
        raise fault(both("the recipe inside has parts of the wrong kind", "所含的生成信息有误"))
    return Recipe(**data)
