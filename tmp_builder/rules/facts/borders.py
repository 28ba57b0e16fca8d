"""What crosses a border: datasets to recipients elsewhere, equipment to a host elsewhere."""

from __future__ import annotations

from tmp_builder.plan.schema import Member, Plan, RegisterRow
from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.homes import at_home_in, foreign_to, home


def kept_in(row: RegisterRow, code: str) -> bool:
    """Whether a dataset is stored in a country or region."""
    return code in codes(row.cells.get("place"))


def recipients_outside(plan: Plan, row: RegisterRow, code: str) -> list[Member]:
    """The recipients of a dataset stored in `code` that are known to be organised elsewhere."""
    return [member for member in _recipients(plan, row) if foreign_to(plan, member, code)] if kept_in(row, code) else []


def recipients_in(plan: Plan, row: RegisterRow, code: str) -> list[Member]:
    """The recipients of a dataset that are organised in a country or region."""
    return [member for member in _recipients(plan, row) if at_home_in(plan, member, code)]


def _recipients(plan: Plan, row: RegisterRow) -> list[Member]:
    named = row.cells.get("recipients") or ()
    return [member for member in plan.members if member.id in named]


def ends_of(plan: Plan, row: RegisterRow) -> tuple[Member, Member] | None:
    """The provider and the host of an item, where they are two members."""
    provider, host = (plan.member(str(row.cells.get(name) or "")) for name in ("provider", "host"))
    return (provider, host) if provider and host and provider.id != host.id else None


def crosses(plan: Plan, one: Member, other: Member) -> bool:
    """Whether two members are known to be at home in different countries or regions."""
    here, there = home(plan, one), home(plan, other)
    return bool(here and there) and not here & there
