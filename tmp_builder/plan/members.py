"""Members and projects of a plan as rows of their schedules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tmp_builder.findings import Fault, Place, both
from tmp_builder.library.registers import column_spec
from tmp_builder.library.schema import RegisterColumn, ScheduleSpec
from tmp_builder.plan.schema import Member, Signatory
from tmp_builder.values import Misfit, parse

if TYPE_CHECKING:
    from tmp_builder.plan.files import MemberFile, Named, ProjectFile

_RENAMED = {"id": "member_id"}
"""Keys of a member in the plan whose column in the schedule has another name."""


def member_of(
    file: MemberFile, schedule: ScheduleSpec | None, place: Place, faults: list[Fault], at: Callable[[str], Place] | None = None
) -> Member:
    """A member from its part of the plan file, its cells typed by the columns of the schedule of members.

    `at` gives the place of one of its keys, where that is known better than `place`, which is that of the whole member.
    """
    data = _flat(file)
    return Member(
        id=file.id,
        name=file.name.model_dump(),
        side=file.side,
        type=file.type or "",
        role=file.role,
        country=file.country,
        public_money=file.public_money,
        work_places=file.work_places,
        competes_with=file.competes_with,
        signatory=Signatory(given(file.signatory.name), given(file.signatory.title)),
        legal_form=given(file.legal_form),
        registration_no=file.registration_no,
        legal_representative=given(file.legal_representative),
        address=file.address.model_dump(),
        status=file.status,
        cells=_cells(data, schedule, at or (lambda _key: place), faults),
    )


def given(named: Named) -> dict[str, str]:
    """The languages in which a text is given."""
    return {language: text for language, text in named.model_dump().items() if text}


def _flat(file: MemberFile) -> dict[str, Any]:
    """The keys of a member; who signs fills two columns, and a text that both languages share is one text."""
    data = file.model_dump()
    data |= {f"signatory_{part}": text for part, text in data.pop("signatory").items()}
    return {key: _one(value) for key, value in data.items()}


def _one(value: Any) -> Any:
    shared = isinstance(value, dict) and len(set(value.values())) == 1
    return next(iter(value.values())) if shared else value


def _cells(
    data: dict[str, Any], schedule: ScheduleSpec | None, at: Callable[[str], Place], faults: list[Fault]
) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for key, value in data.items():
        if value in (None, "", ()):
            continue
        name = _RENAMED.get(key, key.rstrip("_"))
        column = schedule.column(name) if schedule else None
        if column is None:
            continue
        raw = _plain(value, column)
        if raw in ("", (), []):
            continue
        try:
            cells[name] = parse(column_spec(column), raw)
        except Misfit as misfit:
            faults.append(
                Fault(
                    at(key.rstrip("_").replace("_", "-")),
                    both(
                        "{who}: {key}: {why}",
                        "{who}：{key}：{why}",
                        who=data["id"],
                        key=key.rstrip("_").replace("_", "-"),
                        why=misfit.words,
                    ),
                )
            )
    return cells


def _plain(value: Any, column: RegisterColumn) -> Any:
    """A member's value as its column writes it: yes and no for truth values, its spelling of the plan's words (NGO for ngo)."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return tuple(_plain(item, column) for item in value)
    if isinstance(value, dict):
        return {language: text for language, text in value.items() if text}
    if column.kind == "choice" and value not in column.values:
        written = str(value).replace("-", "_")
        return next((key for key in column.values if key.lower() == written.lower()), written)
    return value


def project_cells(file: ProjectFile) -> dict[str, Any]:
    """The facts of a project by the column names of its schedule."""
    said = file.model_dump(exclude={"headings", "choices", "parameters"})
    data = {key.rstrip("_"): value for key, value in said.items() if value not in (None, "", (), {"en": "", "zh": ""})}
    return {"project_id" if key == "id" else key: value for key, value in data.items()}
