"""Exclusive grants that meet: in a right, a field, a country and a time, held by different members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from tmp_builder.rules.facts.filings import codes
from tmp_builder.rules.facts.grants import ExclusiveGrant
from tmp_builder.rules.facts.likeness import forms
from tmp_builder.rules.facts.regions import spread
from tmp_builder.rules.licensing.licensed_rights import idents

_Market = tuple[str, str, str]
"""A right, a field in one language, a country or region."""


def overlaps(grants: list[ExclusiveGrant]) -> Iterator[tuple[ExclusiveGrant, ExclusiveGrant]]:
    """Each grant of the register that meets another, with one it meets; in the order of the register.

    Sorted by their beginnings within one market, a grant meets another member's exactly if that one, begun before, has not
    ended: so it is enough to keep for each member its grant that ends last, and no two rows are compared without need.
    """
    markets: dict[_Market, list[ExclusiveGrant]] = {}
    for grant in grants:
        for market in _markets(grant):
            markets.setdefault(market, []).append(grant)
    place = {grant.address: position for position, grant in enumerate(grants)}
    found: dict[str, tuple[ExclusiveGrant, ExclusiveGrant]] = {}
    for one, other in (pair for held in markets.values() for pair in _in_time(held)):
        first, second = sorted((one, other), key=lambda grant: place[grant.address])
        known = found.get(second.address)
        if known is None or place[first.address] < place[known[0].address]:
            found[second.address] = (first, second)
    return iter(sorted(found.values(), key=lambda pair: place[pair[1].address]))


def _markets(grant: ExclusiveGrant) -> Iterable[_Market]:
    """Where a grant holds; none while its beginning or its holder is not known."""
    if not grant.row or not grant.start or not grant.licensee:
        return ()
    return product(idents(grant.row), forms(grant.field), spread(codes(grant.territory)))


def _in_time(held: list[ExclusiveGrant]) -> Iterator[tuple[ExclusiveGrant, ExclusiveGrant]]:
    """Pairs of one market that meet in time: each grant with one that runs when it begins."""
    running: dict[str, ExclusiveGrant] = {}
    for grant in sorted(held, key=lambda grant: (grant.start or date.min, grant.address)):
        for licensee, other in running.items():
            if licensee != grant.licensee and _until(other) >= (grant.start or date.min):
                yield other, grant
                break
        mine = running.get(grant.licensee)
        if mine is None or _until(grant) > _until(mine):
            running[grant.licensee] = grant


def _until(grant: ExclusiveGrant) -> date:
    return grant.end or date.max
