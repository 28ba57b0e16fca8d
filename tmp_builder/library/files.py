"""The files of a library as people write them: pydantic models, one per kind of file. Unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens, populate_by_name=False)


class Both(_File):
    """A text in both languages."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]


class Say(_File):
    """The words of a choice in the text; empty in both languages when it says nothing."""

    en: str = ""
    zh: str = ""


class BothLists(_File):
    """A list of words in each language."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


def _none_is_empty(value: Any) -> Any:
    return {} if value is None else value


class ChoiceFile(_File):
    """One value of a choice: its label in forms and the words that print."""

    label: Both
    say: Say = Say()


class ColumnFile(_File):
    """A column of a list of records."""

    type: str
    label: Both
    values: dict[str, ChoiceFile] = {}
    of: str = ""
    optional: bool = False


class ParameterFile(_File):
    """A parameter of a card."""

    type: str
    label: Both
    help: Both | None = None
    default: Any = None
    range: tuple[str | None, str | None] | None = None
    allowed: tuple[str, ...] = ()
    values: dict[str, ChoiceFile] = {}
    of: str = ""
    columns: dict[str, ColumnFile] = {}
    fact: str = Field(default="", alias="from")
    optional: bool = False


class RelationFile(_File):
    """A need or a conflict with more to say than an option's id."""

    option: str = ""
    any_of: tuple[str, ...] = ()
    value: dict[str, str] = {}
    schedule: str = ""
    if_: str = Field(default="", alias="if")
    if_value: dict[str, str] = {}


def _relation(value: Any) -> Any:
    return {"option": value} if isinstance(value, str) else value


RelationEntry = Annotated[RelationFile, BeforeValidator(_relation)]


class CitationFile(_File):
    """A place in a source."""

    source: str
    at: str = ""
    seen: Literal["", "T", "E", "S", "K"] = ""


class CardFile(_File):
    """The front matter of a card."""

    domain_id: str
    label: Both
    effect: Both
    use_when: Both
    favours: tuple[str, ...] = Field(min_length=1)
    needs: tuple[RelationEntry, ...] = ()
    conflicts: tuple[RelationEntry, ...] = ()
    overridable: bool = False
    brings: tuple[str, ...] = ()
    sources: tuple[CitationFile, ...] = Field(min_length=1)
    parameters: Annotated[dict[str, ParameterFile], BeforeValidator(_none_is_empty)] = {}
    translated_from: str = ""


class SlotFile(_File):
    """A slot of a section."""

    id: str
    label: Both
    pick: Literal["one", "at-most-one", "some", "any"]
    options: tuple[str, ...] = Field(min_length=1)
    when: str = ""


class SectionFile(_File):
    """`section.yaml`."""

    domain_id: str
    title: Both
    question: Both
    required_when: str
    guidance: Both
    slots: tuple[SlotFile, ...] = Field(min_length=1)


class OutlineFile(_File):
    """`outline.yaml`: the order of the sections."""

    sections: tuple[str, ...]


class WordingFile(_File):
    """How agreements from elsewhere head and word one section."""

    headings: BothLists
    wording: BothLists


class WordingsFile(_File):
    """`wordings.yaml`: by what words sections are recognised in agreements from elsewhere."""

    sections: dict[str, WordingFile]


class LibraryFile(_File):
    """`library.yaml`: name and version."""

    name: str
    version: str


class FavoursFile(_File):
    """`favours.yaml`: whom an option can favour."""

    favours: dict[str, Both]


class SourceFile(_File):
    """One source."""

    title: Both
    url: str = ""
    seen: Literal["T", "E", "S", "K"]
    checked: str = Field(pattern=r"^(\d{4}-\d{2}-\d{2}|never)$")


class DisagreementFile(_File):
    """Two sources that say different things."""

    id: str
    en: str
    zh: str
    sources: tuple[str, ...] = ()


class SourcesFile(_File):
    """`sources.yaml`."""

    sources: dict[str, SourceFile]
    conflicts: tuple[DisagreementFile, ...] = ()


class TermFile(_File):
    """A defined term."""

    id: str
    term: Both
    forms: BothLists = BothLists()
    avoid: BothLists = BothLists()
    meaning: Both
    equivalents: dict[Literal["us-annex", "eu"], Both] = {}
    sources: tuple[CitationFile, ...] = ()


class TermsFile(_File):
    """`terms.yaml`."""

    terms: tuple[TermFile, ...]


ColumnKind = Literal[
    "text", "date", "money", "percent", "decimal", "integer", "months", "choice", "party", "territory", "project", "row", "yes-no"
]


class RegisterColumnFile(_File):
    """A column of a register."""

    name: str
    type: ColumnKind
    label: Both
    print: Literal["table", "detail", "never"] = "detail"
    required: bool = False
    internal: bool = False
    computed: bool = False
    many: bool = False
    bilingual: bool = False
    values: dict[str, Both] = {}
    of: str = ""


class HeadingFile(_File):
    """A heading of the ten-point plan."""

    id: str
    label: Both


class ScheduleFile(_File):
    """A schedule."""

    id: str
    domain_id: str
    title: Both
    intro: Both
    none: Both
    internal: bool = False
    key: str
    columns: tuple[RegisterColumnFile, ...] = Field(min_length=1)
    headings: tuple[HeadingFile, ...] = ()
    plan_columns: tuple[RegisterColumnFile, ...] = ()
    leaving_columns: tuple[RegisterColumnFile, ...] = ()


class SchedulesFile(_File):
    """`schedules.yaml`."""

    schedules: tuple[ScheduleFile, ...]


class ByFactFile(_File):
    """Options that come with facts."""

    when: tuple[str, ...] = Field(min_length=1)
    options: tuple[str, ...] = Field(min_length=1)


class EveryProfileFile(_File):
    """`profiles/every.yaml`: what every profile takes."""

    always: tuple[str, ...]
    by_fact: tuple[ByFactFile, ...] = ()


class ProfileFile(_File):
    """`profiles/<id>.yaml`."""

    domain_id: str
    name: Both
    mirrors: Both
    use_when: Both
    caution: Both | None = None
    choices: dict[str, tuple[str, ...]]
    parameters: Annotated[dict[str, Any], BeforeValidator(_none_is_empty)] = {}
    alternatives: tuple[str, ...] = ()
    sides: bool = False
    typical: dict[str, bool] = {}
    sources: tuple[CitationFile, ...] = ()


class TerritoriesFile(_File):
    """`territories.yaml`: codes of countries and regions with their names."""

    territories: dict[str, Both]
