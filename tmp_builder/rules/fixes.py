"""What a finding advises: a sentence per language of the interface."""

from __future__ import annotations


def fix(en: str, zh: str) -> dict[str, str]:
    """The advice of a finding in both languages."""
    return {"en": en, "zh": zh}
