"""Three values: yes, no and not yet known, and how several of them are joined."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""None is not yet known."""


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes if one is yes, no if all are no, otherwise unknown."""
    seen = list(truths)
    if any(truth is True for truth in seen):
        return True
    return None if any(truth is None for truth in seen) else False


def all_of(truths: Iterable[Truth]) -> Truth:
    """No if one is no, yes if all are yes, otherwise unknown."""
    seen = list(truths)
    if any(truth is False for truth in seen):
        return False
    return None if any(truth is None for truth in seen) else True
