"""`wording.yaml` as people write it: rules of wording per language, and proper names."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tmp_builder.library.files import Both


class WordRuleFile(BaseModel):
    """One rule: `words` (whole words) or a `pattern`; `where` names the kinds of passages, legal text by default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    language: Literal["en", "zh"]
    severity: Literal["error", "warning", "note"] = "error"
    words: tuple[str, ...] = ()
    pattern: str = ""
    case: bool = False
    where: tuple[Literal["text", "say", "meaning", "intro", "label", "note", "guidance"], ...] = ()
    says: Both
    fix: Both

    @model_validator(mode="after")
    def _one_of_the_two(self) -> WordRuleFile:
        if bool(self.words) == bool(self.pattern):
            raise ValueError("a rule has either words or a pattern")
        return self


class WordingFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[WordRuleFile, ...]
    names: tuple[str, ...] = Field(min_length=1)
