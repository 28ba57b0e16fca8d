"""What a check reports: findings of rules, faults of files, and the place of either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, field

_LONG = 60
"""What people wrote is shown in messages up to this many characters."""


class Severity(StrEnum):
    """How much a finding weighs: an error blocks a final document, a warning does not, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note: the order in which findings are listed."""
        return list(Severity).index(self)


_SEVERITIES_ZH = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


class Force(StrEnum):
    """Where a rule gets its authority; findings of law can never be waived."""

    LAW = "law"
    FUNDER = "funder"
    CONTRACT = "contract"
    HOUSE = "house"


class Words(str):
    """A sentence in both languages of the interface: itself in English, `zh` in Chinese. It may stand wherever a text may.

    Made by `both`. What is put together from it by other means (+, f-strings) is English alone.
    """

    zh: str

    def __new__(cls, en: str, zh: str) -> Words:
        """The two sentences as one."""
        words = super().__new__(cls, en)
        words.zh = zh
        return words

    def __reduce__(self) -> tuple[type[Words], tuple[str, str]]:
        return Words, (str(self), self.zh)


def both(en: str, zh: str, /, **values: object) -> Words:
    """A sentence in both languages, its places `{name}` filled; a value that is itself in both languages is said in each."""
    if not values:
        return Words(en, zh)
    return Words(
        en.format(**values),
        zh.format(**{name: value.zh if isinstance(value, Words) else value for name, value in values.items()}),
    )


def listed(items: Iterable[object]) -> Words:
    """Items one after the other, divided as each language does."""
    every = list(items)
    return Words(", ".join(map(str, every)), "、".join(spoken(item, "zh") for item in every))


def quoted(value: object) -> Words:
    """What a person wrote, cut where it is long, as it stands within a sentence."""
    text = repr(value)
    shown = text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
    if not isinstance(value, str):
        return Words(shown, shown)
    return Words(shown, f"“{value if len(value) <= _LONG else f'{value[: _LONG - 1]}…'}”")


def spoken(text: object, language: str) -> str:
    """A text in `language`; one that is not in both languages is said as it is."""
    return text.zh if language == "zh" and isinstance(text, Words) else str(text)


class Place(Struct, frozen=True, order=True):
    """A spot in a file: lines and columns count from 1; 0 means the whole file. `cell` names a spreadsheet's cell."""

    file: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}: {self.cell}"
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


class Fault(Struct, frozen=True):
    """Something in a file that cannot be read as what it should be, and what to write instead; both in both languages (`both`)."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """The place, the message and on a second line the hint, in `language`."""
        text = f"{self.place}{'：' if language == 'zh' else ': '}{spoken(self.message, language)}"
        return f"{text}\n  {spoken(self.hint, language)}" if self.hint else text


class CodePage(Struct, frozen=True):
    """What a code of findings means that belongs to no rule of a plan: how much it weighs at most, and its page."""

    code: str
    severity: Severity
    page: Words


class Finding(Struct, frozen=True):
    """What a rule reports about a plan.

    `message` and `fix` hold a sentence per language of the interface; `address` names the part of the plan
    (see `tmp_builder.plan.addresses`), `place` its line; `clause` is the id of the clause concerned, if any. `blocks`: whatever is
    built from the plan carries the mark “blocked”.
    """

    code: str
    severity: Severity
    message: Mapping[str, str]
    address: str = ""
    place: Place = field(default_factory=Place)
    clause: str = ""
    party: str = ""
    fix: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    force: Force = Force.HOUSE
    blocks: bool = False

    def text(self, language: str = "en") -> str:
        """The message in `language`."""
        return self.message.get(language) or self.message["en"]

    def line(self, language: str = "en") -> str:
        """`path:line:column: error OWN-02: message`, as editors read it."""
        severity = _SEVERITIES_ZH[self.severity] if language == "zh" else self.severity
        return f"{self.place}: {severity} {self.code}: {self.text(language)}"
