"""Which countries and regions lie within each other: the European Union and its members."""

from __future__ import annotations

from collections.abc import Iterable

EU_MEMBERS = frozenset(
    (
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    )
)


def spread(codes: Iterable[str]) -> frozenset[str]:
    """The codes, with the members of the European Union where it is named."""
    named = frozenset(codes)
    return named | EU_MEMBERS if "EU" in named else named


def shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """Where two lists of codes meet, in the order of the alphabet; the Union as a whole where both name it."""
    common = spread(one) & spread(other)
    return ["EU", *sorted(common - EU_MEMBERS - {"EU"})] if "EU" in common else sorted(common)
