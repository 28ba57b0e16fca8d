"""Whether two texts of a plan name the same thing, or one thing within the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def forms(value: Any) -> frozenset[str]:
    """The texts of a cell in every language, in lower case, with single spaces and without a full stop."""
    texts = value.values() if isinstance(value, Mapping) else [value]
    clean = (re.sub(r"\s+", " ", str(text or "")).strip(" .。").casefold() for text in texts)
    return frozenset(text for text in clean if text)


def alike(one: Any, other: Any) -> bool:
    """Whether two texts agree in at least one language."""
    return bool(forms(one) & forms(other))


def overlapping(one: Any, other: Any) -> bool:
    """Whether one text contains the other: all its words in English, its characters in Chinese."""
    return any(_within(a, b) or _within(b, a) for a in forms(one) for b in forms(other))


def _within(part: str, whole: str) -> bool:
    if re.search(r"[\u4e00-\u9fff]", part):
        return part in whole
    return set(re.findall(r"\w+", part)) <= set(re.findall(r"\w+", whole)) and bool(re.search(r"\w", part))
