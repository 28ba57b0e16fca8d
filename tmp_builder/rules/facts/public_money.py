"""Which public money a member works with, by its own statement and by its funding awards."""

from __future__ import annotations

from tmp_builder.plan.schema import Member, Plan, RegisterRow


def money_of(plan: Plan, member: Member) -> frozenset[str]:
    """The kinds of public money of a member (`us_federal`, `cn_fiscal`, `eu`, `other`); empty while none is known."""
    stated = {kind.replace("-", "_") for kind in member.public_money}
    awarded = {
        str(row.cells["funder"])
        for row in plan.rows("awards")
        if row.cells.get("recipient") == member.id and row.cells.get("funder")
    }
    return frozenset((stated | awarded) - {"none"})


def money_in(row: RegisterRow) -> frozenset[str] | None:
    """The kinds of public money in a result; None while its row does not say."""
    stated = row.cells.get("public_money")
    return None if stated is None else frozenset(stated) - {"none"}
