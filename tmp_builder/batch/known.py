"""What the sets of a consortium need to know of its common text; looked up in the manifest as long as nothing behind it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from tmp_builder.assemble.ground import Ground
from tmp_builder.batch.fingerprints import digest, of_plan
from tmp_builder.deadlines.who import concerns
from tmp_builder.library.schema import Library
from tmp_builder.plan.schema import Plan


class Known(Struct, frozen=True):
    """The fingerprints of a common text: of its clauses, of the whole, and of the dates that concern each member, by its id."""

    clauses: str
    text: str
    dates: Mapping[str, str]


def known_text(
    plan: Plan, library: Library, inputs: Mapping[str, str], as_of: date | None, before: Mapping[str, Any]
) -> tuple[str, Known]:
    """The fingerprint of what a common text is made of, and what follows from it.

    `before` holds what earlier runs found, by that fingerprint. Only what is not there is assembled.
    """
    made_of = digest([of_plan(plan, library), library.fingerprint, dict(inputs)])
    found = _read(before.get(made_of))
    return made_of, found if found is not None else _work_out(plan, library, as_of)


def data_of(known: Known) -> dict[str, Any]:
    """As plain data for the manifest."""
    return asdict(known)


def _read(data: Any) -> Known | None:
    """What a manifest says; None for anything else than texts in the right places."""
    if not isinstance(data, Mapping) or not isinstance(dates := data.get("dates"), Mapping):
        return None
    clauses, text = data.get("clauses"), data.get("text")
    if not isinstance(clauses, str) or not isinstance(text, str) or not all(isinstance(each, str) for each in dates.values()):
        return None
    return Known(clauses, text, dict(dates))


def _work_out(plan: Plan, library: Library, as_of: date | None) -> Known:
    ground = Ground(plan, library)
    every = ground.dates(as_of or plan.dated)
    told = [digest(each.data()) for each in every]

    def of_member(ident: str) -> Iterator[str]:
        return (text for each, text in zip(every, told, strict=True) if concerns(each, plan, ident))

    dates = {member.id: digest(list(of_member(member.id))) for member in plan.members}
    return Known(ground.clauses, ground.document.imprint.fingerprint, dates)


def named_in_papers(plan: Plan, ident: str) -> Sequence[Any]:
    """Members that the papers of another one print: the Secretariat, and those in its entry of the register of accessions."""
    office = plan.values.get("governance.secretariat.secretariat")
    cells = [row.cells.values() for row in plan.rows("accession") if row.cells.get("member") == ident]
    ids = {str(each) for each in (office, *(value for row in cells for value in row)) if isinstance(each, str)}
    others = (member for member in plan.members if member.id in ids and member.id != ident)
    return [[member.id, dict(member.name), member.side, member.country] for member in others]
